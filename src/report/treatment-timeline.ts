import type { Row } from '../facts/fact.js';
import type { Expression } from '../fhirpath/expression.js';
import type { GatheredRecord } from '../schemas/record.js';
import { incompleteTypes } from './fill-fields.js';
import type { MatterVariables } from './matter-variables.js';
import type { Contact, Course, Lane, Timeline, TimelinePart } from './report.js';
import type { TimelinePlan } from './report-plan.js';

/** Treatment over time: a lane per part, discipline and source, for sources are never added up. */
export function treatmentTimeline(
  plan: TimelinePlan,
  record: GatheredRecord,
  known: MatterVariables,
  { referredOn, asOf }: Pick<Timeline, 'referredOn' | 'asOf'>,
): Timeline {
  const first = (expression: Expression): unknown =>
    known.evaluate('timeline', [expression], (scope) => expression.evaluate(scope))?.[0];
  const failed = known.absent.has(plan.rows);
  const rows = failed ? [] : (known.variables[plan.rows] as readonly Row[]);
  const courses = known.absent.has(plan.courses) ? [] : (known.variables[plan.courses] as readonly Row[]);
  const [from, to, onset, ruler] = [
    first(plan.window.from),
    first(plan.window.to),
    first(plan.onset),
    first(plan.ruler),
  ];
  const parts = plan.parts.map(({ id, criterion }): TimelinePart => {
    const own = rows.filter((row) => partOf(row, plan) === id);
    const lanes = lanesOf(own, (row) => contactOf(row, plan, known), courses, id);
    return { id, criterion, lanes };
  });
  const standings = [plan.otherwise, ...plan.standings, plan.cannotTell].map(({ is, mark }) => ({ is, mark }));
  return {
    window: typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined,
    onset: text(onset),
    referredOn,
    asOf,
    criterion: plan.criterion,
    rulerDays: typeof ruler === 'number' ? ruler : undefined,
    parts: parts.filter(({ criterion, lanes }) => criterion !== undefined || lanes.length > 0),
    standings: standings.filter(({ is }, index) => standings.findIndex((other) => other.is === is) === index),
    incomplete: incompleteTypes(plan.needs, record),
    failed,
  };
}

/** The last part takes what belongs to no other. */
function partOf(row: Row, { parts }: TimelinePlan): string | undefined {
  return (parts.find(({ id }) => id === row['part']) ?? parts.at(-1))?.id;
}

function lanesOf(
  rows: readonly Row[],
  read: (row: Row) => Contact,
  courses: readonly Row[],
  part: string,
): readonly Lane[] {
  const lanes = new Map<string, { source: string; discipline: string | undefined; contacts: Contact[] }>();
  for (const row of rows) {
    const discipline = text(row['discipline']);
    const key = `${row.source}|${discipline ?? ''}`;
    const lane = lanes.get(key) ?? { source: row.source, discipline, contacts: [] };
    lanes.set(key, lane);
    lane.contacts.push(read(row));
  }
  return [...lanes.values()]
    .map(({ source, discipline, contacts }) => ({
      source,
      discipline,
      contacts: contacts.sort(fromOldToNew),
      courses: courses
        .filter((row) => row.source === source && row['part'] === part && row['discipline'] === discipline)
        .map(courseOf),
    }))
    .sort((a, b) => (laneKey(a) < laneKey(b) ? -1 : 1));
}

/** One row as a contact or series; a row whose standing cannot be worked out is told as such. */
function contactOf(row: Row, plan: TimelinePlan, known: MatterVariables): Contact {
  const on = text(row['on']);
  const from = on ?? text(row['from']);
  const to = on ?? text(row['to']);
  const number = typeof row['number'] === 'number' ? row['number'] : undefined;
  const { is, mark } = standingOf(row, plan, known);
  return {
    from,
    to,
    number,
    series: number !== undefined || from !== to || from === undefined,
    standing: is,
    mark,
    reference: row.reference,
  };
}

function standingOf(row: Row, plan: TimelinePlan, known: MatterVariables): Timeline['standings'][number] {
  for (const standing of plan.standings) {
    const { when } = standing;
    const holds = known.evaluate('timeline', [when], (scope) => when.evaluate({ ...scope, focus: row }));
    if (holds === undefined) return plan.cannotTell;
    if (holds[0] === true) return standing;
  }
  return plan.otherwise;
}

function courseOf(row: Row): Course {
  const { number, numberKnown, first, last, spanDays, spanKnown } = row as unknown as Course;
  return { number, numberKnown, first, last, spanDays, spanKnown };
}

function fromOldToNew(a: Contact, b: Contact): number {
  const [first, second] = [a.from ?? a.to ?? '', b.from ?? b.to ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.reference < b.reference ? -1 : 1;
}

function laneKey({ discipline, source }: Lane): string {
  return `${discipline ?? '~'}|${source}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
