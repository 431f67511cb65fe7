import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkData, linesOf, MORE_MAY_FOLLOW } from '../src/check-data.js';
import { checkCommand } from '../src/cli/check.js';
import { newFolder } from './new-folder.js';

/** Copies of the data in which some files are other text, or text that a change makes of theirs, or are not there. */
function checkedWith(files: Readonly<Record<string, string | ((text: string) => string) | undefined>>, site?: string) {
  const root = newFolder();
  for (const folder of ['hooks', 'cards']) cpSync(folder, join(root, folder), { recursive: true });
  for (const [file, change] of Object.entries(files)) {
    const path = join(root, file);
    if (change === undefined) {
      rmSync(path);
      continue;
    }
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, typeof change === 'string' ? change : change(readFileSync(path, 'utf8')));
  }
  let siteFile: string | undefined;
  if (site !== undefined) writeFileSync((siteFile = join(root, 'site.yaml')), site);
  const { findings, complete } = checkData(join(root, 'hooks'), join(root, 'cards'), siteFile);
  const from = (file: string): string => relative(root, file);
  return { complete, findings: findings.map(({ file, ...finding }) => ({ ...finding, file: from(file) })) };
}

const PARAMETER = 'hooks/imsr/parameters/minimumSessions.yaml';
const FACTS = 'hooks/imsr/2026-04-17/facts/pain.yaml';

describe('one fault, one finding', () => {
  it.each([
    ['a parameter', PARAMETER, 'unit: [sessions\n'],
    ['a value set', 'hooks/imsr/value-sets/pain-general.yaml', 'systems: [\n'],
    ['facts', FACTS, 'facts: {\n'],
    ['ladders', 'hooks/imsr/2026-04-17/ladders.yaml', 'ladders: "\n'],
    ['criteria', 'hooks/imsr/2026-04-17/criteria/first-line.yaml', 'criteria: [\n'],
  ])('in the syntax of %s, and none where it is used', (_, file, text) => {
    const { findings, complete } = checkedWith({ [file]: text });
    expect(new Set(findings.map((finding) => finding.file))).toEqual(new Set([file]));
    expect(complete).toBe(false);
  });

  it.each(['hooks/imsr/2026-04-17/ladders.yaml', 'hooks/imsr/2026-04-17/report.yaml', 'cards/general.yaml'])(
    'where %s is not there',
    (file) => {
      const { findings } = checkedWith({ [file]: undefined });
      expect(findings.map((finding) => [finding.file, finding.found])).toEqual([[file, 'no such file']]);
    },
  );

  it.each([
    ['a parameter', PARAMETER, 'unit: sessions', 'unit: [sessions]'],
    ['a fact', FACTS, 'onsetForm: {', 'onsetForm: { kind: list,'],
    [
      'a ladder',
      'hooks/imsr/2026-04-17/ladders.yaml',
      /  ([a-z-]+):\n    answers:/,
      '  $1:\n    kind: list\n    answers:',
    ],
    ['a criterion', 'hooks/imsr/2026-04-17/criteria/first-line.yaml', 'effect: blocking', 'effect: stopping'],
  ])('in the form of %s, beside what is wrong elsewhere', (_, file, from, to) => {
    const other = 'hooks/imsr/2026-04-17/facts/context.yaml';
    const { findings } = checkedWith({
      [file]: (text) => text.replace(from, to),
      [other]: (text) => text.replace('Patient.birthDate', 'Patient.birthdate'),
    });
    expect(findings.map((finding) => finding.file).sort()).toEqual([other, file].sort());
  });
});

describe('expressions that are slow', () => {
  const checked = { findings: [], complete: true, counts: { expressions: 2 } };
  const slow = { ...checked, onReferenceEngine: ['a'], withoutFunction: ['b'] };

  it('are named before the closing line', () => {
    const told: string[] = [];
    expect(
      checkCommand(
        () => slow,
        [],
        (text) => told.push(text),
      ),
    ).toBe(0);
    expect(told).toEqual([
      'runs on the reference engine: a\n',
      'is not made a function: b\n',
      'No findings in 2 expressions.\n',
    ]);
  });

  it('stand in the JSON', () => {
    const told: string[] = [];
    checkCommand(
      () => slow,
      ['--json'],
      (text) => told.push(text),
    );
    expect(JSON.parse(told.join(''))).toEqual(slow);
  });
});

describe('whether more may follow is said', () => {
  it('when what builds on a finding was not looked at', () => {
    const told: string[] = [];
    const checked = checkedWith({ [PARAMETER]: (text) => text.replace('value: 6', 'value: "6"') });
    const code = checkCommand(
      () => ({ ...checked, counts: {}, onReferenceEngine: [], withoutFunction: [] }),
      [],
      (text) => told.push(text),
    );
    expect(code).toBe(1);
    expect(told.at(-1)).toBe('1 finding.\n');
    expect(told.at(-2)).toBe(`${MORE_MAY_FOLLOW}\n`);
  });

  it('and not when everything was', () => {
    const checked = checkedWith({
      'cards/choice.yaml': (text) => text.replace('service: imsr-overview', 'service: imsr-view'),
    });
    expect(checked.complete).toBe(true);
    expect(linesOf(checked).join('\n')).toContain('choices[1].when.service');
    expect(linesOf(checked)).not.toContain(MORE_MAY_FOLLOW);
  });

  it('and nothing is found in the data as they are', () => {
    expect(checkData('hooks', 'cards')).toMatchObject({ findings: [], complete: true });
  });
});

describe('what nothing reads is found', () => {
  it('wherever data stand', () => {
    const { findings } = checkedWith({
      'hooks/services/imsr-extra.yml': 'id: imsr-extra\n',
      'hooks/imsr/parameters/lookback.yaml.bak': 'unit: duration\n',
      'hooks/imsr/value-sets/deep/pain.yaml': 'systems: []\n',
      'hooks/imsr/2027-01-01/version.yml': 'version: "2027-01-01"\n',
      'hooks/imsr/paramters/lookback.yaml': 'unit: duration\n',
      'hooks/imsr/questionnaires/pdi.yaml': 'title: PDI\n',
      'cards/suggestions/refer-on.yml': 'id: refer-on\n',
      'cards/template/approval.yaml': 'id: approval\n',
      'cards/general.yml': 'header: []\n',
      'hooks/imsr/parameters/.lookback.yaml.swp': '\n',
      'hooks/imsr/value-sets/README.md': '# Codes\n',
    });
    expect(findings.map(({ file, found }) => `${file}: ${found}`)).toEqual([
      'hooks/imsr/2027-01-01: a folder without version.yaml, which nothing reads',
      'hooks/imsr/2027-01-01/version.yml: a file that nothing reads',
      'hooks/imsr/parameters/lookback.yaml.bak: a file that nothing reads',
      'hooks/imsr/paramters: a folder without version.yaml, which nothing reads',
      'hooks/imsr/paramters/lookback.yaml: a file that nothing reads',
      'hooks/imsr/questionnaires/pdi.yaml: a file that nothing reads',
      'hooks/imsr/value-sets/deep: a folder that nothing reads',
      'hooks/services/imsr-extra.yml: a file that nothing reads',
      'cards/general.yml: a file that nothing reads',
      'cards/suggestions/refer-on.yml: a file that nothing reads',
      'cards/template: a folder that nothing reads',
    ]);
  });
});

it('a folder that no service names is found, and one that a service names needs its file', () => {
  const text = readFileSync('hooks/imsr/protocol.yaml', 'utf8');
  const { findings } = checkedWith({
    'hooks/imsr-young/protocol.yaml': text,
    'hooks/.old/protocol.yaml': text,
    'hooks/services/imsr-overview.yaml': (service) => service.replace('protocol: imsr', 'protocol: imsr-old'),
    'hooks/imsr-old/README.md': '# Before\n',
  });
  expect(findings.map(({ file, found, expected }) => `${file}: ${found}; ${expected}`)).toEqual([
    'hooks/imsr-young: a folder that no service names; protocol: imsr-young in a service',
    'hooks/imsr-old/protocol.yaml: no such file; a file of this name',
  ]);
});

describe('what stands beside the rules is read too', () => {
  it('cases and questionnaires', () => {
    const { findings } = checkedWith({
      'hooks/imsr/cases/regime.yaml': 'cases: [\n',
      'hooks/imsr/questionnaires/hads.json': '{\n  "resourceType": "Questionnaire",\n}\n',
      'hooks/imsr/questionnaires/pdi.json': '{ "resourceType": "Patient" }\n',
      'hooks/imsr/questionnaires/psk.json': '',
    });
    expect([...new Set(findings.map(({ file, line, key }) => `${file}:${line} ${key}`))]).toEqual([
      expect.stringMatching(/^hooks\/imsr\/cases\/regime\.yaml:\d \(document\)$/),
      'hooks/imsr/questionnaires/hads.json:3 (document)',
      'hooks/imsr/questionnaires/pdi.json:1 resourceType',
      'hooks/imsr/questionnaires/psk.json:1 (document)',
    ]);
  });

  it('a form beside its instrument, and the forms that can be asked of a patient', () => {
    const folder = 'hooks/imsr/questionnaires';
    const { findings } = checkedWith({
      [`${folder}/hads.json`]: (text) =>
        text.replace('"status": "active"', '"status": "actief"').replace('"type": "integer"', '"type": "integre"'),
      [`${folder}/pdi.json`]: (text) => text.replace('"linkId": "7"', '"linkId": "8"'),
      [`${folder}/sf-12.json`]: (text) => text.replace('"valueInteger": 5', '"valueInteger": 6'),
      [`${folder}/work-ability.json`]: (text) => text.replace('Questionnaire/work-ability"', 'Questionnaire/work"'),
      [`${folder}/imsr-referral-form.json`]: (text) =>
        text.replace('"linkId": "pain-onset"', '"linkId": "pain-recurrent"'),
    });
    expect(findings.map(({ file, key, found }) => [file.slice(file.lastIndexOf('/') + 1), key, found])).toEqual([
      ['hads.json', 'status', '"actief"'],
      ['hads.json', 'item[0].type', '"integre"'],
      ['imsr-referral-form.json', expect.stringMatching(/^item\[\d\]\.linkId$/), '"pain-recurrent" again'],
      ['pdi.json', 'item[6].linkId', '8'],
      ['pdi.json', 'item', 'no item 7'],
      ['sf-12.json', 'item[0]', 'max 6'],
      ['work-ability.yaml', 'questionnaire.canonical', expect.stringContaining('Questionnaire/work-ability')],
    ]);
    const [status] = findings;
    expect(status!.line).toBeGreaterThan(1);

    const suppliers = checkedWith({
      'cards/terms/suppliers.yaml': (text) => text.replace('Questionnaire/hads', 'Questionnaire/had'),
    });
    expect(suppliers.findings.map(({ key, found }) => [key, found])).toEqual([
      ['questionnaires.hads.canonical', expect.stringContaining('Questionnaire/had')],
    ]);
  });

  it('a file of the site that is not there, by its name and setting', () => {
    const { findings, complete } = checkData('hooks', 'cards', '/nonexistent');
    expect(findings).toMatchObject([{ file: '/nonexistent', line: 1, key: 'SITE_VALUE_SETS' }]);
    expect(complete).toBe(false);
    expect(checkData('hooks', 'cards', 'hooks').findings).toMatchObject([{ file: 'hooks', key: 'SITE_VALUE_SETS' }]);
  });
});

describe('a question that no form has is found', () => {
  const VERSION = 'hooks/imsr/2026-04-17';
  const FORM = 'hooks/imsr/questionnaires/imsr-intake-form.json';

  it('in rules and evidence', () => {
    const { findings } = checkedWith({
      [`${VERSION}/criteria/readiness.yaml`]: (text) =>
        text.replace('question: patient-able', 'question: patient-abel'),
      [`${VERSION}/criteria/functioning.yaml`]: (text) => text.replace('item(role-family)', 'item(role-familie)'),
      [`${VERSION}/facts/regime.yaml`]: (text) => text.replace(/(indicatedTold:.*linkId = 'indicated-)on/, '$1upon'),
      [`${VERSION}/facts/context.yaml`]: (text) => text.replace('path: item(wpn-level)', 'path: item(wpn)'),
    });
    expect(findings.map(({ file, key, found, expected }) => [file, key, found, expected])).toEqual([
      [`${VERSION}/facts/context.yaml`, 'facts.wpnLevels.rows[0].path', 'wpn', 'an item of a form'],
      [`${VERSION}/facts/regime.yaml`, 'facts.indicatedTold.expression', 'indicated-upon', 'an item of a form'],
      [`${VERSION}/criteria/functioning.yaml`, 'criteria[5].evidence[4].path', 'role-familie', 'an item of a form'],
      [`${VERSION}/criteria/readiness.yaml`, 'criteria[4].with.question', 'patient-abel', 'an item of a form'],
    ]);
  });

  it('in the report', () => {
    const file = `${VERSION}/report.yaml`;
    const { findings } = checkedWith({ [file]: (text) => text.replace('linkId: pain-onset', 'linkId: pain-on-set') });
    expect(findings.map((finding) => [finding.file, finding.found, finding.expected])).toEqual([
      [file, 'pain-on-set', 'an item of a form'],
    ]);
  });

  it('unless a form cannot be read', () => {
    const { findings } = checkedWith({ [FORM]: '{' });
    expect(findings.map(({ file }) => file)).toEqual([FORM]);
  });
});

describe('what can never be there is found', () => {
  const VERSION = 'hooks/imsr/2026-04-17';
  const CRITERIA = `${VERSION}/criteria`;

  it('in criteria, evidence and ladders', () => {
    const { findings } = checkedWith({
      [`${CRITERIA}/functioning.yaml`]: (text) =>
        text
          .replace("pdi-or-psk: \"%scores.where(instrument = 'pdi'", "pdi-or-psk: \"%scores.where(instrument = 'pdii'")
          .replace('sf12-mental: "%scores.where(instrument', 'sf12-mental: "%scores.where(instrumnt')
          .replace(
            'of: "%scores.where(instrument = \'work-ability\')", value: value',
            'of: "%scores.where(instrument = \'work-ability\')", value: valeu',
          )
          .replace(
            "role-leisure: \"%intakeTexts contains 'role-leisure'",
            "role-leisure: \"%intakeTexts contains 'role-leisre'",
          )
          .replace("%participationProblem = 'threatened'", "%participationProblem = 'threatend'"),
      [`${CRITERIA}/exclusions.yaml`]: (text) =>
        text.replace("where($this = 'other-treatment-needed')", "where($this = 'other-treatment')"),
      [`${CRITERIA}/first-line.yaml`]: (text) => text.replace('part: psychological', 'part: psycological'),
      [`${VERSION}/ladders.yaml`]: (text) => text.replace("%secondaryCare = 'review'", "%secondaryCare = 'reviewed'"),
    });
    expect(findings.map(({ key, found, expected }) => [key, found, expected])).toEqual([
      ['criteria[1].answers[1].when', 'threatend', 'present | threatened | none'],
      ['criteria[3].parts.pdi-or-psk', 'pdii', expect.stringContaining('| pdi | psk |')],
      ['criteria[4].parts.sf12-mental', 'the column instrumnt', expect.stringContaining('instrument, value, min, max')],
      ['criteria[5].parts.role-leisure', 'role-leisre', 'an item of a form'],
      ['criteria[5].evidence[0].value', 'the column valeu', expect.stringContaining('a column of the table: ')],
      ['criteria[1].with.part', 'psycological', 'any | psychosomatic | physical | psychological'],
      ['criteria[4].notes[0].when', 'other-treatment', 'an item of a form'],
      ['ladders.first-line-part.answers[8].when', 'reviewed', 'review | count | ignore'],
    ]);
  });

  it('in facts, in the conditions of a version and in the report', () => {
    const { findings } = checkedWith({
      [`${VERSION}/facts/treatments.yaml`]: (text) =>
        text
          .replace(
            "in ('psychologist' | 'poh-ggz' | 'general-practice'), 'psychological'",
            "in ('psycholoog' | 'poh-ggz' | 'general-practice'), 'psychological'",
          )
          .replace('%anyTimeByDiscipline.where(numberKnown and', '%anyTimeByDiscipline.where(numberKown and')
          .replace('%toldResults.result.distinct()', '%toldResults.results.distinct()'),
      [`${VERSION}/version.yaml`]: (text) =>
        text.replace("%regime = 'started-before-publication'", "%regime = 'started-before'"),
      [`${VERSION}/report.yaml`]: (text) => text.replace('linkId: pain-onset', 'linkId: pain-on-set'),
    });
    expect(findings.map(({ key, found }) => [key, found])).toEqual([
      ['facts.treatments.rows[0].columns.part', 'psycholoog'],
      ['facts.dated.expression', 'the column numberKown'],
      ['facts.seriesResults.expression', 'the column results'],
      ['transition.covered', 'started-before'],
    ]);
  });
});

describe('codes that no record would ever match are found', () => {
  const SITE = (system: string, member: string): string => `valueSets:
  imsr-treatment-order:
    description: Local order codes
    source: order catalogue of the site
    systems:
      - system: ${system}
        members:
          - ${member}
          - { code: A, certainty: S }
`;

  it.each([
    ['{ from: 20, to: 10, certainty: S }', 'valueSets.imsr-treatment-order.systems[0].members[0].from', '20 to 10'],
    ['{ code: " B", certainty: S }', 'valueSets.imsr-treatment-order.systems[0].members[0].code', '" B"'],
    ['{ prefix: "B ", certainty: S }', 'valueSets.imsr-treatment-order.systems[0].members[0].prefix', '"B "'],
    ['{ code: A, certainty: V }', 'valueSets.imsr-treatment-order.systems[0].members[1]', 'code A again'],
  ])('in a file of the site: %s', (member, key, found) => {
    const { findings } = checkedWith({}, SITE('urn:oid:1.2.3.4', member));
    expect(findings.map((finding) => [finding.file, finding.key, finding.found])).toEqual([['site.yaml', key, found]]);
  });

  it.each(['{ from: 10, to: 10, certainty: S }', '{ prefix: A, certainty: S }'])('but not %s', (member) => {
    expect(checkedWith({}, SITE('urn:oid:1.2.3.4', member)).findings).toEqual([]);
  });

  it.each([
    'https://snomed.info/sct',
    'http://snomed.info/sct/',
    'https://snomed.info/sct/',
    'http://snomed.info/sctt',
    'http://snomed.info/st',
    'http://snomed.info/set',
    'https://snomed.info/stc',
  ])('as the system %s', (system) => {
    const { findings } = checkedWith({}, SITE(system, '{ code: B, certainty: S }'));
    expect(findings.map(({ file, key, found, expected }) => [file, key, found, expected])).toEqual([
      [
        'site.yaml',
        'valueSets.imsr-treatment-order.systems[0].system',
        system,
        'http://snomed.info/sct, as it is named elsewhere',
      ],
    ]);
  });

  it.each([
    'http://snomed.info/sct-x',
    'http://hl7.org/fhir/sid/icd-11',
    'urn:oid:2.16.840.1.113883.2.4.4.31.2',
    'https://ehr.example/a',
  ])('but not as %s, which may be another system', (system) => {
    expect(checkedWith({}, SITE(system, '{ code: B, certainty: S }')).findings).toEqual([]);
  });

  it('and not where the systems of a site are named alike', () => {
    const two = `${SITE('https://ehr.example/a', '{ code: B, certainty: S }')}      - system: https://ehr.example/b
        members: [{ code: C, certainty: S }]
scores:
  - { system: https://ehr.example/a, code: X, score: pdi }
`;
    expect(checkedWith({}, two).findings).toEqual([]);
  });

  it('and not where the protocol names it as often', () => {
    const alone = 'http://www.whocc.no/atc';
    const file = 'hooks/imsr/value-sets/medication-opioid.yaml';
    const { findings } = checkedWith({ [file]: (text) => text.replace(alone, 'http://www.whocc.no/atx') });
    expect(findings.filter(({ found }) => found.startsWith('http'))).toEqual([]);
  });

  it('and in the protocol and the scores of a site', () => {
    const site = 'scores:\n  - { system: "https://loinc.org", code: X, score: pdi }\n';
    const file = 'hooks/imsr/value-sets/pain-general.yaml';
    const { findings } = checkedWith(
      { [file]: (text) => text.replace('http://snomed.info/sct', 'https://snomed.info/sct') },
      site,
    );
    expect(findings.map((finding) => [finding.file, finding.key])).toEqual([
      [file, 'systems[0].system'],
      ['site.yaml', 'scores[0].system'],
    ]);
  });
});

it('what a criterion says where nothing of what it needs could be looked at has its words', () => {
  const { findings } = checkedWith({
    'hooks/imsr/2026-04-17/criteria/core-problem.yaml': (text) =>
      text.replace(/(id: main-goal-described[\s\S]*?needs: \[QuestionnaireResponse)\]/, '$1, MedicationRequest]'),
  });
  expect(findings.map(({ file, found }) => `${file}: ${found}`)).toEqual([
    'hooks/imsr/2026-04-17/criteria/core-problem.yaml: no resourceTypes term for MedicationRequest',
  ]);
});
