import { SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { CdsError } from '../../errors.js';
import { answerText } from '../../schemas/answer-text.js';
import { type HookResponse, hookResponseSchema } from '../../schemas/card.js';
import { hookRequestSchemas } from '../../schemas/hook-request.js';
import { readHookRequest } from '../../schemas/read-hook-request.js';
import type { AppParts } from '../app-parts.js';
import { CallerCall } from '../call.js';
import { documentedErrors } from '../documented-errors.js';
import { JSON_TYPE } from '../operation-outcome.js';
import type { Admit } from '../plugins/client-auth.js';
import { traceSteps } from '../trace-steps.js';
import { SERVICES_PATH } from './discovery.js';

/** From so many characters on, turning a text into bytes beforehand costs less than sending it as a text. */
const LONG = 2048;

/**
 * `POST /cds-services/{id}`, one route per service.
 *
 * @source CDS Hooks 2.0.1, Calling a CDS Service
 */
export function serviceRoutes(app: FastifyInstance, parts: AppParts, admit: Admit): void {
  for (const service of parts.services) serviceRoute(app, parts, admit, service);
}

function serviceRoute(
  app: FastifyInstance,
  parts: AppParts,
  admit: Admit,
  service: AppParts['services'][number],
): void {
  const path = `${SERVICES_PATH}/${service.id}`;

  app.post(path, {
    schema: {
      summary: service.title.en,
      description: service.description.en,
      tags: ['CDS Hooks'],
      security: [{ client: [] }],
      body: hookRequestSchemas[service.hook],
      response: { 200: hookResponseSchema, ...documentedErrors(400, 401, 412, 413, 415, 429, 500, 503) },
    },
    onRequest: (request) => {
      request.serviceId = service.id;
      return admit(request, path);
    },
    handler: async (request, reply) => {
      const body = readHookRequest(service.hook, request.body);
      request.hookInstance = body.hookInstance;
      if (request.client === null) {
        throw new CdsError('INTERNAL', 'The service failed to answer this request.', {
          detail: 'call without a client',
        });
      }
      const call = new CallerCall(service, body, request.client, reply, parts);
      const answer = parts.tracer === undefined ? await parts.answer(call) : await traced(parts.tracer, parts, call);
      reply.header('content-type', JSON_TYPE);
      if (answer.cards.length > 0) reply.header('content-language', call.language);
      const text = answerText(answer);
      // In ASCII a text is its own bytes. A short one goes out in one piece with the headers.
      return text.length > LONG ? Buffer.from(text, 'latin1') : text;
    },
  });
}

/** A span around the road; its attributes name the service and the request, nothing of the patient. */
function traced(tracer: Tracer, parts: AppParts, call: CallerCall): Promise<HookResponse> {
  const attributes = {
    'cds.service': call.service.id,
    'cds.hook': call.service.hook,
    'cds.request_id': call.requestId,
  };
  return tracer.startActiveSpan('cds-service', { attributes }, async (span) => {
    call.trace = traceSteps(tracer, span, parts.clock);
    try {
      const answer = await parts.answer(call);
      span.setAttribute('cds.cards', answer.cards.length);
      return answer;
    } catch (thrown) {
      span.setAttribute('cds.error', thrown instanceof CdsError ? thrown.code : 'INTERNAL');
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw thrown;
    } finally {
      span.end();
    }
  });
}
