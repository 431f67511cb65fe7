import { describe, expect, it } from 'vitest';
import { assessFile } from '../../src/cli/assess-file.js';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Assessment, Verdict } from '../../src/schemas/verdict.js';
import { fullCall, type HookCall } from '../system/synthetic-call.js';

const knowledge = loadKnowledge('hooks').value!;
const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };

interface Bundle {
  readonly entry: readonly { readonly resource: { readonly item?: readonly { readonly linkId: string }[] } }[];
}

async function assessed(change: (prefetch: Record<string, unknown>) => void): Promise<Assessment> {
  const call = fullCall('imsr-indication', 'all-met');
  change(call.prefetch!);
  const [one] = await assessFile(call satisfies HookCall, { knowledge, serviceId: undefined, asOf: '2026-12-01' });
  return one!.assessment;
}

function verdicts({ criteria }: Assessment, ids: readonly string[]): readonly Partial<Verdict>[] {
  return ids.map((each) => {
    const { id, status, reason, missing } = criteria.find((criterion) => criterion.id === each)!;
    return { id, status, reason, missing };
  });
}

/** The forms of the patient without one answer. */
function withoutAnswer(bundle: unknown, question: string): Bundle {
  const { entry } = bundle as Bundle;
  const kept = entry.map(({ resource }) => ({
    resource: { ...resource, item: resource.item?.filter(({ linkId }) => linkId !== question) ?? [] },
  }));
  return { ...(bundle as Bundle), entry: kept };
}

const ON_FORMS = [
  ...['team-advice', 'core-problem-described', 'main-goal-described', 'treatment-direction-explained'],
  ...['limitations-recorded', 'quality-of-life-recorded', 'participation-recorded', 'cognitive-emotional-recorded'],
  ...['report-complete', 'referrer-information', 'patient-willing'],
];

describe('what nobody could look at is told as that, also where a criterion asks for several data', () => {
  it.each([
    ['fetch-failed', 'an OperationOutcome', OUTCOME],
    ['unreadable', 'a text', 'forms'],
    ['not-gathered', 'not there', undefined],
    ['cut-short', 'an empty first page', { resourceType: 'Bundle', link: [{ relation: 'next', url: 'Q?page=2' }] }],
  ])('%s: forms that are %s', async (reason, _, forms) => {
    const assessment = await assessed((prefetch) => {
      if (forms === undefined) delete prefetch['questionnaireResponses'];
      else prefetch['questionnaireResponses'] = forms;
    });
    expect(assessment.outcome).toBe('unknown');
    expect(verdicts(assessment, ON_FORMS)).toEqual(
      ON_FORMS.map((id) => ({ id, status: 'unknown', reason, missing: ['QuestionnaireResponse'] })),
    );
  });

  it('a score may come from either: the one that failed is named', async () => {
    const assessment = await assessed((prefetch) => {
      prefetch['observations'] = OUTCOME;
      const { entry } = prefetch['questionnaireResponses'] as { entry: { resource: { questionnaire: string } }[] };
      const left = entry.filter(({ resource }) => !/hads/.test(resource.questionnaire));
      prefetch['questionnaireResponses'] = { resourceType: 'Bundle', entry: left };
    });
    expect(verdicts(assessment, ['cognitive-emotional-recorded'])).toEqual([
      { id: 'cognitive-emotional-recorded', status: 'unknown', reason: 'fetch-failed', missing: ['Observation'] },
    ]);
  });
});

describe('what lacks in data that came whole is told as lacking', () => {
  it.each([
    ['with all of the record', {}],
    ['beside a gap that cannot hide it', { observations: OUTCOME }],
  ])('an answer on a form, %s', async (_, gap) => {
    const assessment = await assessed((prefetch) => {
      Object.assign(prefetch, gap);
      const forms = prefetch['questionnaireResponses'];
      prefetch['questionnaireResponses'] = withoutAnswer(withoutAnswer(forms, 'role-family'), 'main-goal');
    });
    expect(verdicts(assessment, ['participation-recorded', 'main-goal-described'])).toEqual([
      { id: 'participation-recorded', status: 'unknown', reason: 'incomplete', missing: ['role-family'] },
      { id: 'main-goal-described', status: 'unknown', reason: 'incomplete', missing: ['main-goal'] },
    ]);
  });
});
