import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { connect } from 'node:net';
import { bodiesOf, type Size } from './bodies.js';

/** One measurement that the loader is asked for. */
export interface Load {
  readonly port: number;
  readonly path: string;
  readonly size: Size;
  readonly connections: number;
  /** It ends at whichever comes first. */
  readonly maxRequests: number;
  readonly maxMs: number;
  /** PEM of the key that signs a token per request; absent: no tokens. */
  readonly privateKey?: string;
}

export interface LoadResult {
  readonly requests: number;
  /** Answers other than 200. */
  readonly refused: number;
  readonly ms: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answerBytes: number;
}

/** Names in the tokens of the benchmark's client. */
export const TOKEN = { issuer: 'https://bench.example', audience: 'https://cds.example', keyId: 'bench' } as const;

const bodies = bodiesOf('docker/patients', new Date().toISOString().slice(0, 10));
const texts = new Map<Size, readonly Buffer[]>();

function bodyTexts(size: Size): readonly Buffer[] {
  const known = texts.get(size) ?? bodies[size].map((body) => Buffer.from(JSON.stringify(body)));
  texts.set(size, known);
  return known;
}

function signer(privateKey: string, path: string): () => string {
  const key = createPrivateKey(privateKey);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = encode({ alg: 'RS384', typ: 'JWT', kid: TOKEN.keyId });
  return () => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = encode({ iss: TOKEN.issuer, aud: TOKEN.audience + path, iat, exp: iat + 300, jti: randomUUID() });
    const signed = `${header}.${claims}`;
    return `${signed}.${sign('RSA-SHA384', Buffer.from(signed), key).toString('base64url')}`;
  };
}

async function run(load: Load): Promise<LoadResult> {
  const pool = bodyTexts(load.size);
  // Signing costs more than sending, so the tokens are made before the clock starts.
  const token = load.privateKey === undefined ? undefined : signer(load.privateKey, load.path);
  const tokens = token === undefined ? [] : Array.from({ length: load.maxRequests }, token);
  const timesMs: number[] = [];
  let sent = 0;
  let refused = 0;
  let answerBytes = 0;
  const begun = performance.now();

  const next = (): readonly [Buffer, Buffer] | undefined => {
    if (sent >= load.maxRequests || performance.now() - begun >= load.maxMs) return undefined;
    const body = pool[sent % pool.length]!;
    const authorization = tokens.length === 0 ? '' : `authorization: Bearer ${tokens[sent]!}\r\n`;
    sent += 1;
    const head = `POST ${load.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n${authorization}content-length: ${body.length}\r\n\r\n`;
    return [Buffer.from(head), body];
  };

  const connection = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: load.port, noDelay: true });
      let sentAt = 0;
      let received: Buffer[] = [];
      let length = 0;
      let expected = Number.POSITIVE_INFINITY;
      const send = (): void => {
        const request = next();
        if (request === undefined) {
          socket.end();
          resolve();
          return;
        }
        received = [];
        length = 0;
        expected = Number.POSITIVE_INFINITY;
        sentAt = performance.now();
        socket.cork();
        socket.write(request[0]);
        socket.write(request[1]);
        socket.uncork();
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        received.push(chunk);
        length += chunk.length;
        if (expected === Number.POSITIVE_INFINITY) expected = wholeLength(Buffer.concat(received));
        if (length < expected) return;
        timesMs.push(performance.now() - sentAt);
        if (received[0]!.toString('latin1', 9, 12) !== '200') refused += 1;
        answerBytes += expected;
        send();
      });
    });

  await Promise.all(Array.from({ length: load.connections }, connection));
  const ms = performance.now() - begun;
  timesMs.sort((a, b) => a - b);
  const at = (share: number): number => timesMs[Math.min(timesMs.length - 1, Math.floor(timesMs.length * share))] ?? 0;
  const requests = timesMs.length;
  return { requests, refused, ms, p50Ms: at(0.5), p99Ms: at(0.99), answerBytes: Math.round(answerBytes / requests) };
}

/** Bytes of the answer that begins here; infinite until its head is complete. */
function wholeLength(text: Buffer): number {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return Number.POSITIVE_INFINITY;
  const length = /content-length: (\d+)/i.exec(text.toString('latin1', 0, end))?.[1];
  return end + 4 + Number(length ?? 0);
}

process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
