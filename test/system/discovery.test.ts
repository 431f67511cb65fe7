import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyPlaces } from '../empty-places.js';
import { type ComposedService, composeForTest } from './composed-service.js';

interface Entry {
  readonly id: string;
  readonly hook: string;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements: string;
  readonly prefetch: Readonly<Record<string, string>>;
}

const MEMBERS = ['hook', 'title', 'description', 'id', 'prefetch', 'usageRequirements'];
/** What each of the templates may ask, by resource type: parameters of R4 that carry over to nl-core. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Condition: ['patient'],
  Procedure: ['patient'],
  Encounter: ['patient'],
  QuestionnaireResponse: ['patient'],
  ServiceRequest: ['patient'],
  Observation: ['patient', 'code'],
  MedicationStatement: ['patient', 'status'],
  MedicationRequest: ['patient', 'status'],
};

let service: ComposedService;
let entries: readonly Entry[];
beforeAll(async () => {
  service = await composeForTest();
  entries = (await service.app.inject('/cds-services')).json<{ services: Entry[] }>().services;
});
afterAll(() => service.close());

describe('what the service says of itself', () => {
  it('[rows 9, 10, 12-14, 16, 22] four services of published hooks, each with all that a person needs to choose', () => {
    expect(entries.map(({ id, hook }) => [id, hook]).sort()).toEqual([
      ['imsr-indication', 'order-sign'],
      ['imsr-overview', 'patient-view'],
      ['imsr-referral', 'order-sign'],
      ['imsr-referral-select', 'order-select'],
    ]);
    for (const { title, description, usageRequirements } of entries) {
      for (const text of [title, description, usageRequirements]) expect(text).toMatch(/\S{2,}/);
      expect(usageRequirements).toContain('412');
    }
  });

  it.each(['nl', 'en'])(
    '[rows 2, 3, 17, 18, 21] nothing empty and nothing of its own making, in %s',
    async (language) => {
      const response = await service.app.inject({ url: '/cds-services', headers: { 'accept-language': language } });
      const body = response.json<{ services: Entry[] }>();
      expect(emptyPlaces(body)).toEqual([]);
      expect(Object.keys(body)).toEqual(['services']);
      for (const entry of body.services) {
        expect(MEMBERS).toEqual(expect.arrayContaining(Object.keys(entry)));
      }
    },
  );

  it('[row 23] the documentation is there for people and for machines', async () => {
    const page = await service.app.inject('/openapi.json');
    const { paths } = page.json<{ paths: Record<string, unknown> }>();
    for (const { id } of entries) expect(Object.keys(paths)).toContain(`/cds-services/${id}`);
    expect([200, 302]).toContain((await service.app.inject('/docs')).statusCode);
  });
});

describe('the prefetch templates', () => {
  const templates = () => entries.flatMap(({ prefetch }) => Object.values(prefetch));

  it('[rows 15, 24, 28, 29] are reads and type-level searches, without sorting, chaining, includes or modifiers', () => {
    expect(templates().length).toBeGreaterThan(20);
    for (const template of templates()) {
      expect(template).toMatch(/^[A-Z][A-Za-z]+(\/\{\{context\.patientId\}\}|\?[a-z]+=.+)$/);
      expect(template).not.toMatch(/_sort|_has|_include|_revinclude|\$|:(?!\/\/)(?=[a-z-]+=)|[?&][a-z-]+\./);
    }
  });

  it('[rows 25-27] hold only tokens of simple context fields that the hook allows', () => {
    for (const template of templates()) {
      const tokens = [...template.matchAll(/\{\{(.*?)\}\}/g)].map(([, token]) => token);
      expect(tokens).toEqual(['context.patientId']);
      expect(template.replaceAll(/\{\{context\.patientId\}\}/g, '')).not.toMatch(/[{}]/);
    }
  });

  it('[rows 30, 31] are each tied to the patient, by search parameters that R4 has', () => {
    for (const template of templates()) {
      if (template.startsWith('Patient/')) continue;
      const [type, query] = template.split('?');
      expect(query).toMatch(/^patient=\{\{context\.patientId\}\}/);
      const names = (query ?? '').split('&').map((part) => part.split('=')[0]);
      expect(PARAMETERS[type ?? '']).toEqual(expect.arrayContaining(names));
    }
  });
});
