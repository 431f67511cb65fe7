import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { type FormItems, formItems, type ItemReading, itemRanges, readItem } from './answers.js';

/** What a completed form gives for one score. */
export type ItemScore =
  | { readonly value: number }
  /** How many items were answered readably, of how many that the score needs. */
  | { readonly answered: number; readonly expected: number }
  | 'other-version'
  | 'not-scored-from-items';

/** Scores a completed form: one answer per item, no item guessed, nothing prorated. */
export function scoreItems(instrument: Instrument, score: ScoreDefinition, items: FormItems): ItemScore {
  const { method } = score;
  switch (method.kind) {
    case 'presence':
      return { value: 1 };
    case 'total-only':
      return 'not-scored-from-items';
    case 'sum':
      return scoreAll(instrument, items, method.items, 0, (_, answer) => answer);
    case 'weights': {
      const scale = 10 ** method.decimals;
      // In whole units of the last decimal: floating-point noise never reaches the last digit of the score.
      const units = (value: number): number => Math.round(value * scale);
      const partOf = (linkId: string, answer: number, min: number): number =>
        units(method.table[linkId]?.[answer - min] ?? Number.NaN);
      const score = scoreAll(instrument, items, Object.keys(method.table), units(method.constant), partOf);
      return typeof score === 'object' && 'value' in score ? { value: score.value / scale } : score;
    }
    case 'mean-of-group':
      return meanOfGroup(instrument, items, method);
  }
}

/** The sum of what each answer adds, from a first amount; only when every item has one. */
function scoreAll(
  instrument: Instrument,
  items: FormItems,
  linkIds: readonly string[],
  first: number,
  partOf: (linkId: string, answer: number, min: number) => number,
): ItemScore {
  const ranges = itemRanges(instrument);
  let answered = 0;
  let sum = first;
  for (const linkId of linkIds) {
    const answer = readItem(instrument, items, linkId);
    if (refuses(instrument, answer)) return 'other-version';
    const min = ranges.get(linkId)?.min;
    if (typeof answer !== 'number' || min === undefined) continue;
    answered += 1;
    sum += partOf(linkId, answer, min);
  }
  return answered === linkIds.length ? { value: sum } : { answered, expected: linkIds.length };
}

function meanOfGroup(
  instrument: Instrument,
  items: FormItems,
  method: { readonly group: string; readonly item: string; readonly decimals: number },
): ItemScore {
  const groups = items.get(method.group) ?? [];
  const readings = groups.map((group) => readItem(instrument, formItems(group), method.item));
  if (readings.some((reading) => refuses(instrument, reading))) return 'other-version';
  const answers = readings.filter((reading) => typeof reading === 'number');
  // What cannot be read may be an answer on another scale, and is not left out of a mean.
  if (answers.length === 0 || readings.includes('unreadable'))
    return { answered: answers.length, expected: Math.max(groups.length, 1) };
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
  return { value: Number(mean.toFixed(method.decimals)) };
}

function refuses(instrument: Instrument, reading: ItemReading): boolean {
  return reading === 'out-of-range' && instrument.outOfRange === 'other-version';
}
