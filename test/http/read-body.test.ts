import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookRequest, settings, testApp } from './test-app.js';

const LIMIT = 2_000;
let app: FastifyInstance;
let port: number;
const seen: unknown[] = [];

beforeAll(async () => {
  app = await testApp({
    settings: { ...settings, bodyLimitBytes: LIMIT },
    answer: async (call) => {
      seen.push(call.request);
      return { cards: [] };
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.server.address() as AddressInfo);
});
afterAll(() => app.close());

function open(headers: Record<string, string>) {
  return request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/cds-services/sign-service',
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Sends pieces one by one, each in a packet of its own. */
async function send(pieces: readonly Buffer[], headers: Record<string, string> = {}): Promise<string> {
  const sending = open(headers);
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  for (const piece of pieces) {
    sending.write(piece);
    await new Promise((wake) => setTimeout(wake, 10));
  }
  sending.end();
  const [response] = await answered;
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return `${response.statusCode ?? 0} ${text}`;
}

const body = { ...hookRequest(), note: 'één' };
const bytes = Buffer.from(JSON.stringify(body));

describe('a body', () => {
  it.each([
    ['with its length', { 'content-length': String(bytes.length) }],
    ['without its length', {}],
  ])('in pieces, %s, also where a piece ends inside a character, is read as a whole', async (_name, headers) => {
    const inside = bytes.indexOf('é') + 1;
    seen.length = 0;
    const pieces = [bytes.subarray(0, 10), bytes.subarray(10, inside), bytes.subarray(inside)];
    expect(await send(pieces, headers)).toBe('200 {"cards":[]}');
    expect(seen).toEqual([body]);
  });

  it('in one piece is read as a whole', async () => {
    seen.length = 0;
    expect(await send([bytes], { 'content-length': String(bytes.length) })).toBe('200 {"cards":[]}');
    expect(seen).toEqual([body]);
  });

  it('that grows over the limit without saying so is refused', async () => {
    const piece = Buffer.alloc(LIMIT - 100, ' ');
    expect(await send([piece, piece])).toMatch(/^413 .*BODY_TOO_LARGE/);
  });

  it('that says to be over the limit is refused before it comes', async () => {
    const sending = open({ 'content-length': String(LIMIT + 1) });
    sending.flushHeaders();
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    sending.destroy();
  });

  it('that is far over the limit and sent to its end is refused in words', async () => {
    const large = Buffer.alloc(30_000_000, ' ');
    const sending = open({ 'content-length': String(large.length) });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const sent = once(sending, 'finish');
    sending.end(large);
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    expect(response.headers.connection).toBe('keep-alive');
    await response.toArray();
    await sent;
  });

  it.each(['gzip', 'br'])('in a coding is refused (%s)', async (coding) => {
    expect(await send([bytes], { 'content-encoding': coding })).toMatch(/^415 .*MEDIA_TYPE_UNSUPPORTED/);
  });

  it('in the coding that is none is read', async () => {
    for (const coding of ['identity', 'Identity', 'IDENTITY'])
      expect(await send([bytes], { 'content-encoding': coding })).toBe('200 {"cards":[]}');
  });

  it('that breaks off leaves the service as it was', async () => {
    const sending = open({ 'content-length': '500' });
    sending.on('error', () => undefined);
    sending.write('{"hook"');
    await new Promise((wake) => setTimeout(wake, 20));
    sending.destroy();
    expect(await send([bytes])).toBe('200 {"cards":[]}');
  });
});

describe('bodies of all connections together', () => {
  // The limit of one body is 2,000 bytes, and sixteen such may be on their way.
  const half = Buffer.alloc(1_900, ' ');
  const begin = async () => {
    const sending = open({ 'content-length': '2000' });
    sending.on('error', () => undefined);
    sending.write(half);
    await new Promise((wake) => setTimeout(wake, 10));
    return sending;
  };

  it('that hold too much are put off, and what was let go of counts no more', async () => {
    const slow = await Promise.all(Array.from({ length: 16 }, begin));
    const refused = open({ 'content-length': '2000' });
    const answered = once(refused, 'response') as Promise<[IncomingMessage]>;
    refused.end(Buffer.alloc(2_000, ' '));
    const [{ statusCode, headers }] = await answered;
    expect([statusCode, headers['retry-after']]).toEqual([503, '2']);
    for (const sending of slow) sending.destroy();
    await expect.poll(() => send([bytes])).toBe('200 {"cards":[]}');
    await expect
      .poll(async () => {
        const more = await Promise.all(Array.from({ length: 15 }, begin));
        const answer = await send([bytes]);
        for (const sending of more) sending.destroy();
        return answer;
      })
      .toBe('200 {"cards":[]}');
  });
});
