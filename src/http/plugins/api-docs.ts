import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import type { WireSettings } from '../app-parts.js';
import { JSON_TYPE } from '../operation-outcome.js';

/** Everything from this service itself; styles inline, because the viewer sets them on its elements. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The OpenAPI 3.1 document at `/openapi.json`, made from the schemas that check the requests, and a viewer at `/docs`.
 *
 * Must be registered before the routes it describes. The document is made once, when it is first asked for.
 */
export async function describeApi(app: FastifyInstance, settings: WireSettings): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'imsr-cds',
        version: settings.version,
        description: 'Indication criteria checked at the moment of referral, as a CDS service over FHIR R4.',
      },
      ...(settings.publicUrl === undefined ? {} : { servers: [{ url: settings.publicUrl }] }),
      components: {
        securitySchemes: {
          client: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The token of the CDS client.' },
        },
      },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });

  let document: string | undefined;
  app.get('/openapi.json', {
    schema: { hide: true },
    handler: (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.header('content-type', JSON_TYPE).send(document);
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { url: '/openapi.json', validatorUrl: null, supportedSubmitMethods: [] },
  });
}
