import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCards } from '../../src/cards/check-cards.js';
import { checkMessages } from '../../src/cards/check-messages.js';
import { checkChoices } from '../../src/cards/check-choices.js';
import type { CardLibrary } from '../../src/cards/library.js';
import { loadCards } from '../../src/cards/load-cards.js';
import type { Finding } from '../../src/yaml/findings.js';
import { formatFinding } from '../../src/yaml/findings.js';
import { along, library, protocol, services } from './examples.js';
import { newFolder } from '../new-folder.js';

type Figures = Readonly<Record<string, string>>;

function copyOfCards(): string {
  const folder = newFolder();
  cpSync('cards', folder, { recursive: true });
  return folder;
}

/** The findings after one change in one file. */
function findingsAfter(file: string, from: string | RegExp, to: string): readonly Finding[] {
  const folder = copyOfCards();
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, file), changed);
  const { value, findings } = loadCards(folder);
  return value === undefined ? findings : besideProtocol(value);
}

function besideProtocol(cards: CardLibrary): readonly Finding[] {
  return [
    ...checkCards(cards, [along]),
    ...checkMessages(cards, [protocol]),
    ...checkChoices(cards, services, [protocol]),
  ];
}

it('the cards have no findings, by themselves and beside the protocol', () => {
  expect(loadCards('cards').findings.map(formatFinding)).toEqual([]);
  expect(besideProtocol(library).map(formatFinding)).toEqual([]);
});

it('texts that one protocol uses are none too many for another', () => {
  const small = {
    ...along,
    protocol: {
      ...protocol,
      versions: protocol.versions.map((version) => ({ ...version, criteria: version.criteria.slice(0, 1) })),
    },
    instruments: [],
  };
  expect(checkCards(library, [along, small]).map(formatFinding)).toEqual([]);
  expect(checkCards(library, [small, along]).map(formatFinding)).toEqual([]);
  expect(checkCards(library, [small]).length).toBeGreaterThan(100);
});

it('templates may name the figures that the protocol gives of its transition rule, whatever they are called', () => {
  const { file } = protocol.versions[0]!;
  const { transitionEnds, ...others } = file.transition.figures!;
  const renamed = { ...file, transition: { ...file.transition, figures: { ...others, ruleEnds: transitionEnds! } } };
  const beside = { versions: [{ file: renamed }] };
  const folder = copyOfCards();
  const template = join(folder, 'templates/transition.yaml');
  expect(new Set(checkMessages(library, [beside]).map(({ found }) => found))).toEqual(
    new Set(['the placeholder {transitionEnds}']),
  );
  writeFileSync(template, readFileSync(template, 'utf8').replaceAll('{transitionEnds}', '{ruleEnds}'));
  expect(checkMessages(loadCards(folder).value!, [beside])).toEqual([]);
});

it('what is certain to be there on a card is told by its choices, whatever the template is called', () => {
  const folder = copyOfCards();
  for (const [file, name, other] of [
    ['choice.yaml', 'template: not-met', 'template: refused'],
    ['templates/not-met.yaml', 'id: not-met', 'id: refused'],
    ['suggestions/refer-back.yaml', 'not-met]', 'refused]'],
    ['suggestions/attach-assessment.yaml', 'not-met]', 'refused]'],
    ['override-reasons.yaml', 'done-but-not-recorded: [missing, not-met', 'done-but-not-recorded: [missing, refused'],
    ['override-reasons.yaml', 'transition-applies: [missing, not-met', 'transition-applies: [missing, refused'],
  ] as const) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(name, other));
  }
  renameSync(join(folder, 'templates/not-met.yaml'), join(folder, 'templates/refused.yaml'));
  const { value, findings } = loadCards(folder);
  expect(findings).toEqual([]);
  expect(checkMessages(value!, [protocol])).toEqual([]);
});

/** The first sentence about the first line. */
const BELOW = 'criteria.first-line-physical.sentences.not-met.below-threshold.nl[0]';

describe('what is wrong is found, with its place', () => {
  const faults: readonly (readonly [string, string, string | RegExp, string, string])[] = [
    ['a language is missing', 'templates/approval.yaml', /^ {2}en: "\{phase.*\n/m, '', 'summary.en'],
    ['an unknown key', 'templates/review.yaml', 'overridable:', 'colour: red\noverridable:', 'colour'],
    ['critical is no indicator', 'templates/not-met.yaml', 'indicator: warning', 'indicator: critical', 'indicator'],
    ['an unknown placeholder', 'templates/approval.yaml', 'te toetsen was', '{criterions}', 'detail[0].text.nl'],
    [
      'a placeholder that may be empty',
      'templates/approval.yaml',
      'te toetsen was',
      '{transitionEnds}',
      'detail[0].text.nl',
    ],
    ['a plural without the form for one', 'criteria/first-line.yaml', 'one {# behandeling} other', 'other', BELOW],
    ['a plural with a form in Dutch', 'criteria/first-line.yaml', 'one {# behandeling} other', 'een {#} other', BELOW],
    ['a plural with a form of another language', 'criteria/first-line.yaml', 'one {# beh', 'few {x} one {# beh', BELOW],
    [
      'a plural without it within another',
      'criteria/first-line.yaml',
      /=0 .minder dan een week. one .# week. other .# weken./,
      'other {#}',
      BELOW,
    ],
    [
      'a summary that can be too long',
      'templates/not-met.yaml',
      'meer)}}. Vul aan,',
      `meer)}}. ${'Vul alles aan. '.repeat(4)} Vul aan,`,
      'summary.nl',
    ],
    [
      'a summary beside another card that can be too long',
      'templates/missing.yaml',
      'daarnaast ontbreekt',
      `daarnaast ontbreekt ${'vooralsnog '.repeat(8)}`,
      'summaryBeside.nl',
    ],
    [
      'a summary that names an order, of whatever length',
      'templates/protocol-not-in-force.yaml',
      /^ {2}nl: "/m,
      '  nl: "{order}: ',
      'summary.nl',
    ],
    [
      'a summary that names what the call names an order with',
      'templates/protocol-not-in-force.yaml',
      /^ {2}en: "/m,
      '  en: "{orderReference}: ',
      'summary.en',
    ],
    [
      'a value that is not there for every choice of a template',
      'choice.yaml',
      '{ template: review, needs: failing-or-judge }',
      '{ template: review }',
      'summary.nl',
    ],
    ['a message that is no ICU message', 'templates/review.yaml', '{firstJudge}', '{firstJudge', 'summary.nl[1]'],
    [
      'a card that is not there',
      'choice.yaml',
      '{ template: overview }',
      '{ template: survey }',
      'choices[1].cards[0].template',
    ],
    [
      'a supplier that is not there',
      'terms/missing.yaml',
      'supplier: team',
      'supplier: nobody',
      'missing.history-activities.supplier',
    ],
    [
      'a problem that names a day which it is not told with',
      'terms/problems.yaml',
      'niet alle vragen zijn leesbaar beantwoord',
      'op {asOf} niet alle vragen leesbaar beantwoord',
      'problems.incomplete.nl',
    ],
    ['a problem without a text', 'terms/problems.yaml', /^ {2}no-value:\n.*\n.*\n/m, '', 'problems.no-value'],
    [
      'a problem that may have an empty place',
      'terms/problems.yaml',
      '"{name}: geen leesbare waarde."',
      '"{name}: {date}."',
      'problems.unreadable-value.nl',
    ],
    [
      'a problem that names what it cannot',
      'terms/problems.yaml',
      '{answered} van',
      '{filled} van',
      'problems.incomplete.nl',
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
      '{discipline} in {weeks, plural, =0 {minder dan een week} one {# week} other {# weken}}; nodig',
      '{trade}; nodig',
      'criteria.first-line-physical.brief.not-met.below-threshold.nl',
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
      'criteria.wpn-level.sentences.met.level-3-or-4.nl',
    ],
    [
      'a sentence that may have an empty place',
      'criteria/context.yaml',
      '"WPN-niveau 3 of 4."',
      '"WPN {level}."',
      'criteria.wpn-level.sentences.met.level-3-or-4.nl',
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
    [
      'an override reason that is not there',
      'override-reasons.yaml',
      '  other:',
      '  others:',
      'services.imsr-referral[4]',
    ],
    [
      'a reason of readings that is not there',
      'override-reasons.yaml',
      'whereReadingsDiffer: [other-reading-chosen',
      'whereReadingsDiffer: [another-reading-chosen',
      'whereReadingsDiffer[0]',
    ],
  ];
  it.each(faults)('%s', (_, file, from, to, key) => {
    const findings = findingsAfter(file, from, to);
    expect(findings.map((finding) => finding.key)).toContain(key);
    for (const { line } of findings) expect(line).toBeGreaterThan(0);
  });

  const GENERAL = 'general.yaml';
  const texts: readonly (readonly [string, string, string | RegExp, string, string, string])[] = [
    ['a citation', GENERAL, '{section})*"\n  en', '{sectoin})*"\n  en', 'citation.nl', '{sectoin}'],
    ['what stands behind a summary', GENERAL, 'nl: " [{order}]"', 'nl: " [{orders}]"', 'orderSuffix.nl', '{orders}'],
    ['a range of scores', GENERAL, '{min} tot', '{minimum} tot', 'scoreTable.range.nl', '{minimum}'],
    ['an old score', GENERAL, 'ouder dan {months}', 'ouder dan {weeks}', 'scoreTable.old.nl', '{weeks}'],
    [
      'a header',
      GENERAL,
      '{order} ({orderReference})"\n    en',
      '{order} ({orderRef})"\n    en',
      'header[0].nl',
      '{orderRef}',
    ],
    ['a footer', GENERAL, 'Stand op {asOf}', 'Stand op {asOff}', 'footer[0].nl', '{asOff}'],
    ['a fixed text', GENERAL, 'nl: aanwezig', 'nl: "{aanwezig}"', 'scoreTable.present.nl', '{aanwezig}'],
    [
      'a label',
      'suggestions/request-questionnaires.yaml',
      '{count, plural, one {Vraag',
      '{counts, plural, one {Vraag',
      'label.nl',
      '{counts}',
    ],
    [
      'a description',
      'suggestions/request-questionnaires.yaml',
      '{questionnaire} invullen',
      '{vragenlijst} invullen',
      'description.nl',
      '{vragenlijst}',
    ],
    [
      'a message',
      'suggestions/ask-referrer.yaml',
      'ontbreekt: {missing}',
      'ontbreekt: {mising}',
      'message.nl',
      '{mising}',
    ],
    ['a note', 'suggestions/refer-back.yaml', 'doorlopen. {parts}', 'doorlopen. {lines}', 'note.nl', '{lines}'],
    [
      'a line',
      'suggestions/attach-assessment.yaml',
      '"- {status}: {count, plural, one {# criterium}',
      '"- {status}: {titles} {count, plural, one {# criterium}',
      'line.nl',
      '{titles} in the last wording',
    ],
    [
      'a description of a withdrawal',
      'suggestions/refer-back.yaml',
      'Conceptopdracht voor IMSR intrekken',
      '{brief} intrekken',
      'deleteDescription.nl',
      '{brief} in the last wording',
    ],
  ];
  it.each(texts)('a placeholder without a value in %s', (_, file, from, to, key, found) => {
    const findings = findingsAfter(file, from, to);
    expect(findings.map((finding) => [finding.file.endsWith(file), finding.key])).toEqual([[true, key]]);
    expect(findings[0]!.found).toContain(found);
  });

  const names: readonly (readonly [string, string, string | RegExp, string, string])[] = [
    ['a service', 'choice.yaml', 'service: imsr-overview', 'service: imsr-overvieuw', 'choices[1].when.service'],
    [
      'a regime',
      'choice.yaml',
      'regime: protocol-not-in-force',
      'regime: protocol-not-in-use',
      'choices[0].when.regime',
    ],
    ['an outcome', 'choice.yaml', 'outcome: review', 'outcome: reviewed', 'choices[6].when.outcome'],
    ['a phase', 'suggestions/ask-referrer.yaml', 'phases: [indication]', 'phases: [indicatie]', 'phases[0]'],
    ['a supplier', 'suggestions/ask-referrer.yaml', 'supplier: referrer', 'supplier: referer', 'supplier'],
    ['a criterion', 'suggestions/refer-back.yaml', 'criterion: stepped-care', 'criterion: steped-care', 'criterion'],
    ['a template', 'suggestions/refer-back.yaml', 'on: [not-met]', 'on: [not-mett]', 'on[0]'],
    ['the name of the file', 'suggestions/refer-back.yaml', 'id: refer-back', 'id: refer', 'id'],
    ['a parameter', 'general.yaml', 'ageParameter: questionnaireAge', 'ageParameter: questionaireAge', 'ageParameter'],
    [
      'a parameter in months',
      'general.yaml',
      'ageParameter: questionnaireAge',
      'ageParameter: lookback',
      'ageParameter',
    ],
    [
      'a service with reasons',
      'override-reasons.yaml',
      '  imsr-overview:',
      '  imsr-overvieuw:',
      'services.imsr-overvieuw',
    ],
    ['reasons for a service', 'override-reasons.yaml', /\n {2}imsr-overview: .*/, '', 'services'],
    ['a supplier of gaps', 'general.yaml', 'gapSupplier: ehr', 'gapSupplier: her', 'gapSupplier'],
    [
      'a figure on which a criterion turns',
      'criteria/first-line.yaml',
      'turnsOn: shortPart',
      'turnsOn: shortestPart',
      'criteria.stepped-care.turnsOn',
    ],
  ];
  it.each(names)('%s that there is not', (_, file, from, to, key) => {
    const findings = findingsAfter(file, from, to);
    expect(findings.map((finding) => [finding.file.endsWith(file), finding.key])).toContainEqual([true, key]);
    expect(findings.every(({ line }) => line > 1)).toBe(true);
  });

  it.each([
    ['renamed', ['shortPart', 'shortestPart'], 'cards/criteria/first-line.yaml', 'criteria.stepped-care.turnsOn'],
    [
      'that names what is no part',
      ["'first-line-physical'", "'first-line-fysical'"],
      '2026-04-17/criteria/first-line.yaml',
      'criteria[3].figures.shortPart',
    ],
  ])('the figure on which a criterion turns, %s', (_, [from, to], file, key) => {
    const versions = protocol.versions.map((version) => ({
      ...version,
      criteria: version.criteria.map((criterion) => {
        const figures = JSON.parse(JSON.stringify(criterion.figures ?? {}).replaceAll(from!, to!)) as Figures;
        return { ...criterion, figures };
      }),
    }));
    const findings = checkCards(library, [{ ...along, protocol: { ...protocol, versions } }]);
    expect(findings.map((finding) => [finding.file.endsWith(file), finding.key])).toEqual([[true, key]]);
    expect(findings[0]!.line).toBeGreaterThan(60);
    expect(findings[0]!.expected).toMatch(/^shortestPart$|^first-line-physical \| /);
  });

  it.each([
    ['that there is no choice for', /  - when: \{ outcome: review \}\n.*\n/, ''],
    ['for which only one regime has a choice', 'outcome: review }', 'outcome: review, regime: protocol }'],
  ])('an outcome %s', (_, from, to) => {
    const findings = findingsAfter('choice.yaml', from, to);
    // The overview has a choice of its own.
    expect(findings.map(({ key, found, line }) => [key, found, line])).toEqual(
      ['imsr-indication', 'imsr-referral-select', 'imsr-referral'].map((service) => [
        'choices',
        `no choice for ${service} with outcome review`,
        2,
      ]),
    );
  });

  const terms: readonly (readonly [string, string, RegExp, string, string, string])[] = [
    [
      'a term',
      'terms/missing.yaml',
      /^ {2}pain-onset:.*\n/m,
      'criteria/pain.yaml',
      'id',
      'no missing term for pain-onset',
    ],
    [
      'a note',
      'terms/notes.yaml',
      /^ {2}opioid-in-use:\n.*\n.*\n/m,
      'criteria/exclusions.yaml',
      'note',
      'no notes term for opioid-in-use',
    ],
    [
      'a section',
      'terms/sections.yaml',
      /^ {2}proces en voetnoot 4:.*\n/m,
      'criteria/context.yaml',
      'source.section',
      'no sections term for proces en voetnoot 4',
    ],
    ['a score', 'terms/words.yaml', /^ {2}pdi:.*\n/m, 'instruments/pdi.yaml', 'scores[0].id', 'no scores term for pdi'],
    [
      'an instrument',
      'terms/problems.yaml',
      /^ {2}hads:.*\n/m,
      'instruments/hads.yaml',
      'id',
      'no instruments term for hads',
    ],
    [
      'a regime',
      'terms/words.yaml',
      /^ {2}started-before-publication:\n(?: {4}.*\n)+/m,
      'version.yaml',
      'regime.answers[0].regime',
      'no regimes term for started-before-publication',
    ],
    [
      'a document',
      'terms/words.yaml',
      /^ {2}behandelkader 2025-11-06:.*\n/m,
      'criteria/context.yaml',
      'document',
      'no documents term for behandelkader 2025-11-06',
    ],
    [
      'an outcome',
      'terms/words.yaml',
      /^ {2}transition:.*\n/m,
      'terms/words.yaml',
      'outcomes.transition',
      'no outcomes term for transition',
    ],
    [
      'a criterion',
      'criteria/context.yaml',
      /^ {2}adult:\n( {4}.*\n)*/m,
      'criteria/context.yaml',
      'id',
      'no texts for adult',
    ],
  ];
  it.each(terms)('%s without words is told where it stands', (_, file, from, user, key, found) => {
    const findings = findingsAfter(file, from, '').filter((finding) => finding.found === found);
    expect(findings.length).toBeGreaterThan(0);
    const places = findings.map((finding) => [finding.file.endsWith(user), finding.key.endsWith(key)]);
    expect(places).toContainEqual([true, true]);
    expect(findings.map((finding) => finding.file)).not.toContain('cards/general.yaml');
  });

  it('what a criterion without texts lacks besides is told at once, and what it uses is none too many', () => {
    const folder = copyOfCards();
    for (const [file, from] of [
      ['criteria/context.yaml', /^ {2}wpn-level:\n( {4}.*\n)*/m],
      ['terms/missing.yaml', /^ {2}wpn-level:.*\n/m],
    ] as const) {
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, ''));
    }
    expect(besideProtocol(loadCards(folder).value!).map(({ found }) => found)).toEqual([
      'no texts for wpn-level',
      'no missing term for wpn-level',
    ]);
  });

  it.each([
    ['templates/not-met.yaml', 'indicator: warning', 'indicator: critical', 'indicator'],
    ['templates/not-met.yaml', 'id: not-met', 'id: refused', 'id'],
    ['sentences/first-line-part.yaml', 'sentences:', 'sentence: {}\nsentences:', 'sentence'],
  ])('a fault in %s is none where that file is named', (file, from, to, key) => {
    const findings = findingsAfter(file, from, to);
    expect(findings.map((finding) => [finding.file.endsWith(file), finding.key])).toEqual([[true, key]]);
  });

  it('a message that is no ICU message is told with its place and language, beside all others', () => {
    const folder = copyOfCards();
    for (const [file, from, to] of [
      ['general.yaml', '{order} ({orderReference})"\n    en', '{order} ({orderReference"\n    en'],
      ['general.yaml', 'As of {asOf}', 'As of {asOf'],
      ['general.yaml', '{min} tot', '{min tot'],
      ['suggestions/ask-referrer.yaml', 'ontbreekt: {missing}', 'ontbreekt: {missing'],
    ] as const) {
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    }
    const { findings } = loadCards(folder);
    expect(findings.map(({ key }) => key)).toEqual([
      'header[0].nl',
      'footer[0].en',
      'scoreTable.range.nl',
      'message.nl',
    ]);
    expect(findings[2]!.found).toBe('MALFORMED_ARGUMENT in "{min tot {max}"');
  });

  it.each([
    ["ontbreekt: '{missing}'", true],
    ["ontbreekt: ''{missing}''", false],
    ["ontbreekt: '''{missing}'''", true],
    ["ontbreekt in mevrouws dossier: {missing}'", false],
  ])('a placeholder between apostrophes, which would be shown as it is written: %s', (to, isFound) => {
    const findings = findingsAfter('suggestions/ask-referrer.yaml', 'ontbreekt: {missing}', to);
    const found = 'the placeholder {missing} between apostrophes in ';
    expect(findings.map((one) => [one.key, one.found])).toEqual(
      isFound ? [['message.nl', expect.stringContaining(found)]] : [],
    );
  });

  it('a wrong placeholder in both languages is told of each', () => {
    const findings = findingsAfter('general.yaml', /^  old: .*$/m, '  old: { nl: "{weeks}", en: "{weeks}" }');
    expect(findings.map(({ key }) => key)).toEqual(['scoreTable.old.nl', 'scoreTable.old.en']);
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
