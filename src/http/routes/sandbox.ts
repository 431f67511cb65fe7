import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { CdsError } from '../../errors.js';
import type { CriterionWords } from '../../sandbox/criterion-words.js';
import { createFhirServer } from '../../sandbox/fhir-server.js';
import type { SyntheticRecords } from '../../sandbox/synthetic-records.js';
import { JSON_TYPE } from '../operation-outcome.js';

const FHIR_TYPE = 'application/fhir+json; charset=utf-8';
const FHIR_PATH = '/sandbox/fhir';

/** Everything from this service itself, nothing inline, and no string ever becomes markup or script. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export interface SandboxParts {
  /** Folder with the built page: `index.html` and `assets/`. */
  readonly page: string;
  readonly records: SyntheticRecords;
  readonly words: CriterionWords;
}

/**
 * The sandbox: an EHR look-alike at `/sandbox`, and the FHIR server with the synthetic patients that it shows.
 *
 * For development and demonstration only; the composition leaves it out in production.
 */
export function sandboxPages(parts: SandboxParts): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await pageRoutes(app, parts.page);
    dataRoutes(app, parts);
    fhirRoutes(app, parts.records);
  };
}

async function pageRoutes(app: FastifyInstance, page: string): Promise<void> {
  const built = existsSync(join(page, 'index.html'));
  await app.register(fastifyStatic, {
    root: built ? page : process.cwd(),
    prefix: '/sandbox/',
    serve: false,
    cacheControl: false,
  });
  const demandPage = (): void => {
    if (!built) throw new CdsError('NOT_FOUND', 'The sandbox page has not been built: run `npm run build:web`.');
  };
  for (const path of ['/sandbox', '/sandbox/']) {
    app.get(path, {
      schema: { hide: true },
      handler: (_request, reply) => {
        demandPage();
        return reply.header('content-security-policy', PAGE_POLICY).sendFile('index.html', page);
      },
    });
  }
  app.get<{ Params: { file: string } }>('/sandbox/assets/:file', {
    schema: { hide: true },
    handler: (request, reply) => {
      demandPage();
      return reply.sendFile(request.params.file, join(page, 'assets'));
    },
  });
}

function dataRoutes(app: FastifyInstance, { records, words }: SandboxParts): void {
  const bodies = { '/sandbox/patients': JSON.stringify(records.index), '/sandbox/words': JSON.stringify(words) };
  for (const [path, body] of Object.entries(bodies)) {
    app.get(path, {
      schema: { hide: true },
      handler: (_request, reply) => reply.header('content-type', JSON_TYPE).send(body),
    });
  }
}

function fhirRoutes(app: FastifyInstance, { resources }: SyntheticRecords): void {
  const server = createFhirServer(resources);
  app.get<{ Params: { type: string; id: string } }>(`${FHIR_PATH}/:type/:id`, {
    schema: { hide: true },
    handler: (request, reply) => {
      const resource = server.read(request.params.type, request.params.id);
      return reply.header('content-type', FHIR_TYPE).send(JSON.stringify(resource));
    },
  });
  app.get<{ Params: { type: string } }>(`${FHIR_PATH}/:type`, {
    schema: { hide: true },
    handler: (request, reply) => {
      const query = new URL(request.url, 'http://sandbox').searchParams;
      const base = `${request.protocol}://${request.host}${FHIR_PATH}`;
      const page = server.search(request.params.type, query, base);
      return reply.header('content-type', FHIR_TYPE).send(JSON.stringify(page));
    },
  });
}
