import type { Instrument, ScoreDefinition } from './instrument.js';

/** What a schema of single fields cannot say about an instrument: that its parts agree with each other. */
export interface Disagreement {
  readonly path: readonly (string | number)[];
  /** What was expected there. */
  readonly message: string;
}

type Range = Pick<ScoreDefinition, 'min' | 'max'>;

/** Everything in which the parts of an instrument disagree; nothing when it can be scored as written. */
export function checkInstrument(instrument: Instrument): readonly Disagreement[] {
  const ranges = new Map<string, Range>();
  const found: Disagreement[] = [];
  const say = (path: readonly (string | number)[], message: string): void => void found.push({ path, message });

  instrument.items?.forEach((group, index) => {
    if (group.min >= group.max) say(['items', index, 'max'], 'a maximum above the minimum');
    for (const linkId of group.linkIds) {
      if (ranges.has(linkId)) say(['items', index, 'linkIds'], `every linkId once (${linkId} stands twice)`);
      ranges.set(linkId, group);
    }
  });
  instrument.questionnaire?.refused?.forEach((pattern, index) => {
    try {
      new RegExp(pattern, 'u');
    } catch {
      say(['questionnaire', 'refused', index], 'a regular expression');
    }
  });
  instrument.answerCodes?.forEach((table, index) => {
    for (const linkId of table.linkIds) {
      const range = ranges.get(linkId);
      if (range === undefined) say(['answerCodes', index, 'linkIds'], `linkIds that are items (${linkId} is not)`);
      else if (Object.values(table.values).some((value) => value < range.min || value > range.max))
        say(['answerCodes', index, 'values'], `values from ${range.min} to ${range.max}`);
    }
  });
  const ids = new Set<string>();
  instrument.scores.forEach((score, index) => {
    const path = ['scores', index];
    if (ids.has(score.id)) say([...path, 'id'], 'every score once');
    ids.add(score.id);
    const bounds = boundsOf(score.method, ranges, (message) => say([...path, 'method'], message));
    if (bounds !== undefined && (bounds.min !== score.min || bounds.max !== score.max))
      say([...path, 'max'], `the range that the items give: ${bounds.min} to ${bounds.max}`);
  });
  instrument.information.forEach((entry, index) => {
    if (entry.score !== undefined && !ids.has(entry.score))
      say(['information', index, 'score'], 'a score of this file');
  });
  return found;
}

/** The lowest and highest score that the items can give; nothing when the method does not fit the items. */
function boundsOf(
  method: ScoreDefinition['method'],
  ranges: ReadonlyMap<string, Range>,
  say: (message: string) => void,
): Range | undefined {
  if (method.kind === 'presence') return { min: 0, max: 1 };
  if (method.kind === 'total-only') return undefined;
  if (method.kind === 'mean-of-group') {
    const range = ranges.get(method.item);
    if (range === undefined) say(`an item of this file (${method.item} is not)`);
    return range;
  }
  const linkIds = method.kind === 'sum' ? method.items : Object.keys(method.table);
  const unknown = linkIds.filter((linkId) => !ranges.has(linkId));
  if (unknown.length > 0 || new Set(linkIds).size < linkIds.length) {
    say(`items of this file, each once (${unknown.join(', ') || 'one stands twice'})`);
    return undefined;
  }
  let min = 0;
  let max = 0;
  for (const linkId of linkIds) {
    const range = ranges.get(linkId) ?? { min: 0, max: 0 };
    if (method.kind === 'sum') {
      min += range.min;
      max += range.max;
      continue;
    }
    const weights = method.table[linkId] ?? [];
    if (weights.length !== range.max - range.min + 1) {
      say(`one weight per answer of item ${linkId}: ${range.max - range.min + 1}`);
      return undefined;
    }
    min += Math.min(...weights);
    max += Math.max(...weights);
  }
  if (method.kind === 'sum') return { min, max };
  const round = (value: number): number => Number((method.constant + value).toFixed(method.decimals));
  return { min: round(min), max: round(max) };
}
