import { maxHeaderSize, type Server } from 'node:http';
import fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import type { AppParts } from './app-parts.js';
import { answerClientFaults, answerConnect, answerExpectations } from './client-faults.js';
import { closeConnectionsWhileDraining } from './draining.js';
import { readJsonBodies } from './json-body.js';
import { logAnswers, noteAnswers } from './plugins/access-log.js';
import { describeApi } from './plugins/api-docs.js';
import { admitClients } from './plugins/client-auth.js';
import { allowOrigins, originHeaders } from './plugins/cors.js';
import { answerErrors, answerErrorWith } from './plugins/error-answers.js';
import { demandHost } from './plugins/host-header.js';
import { shedLoad } from './plugins/load-shedding.js';
import { headersOfEvery, setResponseHeaders } from './plugins/response-headers.js';
import { decorateRequests } from './request-state.js';
import { discoveryRoute } from './routes/discovery.js';
import { feedbackRoutes } from './routes/feedback.js';
import { healthRoutes } from './routes/health.js';
import { metricsRoute } from './routes/metrics.js';
import { serviceRoutes } from './routes/service.js';
import { watchUnanswered } from './unanswered.js';

/** Node's own answer to a call without `Host` has no body: `demandHost` gives one. */
const NODE_SERVER = { requireHostHeader: false };

/** A request, headers and body, must have arrived within this time. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Builds the service around its parts; nothing listens yet.
 *
 * The order of registration is the order in which a request meets them: headers, errors, then per route the caller, the
 * body, the road.
 */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = createApp(parts);
  const unanswered = watchUnanswered(app, parts.log);

  app.server.on('checkExpectation', answerExpectations(parts)).on('connect', answerConnect(parts));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  decorateRequests(app);
  readJsonBodies(app, parts.settings.bodyLimitBytes);
  setResponseHeaders(app, parts.settings);
  demandHost(app);
  await allowOrigins(app, parts.settings.corsOrigins);
  answerErrors(app, parts.log);
  logAnswers(app, noteAnswers(parts.log, parts.metrics));
  const draining = closeConnectionsWhileDraining(app, unanswered);
  if (parts.settings.docs) await describeApi(app, parts.settings);

  const admit = admitClients(parts);
  discoveryRoute(app, parts, admit);
  healthRoutes(app, parts, draining);
  if (parts.metrics !== undefined) metricsRoute(app, parts.metrics);
  await app.register(async (scope) => {
    await shedLoad(scope, parts.settings.maxEventLoopDelayMs);
    serviceRoutes(scope, parts, admit);
    feedbackRoutes(scope, parts, admit);
  });
  for (const page of parts.pages ?? []) await app.register((scope) => page(scope, parts));
  return app;
}

function createApp(parts: AppParts): FastifyInstance {
  const { settings, newId, log } = parts;
  const answerError = answerErrorWith(log);
  const noteAnswer = noteAnswers(log, parts.metrics);
  const options: FastifyHttpOptions<Server> = {
    // The framework's own lines would hold addresses and messages; ours are written by allow-list.
    logger: false,
    genReqId: () => newId(),
    bodyLimit: settings.bodyLimitBytes,
    trustProxy: typeof settings.trustProxy === 'boolean' ? settings.trustProxy : [...settings.trustProxy],
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: settings.stillConnectionMs,
    return503OnClosing: false,
    // No address is too long for a route, so that each answers in its own way.
    routerOptions: { maxParamLength: maxHeaderSize },
    clientErrorHandler: answerClientFaults(parts),
    http: NODE_SERVER,
    // No route, so no hooks: what they would do.
    frameworkErrors: (error, request, reply) => {
      reply.headers({
        ...headersOfEvery(request.id, settings),
        ...originHeaders(request.headers.origin, settings.corsOrigins),
      });
      noteAnswer(request, answerError(error, request, reply));
    },
  };
  const { tls } = settings;
  if (tls === undefined) return fastify(options);
  const secure = { ...options, https: { ...NODE_SERVER, cert: tls.cert, key: tls.key, minVersion: tls.minVersion } };
  // The same instance, but for the type of the server beneath it.
  return fastify(secure as unknown as FastifyHttpOptions<Server>);
}
