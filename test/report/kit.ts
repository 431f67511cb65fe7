import type { Assessed } from '../../src/assess.js';
import { loadCards } from '../../src/cards/load-cards.js';
import { assessFile } from '../../src/cli/assess-file.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { loadReports } from '../../src/report/load-reports.js';
import { type Log, silentLog } from '../../src/schemas/log.js';
import { createReportMaker, type ReportMaker } from '../../src/report/report-about.js';
import { bundleOf, type Json, type PatientBundle } from '../records/sandbox-bundle.js';

/** The real protocol, cards and report texts, and the synthetic patients of the sandbox. */

export const AS_OF = '2026-12-01';
export const MADE_AT = '2026-12-01T10:00:00Z';

const loadedKnowledge = loadKnowledge('hooks');
const loadedCards = loadCards('cards');
export const findings = [...loadedKnowledge.findings, ...loadedCards.findings];
export const knowledge = loadedKnowledge.value!;
export const library = loadedCards.value!;
export const loadedReports = loadReports('hooks', 'cards', knowledge.protocols, library);

/** A maker whose ids are counted from one. */
export function countingMaker(log: Pick<Log, 'error'> = silentLog): ReportMaker {
  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  return createReportMaker(knowledge, library, loadedReports.value!, newId, log);
}

export async function assessBundle(bundle: unknown, asOf = AS_OF): Promise<Assessed> {
  const [assessed] = await assessFile(bundle, { knowledge, serviceId: undefined, asOf });
  return assessed!;
}

export function assessPatient(patient: string): Promise<Assessed> {
  return assessBundle(bundleOf(patient));
}

/** The bundle without the resources that a test picks out. */
export function without(
  bundle: PatientBundle,
  drop: (resource: PatientBundle['entry'][0]['resource']) => boolean,
): PatientBundle {
  return { ...bundle, entry: bundle.entry.filter(({ resource }) => !drop(resource)) };
}

/** The bundle with one more resource about the same patient. */
export function withResource(
  bundle: PatientBundle,
  resource: Json & { resourceType: string; id: string },
): PatientBundle {
  return { ...bundle, entry: [...bundle.entry, { resource }] };
}

export function subjectOf(bundle: PatientBundle): { reference: string } {
  return {
    reference: `Patient/${bundle.entry.find(({ resource }) => resource.resourceType === 'Patient')!.resource.id}`,
  };
}
