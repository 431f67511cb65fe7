import { define, type FactScope } from '../facts/fact.js';
import type { Expression } from '../fhirpath/expression.js';
import { agreement, type RuleStatus, statusOfRule, type Truth, truthOf } from '../logic/agreement.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Status, Withheld } from '../schemas/verdict.js';
import type { Criterion, Part } from './criterion.js';
import { RULE_REASONS } from './rule-reasons.js';

/** What a criterion came to, before its evidence is gathered. */
export interface Judgement {
  readonly status: Status;
  readonly reason: string;
  readonly readings?: Readonly<Record<string, Status>>;
  readonly missing: readonly string[];
  /** What was found against it, where a gap keeps that from being the answer. */
  readonly withheld?: Withheld;
}

/** A judgement with the id of its criterion. */
export interface Judged extends Judgement {
  readonly id: string;
}

/**
 * Goes down a criterion's ladder; the first answer whose condition is true holds.
 *
 * An answer that rests on something not being there (every `not-met` does) is given only when the record came in
 * whole for what the criterion needs; otherwise the criterion is unknown, with the gap as its reason. So it is where
 * nothing was found and a gap may hide it; what lacks in data that came whole is told as lacking.
 */
export function judge(criterion: Criterion, scope: FactScope): Judgement {
  const { parts, together } = criterion;
  const told = parts.length === 0 ? undefined : together.parts?.(scope);
  const lacking: Part[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]!;
    if (told === undefined ? !holds(part.expression, scope) : told[at] !== true) lacking.push(part);
  }
  if (parts.length > 0) define(scope, 'complete', [lacking.length === 0]);
  const number = together.answer?.(scope) ?? criterion.answers.findIndex(({ when }) => holds(when, scope));
  const found = criterion.answers[number] ?? criterion.otherwise;
  // What nobody could look at is told as that, not as something that was not recorded.
  const unseen = found === criterion.otherwise && found.status === 'unknown';
  const needs = found.absence || lacking.length === 0 ? criterion.needs : needsOf(lacking);
  const gap = found.absence || unseen ? gapOf(needs, scope.record) : undefined;
  const { status, reason } = found;
  const missing = lacking.length === 0 ? found.missing : [...found.missing, ...lacking.map(nameOf)];
  if (gap !== undefined) {
    const open: Judgement = { status: 'unknown', reason: gap.reason, missing: gap.types };
    return status === 'not-met' ? { ...open, withheld: { reason, missing } } : open;
  }
  return { status, reason, missing: status === 'met' || status === 'not-applicable' ? NOTHING : missing };
}

function nameOf({ name }: Part): string {
  return name;
}

function needsOf(parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.flatMap(({ needs }) => needs))];
}

const NOTHING: readonly string[] = [];

function gapOf(
  needs: readonly string[],
  record: GatheredRecord,
): { reason: string; types: readonly string[] } | undefined {
  const types = needs.filter((type) => record.gapIn(type) !== undefined);
  const [first] = types;
  return first === undefined ? undefined : { reason: record.gapIn(first)!, types };
}

/** Whether a condition is true; an empty result is not, and neither is anything that is no boolean. */
export function holds(expression: Expression, scope: FactScope): boolean {
  return expression.answer(scope) === true;
}

/** Judges a criterion that is a rule over others, in every reading of the text. */
export function judgeReadings(criterion: Criterion, scope: FactScope, judged: ReadonlyMap<string, Judged>): Judgement {
  const readings: Record<string, RuleStatus> = {};
  for (const { name, expression } of criterion.readings) {
    readings[name] = statusOfRule((reviewAs) => {
      showParts(criterion, judged, scope, reviewAs);
      return truthOfResult(expression.evaluate(scope));
    });
  }
  // Figures and notes may look at the parts as well: true, false, or empty where that is open.
  showParts(criterion, judged, scope, undefined);
  const [inForce] = criterion.readingInForce?.evaluate(scope) ?? [];
  const chosen = typeof inForce === 'string' ? readings[inForce] : undefined;
  const all = Object.values(readings);
  const status = chosen ?? agreement(all);
  const differ = all.some((reading) => reading !== all[0]);
  const open = [...criterion.decidedBy].flatMap((variable) => {
    const part = judged.get(variable);
    return part !== undefined && isOpen(part.status) ? [part.id] : [];
  });
  const settling = differ && chosen === undefined ? settlingParts(criterion, scope, judged) : NOTHING;
  return {
    status,
    reason: RULE_REASONS[status][differ ? (chosen === undefined ? 'differ' : 'chosen') : 'agree'],
    readings,
    missing: isOpen(status) ? [...new Set([...open, ...settling])] : NOTHING,
  };
}

/** The parts that are not met and would, if they were, make the criterion met in every reading; the scope shows all parts as judged. */
function settlingParts(criterion: Criterion, scope: FactScope, judged: ReadonlyMap<string, Judged>): readonly string[] {
  return [...criterion.decidedBy].flatMap((variable) => {
    const part = judged.get(variable);
    if (part === undefined || part.status === 'met') return [];
    const shown = scope.variables[variable];
    define(scope, variable, [true]);
    const settled = criterion.readings.every(({ expression }) => truthOfResult(expression.evaluate(scope)) === true);
    define(scope, variable, shown);
    return settled ? [part.id] : [];
  });
}

function isOpen(status: Status): boolean {
  return status === 'unknown' || status === 'review';
}

/** Only the criteria that the rule names: other criteria may share their name with a fact. */
function showParts(
  { decidedBy }: Criterion,
  judged: ReadonlyMap<string, Judged>,
  scope: FactScope,
  reviewAs: Truth,
): void {
  for (const variable of decidedBy) {
    const part = judged.get(variable);
    if (part === undefined) continue;
    const truth = truthOf(part.status, reviewAs);
    define(scope, variable, truth === undefined ? [] : [truth]);
  }
}

function truthOfResult(result: readonly unknown[]): Truth {
  return typeof result[0] === 'boolean' ? result[0] : undefined;
}
