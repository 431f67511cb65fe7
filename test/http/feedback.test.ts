import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CdsError } from '../../src/errors.js';
import type { FeedbackItem } from '../../src/schemas/feedback.js';
import { openStore } from '../../src/store/open-store.js';
import { keptLog, receipt } from '../store/samples.js';
import { emptyPlaces } from '../empty-places.js';
import { anonymous, onlyToken, testApp } from './test-app.js';

const CARD = '2f9f6b0c-3d6a-4b55-8a11-6a6f3ad9c111';
const URL = '/cds-services/sign-service/feedback';

const accepted = {
  card: CARD,
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 's-1' }],
  outcomeTimestamp: '2026-12-01T10:00:00Z',
};
const overridden = { card: CARD, outcome: 'overridden', outcomeTimestamp: '2026-12-01T10:00:00.123Z' };

async function post(
  payload: unknown,
  save?: (clientId: string, items: readonly FeedbackItem[]) => Promise<void>,
  url = URL,
) {
  const saved: [string, readonly FeedbackItem[]][] = [];
  const keep = async (clientId: string, items: readonly FeedbackItem[]): Promise<void> => {
    saved.push([clientId, items]);
  };
  const app = await testApp({ feedback: { save: save ?? keep } });
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  return { response, saved };
}

describe('feedback', () => {
  it.each([
    ['[row 121] accepted', accepted],
    ['[row 123] overridden without a reason', overridden],
    [
      '[row 123] a reason of code and system only',
      { ...overridden, overrideReason: { reason: { code: 'c', system: 'https://s.example' } } },
    ],
    ['[row 123] a comment only', { ...overridden, overrideReason: { userComment: 'free text' } }],
    [
      '[row 126] unknown fields and an extension',
      { ...overridden, later: { a: null }, extension: { 'org.example': 1 } },
    ],
  ])('[row 117] [row 129] %s is kept as it was sent, and answered with a number', async (_name, item) => {
    const { response, saved } = await post({ feedback: [item] });
    expect([response.statusCode, response.json()]).toEqual([200, { stored: 1 }]);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(emptyPlaces(response.json())).toEqual([]);
    expect(saved).toEqual([['anonymous', [item]]]);
  });

  it('[row 124] one call may hold several items', async () => {
    const { response, saved } = await post({ feedback: [accepted, overridden, { ...overridden, card: 'another' }] });
    expect(response.json()).toEqual({ stored: 3 });
    expect(saved[0]?.[1]).toHaveLength(3);
  });

  it.each([
    ['[row 118] a bare item', accepted, 'feedback'],
    ['[row 118] a bare array', [accepted], ''],
    ['[row 119] no card', { feedback: [{ ...accepted, card: undefined }] }, 'feedback[0].card'],
    [
      '[row 119] a card of another type: nothing is coerced',
      { feedback: [accepted, { ...accepted, card: 1 }] },
      'feedback[1].card',
    ],
    ['[row 120] ignored', { feedback: [{ ...overridden, outcome: 'ignored' }] }, 'feedback[0].outcome'],
    [
      '[row 121] accepted without suggestions',
      { feedback: [{ ...accepted, acceptedSuggestions: undefined }] },
      'feedback[0].acceptedSuggestions',
    ],
    [
      '[row 121] accepted with an empty array',
      { feedback: [{ ...accepted, acceptedSuggestions: [] }] },
      'feedback[0].acceptedSuggestions',
    ],
    [
      '[row 122] no timestamp',
      { feedback: [{ ...accepted, outcomeTimestamp: undefined }] },
      'feedback[0].outcomeTimestamp',
    ],
    [
      '[row 122] local time',
      { feedback: [{ ...accepted, outcomeTimestamp: '2026-12-01T10:00:00+01:00' }] },
      'feedback[0].outcomeTimestamp',
    ],
  ])('[row 129] %s is 400, names the item, and nothing is kept', async (_name, body, place) => {
    const { response, saved } = await post(body);
    expect(response.statusCode).toBe(400);
    const { issue } = response.json<{ issue: { expression?: string[] }[] }>();
    expect(issue.map(({ expression }) => expression?.[0] ?? '')).toContain(place);
    expect(saved).toEqual([]);
  });

  it('[row 129] an unknown service is 404', async () => {
    expect((await post({ feedback: [accepted] }, undefined, '/cds-services/nope/feedback')).response.statusCode).toBe(
      404,
    );
  });

  it('[row 126] what the store refuses keeps its status: an unknown card is no server error', async () => {
    const refuse = async () =>
      Promise.reject(
        new CdsError('NOT_FOUND', 'There is no such card.', {
          issues: [{ path: 'feedback[0].card', expected: 'a card of this client' }],
        }),
      );
    expect((await post({ feedback: [accepted] }, refuse)).response.statusCode).toBe(404);
  });

  it('is answered only once it is durable, and 503 when it cannot be kept', async () => {
    const events: string[] = [];
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push('durable');
    };
    const { response } = await post({ feedback: [accepted] }, slow);
    events.push('answered');
    expect([response.statusCode, events]).toEqual([200, ['durable', 'answered']]);
    const down = async () => Promise.reject(new CdsError('FEEDBACK_NOT_STORED', 'Not kept.', { retryAfterSeconds: 5 }));
    const refused = await post({ feedback: [accepted] }, down);
    expect([refused.response.statusCode, refused.response.headers['retry-after']]).toEqual([503, '5']);
  });

  it('[row 127] [row 144] is authenticated as any call, and handed on with the client it came from', async () => {
    const clients: string[] = [];
    const app = await testApp({
      authenticate: onlyToken('good', { ...anonymous, id: 'ehr', anonymous: false }),
      feedback: { save: async (clientId) => void clients.push(clientId) },
    });
    const send = (token: string) =>
      app.inject({
        method: 'POST',
        url: URL,
        headers: { authorization: `Bearer ${token}` },
        payload: { feedback: [accepted] },
      });
    expect((await send('bad')).statusCode).toBe(401);
    expect((await send('good')).statusCode).toBe(200);
    expect(clients).toEqual(['ehr']);
  });

  it.each([500, 5000])('nested %i deep it is stored, or refused as a body that cannot be read', async (depth) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-deep-'));
    const observed: string[] = [];
    const stored = (kind: string, result: string) => void observed.push(`${kind} ${result}`);
    const store = await openStore({ dataDir, log: keptLog(), observer: { stored } });
    await store.saveReceipts([receipt(CARD, { clientId: 'anonymous' })]);
    const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const text = JSON.stringify({ feedback: [{ ...accepted, extension: 'here' }] }).replace('"here"', nested);
    const { response } = await post(text, (clientId, items) => store.saveFeedback(clientId, items, 0));
    const [{ accepted: kept } = { accepted: 0 }] = await store.report({});
    await store.close();
    await rm(dataDir, { recursive: true });
    const expected = depth === 500 ? [200, 1, ['feedback ok']] : [400, 0, []];
    expect([response.statusCode, kept, observed]).toEqual(expected);
  });

  it('without a store there is no such route', async () => {
    const app = await testApp();
    expect((await app.inject({ method: 'POST', url: URL, payload: { feedback: [accepted] } })).statusCode).toBe(404);
  });
});
