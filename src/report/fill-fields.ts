import type { Row } from '../facts/fact.js';
import type { RecordScores } from '../instruments/found-scores.js';
import { calendarDay } from '../logic/calendar.js';
import { nameIn } from '../record/containers.js';
import { isObject } from '../schemas/json-object.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { ValueKind } from '../schemas/report-files.js';
import { isResource, type Resource } from '../schemas/resource.js';
import { EXPRESSION_FAILED } from '../schemas/verdict.js';
import type { MatterVariables } from './matter-variables.js';
import type { Absence, Found, ReportField, ReportItem, ReportScores } from './report.js';
import type { FieldPlan, ItemPlan, Origin } from './report-plan.js';

export interface FillRequest {
  readonly record: GatheredRecord;
  readonly known: MatterVariables;
  readonly scores: RecordScores;
  /** Instrument of each score. */
  readonly instrumentOf: ReadonlyMap<string, string>;
}

/** The fields of the report with what the record holds; what is not there becomes a gap, never an empty place. */
export function fillFields(plans: readonly FieldPlan[], request: FillRequest): readonly ReportField[] {
  return plans.map((plan, index) => {
    const incomplete = incompleteTypes(plan.needs, request.record);
    const reason = incomplete[0]?.reason ?? 'not-recorded';
    const items = plan.items.map((item) => fillItem(item, request, reason));
    const scores = (plan.scores ?? []).map((wanted) => fillScores(wanted, request, reason));
    const all = [...items, ...scores];
    const gaps = all.filter(({ gap }) => gap !== undefined).length;
    const there = items.some(({ found }) => found.length > 0) || scores.some((one) => one.scores.length > 0);
    return {
      id: plan.id,
      number: index + 1,
      state: gaps === 0 ? 'complete' : there ? 'partial' : 'empty',
      items,
      scores,
      criteria: plan.criteria ?? [],
      timeline: plan.timeline === true,
      incomplete,
    };
  });
}

/** The types among these that did not come in whole. */
export function incompleteTypes(types: readonly string[], record: GatheredRecord): ReportField['incomplete'] {
  return types.flatMap((type) => {
    const reason = record.gapIn(type);
    return reason === undefined ? [] : [{ type, reason }];
  });
}

function fillItem(plan: ItemPlan, request: FillRequest, absence: Absence): ReportItem {
  const found: Found[] = [];
  let reason: Absence = absence;
  for (const origin of plan.from) {
    const read = readOrigin(origin, plan, request);
    if (typeof read === 'string') reason = read;
    else found.push(...read);
  }
  return {
    id: plan.id,
    as: plan.as,
    words: plan.words,
    found,
    gap: plan.gap === undefined || found.length > 0 ? undefined : { supplier: plan.gap, reason },
  };
}

/** What one origin gives: the values of every resource, or of the first that has any; or why there are none. */
function readOrigin(origin: Origin, plan: ItemPlan, { known }: FillRequest): readonly Found[] | Absence {
  const read = known.evaluate(plan.id, [origin.of, origin.value], (scope) => {
    const found: Found[] = [];
    for (const resource of origin.of.evaluate(scope)) {
      if (!isResource(resource) && !isRow(resource)) continue;
      const values = origin.value.evaluate({ ...scope, focus: resource, container: resource });
      if (values.length === 0) continue;
      const readable = values.flatMap((value) => readAs(plan.as, value) ?? []);
      // One answer that cannot be read leaves the whole open: half a list would pass for the whole of it.
      if (readable.length < values.length) return 'unreadable' as const;
      const shown = plan.several === true ? readable : readable.slice(0, 1);
      found.push(...shown.map((value) => ({ value, ...placeOf(resource, origin.path, scope.record) })));
      if (!origin.each) break;
    }
    return found;
  });
  return read ?? EXPRESSION_FAILED;
}

function readAs(kind: ValueKind, value: unknown): string | number | boolean | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? value : undefined;
    case 'code':
      return typeof value === 'string' ? value : codeOf(value);
    case 'yes-no':
      return typeof value === 'boolean' ? value : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'day':
    case 'age':
      return calendarDay(value);
  }
}

function codeOf(value: unknown): string | undefined {
  const code = isObject(value) ? value['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Of the two that an origin can give only a row knows where it was read. */
function isRow(value: unknown): value is Row {
  return isObject(value) && typeof value['reference'] === 'string';
}

function placeOf(resource: Resource | Row, path: string | undefined, record: GatheredRecord): Omit<Found, 'value'> {
  if (!isResource(resource)) {
    const { reference, path: read, on } = resource as Row;
    return { reference, path: read, on: typeof on === 'string' ? on : undefined };
  }
  const on = ['authored', 'effectiveDateTime', 'recordedDate'].flatMap((name) => calendarDay(resource[name]) ?? [])[0];
  return { reference: nameIn(record, resource), path: path ?? '', on };
}

function fillScores(
  wanted: NonNullable<FieldPlan['scores']>[number],
  { scores, instrumentOf }: FillRequest,
  reason: Absence,
): ReportScores {
  const there = scores.scores.filter(({ instrument }) => wanted.of.includes(instrument));
  const problems = problemsOf(scores, wanted.of, instrumentOf);
  return {
    id: wanted.id,
    scores: there,
    problems,
    gap: there.length > 0 ? undefined : { supplier: wanted.gap, reason },
  };
}

/** What could not be read as one of these scores, or belongs to their instrument as a whole. */
export function problemsOf(
  { problems }: RecordScores,
  wanted: readonly string[],
  instrumentOf: ReadonlyMap<string, string>,
): RecordScores['problems'] {
  const instruments = new Set(wanted.map((score) => instrumentOf.get(score)));
  return problems.filter(({ score, instrument }) =>
    score === undefined ? instruments.has(instrument) : wanted.includes(score),
  );
}
