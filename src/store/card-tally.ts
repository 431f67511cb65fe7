import type { FeedbackItem } from '../schemas/feedback.js';
import type { Status } from '../schemas/verdict.js';
import type { FeedbackReportRow, OverrideReasonCount } from './store.js';

/** A card as a report sees it. */
export interface CardFate {
  readonly cardKind: string;
  readonly open: readonly (readonly [criterion: string, status: Status])[];
  /** The feedback that counts, when there is any. */
  readonly last: FeedbackItem | undefined;
  /** Every free comment about this card; empty unless they were asked for. */
  readonly comments: readonly string[];
}

interface Tally {
  readonly cardKind: string;
  readonly criterion: string | undefined;
  readonly status: Status | undefined;
  shown: number;
  accepted: number;
  overridden: number;
  readonly reasons: Map<string, OverrideReasonCount & { count: number }>;
  readonly comments: string[];
}

/** Counts cards per kind, and per kind, criterion and status. Memory grows with the kinds of rows, not with the cards. */
export class CardTally {
  readonly #tallies = new Map<string, Tally>();
  readonly #withComments: boolean;

  constructor(withComments: boolean) {
    this.#withComments = withComments;
  }

  add(card: CardFate): void {
    const all = this.#tally(card.cardKind, undefined, undefined);
    count(all, card.last);
    all.comments.push(...card.comments);
    for (const [criterion, status] of card.open) count(this.#tally(card.cardKind, criterion, status), card.last);
  }

  /** Sorted by card kind, the row over all cards first, then by criterion and status. */
  rows(): readonly FeedbackReportRow[] {
    return [...this.#tallies.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, tally]) => ({
        cardKind: tally.cardKind,
        criterion: tally.criterion,
        status: tally.status,
        shown: tally.shown,
        accepted: tally.accepted,
        overridden: tally.overridden,
        overrideReasons: byCount([...tally.reasons.values()]),
        comments: this.#withComments && tally.criterion === undefined ? tally.comments : undefined,
      }));
  }

  #tally(cardKind: string, criterion: string | undefined, status: Status | undefined): Tally {
    const key = [cardKind, criterion ?? '', status ?? ''].join('\u0000');
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = { cardKind, criterion, status, shown: 0, accepted: 0, overridden: 0, reasons: new Map(), comments: [] };
      this.#tallies.set(key, tally);
    }
    return tally;
  }
}

function count(tally: Tally, last: FeedbackItem | undefined): void {
  tally.shown += 1;
  if (last === undefined) return;
  if (last.outcome === 'accepted') {
    tally.accepted += 1;
    return;
  }
  tally.overridden += 1;
  const given = last.overrideReason?.reason;
  const key = JSON.stringify([given?.system ?? null, given?.code ?? null]);
  const reason = tally.reasons.get(key) ?? { system: given?.system, code: given?.code, count: 0 };
  reason.count += 1;
  tally.reasons.set(key, reason);
}

function byCount(reasons: readonly OverrideReasonCount[]): readonly OverrideReasonCount[] {
  const name = ({ system, code }: OverrideReasonCount): string => `${code ?? ''} ${system ?? ''}`;
  return reasons.map((reason) => ({ ...reason })).sort((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1));
}
