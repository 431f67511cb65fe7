import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CdsError } from '../../src/errors.js';
import { openStore } from '../../src/store/open-store.js';
import type { StorePlace } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { PLACES } from './places.js';
import { REASON, RECEIVED, accepted, keptLog, overridden, receipt } from './samples.js';

const DAY_MS = 24 * 60 * 60 * 1000;

for (const place of PLACES) {
  const title = place.absent === undefined ? place.name : `${place.name} (skipped: ${place.absent})`;
  describe.skipIf(place.absent !== undefined)(`store contract on ${title}`, () => {
    let where: StorePlace;
    let store: Store;
    const log = keptLog();

    beforeAll(() => place.begin());
    afterAll(() => place.end());
    beforeEach(async () => {
      where = await place.fresh();
      store = await openStore({ ...where, log });
    });
    afterEach(() => store.close());

    const reopen = async (): Promise<void> => {
      await store.close();
      store = await openStore({ ...where, log });
    };
    /** Accepted and overridden over all cards of the one kind. */
    const fate = async (): Promise<readonly number[]> => {
      const row = (await store.report({}))[0];
      return [row?.shown ?? 0, row?.accepted ?? 0, row?.overridden ?? 0];
    };

    test('a receipt comes back as it was, also after a restart; an unknown card has none', async () => {
      const full = receipt('card-1', { suggestions: ['é', '"quoted"', '\u0000'] });
      await store.saveReceipts([full]);
      expect(await store.findReceipt('card-1')).toEqual(full);
      await reopen();
      expect(await store.findReceipt('card-1')).toEqual(full);
      expect(await store.findReceipt('card-2')).toBeUndefined();
    });

    test('a card is named in any letter case, and what is told of it twice is one', async () => {
      store.enqueueReceipts([receipt('card-1')]);
      expect(await store.findReceipt('CARD-1')).toEqual(receipt('card-1'));
      await store.saveFeedback('hospital-a', [accepted('Card-1'), accepted('CARD-1'), accepted('card-1')], RECEIVED);
      await reopen();
      expect(await store.findReceipt('CARD-1')).toEqual(receipt('card-1'));
      expect(await fate()).toEqual([1, 1, 0]);
    });

    test.each(['', 'card\u00001', 'x'.repeat(100_000), "' or 1=1 --"])(
      'an odd uuid (%#) finds nothing',
      async (uuid) => {
        await store.saveReceipts([receipt('card-1')]);
        expect(await store.findReceipt(uuid)).toBeUndefined();
        await expect(store.saveFeedback('hospital-a', [accepted(uuid)], RECEIVED)).rejects.toMatchObject({
          code: 'FEEDBACK_CARD_UNKNOWN',
        });
      },
    );

    test('a receipt that was handed over is found before and after it is written', async () => {
      store.enqueueReceipts([receipt('card-1')]);
      expect(await store.findReceipt('card-1')).toEqual(receipt('card-1'));
      await expect.poll(async () => (await store.report({}))[0]?.shown).toBe(1);
      expect(await store.findReceipt('card-1')).toEqual(receipt('card-1'));
    });

    test('closing writes what was handed over', async () => {
      const cards = Array.from({ length: 250 }, (_, n) => receipt(`card-${n}`));
      store.enqueueReceipts(cards);
      await reopen();
      for (const card of [cards[0], cards[249]]) expect(await store.findReceipt(card?.cardUuid ?? '')).toEqual(card);
      expect(await fate()).toEqual([250, 0, 0]);
    });

    test('feedback about a card whose receipt still waits is kept, with the receipt', async () => {
      store.enqueueReceipts([receipt('card-1')]);
      await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
      await reopen();
      expect(await fate()).toEqual([1, 1, 0]);
    });

    test('[row 124] one batch may hold several cards and services', async () => {
      await store.saveReceipts([receipt('card-1'), receipt('card-2', { service: 'imsr-indication' })]);
      await store.saveFeedback('hospital-a', [accepted('card-1'), overridden('card-2')], RECEIVED);
      await reopen();
      expect(await fate()).toEqual([2, 1, 1]);
    });

    test('[row 125] the same item again stores nothing new, whatever the order of its fields', async () => {
      await store.saveReceipts([receipt('card-1')]);
      const item = overridden('card-1', { reason: REASON, userComment: 'once' });
      const turned = Object.fromEntries(Object.entries(item).reverse()) as typeof item;
      for (const batch of [[item], [item, item], [turned]]) await store.saveFeedback('hospital-a', batch, RECEIVED);
      expect((await store.report({ comments: true }))[0]).toMatchObject({ overridden: 1, comments: ['once'] });
    });

    test('[row 125] a card reported again is kept beside the earlier report and the last outcome counts', async () => {
      await store.saveReceipts([receipt('card-1')]);
      const later = accepted('card-1', '2026-11-20T09:30:00.5Z');
      const earlier = overridden('card-1', { userComment: 'first thought' }, '2026-11-20T09:30:00Z');
      await store.saveFeedback('hospital-a', [earlier], RECEIVED);
      expect(await fate()).toEqual([1, 0, 1]);
      await store.saveFeedback('hospital-a', [later], RECEIVED + 1);
      expect(await fate()).toEqual([1, 1, 0]);
      // A client that sends the older report once more does not bring it back.
      await store.saveFeedback('hospital-a', [earlier], RECEIVED + 2);
      expect(await fate()).toEqual([1, 1, 0]);
      expect((await store.report({ comments: true }))[0]?.comments).toEqual(['first thought']);
    });

    test('a report from a clock that is ahead is of the moment at which it came, and not the last one for good', async () => {
      await store.saveReceipts([receipt('card-1')]);
      await store.saveFeedback('hospital-a', [overridden('card-1', {}, '2099-01-01T00:00:00Z')], RECEIVED);
      expect(await fate()).toEqual([1, 0, 1]);
      const accepting = accepted('card-1', new Date(RECEIVED + 1).toISOString());
      await store.saveFeedback('hospital-a', [accepting], RECEIVED + 1);
      expect(await fate()).toEqual([1, 1, 0]);
    });

    test('of two reports about one instant the one that came in last counts', async () => {
      await store.saveReceipts([receipt('card-1')]);
      await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
      await store.saveFeedback('hospital-a', [overridden('card-1')], RECEIVED + 1);
      expect(await fate()).toEqual([1, 0, 1]);
    });

    test.each([
      ['[row 126] a card that nobody got', 'card-9'],
      ['[row 144] a card that another client got', 'card-b'],
    ])('%s: refused, its place named, nothing of the batch kept', async (_title, card) => {
      await store.saveReceipts([receipt('card-1'), receipt('card-b', { clientId: 'hospital-b' })]);
      await expect(
        store.saveFeedback('hospital-a', [accepted('card-1'), accepted(card)], RECEIVED),
      ).rejects.toMatchObject({
        code: 'FEEDBACK_CARD_UNKNOWN',
        status: 404,
        issues: [{ path: 'feedback[1].card', expected: 'the uuid of a card that this client received' }],
      });
      expect(await fate()).toEqual([2, 0, 0]);
    });

    test('of many cards that nobody got the first 50 places are named', async () => {
      const items = Array.from({ length: 51 }, (_, number) => accepted(`card-${number}`));
      const named = async (count: number): Promise<number> => {
        const refused = await store
          .saveFeedback('hospital-a', items.slice(0, count), RECEIVED)
          .catch((e: unknown) => e);
        return (refused as CdsError).issues.length;
      };
      expect(await named(50)).toBe(50);
      expect(await named(51)).toBe(50);
    });

    test('a receipt that another worker writes a moment later is waited for', async () => {
      const other = await openStore({ ...where, log });
      other.enqueueReceipts([receipt('card-1')]);
      await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
      await other.close();
      expect(await fate()).toEqual([1, 1, 0]);
    });

    test('several instances on one database lose nothing and count nothing twice', async () => {
      const instances = await Promise.all([1, 2, 3].map(() => openStore({ ...where, log })));
      await Promise.all(
        instances.map(async (instance, i) => {
          for (let n = 0; n < 30; n += 1) {
            instance.enqueueReceipts([receipt(`card-${i}-${n}`)]);
            await instance.saveFeedback('hospital-a', [accepted(`card-${i}-${n}`)], RECEIVED);
          }
        }),
      );
      await Promise.all(instances.map((instance) => instance.close()));
      expect(await fate()).toEqual([90, 90, 0]);
    });

    test('a token is claimed once, over instances and over calls at the same time', async () => {
      const other = await openStore({ ...where, log });
      const claims = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? store : other).claim('iss', 'jti', RECEIVED));
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
      expect(await store.claim('iss', 'jti', RECEIVED)).toBe(false);
      expect(await store.claim('iss', 'jti-2', RECEIVED)).toBe(true);
      expect(await store.claim('other-iss', 'jti', RECEIVED)).toBe(true);
      expect(await store.claim('issjti', '', RECEIVED)).toBe(true);
      await other.close();
      await reopen();
      expect(await store.claim('iss', 'jti-2', RECEIVED)).toBe(false);
    });

    test('retention removes what is past its client’s term, to the millisecond, with its feedback', async () => {
      const issued = Date.parse('2026-11-20T09:00:00.000Z');
      await store.saveReceipts([
        receipt('a-old'),
        receipt('a-new', { issuedAt: '2026-11-20T09:00:00.001Z' }),
        receipt('b-old', { clientId: 'hospital-b' }),
        receipt('c-old', { clientId: 'left-the-configuration' }),
      ]);
      await store.saveFeedback('hospital-a', [accepted('a-old'), accepted('a-new')], RECEIVED);
      await store.claim('iss', 'expired', issued);
      await store.claim('iss', 'valid', issued + 10 * DAY_MS + 1);
      const terms = new Map([
        ['hospital-a', 10],
        ['hospital-b', 11],
      ]);
      const now = issued + 10 * DAY_MS;
      expect(await store.applyRetention(now, terms, 11)).toEqual({ receipts: 0, feedback: 0, tokens: 1 });
      expect(await store.applyRetention(now + 1, terms, 11)).toEqual({ receipts: 1, feedback: 1, tokens: 0 });
      expect(await store.findReceipt('a-old')).toBeUndefined();
      for (const kept of ['a-new', 'b-old', 'c-old']) expect(await store.findReceipt(kept)).toBeDefined();
      expect(await store.applyRetention(now + 1, terms, 5)).toEqual({ receipts: 1, feedback: 0, tokens: 0 });
      expect(await store.findReceipt('c-old')).toBeUndefined();
      expect(await store.claim('iss', 'expired', issued)).toBe(true);
      expect(await store.claim('iss', 'valid', issued)).toBe(false);
    });

    test('deleting a client removes all of its rows, waiting ones too, and no one else’s', async () => {
      await store.saveReceipts(Array.from({ length: 1001 }, (_, n) => receipt(`card-${n}`)));
      await store.saveReceipts([receipt('card-b', { clientId: 'hospital-b' })]);
      await store.saveFeedback('hospital-a', [accepted('card-0'), overridden('card-0')], RECEIVED);
      await store.saveFeedback('hospital-b', [accepted('card-b')], RECEIVED);
      store.enqueueReceipts([receipt('card-waiting')]);
      expect(await store.deleteClient('hospital-a')).toEqual({ receipts: 1002, feedback: 2, tokens: 0 });
      expect(await store.findReceipt('card-waiting')).toBeUndefined();
      expect(await fate()).toEqual([1, 1, 0]);
    });

    test('the report counts per card kind, and per criterion that stood open', async () => {
      await store.saveReceipts([
        receipt('card-1'),
        receipt('card-2'),
        receipt('card-3', { verdicts: [{ id: 'adult', status: 'met', reason: 'age', references: [] }] }),
        receipt('card-4', { cardKind: 'approval', verdicts: [] }),
        receipt('card-5'),
      ]);
      await store.saveFeedback(
        'hospital-a',
        [
          accepted('card-1'),
          overridden('card-2', { reason: { ...REASON, display: 'not repeated' }, userComment: 'free text' }),
          overridden('card-3', { userComment: 'only text' }),
        ],
        RECEIVED,
      );
      const all = { cardKind: 'not-met', shown: 4, accepted: 1, overridden: 2 };
      const open = { shown: 3, accepted: 1, overridden: 1, overrideReasons: [{ ...REASON, count: 1 }] };
      const expected = [
        { cardKind: 'approval', shown: 1, accepted: 0, overridden: 0, overrideReasons: [] },
        { ...all, overrideReasons: [{ count: 1 }, { ...REASON, count: 1 }] },
        { cardKind: 'not-met', criterion: 'persistent-pain', status: 'unknown', ...open },
        { cardKind: 'not-met', criterion: 'stepped-care', status: 'not-met', ...open },
      ];
      expect(await store.report({})).toEqual(expected);
      const [approval, kind] = await store.report({ comments: true });
      expect(approval?.comments).toEqual([]);
      expect(kind?.comments).toEqual(['free text', 'only text']);
    });

    test('the report reads more cards than fit on a page, each once', async () => {
      const cards = Array.from({ length: 1203 }, (_, n) =>
        receipt(`card-${n}`, { clientId: `client-${n % 2}`, issuedAt: `2026-11-20T09:00:00.${n % 7}00Z` }),
      );
      await store.saveReceipts(cards);
      expect(await fate()).toEqual([1203, 0, 0]);
      expect((await store.report({ clientId: 'client-1' }))[0]?.shown).toBe(601);
    });

    test('the report is filtered by client, service and Dutch calendar days, both inclusive', async () => {
      await store.saveReceipts([
        receipt('before', { issuedAt: '2026-11-19T22:59:59.999Z' }),
        receipt('first', { issuedAt: '2026-11-19T23:00:00.000Z' }),
        receipt('last', { issuedAt: '2026-11-20T22:59:59.999Z', service: 'imsr-indication' }),
        receipt('after', { issuedAt: '2026-11-20T23:00:00.000Z', clientId: 'hospital-b' }),
      ]);
      const shown = async (filter: Parameters<Store['report']>[0]): Promise<number> =>
        (await store.report(filter))[0]?.shown ?? 0;
      expect(await shown({ from: '2026-11-20', to: '2026-11-20' })).toBe(2);
      expect(await shown({ from: '2026-11-20' })).toBe(3);
      expect(await shown({ to: '2026-11-20' })).toBe(3);
      expect(await shown({ service: 'imsr-indication' })).toBe(1);
      expect(await shown({ clientId: 'hospital-b' })).toBe(1);
      expect(await store.report({ clientId: 'nobody' })).toEqual([]);
    });

    test('a store that works is ready and has logged nothing', async () => {
      expect(await store.ready()).toBe(true);
      expect(log.lines).toEqual([]);
    });
  });
}
