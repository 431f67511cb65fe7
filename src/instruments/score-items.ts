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
      return scoreAll(instrument, items, method.items, (answers) =>
        answers.reduce((sum, { answer }) => sum + answer, 0),
      );
    case 'weights': {
      const scale = 10 ** method.decimals;
      // In whole units of the last decimal: floating-point noise never reaches the last digit of the score.
      const units = (value: number): number => Math.round(value * scale);
      return scoreAll(instrument, items, Object.keys(method.table), (answers) => {
        const parts = answers.map(({ linkId, answer, min }) =>
          units(method.table[linkId]?.[answer - min] ?? Number.NaN),
        );
        return parts.reduce((sum, part) => sum + part, units(method.constant)) / scale;
      });
    }
    case 'mean-of-group':
      return meanOfGroup(instrument, items, method);
  }
}

interface Answer {
  readonly linkId: string;
  readonly answer: number;
  /** The lowest answer that the item has. */
  readonly min: number;
}

function scoreAll(
  instrument: Instrument,
  items: FormItems,
  linkIds: readonly string[],
  score: (answers: readonly Answer[]) => number,
): ItemScore {
  const answers: Answer[] = [];
  for (const linkId of linkIds) {
    const answer = readItem(instrument, items, linkId);
    const min = itemRanges(instrument).get(linkId)?.min;
    if (refuses(instrument, answer)) return 'other-version';
    if (typeof answer === 'number' && min !== undefined) answers.push({ linkId, answer, min });
  }
  const complete = answers.length === linkIds.length;
  return complete ? { value: score(answers) } : { answered: answers.length, expected: linkIds.length };
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
  if (answers.length === 0) return { answered: 0, expected: Math.max(groups.length, 1) };
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
  return { value: Number(mean.toFixed(method.decimals)) };
}

function refuses(instrument: Instrument, reading: ItemReading): boolean {
  return reading === 'out-of-range' && instrument.outOfRange === 'other-version';
}
