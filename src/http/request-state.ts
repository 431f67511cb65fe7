import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../errors.js';
import type { TrustedClient } from '../schemas/client.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the caller is authenticated. */
    client: TrustedClient | null;
    /** The configured id of the service that was called; empty elsewhere. */
    serviceId: string;
    /** Set once the body was checked, so always a UUID. */
    hookInstance: string;
    /** The code of the error that was answered; empty after a success. */
    errorCode: ErrorCode | '';
    /** The JSON of the body; empty before it was read. */
    bodyText: string;
  }
}

/** What is known of a request while it is answered. But for the body it is only what the access log may say. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest('client', null);
  app.decorateRequest('serviceId', '');
  app.decorateRequest('hookInstance', '');
  app.decorateRequest('errorCode', '');
  app.decorateRequest('bodyText', '');
}
