import type { Bundle, Questionnaire } from 'fhir/r4';
import { getJson } from './http';
import { ofType, type Resource } from './resource';

/** The loopback FHIR server with the synthetic patients. */
export const FHIR_BASE = '/sandbox/fhir';

const CHART_TYPES = [
  'Condition',
  'Procedure',
  'Encounter',
  'ServiceRequest',
  'QuestionnaireResponse',
  'Observation',
  'MedicationStatement',
  'MedicationRequest',
] as const;

/** Everything in the chart of a patient, drafts too, and the practitioner roles that it refers to. */
export async function readChart(patientId: string): Promise<readonly Resource[]> {
  const id = encodeURIComponent(patientId);
  const [patient, ...found] = await Promise.all([
    getJson(`${FHIR_BASE}/Patient/${id}`) as Promise<Resource>,
    ...CHART_TYPES.map((type) => readAll(`${FHIR_BASE}/${type}?patient=${id}`)),
  ]);
  const chart = found.flat();
  return [patient, ...chart, ...(await readRoles(chart))];
}

/** Every Questionnaire of the server, for the texts of its items. */
export async function readQuestionnaires(): Promise<readonly Questionnaire[]> {
  return ofType(await readAll(`${FHIR_BASE}/Questionnaire?_count=50`), 'Questionnaire');
}

async function readRoles(chart: readonly Resource[]): Promise<readonly Resource[]> {
  const ids = new Set<string>();
  for (const { performer } of ofType(chart, 'Procedure')) {
    for (const { actor } of performer ?? []) {
      const [type, id] = (actor.reference ?? '').split('/');
      if (type === 'PractitionerRole' && id !== undefined) ids.add(id);
    }
  }
  return ids.size === 0 ? [] : readAll(`${FHIR_BASE}/PractitionerRole?_id=${[...ids].join(',')}`);
}

/** A search with all its pages. */
async function readAll(url: string): Promise<readonly Resource[]> {
  const resources: Resource[] = [];
  let next: string | undefined = url;
  while (next !== undefined) {
    const page = (await getJson(next)) as Bundle<Resource>;
    for (const { resource } of page.entry ?? []) if (resource !== undefined) resources.push(resource);
    next = sameOrigin(page.link?.find(({ relation }) => relation === 'next')?.url);
  }
  return resources;
}

/** The server may know itself by another name than the one that this page came from. */
function sameOrigin(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { pathname, search } = new URL(url, location.href);
  return `${pathname}${search}`;
}
