import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReports } from '../../src/report/load-reports.js';
import { knowledge, library } from './kit.js';
import { newFolder } from '../new-folder.js';

const VERSION = 'hooks/imsr/2026-04-17/report.yaml';

/** What is found when one text in one file is replaced by another. */
function findingsWith(file: string, old: string, replacement: string): readonly string[] {
  const root = newFolder();
  cpSync('hooks/imsr/2026-04-17/report.yaml', join(root, VERSION), { recursive: true });
  cpSync('cards/report', join(root, 'cards/report'), { recursive: true });
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toContain(old);
  writeFileSync(join(root, file), text.replace(old, replacement));
  const { value, findings } = loadReports(join(root, 'hooks'), join(root, 'cards'), knowledge.protocols, library);
  expect(value === undefined).toBe(findings.length > 0);
  return findings.map(({ key, found, expected, line }) => `${line > 0 ? key : 'no line'}: ${found}; ${expected}`);
}

describe('a fault in the data of a report is found before there is a record', () => {
  it.each([
    {
      name: 'a misspelt element',
      file: VERSION,
      old: 'value: birthDate }',
      replacement: 'value: birthdate }',
      key: /^fields\[0\]\.items\[0\]\.from\[0\]: .*birthdate/,
    },
    {
      name: 'an unknown fact',
      file: VERSION,
      old: '"%onset"',
      replacement: '"%onzet"',
      key: /^timeline\.onset: .*onzet/,
    },
    {
      name: 'a fact without its %',
      file: VERSION,
      old: '"%onset"',
      replacement: '"onset"',
      key: /^timeline\.onset: onset, which opens no path: a fact is written %onset/,
    },
    {
      name: 'an unknown table',
      file: VERSION,
      old: 'rows: treatments',
      replacement: 'rows: treatment',
      key: /^timeline\.rows: treatment; the name of a table/,
    },
    {
      name: 'an unknown score',
      file: VERSION,
      old: 'scores: [pdi]',
      replacement: 'scores: [pdj]',
      key: /^charts\[0\]\.scores: pdj; a score/,
    },
    {
      name: 'an unknown criterion',
      file: VERSION,
      old: 'criterion: stepped-care',
      replacement: 'criterion: stepped',
      key: /^timeline\.criterion: stepped; a criterion/,
    },
    {
      name: 'a code without words',
      file: VERSION,
      old: '        words: pain-mechanism\n',
      replacement: '',
      key: /a code without words/,
    },
    { name: 'an item twice', file: VERSION, old: 'id: gender', replacement: 'id: age', key: /age again/ },
    {
      name: 'an unknown key',
      file: VERSION,
      old: 'information: [',
      replacement: 'thresholds: [11]\ninformation: [',
      key: /^thresholds: an unknown key/,
    },
    {
      name: 'an unknown supplier',
      file: VERSION,
      old: 'gap: ehr',
      replacement: 'gap: nobody',
      key: /nobody; a term in the group suppliers/,
    },
    {
      name: 'a missing word',
      file: 'cards/report/fields.yaml',
      old: '    conclusion: { nl: "Conclusie: waarom IMSR"',
      replacement: '    ending: { nl: "Conclusie: waarom IMSR"',
      key: /conclusion; a term in the group fields/,
    },
    {
      name: 'a missing language',
      file: 'cards/report/page.yaml',
      old: 'synthetic: { nl: "Synthetische gegevens: dit is geen echte patiënt.", en:',
      replacement: 'synthetic: { nl:',
      key: /./,
    },
    {
      name: 'a missing text',
      file: 'cards/report/page.yaml',
      old: '  label-sex: { nl: Geslacht, en: Sex }\n',
      replacement: '',
      key: /^texts\.label-sex: nothing/,
    },
    {
      name: 'an unknown text',
      file: 'cards/report/page.yaml',
      old: '  label-sex:',
      replacement: '  label-sax:',
      key: /^texts\.label-sax/,
    },
    {
      name: 'a placeholder that gets no value',
      file: 'cards/report/page.yaml',
      old: 'Voor {name}',
      replacement: 'Voor {nam}',
      key: /\{nam\}; placeholders among: name/,
    },
    {
      name: 'a message that cannot be parsed',
      file: 'cards/report/page.yaml',
      old: 'Voor {name}',
      replacement: 'Voor {name',
      key: /ICU MessageFormat/,
    },
    {
      name: 'a style sheet that would end its element',
      file: 'cards/report/report.css',
      old: 'body {',
      replacement: '/* </style> */ body {',
      key: /no report\.css/,
    },
  ])('$name', ({ file, old, replacement, key }) => {
    expect(findingsWith(file, old, replacement).filter((finding) => key.test(finding))).not.toEqual([]);
  });

  it('nothing is found when nothing is wrong', () => {
    expect(findingsWith(VERSION, 'fields:', 'fields:')).toEqual([]);
  });
});
