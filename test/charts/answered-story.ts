import type { Bundle, FhirResource } from 'fhir/r4.js';
import { fixedClock } from '../../src/clock.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { createRoad } from '../../src/road.js';
import { silentLog } from '../../src/schemas/log.js';
import type { Assessment } from '../../src/schemas/verdict.js';
import { hookRequestOf } from '../records/hook-request-of.js';
import { ROAD_PARTS } from '../road-parts.js';
import type { Loss } from './losses.js';
import type { Story } from './story.js';
import { tellSessions } from './tell-courses.js';
import { tellDiagnoses, tellPatient } from './tell-diagnoses.js';
import { tellIntakeForm, tellReferralForm } from './tell-forms.js';
import { tellOrders } from './tell-orders.js';
import { tellScores } from './tell-scores.js';
import { phaseOf, type Telling } from './telling.js';

const knowledge = loadKnowledge('hooks').value!;

const SERVICE: Readonly<Record<Telling['asked'], string>> = {
  referral: 'imsr-referral',
  'referral-select': 'imsr-referral-select',
  treatment: 'imsr-indication',
  'referral-in-view': 'imsr-overview',
  'treatment-in-view': 'imsr-overview',
};

export function chartOf(story: Story, telling: Telling, lost: Loss): Bundle {
  const atReferral = phaseOf(telling) === 'referral';
  const resources = [
    tellPatient(story),
    ...tellOrders(story, telling),
    ...tellDiagnoses(story, telling),
    ...tellSessions(story, telling),
    // Where the treating team asks for the first line itself, the referrer wrote a letter.
    ...(telling.sessions === 'intake-form' ? [] : [tellReferralForm(story, telling)]),
    ...(atReferral ? [] : [tellIntakeForm(story, telling), ...tellScores(story, telling)]),
  ];
  const left = resources.flatMap((resource) => lost(resource as FhirResource) ?? []);
  return { resourceType: 'Bundle', type: 'collection', entry: left.map((resource) => ({ resource })) } as Bundle;
}

/** What the service says of a story that is told so, asked by a call with all of it in the prefetch. */
export async function answered(
  story: Story,
  telling: Telling,
  lost: Loss = (resource) => resource,
): Promise<Assessment> {
  const service = knowledge.services.find(({ id }) => id === SERVICE[telling.asked])!;
  const on = phaseOf(telling) === 'referral' ? story.referredOn : story.assessedOn;
  const road = createRoad({ ...ROAD_PARTS, knowledge, render: () => [], clock: fixedClock(`${on}T10:00:00Z`) });
  const response = await road({
    service,
    request: hookRequestOf(chartOf(story, telling, lost), service),
    client: { id: 'test', anonymous: false, fhirServers: [], privateAddressesAllowed: false },
    language: 'nl',
    signal: new AbortController().signal,
    log: silentLog,
  });
  return response.assessments![0]!;
}
