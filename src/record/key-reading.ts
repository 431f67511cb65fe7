import type { GapReason, GatheredKey } from '../schemas/record.js';
import type { PrefetchTemplate } from '../schemas/service.js';
import { worseGap } from './gaps.js';
import { countDifferent, type RecordEntry } from './named-entries.js';

/** What one or more answers for a prefetch key held. */
export interface KeyReading {
  readonly entries: readonly RecordEntry[];
  /** Those that the search itself asked for; included ones are not among them. */
  readonly matches: readonly RecordEntry[];
  /** How many entries came that could not be read. */
  readonly dropped: number;
  /** Of these the resources, as they came. */
  readonly unread: readonly RecordEntry[];
  /** How many matches there are on all pages; where pages say different numbers, the largest. */
  readonly total?: number | undefined;
  /** A further page that has not been read. */
  readonly next?: string | undefined;
  /** Another page comes before the one that was read. Fetching begins with the first page, so there it says nothing. */
  readonly later?: boolean;
  readonly gap?: GapReason | undefined;
  /** What happened, for log and card; of the worst gap. */
  readonly cause?: string | undefined;
}

export const EMPTY_READING: KeyReading = { entries: [], matches: [], dropped: 0, unread: [] };

/** A reading that only says why there is nothing. */
export function failedReading(gap: GapReason, cause: string): KeyReading {
  return { ...EMPTY_READING, gap, cause };
}

/** The reading with a further gap; the worse one keeps its cause. */
export function withGap(reading: KeyReading, gap: GapReason, cause: string): KeyReading {
  const worst = worseGap(reading.gap, gap);
  return worst === reading.gap ? reading : { ...reading, gap, cause };
}

/** Puts a further page behind what was read before; its `next` takes the place of the one just followed. */
export function joinPages(before: KeyReading, page: KeyReading): KeyReading {
  const totals = [before.total, page.total].filter((total) => total !== undefined);
  const joined: KeyReading = {
    ...before,
    entries: [...before.entries, ...page.entries],
    matches: [...before.matches, ...page.matches],
    dropped: before.dropped + page.dropped,
    unread: [...before.unread, ...page.unread],
    total: totals.length === 0 ? undefined : Math.max(...totals),
    next: page.next,
  };
  return page.gap === undefined ? joined : withGap(joined, page.gap, page.cause ?? page.gap);
}

/**
 * What became of a key once nothing more will be read for it. A page that was not followed, and a total larger than
 * what was received, both mean that absence may not be concluded.
 */
export function settleKey(template: PrefetchTemplate, reading: KeyReading): GatheredKey {
  const { gap, cause } = finalGap(reading);
  const { key, types } = template;
  return { key, types, state: stateOf(reading, gap), gap, cause };
}

function finalGap(reading: KeyReading): KeyReading {
  if (reading.next !== undefined) return withGap(reading, 'cut-short', 'next-not-followed');
  const { total, matches, dropped } = reading;
  if (total !== undefined && total > countDifferent(matches) + dropped) {
    return withGap(reading, 'cut-short', 'total-larger');
  }
  return reading;
}

function stateOf(reading: KeyReading, gap: GapReason | undefined): GatheredKey['state'] {
  if (gap === 'not-gathered') return 'not-gathered';
  if (gap === 'fetch-failed') return 'failed';
  if (reading.matches.length > 0) return 'present';
  return gap === undefined ? 'empty' : 'failed';
}
