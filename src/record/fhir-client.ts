import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.js';
import { type ByteBudget, discard, readAnswerBody } from './answer-body.js';
import { ADDRESS_REFUSED } from './connections.js';

/** What every fetch of one hook call shares. */
export interface FhirSession {
  /** Normalised base URL of an allowed server. */
  readonly base: string;
  readonly token: string | undefined;
  readonly pool: Dispatcher;
  readonly clock: Clock;
  /** Epoch milliseconds after which nothing more is waited for. */
  readonly deadlineAt: number;
  /** Aborted at the deadline, or when the caller has gone. */
  readonly signal: AbortSignal;
  readonly budget: ByteBudget;
}

/** A parsed body, or a stable cause without patient data: `http-403`, `timeout`, `redirect`, `broken-json`, … */
export type FhirAnswer =
  | {
      readonly value: unknown;
      /** The `Link` header names a further page. */
      readonly nextInHeader?: boolean;
    }
  | { readonly cause: string; readonly retryInMs?: number };

/** Causes after which the same GET may be sent once more. */
const CONNECTION_LOST: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Sends one GET, and once more where that is safe and promises something: when the connection was lost, or when the
 * server is busy (429, 503) and names a time that fits before the deadline. Redirects are not followed; the token
 * travels in the `Authorization` header and nowhere else.
 *
 * @param url on the session's base: see `urlOnBase`
 */
export async function getJson(session: FhirSession, url: URL): Promise<FhirAnswer> {
  const first = await attempt(session, url);
  if (!('cause' in first) || first.retryInMs === undefined) return first;
  if (first.retryInMs >= session.deadlineAt - session.clock.nowMs()) return first;
  try {
    if (first.retryInMs > 0) await sleep(first.retryInMs, undefined, { signal: session.signal });
  } catch {
    return first;
  }
  return attempt(session, url);
}

async function attempt(session: FhirSession, url: URL): Promise<FhirAnswer> {
  try {
    const response = await session.pool.request({
      method: 'GET',
      path: requestTarget(url),
      headers: {
        accept: 'application/fhir+json',
        // Without it a server may send any coding, and nothing here decodes one.
        'accept-encoding': 'identity',
        ...(session.token === undefined ? {} : { authorization: `Bearer ${session.token}` }),
      },
      signal: session.signal,
    });
    const { statusCode, headers, body } = response;
    if (statusCode === 200) {
      const coding = headers['content-encoding'];
      if (coding !== undefined && String(coding).toLowerCase() !== 'identity') {
        discard(body);
        return { cause: 'content-coding' };
      }
      const answer = await readAnswerBody(body, headers['content-type'], session.budget);
      return namesNext(headers['link']) ? { ...answer, nextInHeader: true } : answer;
    }
    // The rest of an error's body is of no use; read a little so that the connection can be used again.
    void body.dump({ limit: 16_384, signal: session.signal }).catch(() => undefined);
    if (statusCode >= 300 && statusCode < 400) return { cause: 'redirect' };
    const cause = `http-${statusCode}`;
    const retryInMs =
      statusCode === 429 || statusCode === 503 ? retryAfterMs(headers['retry-after'], session.clock) : undefined;
    return retryInMs === undefined ? { cause } : { cause, retryInMs };
  } catch (error) {
    return lost(session, error);
  }
}

/** Signs that a URL keeps as they are and that a request line may not hold: servers answer 400 to `code=system|code`. */
const NOT_IN_A_TARGET = /[|^`{}[\]\\]/g;

/** @source RFC 9112 section 3.2, RFC 3986 section 3.4 */
function requestTarget({ pathname, search }: URL): string {
  return (pathname + search).replace(NOT_IN_A_TARGET, encodeURIComponent);
}

/** `rel` with `next` among its values, as RFC 8288 section 3 has it. */
const NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;,]|$))/i;

function namesNext(header: string | string[] | undefined): boolean {
  return header !== undefined && [header].flat().some((line) => NEXT.test(line));
}

/** Says what went wrong without the error's own words: these may hold a URL. */
function lost(session: FhirSession, error: unknown): FhirAnswer {
  if (session.signal.aborted) return { cause: session.signal.reason === 'deadline' ? 'timeout' : 'cancelled' };
  const code = (error as { code?: unknown } | null)?.code;
  if (code === ADDRESS_REFUSED) return { cause: 'address-refused' };
  if (typeof code === 'string' && /TIMEOUT|ETIMEDOUT/.test(code)) return { cause: 'timeout' };
  return CONNECTION_LOST.has(code) ? { cause: 'connection-lost', retryInMs: 0 } : { cause: 'no-connection' };
}

/** Retry-After as seconds or as an HTTP date. */
function retryAfterMs(header: string | string[] | undefined, clock: Clock): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.nowMs());
}
