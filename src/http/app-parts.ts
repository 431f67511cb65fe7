import type { Tracer } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.js';
import type { TlsMaterial } from '../config/config.js';
import type { TrustProxy } from '../config/forms.js';
import type { NewId } from '../ids.js';
import type { RoadCall } from '../road.js';
import type { HookResponse } from '../schemas/card.js';
import type { TrustedClient } from '../schemas/client.js';
import type { FeedbackItem } from '../schemas/feedback.js';
import type { Log } from '../schemas/log.js';
import type { Language, ServiceDefinition } from '../schemas/service.js';
import type { Metrics } from './metrics.js';

/** The slice of the configuration that the wire needs. */
export interface WireSettings {
  /** Largest body that is read, in bytes. */
  readonly bodyLimitBytes: number;
  /** Origins of browser-based clients; `any` reflects every origin (development only). */
  readonly corsOrigins: readonly string[] | 'any';
  /** Calls a client may make per minute, or one address where there is no client; 0 is no limit. */
  rateLimitPerMinute(clientId?: string): number;
  /** Failed authentications per minute and address, after which the answer is 429 in place of 401; 0 is no limit. */
  readonly failuresPerMinute: number;
  /** Mean event-loop delay, in milliseconds, over which calls are shed with a 503; 0 never sheds. */
  readonly maxEventLoopDelayMs: number;
  /**
   * So long nothing may move on a connection, in milliseconds; then it is closed with the answers that nobody read. Longer than any
   * answer takes.
   */
  readonly stillConnectionMs: number;
  /** Which proxies may name the caller's address: all, none, or those at these addresses. */
  readonly trustProxy: TrustProxy;
  /** Absent when a proxy in front terminates TLS. */
  readonly tls?: TlsMaterial | undefined;
  /** Whether callers reach the service over TLS, its own or that of a proxy in front. */
  readonly overTls: boolean;
  /** The language of texts when neither the client nor the call names one. */
  readonly defaultLanguage: Language;
  /** Whether `/docs` and `/openapi.json` are there. */
  readonly docs: boolean;
  /** Base URL named in the OpenAPI document. */
  readonly publicUrl?: string | undefined;
  /** Version of this service, for the OpenAPI document. */
  readonly version: string;
}

/** One call of a CDS service, checked and authenticated. */
export interface ServiceCall extends RoadCall {
  readonly service: ServiceDefinition;
  readonly requestId: string;
}

export interface PartState {
  readonly part: string;
  readonly ok: boolean;
}

/** Registers routes of its own, in a scope of its own. */
export type Page = (app: FastifyInstance, parts: AppParts) => Promise<void>;

/** Everything the wire stands on; nothing in `src/http` reaches for more. */
export interface AppParts {
  readonly settings: WireSettings;
  readonly services: readonly ServiceDefinition[];
  /** The road from a call to its cards. */
  answer(call: ServiceCall): Promise<HookResponse>;
  /**
   * Who sent this header to the endpoint with this path.
   * @throws AUTH_FAILED
   */
  authenticate(authorization: string | undefined, path: string): Promise<TrustedClient>;
  /** Resolves once the whole batch is durable; absent: there is no feedback route. */
  readonly feedback?: { save(clientId: string, items: readonly FeedbackItem[]): Promise<void> };
  /** The state of each part that the service needs to answer well. */
  ready(): Promise<readonly PartState[]>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Absent: there is no metrics route. */
  readonly metrics?: Metrics;
  /** Absent: no spans are made. */
  readonly tracer?: Tracer;
  /** Further pages (the report, the sandbox), registered beside the routes here. */
  readonly pages?: readonly Page[];
}
