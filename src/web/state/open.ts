import { discover } from '../api/cds';
import { readChart, readQuestionnaires } from '../api/fhir';
import { getJson } from '../api/http';
import { ofType } from '../api/resource';
import { factsAsRecorded } from '../chart/facts';
import { draftOrder } from '../orders/basket';
import { fireHook } from './ask';
import { newestAsked } from './newest';
import type { CriterionWords, PatientEntry } from './state';
import type { Store } from './store';

/** Loads what the page needs before a patient is chosen, then opens the patient that the address names. */
export async function start(store: Store): Promise<void> {
  try {
    const [services, index, criterionWords, questionnaires] = await Promise.all([
      discover(store.get().language),
      getJson('/sandbox/patients') as Promise<{ turningDays: string[]; patients: PatientEntry[] }>,
      getJson('/sandbox/words') as Promise<CriterionWords>,
      readQuestionnaires(),
    ]);
    const { patients, turningDays } = index;
    store.set({ services, patients, turningDays, criterionWords, questionnaires });
    await openNamed(store);
  } catch {
    store.set({ fault: 'loading' });
  }
}

/** Opens the patient in the part of the address after `#`, or the first one. */
export async function openNamed(store: Store): Promise<void> {
  const { patients, chart } = store.get();
  const named = patients.find(({ id }) => `#${id}` === location.hash) ?? patients[0];
  if (named !== undefined && named.id !== chart?.patient.id) await openPatient(store, named);
}

/** Reads the chart afresh; changed facts and orders of before are gone. Opening a chart fires patient-view. */
export async function openPatient(store: Store, patient: PatientEntry): Promise<void> {
  const isNewest = opening(store);
  try {
    const all = await readChart(patient.id);
    if (!isNewest()) return;
    const drafts = ofType(all, 'ServiceRequest').filter(({ status }) => status === 'draft');
    const record = all.filter((resource) => !drafts.some((draft) => draft === resource));
    store.set({
      chart: { patient, record, drafts },
      orders: drafts.map(draftOrder),
      facts: factsAsRecorded(patient.asOf),
      hook: undefined,
      answers: [],
      decisions: {},
      exchanges: [],
      shownExchange: undefined,
      fault: undefined,
    });
    await fireHook(store, 'patient-view');
  } catch {
    if (isNewest()) store.set({ fault: 'loading' });
  }
}

const opening = newestAsked();
