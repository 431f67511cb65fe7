import type { Kysely } from 'kysely';
import { startOfDayMs, endOfDayMs } from '../clock.js';
import type { FeedbackItem } from '../schemas/feedback.js';
import { CardTally } from './card-tally.js';
import type { CardFate } from './card-tally.js';
import type { FeedbackFilter, FeedbackReportRow } from './store.js';
import type { ReceiptTable, Tables } from './tables.js';

/** Cards per page: a report over years reads the table in steps that leave room for everything else. */
const CARDS_PER_PAGE = 500;

type CardRow = Pick<ReceiptTable, 'card_uuid' | 'client_id' | 'card_kind' | 'issued_at_ms' | 'open_criteria'>;

/** Reads every card that the filter lets through, page by page, and counts what became of it. */
export async function feedbackReport(
  db: Kysely<Tables>,
  filter: FeedbackFilter,
): Promise<readonly FeedbackReportRow[]> {
  const withComments = filter.comments === true;
  const tally = new CardTally(withComments);
  let last: CardRow | undefined;
  do {
    const page = await selectPage(db, filter, last);
    const feedback = await selectFeedback(
      db,
      page.map(({ card_uuid }) => card_uuid),
    );
    for (const card of page) {
      const items = feedback.get(card.card_uuid) ?? [];
      tally.add({
        cardKind: card.card_kind,
        open: JSON.parse(card.open_criteria) as CardFate['open'],
        last: items.at(-1),
        comments: withComments ? items.flatMap(({ overrideReason }) => overrideReason?.userComment ?? []) : [],
      });
    }
    last = page.length < CARDS_PER_PAGE ? undefined : page.at(-1);
  } while (last !== undefined);
  return tally.rows();
}

async function selectPage(
  db: Kysely<Tables>,
  { clientId, service, from, to }: FeedbackFilter,
  after: CardRow | undefined,
): Promise<readonly CardRow[]> {
  let query = db
    .selectFrom('receipt')
    .select(['card_uuid', 'client_id', 'card_kind', 'issued_at_ms', 'open_criteria'])
    .orderBy('client_id')
    .orderBy('issued_at_ms')
    .orderBy('card_uuid')
    .limit(CARDS_PER_PAGE);
  if (clientId !== undefined) query = query.where('client_id', '=', clientId);
  if (service !== undefined) query = query.where('service', '=', service);
  if (from !== undefined) query = query.where('issued_at_ms', '>=', startOfDayMs(from));
  if (to !== undefined) query = query.where('issued_at_ms', '<', endOfDayMs(to));
  if (after !== undefined) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('client_id', 'issued_at_ms', 'card_uuid'),
        '>',
        tuple(after.client_id, after.issued_at_ms, after.card_uuid),
      ),
    );
  }
  return query.execute();
}

/** The feedback about these cards, per card, the one that counts last. */
async function selectFeedback(
  db: Kysely<Tables>,
  cards: readonly string[],
): Promise<ReadonlyMap<string, readonly FeedbackItem[]>> {
  const perCard = new Map<string, FeedbackItem[]>();
  if (cards.length === 0) return perCard;
  const rows = await db
    .selectFrom('feedback')
    .select(['card_uuid', 'body'])
    .where('card_uuid', 'in', cards)
    .orderBy('outcome_at_ms')
    .orderBy('received_at_ms')
    .orderBy('position')
    .execute();
  for (const { card_uuid, body } of rows) {
    const items = perCard.get(card_uuid) ?? [];
    items.push(JSON.parse(body) as FeedbackItem);
    perCard.set(card_uuid, items);
  }
  return perCard;
}
