import type { Day } from '../clock.js';
import { calendarDay, isAfter } from '../logic/calendar.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { choiceValue } from './choice-value.js';
import { codeKey, codesIn } from './codes.js';
import type { ProblemCode } from './problems.js';

/** A total as an Observation, or a component of one, holds it. */
export type TotalReading =
  | { readonly value: number; readonly min: number; readonly max: number; readonly problem?: ProblemCode }
  | { readonly problem: ProblemCode; readonly detail?: Readonly<Record<string, number>> };

/** UCUM's plain number, and annotations such as `{score}` that only describe one. */
const UCUM_POINTS = /^(1|\{[^{}]*\})$/;

/**
 * Reads the total of one score from an Observation or component: `valueInteger`, or `valueQuantity` without
 * comparator and in points. A presence is also told by `valueBoolean`, by a day no later than the assessment, or by a code; without a value
 * nothing is told. A value beside a reason for its absence is none that can be read.
 */
export function readTotal(
  instrument: Instrument,
  score: ScoreDefinition,
  { observation, part, asOf }: { readonly observation: Json; readonly part: Json; readonly asOf: Day },
): TotalReading {
  const scale = otherScale(instrument, observation, part);
  if (scale !== undefined) return { problem: scale };
  const choice = choiceValue(part);
  if (choice === 'several') return { problem: 'unreadable-value' };
  if (choice === undefined) return { problem: 'no-value' };
  if (part['dataAbsentReason'] !== undefined) return { problem: 'unreadable-value' };
  if (score.method.kind === 'presence') return presence(instrument, score, choice, asOf);
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
  if (value['comparator'] !== undefined || QUALIFIERS.some((name) => isHidden(value, name))) return 'unreadable-value';
  return inPoints(instrument, value) ? value['value'] : 'other-unit';
}

/** What may make another amount of the number in a quantity. */
const QUALIFIERS = ['comparator', 'unit', 'code'] as const;

/** Whether an element is there without its value, as one that may not be seen. */
function isHidden(element: Json, name: string): boolean {
  return element[name] === undefined && element[`_${name}`] !== undefined;
}

/** Written units of a line or a share, in which a scale may be told as well; no code beside them makes points of these. */
const LINE_OR_SHARE = /^\s*([mc]m|(milli|centi)met(er|re)s?|%|pro ?cent|per ?cent)\s*$/i;

/**
 * Whether a quantity counts points. The code decides where there is one, else the written unit; a written unit that contradicts the code
 * leaves open which of the two is right.
 */
function inPoints(instrument: Instrument, quantity: Json): boolean {
  const { code, unit: written } = quantity;
  if (typeof written === 'string' && LINE_OR_SHARE.test(written)) return false;
  const unit = code ?? written;
  if (unit === undefined) return true;
  return typeof unit === 'string' && (UCUM_POINTS.test(unit) || instrument.observation.units.includes(unit));
}

function inRange(score: ScoreDefinition, value: number): TotalReading {
  const { min, max } = score;
  if ((value >= min && value <= max) || isRoundedEnd(score, value)) {
    // A sum of whole numbers is one.
    const possible = score.method.kind !== 'sum' || Number.isInteger(value);
    return possible ? { value, min, max } : { problem: 'unreadable-value' };
  }
  const other = score.otherTotals?.find((range) => value >= range.min && value <= range.max);
  if (other !== undefined) return { value, min: other.min, max: other.max, problem: other.problem };
  return { problem: 'out-of-range', detail: { min, max } };
}

/**
 * Whether a total is the end of a range of weights as it is written, rounded. With one decimal less than the score has it cannot be
 * told from a total in full that ends in a zero, and is none.
 */
function isRoundedEnd({ min, max, method }: ScoreDefinition, value: number): boolean {
  const decimals = String(value).split('.')[1]?.length ?? 0;
  if (method.kind !== 'weights' || decimals >= method.decimals - 1) return false;
  return [min, max].some((end) => Number(end.toFixed(decimals)) === value);
}

function presence(
  instrument: Instrument,
  { min, max, method }: ScoreDefinition,
  choice: { readonly kind: string; readonly value: unknown },
  asOf: Day,
): TotalReading {
  const { kind, value } = choice;
  if (kind === 'valueDateTime') {
    const day = calendarDay(value);
    if (day === undefined) return { problem: 'unreadable-value' };
    return isAfter(day, asOf) ? { problem: 'in-the-future' } : { value: 1, min, max };
  }
  const there = isThere(instrument, method, choice);
  if (typeof there === 'string') return { problem: there };
  return there ? { value: 1, min, max } : { problem: 'declared-absent' };
}

/** Whether a value says that it is there, or why it says neither. */
function isThere(
  instrument: Instrument,
  method: ScoreDefinition['method'],
  choice: { readonly kind: string; readonly value: unknown },
): boolean | ProblemCode {
  const { kind, value } = choice;
  if (kind === 'valueBoolean' && typeof value === 'boolean') return value;
  if (kind === 'valueCodeableConcept') return presenceCoded(method, codesIn(value)) ?? 'unreadable-value';
  const number = numberIn(instrument, choice);
  return typeof number === 'number' ? number > 0 : number;
}

/** Whether codes say that it is there; nothing where they say neither, or both. */
function presenceCoded(method: ScoreDefinition['method'], codes: readonly string[]): boolean | undefined {
  if (method.kind !== 'presence') return undefined;
  const [there, absent] = [method.present, method.absent].map((listed) =>
    (listed ?? []).some((coding) => codes.includes(codeKey(coding))),
  );
  return there === absent ? undefined : there;
}
