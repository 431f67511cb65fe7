import { STATUS_CODES } from 'node:http';
import { operationOutcomeSchema } from '../schemas/operation-outcome.js';

/** The error answers of a route, for the OpenAPI document. */
export function documentedErrors(...statuses: readonly number[]): Record<number, unknown> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Error',
        content: { 'application/json': { schema: operationOutcomeSchema } },
      },
    ]),
  );
}
