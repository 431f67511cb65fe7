import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkCards } from '../../src/cards/check-cards.js';
import { loadCards } from '../../src/cards/load-cards.js';
import type { Finding } from '../../src/yaml/findings.js';
import { formatFinding } from '../../src/yaml/findings.js';
import { instruments, library, protocol } from './examples.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The findings after one change in one file. */
function findingsAfter(file: string, from: string | RegExp, to: string): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  folders.push(folder);
  cpSync('cards', folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, file), changed);
  const { value, findings } = loadCards(folder);
  return value === undefined ? findings : checkCards(value, protocol, { instruments });
}

it('the cards have no findings, by themselves and beside the protocol', () => {
  expect(loadCards('cards').findings.map(formatFinding)).toEqual([]);
  expect(checkCards(library, protocol, { instruments }).map(formatFinding)).toEqual([]);
});

describe('what is wrong is found, with its place', () => {
  const faults: readonly (readonly [string, string, string | RegExp, string, string])[] = [
    ['a language is missing', 'templates/approval.yaml', /^ {2}en: "\{phase.*\n/m, '', 'summary.en'],
    ['an unknown key', 'templates/review.yaml', 'overridable:', 'colour: red\noverridable:', 'colour'],
    ['critical is no indicator', 'templates/not-met.yaml', 'indicator: warning', 'indicator: critical', 'indicator'],
    ['an unknown placeholder', 'templates/approval.yaml', '{criteria, plural', '{criterions, plural', 'detail[0].text'],
    [
      'a placeholder that may be empty',
      'templates/approval.yaml',
      'geen daarvan',
      '{transitionEnds}',
      'detail[0].text',
    ],
    [
      'a summary that can be too long',
      'templates/not-met.yaml',
      'meer)}}. Vul aan,',
      `meer)}}. ${'Vul alles aan. '.repeat(4)} Vul aan,`,
      'summary.nl',
    ],
    ['a message that is no ICU message', 'templates/review.yaml', '{firstJudge}', '{firstJudge', 'summary'],
    ['a card that is not there', 'choice.yaml', '{ template: overview }', '{ template: survey }', 'choices'],
    [
      'a supplier that is not there',
      'terms/missing.yaml',
      'supplier: team',
      'supplier: nobody',
      'missing.history-activities.supplier',
    ],
    ['a term that is missing', 'terms/missing.yaml', /^ {2}pain-onset:.*\n/m, '', 'missing.pain-onset'],
    ['a note that is missing', 'terms/notes.yaml', /^ {2}opioid-in-use:\n.*\n.*\n/m, '', 'notes.opioid-in-use'],
    ['a score that is missing', 'terms/words.yaml', /^ {2}pdi:.*\n/m, '', 'scores.pdi'],
    ['an instrument that is missing', 'terms/problems.yaml', /^ {2}hads:.*\n/m, '', 'instruments.hads'],
    ['a problem without a text', 'terms/problems.yaml', /^ {2}no-value:\n.*\n.*\n/m, '', 'problems.no-value'],
    [
      'a problem that may have an empty place',
      'terms/problems.yaml',
      '"{name}: geen leesbare waarde."',
      '"{name}: {date}."',
      'problems.unreadable-value',
    ],
    [
      'a problem that names what it cannot',
      'terms/problems.yaml',
      '{answered} van',
      '{filled} van',
      'problems.incomplete',
    ],
    ['words for a figure that is none', 'terms/figures.yaml', 'discipline:', 'profession:', 'figures.profession'],
    [
      'a few words for an answer that is none',
      'criteria/first-line.yaml',
      /brief:\n {6}not-met:\n {8}below-threshold/,
      'brief:\n      not-met:\n        too-few',
      'criteria.first-line-physical.brief.not-met.too-few',
    ],
    [
      'a few words that name what it cannot',
      'criteria/first-line.yaml',
      '{discipline} in {weeks, plural, one {# week} other {# weken}}; nodig',
      '{trade}; nodig',
      'criteria.first-line-physical.brief.not-met.below-threshold',
    ],
    [
      'a sentence that is missing',
      'criteria/readiness.yaml',
      /^ {6}not-met: \{ denied: .*bereid.*\n/m,
      '',
      'criteria.patient-willing.sentences.not-met.denied',
    ],
    [
      'a figure that is no figure',
      'criteria/context.yaml',
      'WPN-niveau {level}.',
      'WPN-niveau {height}.',
      'criteria.wpn-level.sentences.met.level-3-or-4',
    ],
    [
      'a sentence that may have an empty place',
      'criteria/context.yaml',
      '"WPN-niveau 3 of 4."',
      '"WPN {level}."',
      'criteria.wpn-level.sentences.met.level-3-or-4',
    ],
    [
      'a sentence that nothing leads to',
      'criteria/context.yaml',
      'of-age:',
      'old-enough: { nl: x, en: x }\n        of-age:',
      'criteria.adult.sentences.met.old-enough',
    ],
    [
      'texts for a criterion that is not there',
      'criteria/context.yaml',
      '  adult:',
      '  adults: { title: { nl: x, en: x }, short: { nl: x, en: x } }\n  adult:',
      'criteria.adults',
    ],
    ['an override reason that is not there', 'override-reasons.yaml', '  other:', '  others:', 'overrideReasons'],
  ];
  it.each(faults)('%s', (_, file, from, to, key) => {
    const findings = findingsAfter(file, from, to);
    expect(findings.map((finding) => finding.key)).toContain(key);
    for (const { line } of findings) expect(line).toBeGreaterThan(0);
  });

  it('names every fault of one file at once', () => {
    const findings = findingsAfter(
      'templates/review.yaml',
      /indicator: warning\noverridable: true/,
      'indicator: critical\noverridable: perhaps',
    );
    expect(findings.map(({ key }) => key)).toEqual(expect.arrayContaining(['indicator', 'overridable']));
  });
});
