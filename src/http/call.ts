import type { FastifyReply } from 'fastify';
import type { TrustedClient } from '../schemas/client.js';
import type { HookRequest } from '../schemas/hook-request.js';
import type { Log } from '../schemas/log.js';
import { spokenLanguage } from '../schemas/language.js';
import type { Language, ServiceDefinition } from '../schemas/service.js';
import type { Trace } from '../schemas/trace.js';
import type { AppParts, ServiceCall } from './app-parts.js';

/** What an abort is reported with; made once, for making one per request costs a stack trace. */
const GONE = new DOMException('the caller has gone', 'AbortError');

/** One request as the road sees it. Log, signal and language are made when first asked for: most calls need none of them. */
export class CallerCall implements ServiceCall {
  readonly requestId: string;
  readonly bodyText?: string;
  trace?: Trace;
  readonly #reply: FastifyReply;
  readonly #parts: Pick<AppParts, 'log' | 'settings'>;
  #signal: AbortSignal | undefined;
  #log: Log | undefined;
  #language: Language | undefined;

  constructor(
    readonly service: ServiceDefinition,
    readonly request: HookRequest,
    readonly client: TrustedClient,
    reply: FastifyReply,
    parts: Pick<AppParts, 'log' | 'settings'>,
  ) {
    this.#reply = reply;
    this.#parts = parts;
    const { id, bodyText } = reply.request;
    this.requestId = id;
    if (bodyText !== '') this.bodyText = bodyText;
  }

  get log(): Log {
    return (this.#log ??= this.#parts.log.child({ requestId: this.requestId }));
  }

  get language(): Language {
    return (this.#language ??= spokenLanguage(
      this.client,
      this.#reply.request.headers['accept-language'],
      this.#parts.settings.defaultLanguage,
    ));
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
