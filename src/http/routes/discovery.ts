import type { FastifyInstance } from 'fastify';
import { discoverySchema } from '../../schemas/discovery.js';
import { spokenLanguage } from '../../schemas/language.js';
import { LANGUAGES, type Language, type ServiceDefinition } from '../../schemas/service.js';
import type { AppParts } from '../app-parts.js';
import { documentedErrors } from '../documented-errors.js';
import { JSON_TYPE } from '../operation-outcome.js';
import type { Admit } from '../plugins/client-auth.js';

export const SERVICES_PATH = '/cds-services';

/**
 * `GET /cds-services`: which services there are, in the language of the client, of the call, or the default.
 *
 * Answers without a token too, for it holds nothing secret and must always be available; a token that is sent is
 * judged, so that a client learns here that its registration is wrong (see ADR 0051).
 * @source CDS Hooks 2.0.1, Discovery
 */
export function discoveryRoute(app: FastifyInstance, parts: AppParts, admit: Admit): void {
  const bodies = new Map(LANGUAGES.map((language) => [language, discoveryBody(parts.services, language)]));

  app.get(SERVICES_PATH, {
    schema: {
      summary: 'Discovery: the services and what they would like to be sent along',
      tags: ['CDS Hooks'],
      response: { 200: discoverySchema, ...documentedErrors(400, 401, 429, 500, 503) },
    },
    onRequest: async (request) => {
      if (request.headers.authorization !== undefined) await admit(request, SERVICES_PATH);
    },
    handler: (request, reply) => {
      const { client, headers } = request;
      const language = spokenLanguage(client, headers['accept-language'], parts.settings.defaultLanguage);
      return reply.header('content-type', JSON_TYPE).header('content-language', language).send(bodies.get(language));
    },
  });
}

/** The discovery answer as JSON text; `prefetch` is left out when a service asks for nothing. */
function discoveryBody(services: readonly ServiceDefinition[], language: Language): string {
  return JSON.stringify({
    services: services.map((service) => ({
      hook: service.hook,
      title: service.title[language],
      description: service.description[language],
      id: service.id,
      ...(service.prefetch.length === 0
        ? {}
        : { prefetch: Object.fromEntries(service.prefetch.map(({ key, template }) => [key, template])) }),
      usageRequirements: service.usageRequirements[language],
    })),
  });
}
