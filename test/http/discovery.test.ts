import { describe, expect, it } from 'vitest';
import { discoverySchema } from '../../src/schemas/discovery.js';
import { emptyPlaces } from '../empty-places.js';
import { anonymous, onlyToken, services, testApp } from './test-app.js';

const discover = async (headers: Record<string, string> = {}, parts = {}) => {
  const app = await testApp(parts);
  return app.inject({ method: 'GET', url: '/cds-services', headers });
};

describe('discovery', () => {
  it('[row 9] [row 1] answers 200 with JSON, the same each time', async () => {
    const app = await testApp();
    const [first, second] = [await app.inject('/cds-services'), await app.inject('/cds-services')];
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(second.body).toBe(first.body);
  });

  it('[row 10] [row 12] [row 13] [row 16] [row 17] [row 18] [row 21] names each service with exactly the fields of 2.0.1', async () => {
    const response = await discover();
    expect(response.json()).toEqual({
      services: services.map(({ id, hook, prefetch }) => ({
        hook,
        title: `Titel van ${id}`,
        description: `Omschrijving van ${id}`,
        id,
        ...(prefetch.length === 0 ? {} : { prefetch: { patient: 'Patient/{{context.patientId}}' } }),
        usageRequirements: 'Zonder FHIR-gegevens: onbekend.',
      })),
    });
    expect(discoverySchema.safeParse(response.json()).success).toBe(true);
  });

  it('[row 2] [row 3] [row 15] leaves out what has no value', async () => {
    expect(emptyPlaces((await discover()).json())).toEqual([]);
  });

  it('[row 11] answers an empty list when there are no services', async () => {
    const response = await discover({}, { services: [] });
    expect([response.statusCode, response.json()]).toEqual([200, { services: [] }]);
  });

  it('[row 14] [row 33] answers at every id that it names', async () => {
    const app = await testApp();
    const { services: named } = (await app.inject('/cds-services')).json<{ services: { id: string }[] }>();
    expect(named.length).toBe(services.length);
    for (const { id } of named) {
      const response = await app.inject({ method: 'POST', url: `/cds-services/${id}`, payload: {} });
      expect(response.statusCode).toBe(400);
    }
  });

  it.each([
    ['no header', {}, 'nl'],
    ['English', { 'accept-language': 'en' }, 'en'],
    ['a region', { 'accept-language': 'en-GB' }, 'en'],
    ['a weight', { 'accept-language': 'nl;q=0.5, en;q=0.8' }, 'en'],
    ['a language of ours behind others', { 'accept-language': 'fr, de;q=0.9, en;q=0.1' }, 'en'],
    ['none of ours', { 'accept-language': 'fr' }, 'nl'],
    ['a refusal', { 'accept-language': 'en;q=0' }, 'nl'],
    ['any other than ours by default', { 'accept-language': 'nl;q=0,*' }, 'en'],
    ['any other, if need be', { 'accept-language': '*;q=0.1, nl;q=0' }, 'en'],
    ['any', { 'accept-language': '*' }, 'nl'],
    ['any but those that are refused', { 'accept-language': 'nl;q=0, *;q=0' }, 'nl'],
    ['both refused', { 'accept-language': 'nl;q=0, en;q=0, *' }, 'nl'],
    ['as long as any', { 'accept-language': 'en'.padEnd(500, ',') }, 'en'],
    ['longer than any', { 'accept-language': 'en'.padEnd(501, ',') }, 'nl'],
    ['nonsense', { 'accept-language': ';;q=x,,en;q=9' }, 'nl'],
  ])('speaks the language of the call: %s', async (_name, headers, language) => {
    const response = await discover(headers);
    expect(response.headers['content-language']).toBe(language);
    expect(response.json<{ services: { title: string }[] }>().services[0]?.title).toMatch(
      language === 'nl' ? /^Titel/ : /^Title/,
    );
  });

  describe('with registered clients', () => {
    const parts = { authenticate: onlyToken('good', { ...anonymous, id: 'ehr', anonymous: false, language: 'en' }) };

    it('[row 9] [row 20] is there without a token', async () => {
      expect((await discover({}, parts)).statusCode).toBe(200);
    });

    it('[row 131] judges a token that is sent', async () => {
      expect((await discover({ authorization: 'Bearer bad' }, parts)).statusCode).toBe(401);
      const good = await discover({ authorization: 'Bearer good' }, parts);
      expect([good.statusCode, good.headers['content-language']]).toEqual([200, 'en']);
    });
  });
});
