import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Running, serve } from '../../src/http/serve.js';
import { type Log, silentLog } from '../../src/schemas/log.js';
import { hookRequest, servedParts } from './test-app.js';

const BODY = JSON.stringify(hookRequest());
const CALL = [
  'POST /cds-services/sign-service HTTP/1.1',
  'Host: x',
  'Content-Type: application/json',
  `Content-Length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n');
const LOOK = 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n';
const FILE = 'GET /file HTTP/1.1\r\nHost: x\r\n\r\n';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

interface Slow {
  readonly port: number;
  readonly run: Running;
  /** How many requests of the slow address were begun. */
  begun(): number;
  /** How many of them know that their connection is closed. */
  closed(): number;
  /** Answers all that wait. */
  release(): void;
  /** What the file address opened to answer with. */
  readonly opened: readonly Readable[];
}

/** A service with an address that answers when it is told to. */
async function slowService(graceMs = 30_000, log: Log = silentLog): Promise<Slow> {
  const waiting: (() => void)[] = [];
  const opened: Readable[] = [];
  let begun = 0;
  let closed = 0;
  const wait = async (): Promise<void> => {
    begun += 1;
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const run = await serve(
    {
      ...servedParts,
      log,
      pages: [
        async (app) => {
          app.get('/slow', async (_request, reply) => {
            reply.raw.once('close', () => (closed += 1));
            await wait();
            return 'slow';
          });
          app.get('/file', async () => {
            await wait();
            const file = new Readable({ read: () => undefined });
            opened.push(file);
            return file;
          });
        },
      ],
    },
    { host: '127.0.0.1', port: 0, graceMs, close: async () => undefined },
  );
  running.push(run);
  const release = (): void => waiting.splice(0).forEach((go) => go());
  return { port: Number(new URL(run.url).port), run, begun: () => begun, closed: () => closed, release, opened };
}

interface Caller {
  readonly socket: Socket;
  /** The status lines that came so far. */
  statuses(): readonly string[];
  readonly closed: Promise<void>;
}

function caller(port: number, bytes: string): Caller {
  const socket = connect(port, '127.0.0.1');
  let got = '';
  socket.setEncoding('latin1').on('data', (text: string) => (got += text));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(bytes);
  return { socket, statuses: () => got.match(/HTTP\/1\.1 \d+/g) ?? [], closed };
}

/** A service on which eight requests were begun, and their connection is then lost. */
async function lostService(request: string): Promise<Slow> {
  const service = await slowService();
  const { socket, closed } = caller(service.port, request.repeat(8));
  await until(() => service.begun() === 8);
  socket.destroy();
  await closed;
  return service;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

describe('requests that are sent before the ones before them were answered', () => {
  it('are all answered, up to 32 at once on one connection', async () => {
    const { port, begun, release } = await slowService();
    const { socket, statuses } = caller(port, LOOK.repeat(32));
    await until(() => begun() === 32);
    release();
    await until(() => statuses().length === 32);
    // More, now that those were answered.
    socket.write(CALL.repeat(16));
    await until(() => statuses().length === 48);
    expect(new Set(statuses())).toEqual(new Set(['HTTP/1.1 200']));
    socket.destroy();
  });

  it('beyond that end the connection, and what came with them is not begun', async () => {
    const lines: unknown[] = [];
    const log: Log = { ...silentLog, warn: (...line: readonly unknown[]) => void lines.push(line), child: () => log };
    const { port, begun, release } = await slowService(30_000, log);
    const { closed, statuses } = caller(port, LOOK.repeat(2_000));
    await closed;
    expect(begun()).toBeLessThanOrEqual(32);
    expect(statuses()).toEqual([]);
    expect(lines).toEqual([[{ unanswered: 33 }, 'a connection with too many unanswered requests was closed']]);
    release();
    const { socket, statuses: after } = caller(port, CALL);
    await until(() => after().length === 1);
    expect(after()).toEqual(['HTTP/1.1 200']);
    socket.destroy();
  });

  it('are all known to have lost their connection, also those whose answers had no turn yet', async () => {
    const { closed } = await lostService(LOOK);
    await until(() => closed() === 8);
  });

  it('leave nothing open that was opened for them after their connection was lost', async () => {
    const { release, opened } = await lostService(FILE);
    // The service is told some turns later.
    await sleep(100);
    release();
    await until(() => opened.length === 8 && opened.every(({ destroyed }) => destroyed));
  });

  it('do not hold up a stop once their connection is lost', async () => {
    const { port, run, release } = await lostService(LOOK);
    release();
    // Nothing came on it.
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    const begin = performance.now();
    expect(await run.stop()).toBe('finished');
    expect(performance.now() - begin).toBeLessThan(15_000);
  });
});
