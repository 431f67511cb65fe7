import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TrustedClient } from '../schemas/client.js';
import type { HookRequest } from '../schemas/hook-request.js';
import type { Log } from '../schemas/log.js';
import type { ServiceDefinition } from '../schemas/service.js';
import type { Trace } from '../schemas/trace.js';
import type { ServiceCall } from './app-parts.js';

/** What an abort is reported with; made once, for making one per request costs a stack trace. */
const GONE = new DOMException('the caller has gone', 'AbortError');

/** One request as the road sees it. The log and the signal are made when first asked for: most calls need neither. */
export class CallerCall implements ServiceCall {
  readonly requestId: string;
  readonly acceptLanguage?: string;
  readonly bodyText?: string;
  trace?: Trace;
  readonly #reply: FastifyReply;
  readonly #parentLog: Log;
  #signal: AbortSignal | undefined;
  #log: Log | undefined;

  constructor(
    readonly service: ServiceDefinition,
    readonly request: HookRequest,
    readonly client: TrustedClient,
    raw: FastifyRequest,
    reply: FastifyReply,
    parentLog: Log,
  ) {
    this.#reply = reply;
    this.#parentLog = parentLog;
    this.requestId = raw.id;
    const acceptLanguage = raw.headers['accept-language'];
    if (acceptLanguage !== undefined) this.acceptLanguage = acceptLanguage;
    if (raw.bodyText !== '') this.bodyText = raw.bodyText;
  }

  get log(): Log {
    return (this.#log ??= this.#parentLog.child({ requestId: this.requestId }));
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#reply));
  }
}

/** Aborts when the connection is lost before the answer was sent, and never after it. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  if (reply.raw.destroyed) controller.abort(GONE);
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(GONE);
  });
  return controller.signal;
}
