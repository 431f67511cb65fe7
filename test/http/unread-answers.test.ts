import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { wireSettings } from '../../src/http/wire-settings.js';
import { type Running, serve } from '../../src/http/serve.js';
import { load } from '../config/environment.js';
import { servedParts } from './test-app.js';

/** More than the buffers of two sockets hold. */
const PAGE = 'x'.repeat(16 * 1024 * 1024);
const ASK = 'GET /page HTTP/1.1\r\nHost: x\r\n\r\n';
const STILL_MS = 300;

const sockets: Socket[] = [];
let run: Running | undefined;
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await run?.stop();
});

/** A connection to a service with a large page. */
async function caller(): Promise<Socket> {
  run = await serve(
    {
      ...servedParts,
      settings: { ...servedParts.settings, stillConnectionMs: STILL_MS },
      pages: [async (app) => void app.get('/page', () => PAGE)],
    },
    { host: '127.0.0.1', port: 0, graceMs: 1_000, close: async () => undefined },
  );
  const socket = connect(Number(new URL(run.url).port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

describe('a caller that does not read its answer', () => {
  it('loses its connection once nothing has moved on it for a while', async () => {
    const socket = await caller();
    socket.pause();
    socket.write(ASK);
    await sleep(10 * STILL_MS);
    let got = 0;
    socket.on('data', (piece: Buffer) => (got += piece.length));
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(got).toBeLessThan(PAGE.length);
  });

  it('is not confused with one that reads slowly', async () => {
    const socket = await caller();
    socket.write(ASK);
    let got = 0;
    socket.on('data', (piece: Buffer) => {
      got += piece.length;
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    while (got < PAGE.length) {
      expect(socket.destroyed).toBe(false);
      await sleep(20);
    }
  });

  it('has longer than any answer may take', () => {
    const longest = load({ FETCH_DEADLINE_MS: '60000' });
    expect(wireSettings(longest, '0.0.0').stillConnectionMs).toBeGreaterThan(longest.fetch.deadlineMs);
  });
});
