import { describe, expect, it } from 'vitest';
import { indexRecord } from '../../src/record/index-record.js';
import { checkExpressions } from '../../src/protocol/check-expressions.js';
import { GIVEN_VARIABLES } from '../../src/protocol/given-variables.js';
import { loadProtocol } from '../../src/protocol/load-protocol.js';
import { readFile } from '../../src/protocol/read-folder.js';
import { checkReport } from '../../src/report/check-report.js';
import { reportPlanSchema } from '../../src/schemas/report-files.js';
import { variablesOf } from '../../src/verdicts/matter.js';
import { validate } from '../../src/yaml/findings.js';
import { knowledge } from './kit.js';

const { protocol, instruments } = knowledge.protocols.get('imsr')!;
const version = protocol.versions[0]!;
const document = readFile('hooks/imsr', `${version.file.version}/report.yaml`);
const plan = validate(reportPlanSchema, document).value!;
const provenance = loadProtocol('hooks/imsr').provenance.get(version.file.version)!;

const given = Object.keys(
  variablesOf(protocol, {
    record: indexRecord([], []),
    phase: 'indication',
    order: { resourceType: 'ServiceRequest' },
    referral: undefined,
    asOf: '2026-12-01',
    referredOn: '2026-11-03',
    referralUnknown: false,
    scores: [],
  }),
);

/** What is found when the rules of the version ask for a variable. */
function foundInRules(name: string): readonly string[] {
  const { regime } = version.file;
  const answers = regime.answers.map((answer, step) =>
    step === 0 ? { ...answer, when: `%${name}.exists()` } : answer,
  );
  const asking = { ...version, file: { ...version.file, regime: { ...regime, answers } } };
  return checkExpressions(protocol, asking, provenance).map(({ found }) => found);
}

/** What is found when the report asks for it. */
function foundInReport(name: string): readonly string[] {
  const asking = { ...plan, timeline: { ...plan.timeline, onset: `%${name}` } };
  return checkReport(asking, document, { protocol, version, instruments }).map(({ found }) => found);
}

describe('the variables that are given', () => {
  it('are those of the matter and the parameters', () => {
    const ofMatter = ['phase', 'order', 'referral', 'asOf', 'referredOn', 'referralUnknown', 'gaps', 'scores'];
    expect(given).toEqual(expect.arrayContaining(ofMatter));
    expect(given).toHaveLength(8 + protocol.parameters.length);
    expect([...GIVEN_VARIABLES.keys()]).toEqual(ofMatter);
  });

  it('may be asked for by the rules and by the report, and no others', () => {
    const refused = given.filter((name) => foundInRules(name).length > 0 || foundInReport(name).length > 0);
    expect(refused).toEqual([]);
    expect(foundInRules('notGiven')).toHaveLength(1);
    expect(foundInReport('notGiven')).toHaveLength(1);
  });
});
