import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isResource, type Resource } from '../../src/schemas/resource.js';

/** The sizes that are measured, by name: about so many bytes of JSON. */
export const SIZES = ['3 KB', '30 KB', '300 KB', '3 MB', 'patients'] as const;
export type Size = (typeof SIZES)[number];

/** How many copies of the chart a body holds. */
const COPIES: Readonly<Record<'30 KB' | '300 KB' | '3 MB', number>> = { '30 KB': 1, '300 KB': 10, '3 MB': 100 };

/** In one copy of the chart. */
const CONDITIONS = 10;
const PROCEDURES = 40;

const DAY_MS = 86_400_000;
const HOOK_INSTANCE = '6f0b6c3c-1d43-4f2c-9b57-0f4a3b1f0a11';

interface Chart {
  readonly asOf: string;
  readonly resources: readonly Resource[];
}

/**
 * Bodies of order-sign calls, made from the synthetic patients, with all dates moved so that the day of their story is
 * today. `patients` are those patients one by one; the others grow the chart of one of them.
 *
 * @param folder where the patients stand
 * @param today calendar day, `YYYY-MM-DD`
 */
export function bodiesOf(folder: string, today: string): Readonly<Record<Size, readonly object[]>> {
  const charts = readCharts(folder);
  const whole = charts.get('all-met')!;
  const conditions = [...charts.values()].flatMap(({ resources }) => ofType(resources, 'Condition'));
  const moved = (body: object, asOf: string): object => moveDates(body, daysBetween(asOf, today)) as object;
  const grown = (copies: number): readonly object[] => [
    moved(callFor(grow(whole.resources, conditions, copies)), whole.asOf),
  ];
  return {
    '3 KB': [moved(callWithoutOrder(whole.resources, conditions), whole.asOf)],
    '30 KB': grown(COPIES['30 KB']),
    '300 KB': grown(COPIES['300 KB']),
    '3 MB': grown(COPIES['3 MB']),
    patients: [...charts.values()].map(({ resources, asOf }) => moved(callFor(resources), asOf)),
  };
}

/** The charts of the patients for whom treatment is ordered. */
function readCharts(folder: string): ReadonlyMap<string, Chart> {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    patients: readonly { id: string; file: string; service: string; asOf: string }[];
  };
  const files = new Set(readdirSync(folder));
  return new Map(
    index.patients
      .filter(({ service, file }) => service === 'imsr-indication' && files.has(file))
      .map(({ id, file, asOf }) => {
        const bundle = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entry: { resource: unknown }[] };
        return [id, { asOf, resources: bundle.entry.map(({ resource }) => resource).filter(isResource) }];
      }),
  );
}

function grow(chart: readonly Resource[], conditions: readonly Resource[], copies: number): readonly Resource[] {
  const patient = ofType(chart, 'Patient')[0]!;
  const procedures = ofType(chart, 'Procedure');
  const own = ofType(chart, 'Condition')[0]!;
  const others = conditions.filter((condition) => condition.id !== own.id);
  const grown: Resource[] = chart.filter(({ resourceType }) => !['Procedure', 'Condition'].includes(resourceType));
  grown.push(own);
  for (let at = 1; at < CONDITIONS * copies; at += 1) {
    const condition = others[at % others.length]!;
    grown.push({ ...condition, id: `condition-${at}`, subject: { reference: `Patient/${patient.id ?? ''}` } });
  }
  for (let at = 0; at < PROCEDURES * copies; at += 1) {
    const procedure = procedures[at % procedures.length]!;
    grown.push(copyOf(procedure, Math.floor(at / procedures.length), 3));
  }
  for (let copy = 1; copy < copies; copy += 1) {
    for (const type of ['QuestionnaireResponse', 'Observation']) {
      grown.push(...ofType(chart, type).map((resource) => copyOf(resource, copy, 5)));
    }
  }
  return grown;
}

/** The same resource under another id, some days earlier. */
function copyOf(resource: Resource, copy: number, days: number): Resource {
  if (copy === 0) return resource;
  return moveDates({ ...resource, id: `${resource.id ?? ''}-${copy}` }, -copy * days) as Resource;
}

/** Prefetch keys and what each holds; roles come along with the procedures, as servers include them. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  conditions: ['Condition'],
  procedures: ['Procedure', 'PractitionerRole'],
  encounters: ['Encounter'],
  questionnaireResponses: ['QuestionnaireResponse'],
  serviceRequests: ['ServiceRequest'],
  observations: ['Observation'],
  medicationStatements: ['MedicationStatement'],
  medicationRequests: ['MedicationRequest'],
};

function callFor(chart: readonly Resource[]): object {
  const patient = ofType(chart, 'Patient')[0]!;
  const draft = chart.find(({ resourceType, status }) => resourceType === 'ServiceRequest' && status === 'draft')!;
  const record = chart.filter((resource) => resource !== draft);
  const prefetch: Record<string, object> = { patient };
  for (const [key, types] of Object.entries(KEYS)) {
    prefetch[key] = searchset(types.flatMap((type) => ofType(record, type)));
  }
  return call(patient.id!, draft, prefetch);
}

/** A draft that is no IMSR order, with a small prefetch. */
function callWithoutOrder(chart: readonly Resource[], conditions: readonly Resource[]): object {
  const patient = ofType(chart, 'Patient')[0]!;
  const draft = {
    resourceType: 'MedicationRequest',
    id: 'draft',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patient.id ?? ''}` },
    medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: 'N02BE01' }] },
  };
  return call(patient.id!, draft, { patient, conditions: searchset(conditions.slice(0, 3)) });
}

function call(patientId: string, draft: object, prefetch: object): object {
  return {
    hook: 'order-sign',
    hookInstance: HOOK_INSTANCE,
    context: {
      userId: 'Practitioner/example',
      patientId,
      draftOrders: { resourceType: 'Bundle', entry: [{ resource: draft }] },
    },
    prefetch,
  };
}

function searchset(resources: readonly Resource[]): object {
  const entry = resources.map((resource) => ({
    resource,
    search: { mode: resource.resourceType === 'PractitionerRole' ? 'include' : 'match' },
  }));
  return { resourceType: 'Bundle', type: 'searchset', ...(entry.length === 0 ? {} : { entry }) };
}

function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter(({ resourceType }) => resourceType === type);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Moves every calendar day in a JSON value; birth dates too, which changes no age by the move. */
function moveDates(value: object, days: number): unknown {
  if (days === 0) return value;
  const text = JSON.stringify(value).replace(/"(\d{4}-\d{2}-\d{2})(?=["T])/g, (_, day: string) => {
    const moved = new Date(Date.parse(day) + days * DAY_MS);
    return `"${moved.toISOString().slice(0, 10)}`;
  });
  return JSON.parse(text) as unknown;
}
