import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProtocol } from '../../src/protocol/load-protocol.js';
import { changedHooks } from './changed-hooks.js';

/** What is found after one change in one parameter, without the folder. */
function findingsOf(parameter: string, from: string | RegExp, to: string) {
  const path = `imsr/parameters/${parameter}.yaml`;
  const folder = changedHooks([{ file: path, from, to }], ['imsr/protocol.yaml', path]);
  return loadProtocol(join(folder, 'imsr')).findings.map(({ file, ...finding }) => ({
    ...finding,
    file: file.slice(file.lastIndexOf('/') + 1),
  }));
}

describe('the days of its values stand in their order', () => {
  const second = (day: string) =>
    findingsOf(
      'minimumSessions',
      /$/,
      `  ${day}:\n    value: 9\n    source: { document: standpunt 2026-04-14, section: none }\n`,
    );

  it('so that a slip of the year is found', () => {
    const found = '2026-03-01 below 2026-04-20';
    expect(second('2026-03-01')).toMatchObject([{ key: 'values.2026-03-01', line: 7, found }]);
    expect(second('2026-04-19')).toMatchObject([{ key: 'values.2026-04-19', line: 7 }]);
  });

  it('and a day after the one above it is none', () => {
    expect(second('2026-04-21')).toEqual([]);
  });
});

const VALUE = 'values.2026-04-20.value';

describe('a value of another form than its unit asks for is found', () => {
  it.each([
    ['minimumSessions', 'value: 6', 'value: "6"', 'a whole number'],
    ['minimumSessions', 'value: 6', 'value: true', 'a whole number'],
    ['minimumSessions', 'value: 6', 'value: ["6"]', 'a whole number'],
    ['minimumSessions', 'value: 6', 'value: 5.5', 'a whole number'],
    ['minimumSessions', 'value: 6', 'value: -6', 'a whole number'],
    ['minimumTreatmentWeeks', 'value: 12', 'value: 12 weeks', 'a whole number'],
    ['omeMentionFrom', 'value: 50', 'value: "50"', 'a number'],
    ['omeCodeine', '"0.15"', '"0,15"', 'a list of decimals'],
    ['omeCodeine', '["0.15", "0.1"]', '0.15', 'a list of decimals'],
    ['lookback', '2 years', '2 yeers', '"2 years"'],
    ['lookback', '"2 years"', '2', '"2 years"'],
    ['lookback', '2 years', '2', '"2 years"'],
    ['lookback', '2 years', '0 years', '"2 years"'],
    ['transitionEnds', '2026-10-31', '31-10-2026', 'an existing calendar day'],
    ['transitionEnds', '2026-10-31', '2026-11-31', 'an existing calendar day'],
    ['transitionEnds', '"2026-10-31"', '20261031', 'an existing calendar day'],
    ['disciplinesTogether', '"review"', '"reveiw"', 'review, count, ignore'],
    ['disciplinesTogether', '"review"', '["review"]', 'review, count, ignore'],
    ['steppedCareReading', '"both"', '"bote"', 'both, physical-and'],
    ['windowAnchor', '"referral"', '"referal"', 'referral, assessment'],
    ['countedStatuses', '["completed"', '["complete"', 'a list of some of its choices'],
    ['countedStatuses', '["completed", "in-progress"', '["completed", "completed"', 'each once'],
    ['countedStatuses', /value: \[.*/, 'value: completed', 'a list of some of its choices'],
    ['countedStatuses', /value: \[.*/, 'value: []', 'a list of some of its choices'],
  ])('%s: %s becomes %s', (parameter, from, to, expected) => {
    const findings = findingsOf(parameter, from, to);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ file: `${parameter}.yaml`, key: VALUE });
    expect(findings[0]!.line).toBeGreaterThan(3);
    expect(findings[0]!.expected).toContain(expected);
  });

  it.each([
    ['minimumSessions', 'value: 6', 'value: 0'],
    ['lookback', '2 years', '1 year'],
    ['lookback', '2 years', '24 months'],
    ['transitionEnds', '2026-10-31', '2028-02-29'],
    ['disciplinesTogether', '"review"', '"ignore"'],
    ['omeMentionFrom', 'value: 50', 'value: 50.5'],
    ['countedStatuses', /value: \[.*/, 'value: [completed]'],
    ['minimumSessions', 'value: 6', 'value: null'],
  ])('%s: %s may be %s', (parameter, from, to) => {
    expect(findingsOf(parameter, from, to)).toEqual([]);
  });
});

describe('what a parameter says about its values is found', () => {
  it.each([
    ['disciplinesTogether', /choices: .*\n/, '', 'unit', 'a choice without choices'],
    [
      'minimumSessions',
      'unit: sessions',
      'unit: sessions\nchoices: ["6", "12"]',
      'choices',
      'choices of the unit sessions',
    ],
    ['disciplinesTogether', 'unit: choice', 'unit: choice\nseveral: true', 'several', 'several of the unit choice'],
    ['lookback', 'indicatiedocument 2026-04-17', 'indicatie', 'values.2026-04-20.source.document', 'indicatie'],
    ['lookback', 'unit: duration', 'unit: durration', 'unit', 'durration'],
    ['minimumSessions', 'unit: sessions', 'unit: session', 'unit', 'session'],
    ['minimumSessions', '    value: 6\n', '', VALUE, 'nothing'],
    ['windowAnchor', 'rule: T1', 'rule: T99', 'rule', 'T99'],
    ['windowAnchor', 'rule: T1', 'rule: t1', 'rule', 't1'],
    ['windowAnchor', 'rule: T1', 'rule: "T1 "', 'rule', 'T1 '],
  ])('%s', (parameter, from, to, key, found) => {
    expect(findingsOf(parameter, from, to)).toMatchObject([{ file: `${parameter}.yaml`, key, found }]);
  });
});
