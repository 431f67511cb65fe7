import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInstruments, readInstruments } from '../../src/instruments/load.js';
import { formatFinding } from '../../src/yaml/findings.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { instruments } from './records.js';

const PROTOCOL = 'hooks/imsr';
const text = (name: string): string => readFileSync(join(PROTOCOL, 'instruments', `${name}.yaml`), 'utf8');
/** Findings on one instrument file after one change. */
function faults(name: string, from: string, to: string): readonly string[] {
  const changed = text(name).replace(from, () => to);
  expect(changed).not.toBe(text(name));
  return readInstruments([readYaml(`${name}.yaml`, changed)]).findings.map((finding) => formatFinding(finding));
}

describe('the instruments of the protocol', () => {
  it('load without findings and give every score of the contract, and the subscales', () => {
    expect(loadInstruments(PROTOCOL).findings).toEqual([]);
    expect(instruments.flatMap(({ scores }) => scores.map(({ id }) => id)).sort()).toEqual([
      'general-pain-questionnaire',
      'hads-anxiety',
      'hads-depression',
      'pain-catastrophizing',
      'pain-catastrophizing-helplessness',
      'pain-catastrophizing-magnification',
      'pain-catastrophizing-rumination',
      'pain-nrs',
      'pdi',
      'psk',
      'sf12-mental',
      'sf12-physical',
      'work-ability',
    ]);
  });

  it('are named by their files as they lie from the working directory, like all data files', () => {
    expect(loadInstruments(resolve(PROTOCOL)).documents.get('pdi')!.file).toBe('hooks/imsr/instruments/pdi.yaml');
  });

  it('say on what ground they stand, and mark every piece of information', () => {
    for (const { grounds, information } of instruments) {
      expect(grounds.length).toBeGreaterThan(0);
      for (const entry of [...grounds, ...information]) expect(['V', 'S', 'U']).toContain(entry.certainty);
    }
  });

  it('mark as unverified what was not found in a source', () => {
    const unverified = instruments.flatMap(({ id, information }) =>
      information.filter(({ certainty }) => certainty === 'U').map(({ kind }) => `${id} ${kind}`),
    );
    expect(new Set(unverified)).toEqual(
      new Set([
        'pdi relevant-change',
        'psk relevant-change',
        'sf-12 relevant-change',
        'hads relevant-change',
        'work-ability band',
        'pain-nrs band',
      ]),
    );
  });

  it('have a questionnaire that can be asked for, where there is a form', () => {
    for (const { questionnaire } of instruments) {
      if (questionnaire === undefined) continue;
      const id = questionnaire.canonical.split('/').at(-1) ?? '';
      expect(readdirSync('hooks/imsr/questionnaires')).toContain(`${id}.json`);
    }
  });
});

describe('a fault in an instrument file is found at its line', () => {
  it.each([
    [
      'an unknown key',
      'pdi',
      'outOfRange: unanswered',
      'outOfRange: unanswered\nprorate: true',
      'pdi.yaml:8:1 prorate: found an unknown key',
    ],
    [
      'a score without range',
      'pdi',
      '    max: 70\n',
      '',
      'scores[0].max: found nothing; expected a number, without quotes',
    ],
    [
      'a range that the items do not give',
      'pdi',
      '    max: 70\n',
      '    max: 71\n',
      'pdi.yaml:13:5 scores[0].max: found 71; expected the range that the items give: 0 to 70',
    ],
    [
      'a sum over an item that does not exist',
      'hads',
      '["1", "3", "5", "7", "9", "11", "13"] }',
      '["1", "3", "5", "7", "9", "11", "15"] }',
      'scores[0].method: found a map; expected items of this file',
    ],
    [
      'a missing weight',
      'sf-12',
      '"1": [0, -1.31872, -3.02396, -5.56461, -8.37399]',
      '"1": [0, -1.31872, -3.02396, -5.56461]',
      'expected one weight per answer of item 1: 5',
    ],
    [
      'a mistyped weight at the end of the range',
      'sf-12',
      '-8.37399',
      '-8.37398',
      'scores[0].max: found 70.13284; expected the range that the items give: 9.94739 to 70.13284',
    ],
    [
      'a reversal beyond the range',
      'hads',
      '{ "0": 3, "1": 2, "2": 1, "3": 0 }',
      '{ "0": 4, "1": 3, "2": 2, "3": 1 }',
      'answerCodes[0].values: found a map; expected values from 0 to 3',
    ],
    [
      'a missing language',
      'psk',
      'en: Patient-Specific Complaints }\nquestionnaire',
      'de: X }\nquestionnaire',
      'title.en: found nothing',
    ],
    [
      'an unmarked statement',
      'pain-nrs',
      '    certainty: V\n',
      '    certainty: sure\n',
      'found "sure"; expected V | S | U',
    ],
    [
      'a score twice',
      'hads',
      'id: hads-depression',
      'id: hads-anxiety',
      'scores[1].id: found "hads-anxiety"; expected every score once',
    ],
    ['a pattern that is none', 'sf-12', "[vV]2(\\|.*)?$'", "[vV]2(\\|.*?$'", 'questionnaire.refused[1]'],
    [
      'another name than the file',
      'pdi',
      'id: pdi\ntitle',
      'id: pdi-total\ntitle',
      'id: found pdi-total; expected pdi, as pdi.yaml is named',
    ],
  ])('%s', (_name, name, from, to, expected) => {
    expect(faults(name, from, to).join('\n')).toContain(expected);
  });

  it('two files that claim the same form, score and code', () => {
    const { value, findings } = readInstruments(
      ['a', 'b'].map((folder) => readYaml(`${folder}/pdi.yaml`, text('pdi'))),
    );
    expect(value).toBeUndefined();
    expect(findings.map(({ key, expected }) => `${key}: ${expected}`)).toEqual([
      'id: a name that a/pdi.yaml does not have',
      'questionnaire.canonical: a canonical that a/pdi.yaml does not have',
      'scores[0].id: a score that a/pdi.yaml does not have',
      'scores[0].codes[0]: a code that a/pdi.yaml does not have',
    ]);
  });
});
