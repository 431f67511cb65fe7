import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppParts, PartState } from '../app-parts.js';
import type { Draining } from '../draining.js';
import { JSON_TYPE } from '../operation-outcome.js';

const readiness = z.object({
  status: z.enum(['ready', 'not-ready', 'stopping']),
  parts: z.array(z.object({ part: z.string(), ok: z.boolean() })).optional(),
});

/**
 * `/health/live`: the process answers, and gives cards. `/health/ready`: all of it works; 503 when a part fails, the store
 * among them, or it is stopping.
 */
export function healthRoutes(app: FastifyInstance, parts: AppParts, draining: Draining): void {
  app.get('/health/live', {
    schema: {
      summary: 'The process answers and gives cards; calls are routed on this',
      tags: ['Operation'],
      response: { 200: z.object({ status: z.literal('live') }) },
    },
    handler: (_request, reply) => reply.header('content-type', JSON_TYPE).send('{"status":"live"}'),
  });

  app.get('/health/ready', {
    schema: {
      summary: 'Every part of the service works; 503 also while only the store is away',
      tags: ['Operation'],
      response: { 200: readiness, 503: readiness },
    },
    handler: async (_request, reply) => {
      const states = await partStates(parts);
      const ready = states.every(({ ok }) => ok);
      const status = draining.started ? 'stopping' : ready ? 'ready' : 'not-ready';
      return reply
        .code(status === 'ready' ? 200 : 503)
        .header('content-type', JSON_TYPE)
        .send(JSON.stringify({ status, ...(states.length === 0 ? {} : { parts: states }) }));
    },
  });
}

/** A check that fails is an answer too. */
async function partStates(parts: AppParts): Promise<readonly PartState[]> {
  try {
    return await parts.ready();
  } catch {
    return [{ part: 'checks', ok: false }];
  }
}
