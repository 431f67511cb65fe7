import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { choiceValue, codeKey, codesIn } from './json.js';
import type { ProblemCode } from './problems.js';

/** A total as an Observation, or a component of one, holds it. */
export type TotalReading =
  | { readonly value: number; readonly min: number; readonly max: number; readonly problem?: ProblemCode }
  | { readonly problem: ProblemCode; readonly detail?: Readonly<Record<string, number>> };

/** UCUM's plain number, and annotations such as `{score}` that only describe one. */
const UCUM_POINTS = /^(1|\{[^{}]*\})$/;

/**
 * Reads the total of one score from an Observation or component: `valueInteger`, or `valueQuantity` without
 * comparator and in points. A presence is also told by `valueBoolean`, by a date, by a code or by the Observation as such.
 */
export function readTotal(instrument: Instrument, score: ScoreDefinition, observation: Json, part: Json): TotalReading {
  const scale = otherScale(instrument, observation, part);
  if (scale !== undefined) return { problem: scale };
  const choice = choiceValue(part);
  if (choice === 'several') return { problem: 'unreadable-value' };
  if (score.method.kind === 'presence') return presence(score, part, choice);
  if (choice === undefined) return { problem: 'no-value' };
  const read = numberIn(instrument, choice);
  return typeof read === 'number' ? inRange(score, read) : { problem: read };
}

function otherScale(instrument: Instrument, observation: Json, part: Json): ProblemCode | undefined {
  const { methods, refusedCodes } = instrument.observation;
  const codes = codesIn(part['code']);
  if (refusedCodes?.some((coding) => codes.includes(codeKey(coding)))) return 'other-method';
  const method = observation['method'];
  if (methods === undefined || method === undefined) return undefined;
  const used = codesIn(method);
  return methods.some((coding) => used.includes(codeKey(coding))) ? undefined : 'other-method';
}

function numberIn(
  instrument: Instrument,
  choice: { readonly kind: string; readonly value: unknown },
): number | ProblemCode {
  const { kind, value } = choice;
  if (kind === 'valueInteger') return Number.isInteger(value) ? (value as number) : 'unreadable-value';
  if (kind !== 'valueQuantity' || !isObject(value)) return 'unreadable-value';
  if (typeof value['value'] !== 'number' || !Number.isFinite(value['value'])) return 'unreadable-value';
  if (value['comparator'] !== undefined) return 'unreadable-value';
  return inPoints(instrument, value) ? value['value'] : 'other-unit';
}

/** Whether a quantity counts points. The code decides where there is one, else the written unit. */
function inPoints(instrument: Instrument, quantity: Json): boolean {
  const unit = quantity['code'] ?? quantity['unit'];
  if (unit === undefined) return true;
  return typeof unit === 'string' && (UCUM_POINTS.test(unit) || instrument.observation.units.includes(unit));
}

function inRange(score: ScoreDefinition, value: number): TotalReading {
  const { min, max } = score;
  if (value >= min && value <= max) {
    // A sum of whole numbers is one.
    const possible = score.method.kind !== 'sum' || Number.isInteger(value);
    return possible ? { value, min, max } : { problem: 'unreadable-value' };
  }
  const other = score.otherTotals?.find((range) => value >= range.min && value <= range.max);
  if (other !== undefined) return { value, min: other.min, max: other.max, problem: other.problem };
  return { problem: 'out-of-range', detail: { min, max } };
}

function presence(
  { min, max, method }: ScoreDefinition,
  part: Json,
  choice: { readonly kind: string; readonly value: unknown } | undefined,
): TotalReading {
  const present = { value: 1, min, max };
  if (choice === undefined) return part['dataAbsentReason'] === undefined ? present : { problem: 'no-value' };
  const { kind, value } = choice;
  const told = kind === 'valueQuantity' && isObject(value) ? value['value'] : value;
  if (kind === 'valueBoolean' && typeof told === 'boolean') return told ? present : { problem: 'declared-absent' };
  if ((kind === 'valueInteger' || kind === 'valueQuantity') && typeof told === 'number')
    return told > 0 ? present : { problem: 'declared-absent' };
  if (kind === 'valueDateTime' && typeof told === 'string') return present;
  const coded = kind === 'valueCodeableConcept' ? presenceCoded(method, codesIn(value)) : undefined;
  if (coded !== undefined) return coded ? present : { problem: 'declared-absent' };
  return { problem: 'unreadable-value' };
}

/** Whether codes say that it is there; nothing where they say neither, or both. */
function presenceCoded(method: ScoreDefinition['method'], codes: readonly string[]): boolean | undefined {
  if (method.kind !== 'presence') return undefined;
  const [there, absent] = [method.present, method.absent].map((listed) =>
    (listed ?? []).some((coding) => codes.includes(codeKey(coding))),
  );
  return there === absent ? undefined : there;
}
