import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, Agent } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../../src/http/serve.js';
import { selfSigned } from '../config/self-signed.js';
import { hookRequest, servedParts, settings, testApp } from './test-app.js';

const CHILD = fileURLToPath(new URL('child-server.ts', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly out: string[];
  readonly err: string[];
  /** Waits for a line on standard output; gives what follows the text. */
  line(text: string): Promise<string>;
  readonly ended: Promise<number | null>;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(env: Record<string, string>): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD], { env: { ...process.env, ...env } });
  children.push(child);
  const [out, err] = [[] as string[], [] as string[]];
  const wake: (() => void)[] = [];
  const read = (lines: string[]) => (data: string) => {
    lines.push(...data.split('\n').filter((line) => line !== ''));
    for (const listener of wake.splice(0)) listener();
  };
  child.stdout.setEncoding('utf8').on('data', read(out));
  child.stderr.setEncoding('utf8').on('data', read(err));
  return {
    process: child,
    out,
    err,
    ended: once(child, 'close').then(([code]) => code as number | null),
    line: async (text) => {
      for (;;) {
        const found = out.find((line) => line.startsWith(text));
        if (found !== undefined) return found.slice(text.length);
        await new Promise<void>((resolve) => wake.push(resolve));
      }
    },
  };
}

function call(
  discovery: string,
  agent: Agent,
  sent?: () => void,
): Promise<{ status: number; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${discovery}/sign-service`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json' },
    });
    outgoing.on('response', (incoming) => {
      incoming
        .resume()
        .on('end', () => resolve({ status: incoming.statusCode ?? 0, connection: incoming.headers.connection }));
    });
    outgoing.on('error', reject).end(JSON.stringify(hookRequest()), sent);
  });
}

describe('a server process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s finishes the call it accepted, ends its kept-alive connection, takes no other, closes its parts and exits with 0',
    async (signal) => {
      const child = start({ ANSWER_MS: '600' });
      const discovery = await child.line('ready: ');
      expect(discovery).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/cds-services$/);
      expect(child.err).toEqual(['WARNING: This is a test.']);
      const agent = new Agent({ keepAlive: true });
      const answer = call(discovery, agent);
      await child.line('answering');
      child.process.kill(signal);
      expect(await answer).toEqual({ status: 200, connection: 'close' });
      expect(await child.ended).toBe(0);
      expect(child.out.at(-1)).toBe('closed');
      await expect(call(discovery, agent)).rejects.toThrow(/ECONNREFUSED/);
      agent.destroy();
    },
  );

  it('answers what was sent before the signal while it was too busy to accept or to read', async () => {
    const child = start({ BUSY_MS: '1500' });
    const discovery = await child.line('ready: ');
    const open = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      request(discovery, { agent: open }, (incoming) => incoming.resume().on('end', resolve)).end();
    });
    const first = call(discovery, new Agent());
    await child.line('answering');
    const sent: Promise<void>[] = [];
    const later = [open, ...Array.from({ length: 8 }, () => new Agent())].map((agent) => {
      let told: () => void = () => undefined;
      sent.push(new Promise((resolve) => (told = resolve)));
      return call(discovery, agent, () => told());
    });
    await Promise.all(sent);
    child.process.kill('SIGTERM');
    expect((await first).status).toBe(200);
    const answers = await Promise.allSettled(later);
    expect(answers).toMatchObject(later.map(() => ({ value: { status: 200 } })));
    expect(await child.ended).toBe(0);
    open.destroy();
  });

  it('cuts calls off at the end of the grace period, says so with exit code 1, and closes its parts all the same', async () => {
    const child = start({ ANSWER_MS: '20000', GRACE_MS: '200' });
    const agent = new Agent({ keepAlive: true });
    const answer = call(await child.line('ready: '), agent);
    answer.catch(() => undefined);
    await child.line('answering');
    child.process.kill('SIGTERM');
    await expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await child.ended).toBe(1);
    expect(child.out.at(-1)).toBe('closed');
    agent.destroy();
  });

  it('ends at once on a second signal', async () => {
    const child = start({ ANSWER_MS: '20000' });
    const agent = new Agent({ keepAlive: true });
    call(await child.line('ready: '), agent).catch(() => undefined);
    await child.line('answering');
    child.process.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.process.kill('SIGINT');
    expect(await child.ended).toBe(1);
    expect(child.out).not.toContain('closed');
    agent.destroy();
  });

  it('prints every finding and exits with 1 when it cannot start', async () => {
    const child = start({ BROKEN: '1' });
    expect(await child.ended).toBe(1);
    expect(child.out).toEqual([]);
    expect(child.err).toEqual(['CONFIG_INVALID: The configuration is not right.', '  PORT: a port', '  HOST: a host']);
  });

  it('says so when its address is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const child = start({ PORT: String((other.address() as AddressInfo).port) });
    expect(await child.ended).toBe(1);
    expect(child.err.at(-1)).toMatch(/in use/);
    other.close();
  });
});

describe('a caller that goes away', () => {
  it('aborts the signal of its call, and an answered one never does', async () => {
    const aborted: string[] = [];
    let reached: () => void = () => undefined;
    let gone: () => void = () => undefined;
    const [onRoad, left] = [
      new Promise<void>((resolve) => (reached = resolve)),
      new Promise<void>((resolve) => (gone = resolve)),
    ];
    const app = await testApp({
      answer: async ({ service, signal }) => {
        signal.addEventListener('abort', () => {
          aborted.push(service.id);
          gone();
        });
        if (service.id === 'sign-service') {
          reached();
          await left;
        }
        return { cards: [] };
      },
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const answered = await fetch(`${url}/cds-services/view-service`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hookRequest('patient-view')),
    });
    expect(await answered.json()).toEqual({ cards: [] });

    const outgoing = request(`${url}/cds-services/sign-service`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    outgoing.on('error', () => undefined).end(JSON.stringify(hookRequest()));
    await onRoad;
    outgoing.destroy();
    await left;
    await app.close();
    expect(aborted).toEqual(['sign-service']);
  });
});

describe('stopping', () => {
  it('closes the parts although the server fails to close, leaves no timer, and says what failed', async () => {
    const done: string[] = [];
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const running = await serve(
      {
        ...servedParts,
        pages: [async (app) => void app.addHook('onClose', async () => Promise.reject(new Error('a page holds on')))],
      },
      { host: '127.0.0.1', port: 0, graceMs: 54_321, close: async () => void done.push('closed') },
    );
    await expect(running.stop()).rejects.toThrow('a page holds on');
    expect(done).toEqual(['closed']);
    const grace = timers.mock.calls.findIndex(([, delayMs]) => delayMs === 54_321);
    expect(timers.mock.results[grace]?.value).toMatchObject({ _destroyed: true });
    timers.mockRestore();
  });

  /** How the service stops with a connection open on which nothing came but this. */
  async function stopWith(bytes: string, tls?: ReturnType<typeof selfSigned>): Promise<'finished' | 'cut-off'> {
    let accept: () => void = () => undefined;
    const accepted = new Promise<void>((resolve) => (accept = resolve));
    const running = await serve(
      {
        ...servedParts,
        settings: { ...settings, ...(tls === undefined ? {} : { tls: { ...tls, minVersion: 'TLSv1.2' as const } }) },
        pages: [async (app) => void app.server.on('connection', accept)],
      },
      { host: '127.0.0.1', port: 0, graceMs: 30_000, close: async () => undefined },
    );
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await accepted;
    if (bytes !== '') await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    const end = await running.stop();
    await closed;
    return end;
  }

  it.each([
    ['nothing came', ''],
    ['half a request came', 'GET /health/live HTT'],
    ['a whole request came', 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('does not wait for a connection on which %s', async (_title, bytes) => {
    expect(await stopWith(bytes)).toBe('finished');
  });

  it('does not wait for a connection that never began to speak TLS', async () => {
    expect(await stopWith('', selfSigned())).toBe('finished');
  });

  it('refuses connections at once, is not ready for who still has one, and finishes what it accepted', async () => {
    let finish: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const onRoad = new Promise<void>((resolve) => (reached = resolve));
    const app = await testApp({
      answer: async () => {
        reached();
        await new Promise<void>((resolve) => (finish = resolve));
        return { cards: [] };
      },
    });
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const agent = new Agent({ keepAlive: true });
    const answer = call(`${url.origin}/cds-services`, agent);
    await onRoad;
    // A question whose first half arrived before the stop.
    let health = '';
    const socket = connect(Number(url.port), url.hostname).setEncoding('utf8');
    socket.on('data', (data: string) => (health += data));
    const healthAnswered = once(socket, 'close');
    const halfway = new Promise<void>((resolve) =>
      socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n', () => resolve()),
    );
    await halfway;
    // The server has read that half once it answers a call that was sent after it.
    await fetch(`${url.origin}/health/live`);

    const closing = app.close();
    await expect(call(`${url.origin}/cds-services`, new Agent())).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
    socket.write('\r\n');
    await healthAnswered;
    expect(health).toMatch(/^HTTP\/1\.1 503 /);
    expect(health).toMatch(/connection: close/i);
    expect(health).toContain('"status":"stopping"');
    finish();
    expect(await answer).toEqual({ status: 200, connection: 'close' });
    await closing;
    agent.destroy();
  });
});
