import type { FastifyInstance } from 'fastify';
import { fixedClock, systemClock } from '../../src/clock.js';
import { CdsError } from '../../src/errors.js';
import { buildApp } from '../../src/http/app.js';
import type { AppParts, WireSettings, ServiceCall } from '../../src/http/app-parts.js';
import { newUuid } from '../../src/ids.js';
import type { HookResponse } from '../../src/schemas/card.js';
import type { TrustedClient } from '../../src/schemas/client.js';
import { silentLog } from '../../src/schemas/log.js';
import type { HookName, ServiceDefinition } from '../../src/schemas/service.js';

/** The service around a road that returns a fixed card: what the wire does, without clinical data. */

export const anonymous: TrustedClient = {
  id: 'anonymous',
  anonymous: true,
  fhirServers: [],
  privateAddressesAllowed: true,
};

export const settings: WireSettings = {
  bodyLimitBytes: 16 * 1024 * 1024,
  corsOrigins: ['https://ehr.example'],
  rateLimitPerMinute: () => 0,
  failuresPerMinute: 1000,
  maxEventLoopDelayMs: 0,
  stillConnectionMs: 120_000,
  trustProxy: false,
  overTls: true,
  defaultLanguage: 'nl',
  docs: false,
  version: '0.0.0-test',
};

export function service(id: string, hook: HookName, prefetch: ServiceDefinition['prefetch'] = []): ServiceDefinition {
  return {
    id,
    hook,
    phase: 'referral',
    protocol: 'test-protocol',
    title: { nl: `Titel van ${id}`, en: `Title of ${id}` },
    description: { nl: `Omschrijving van ${id}`, en: `Description of ${id}` },
    usageRequirements: { nl: 'Zonder FHIR-gegevens: onbekend.', en: 'Without FHIR data: unknown.' },
    prefetch,
  };
}

export const services: readonly ServiceDefinition[] = [
  service('sign-service', 'order-sign', [
    { key: 'patient', template: 'Patient/{{context.patientId}}', types: ['Patient'], required: true },
  ]),
  service('select-service', 'order-select'),
  service('view-service', 'patient-view'),
];

export const oneCard: HookResponse = {
  cards: [
    {
      uuid: '2f9f6b0c-3d6a-4b55-8a11-6a6f3ad9c111',
      summary: 'A card of the test road',
      indicator: 'info',
      source: { label: 'Test' },
    },
  ],
};

export function hookRequest(
  hook: HookName = 'order-sign',
): Record<string, unknown> & { context: Record<string, unknown> } {
  const context: Record<string, unknown> = { userId: 'Practitioner/example', patientId: 'synthetic-1' };
  if (hook !== 'patient-view') {
    context['draftOrders'] = {
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'ServiceRequest', id: 'draft-1', status: 'draft' } }],
    };
  }
  if (hook === 'order-select') context['selections'] = ['ServiceRequest/draft-1'];
  return { hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea', context };
}

/** The parts of a service that listens. */
export const servedParts: AppParts = {
  settings,
  services,
  answer: async () => oneCard,
  authenticate: async () => anonymous,
  ready: async () => [],
  clock: systemClock,
  newId: newUuid,
  log: silentLog,
};

export interface TestParts extends Partial<Omit<AppParts, 'settings'>> {
  readonly settings?: Partial<WireSettings>;
}

export async function testApp(parts: TestParts = {}): Promise<FastifyInstance> {
  let ids = 0;
  const app = await buildApp({
    ...servedParts,
    ready: async () => [{ part: 'store', ok: true }],
    clock: fixedClock('2026-12-01T10:00:00Z'),
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    ...parts,
    settings: { ...settings, ...parts.settings },
  });
  return app;
}

/** An authenticator that knows one token. */
export function onlyToken(token: string, client: TrustedClient): AppParts['authenticate'] {
  return async (authorization) => {
    if (authorization === `Bearer ${token}`) return client;
    throw new CdsError('AUTH_FAILED', 'The call could not be authenticated.', { detail: 'unknown token' });
  };
}

/** Keeps the calls that reached the road. */
export function recordingRoad(): { readonly calls: ServiceCall[]; readonly answer: AppParts['answer'] } {
  const calls: ServiceCall[] = [];
  return {
    calls,
    answer: async (call) => {
      calls.push(call);
      return oneCard;
    },
  };
}
