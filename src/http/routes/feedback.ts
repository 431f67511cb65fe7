import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CdsError } from '../../errors.js';
import { faultsOf } from '../../schemas/faults.js';
import { type FeedbackBody, feedbackBodySchema } from '../../schemas/feedback.js';
import type { AppParts } from '../app-parts.js';
import { documentedErrors } from '../documented-errors.js';
import { JSON_TYPE } from '../operation-outcome.js';
import type { Admit } from '../plugins/client-auth.js';
import { SERVICES_PATH } from './discovery.js';

/**
 * `POST /cds-services/{id}/feedback`: 200 only once the whole batch is durable, with the number of items.
 *
 * Without a store there is no such route, rather than one that forgets.
 * @source CDS Hooks 2.0.1, Feedback
 */
export function feedbackRoutes(app: FastifyInstance, parts: AppParts, admit: Admit): void {
  const { feedback } = parts;
  if (feedback === undefined) return;
  for (const { id } of parts.services) {
    const path = `${SERVICES_PATH}/${id}/feedback`;
    app.post(path, {
      schema: {
        summary: `Feedback on cards of ${id}`,
        tags: ['CDS Hooks'],
        security: [{ client: [] }],
        body: feedbackBodySchema,
        response: {
          200: z.object({ stored: z.int().min(0) }),
          ...documentedErrors(400, 401, 404, 413, 415, 429, 500, 503),
        },
      },
      onRequest: async (request) => {
        request.serviceId = id;
        await admit(request, path);
      },
      handler: async (request, reply) => {
        const { feedback: items } = readFeedback(request.body);
        await feedback.save(request.client?.id ?? '', items);
        return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ stored: items.length }));
      },
    });
  }
}

/** @throws REQUEST_INVALID that names each item that is at fault; the body is handed on untouched */
function readFeedback(body: unknown): FeedbackBody {
  const issues = faultsOf(feedbackBodySchema, body);
  if (issues.length === 0) return body as FeedbackBody;
  throw new CdsError('REQUEST_INVALID', 'The request is not valid CDS Hooks feedback.', { issues });
}
