import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HookResponse } from '../../src/schemas/card.js';
import { json } from '../record/scripted-fhir-server.js';
import { useServiceBesideFhirServer } from './beside-fhir-server.js';
import { composeForTest } from './composed-service.js';
import { bareCall, fullCall, resourcesOf } from './synthetic-call.js';

const MEBIBYTE = 1024 * 1024;
const PATH = '/cds-services/imsr-indication';

/** The address of the report in an answer, without its host. */
function reportIn({ cards }: HookResponse): string | undefined {
  const url = cards.flatMap(({ links }) => links ?? []).find((link) => link.url.includes('/report/'))?.url;
  return url === undefined ? undefined : url.slice(url.indexOf('/report/'));
}

describe('the address of a report', () => {
  it.each([
    { PUBLIC_URLS: 'https://cds.example/imsr', base: 'https://cds.example/imsr' },
    { PUBLIC_URLS: '', base: undefined },
  ])('names PUBLIC_URLS, or else the port that is listened on ($PUBLIC_URLS)', async ({ PUBLIC_URLS, base }) => {
    const service = await composeForTest({ PORT: '0', PUBLIC_URLS });
    try {
      const listened = await service.app.listen({ host: '127.0.0.1', port: 0 });
      const cards = await service.cards('imsr-indication', fullCall('imsr-indication', 'all-met'));
      const url = cards.flatMap(({ links }) => links ?? []).find((link) => link.url.includes('/report/'))!.url;
      expect(url.slice(0, url.indexOf('/report/'))).toBe(base ?? listened);
      if (base === undefined) expect((await fetch(url)).status).toBe(200);
    } finally {
      await service.close();
    }
  });
});

describe('a call that begins with byte order marks', () => {
  it.each([1, 2])('gets a report that opens (%d)', async (count) => {
    const service = await composeForTest();
    try {
      const answer = await service.app.inject({
        method: 'POST',
        url: PATH,
        headers: { 'content-type': 'application/json' },
        payload: '\uFEFF'.repeat(count) + JSON.stringify(fullCall('imsr-indication', 'all-met')),
      });
      expect(answer.statusCode).toBe(200);
      expect((await service.app.inject(reportIn(answer.json<HookResponse>())!)).statusCode).toBe(200);
    } finally {
      await service.close();
    }
  });
});

describe('how much a report counts for on the shelf', () => {
  const running = useServiceBesideFhirServer();

  const opens = async (path: string): Promise<boolean> => (await running.service.app.inject(path)).statusCode === 200;
  const fetched = async (bytes: number): Promise<string | undefined> => {
    const patient = resourcesOf('all-met').find(({ resourceType }) => resourceType === 'Patient')!;
    running.fhir.on('Patient/all-met', json({ ...patient, text: { status: 'generated', div: 'x'.repeat(bytes) } }));
    const call = { ...bareCall('imsr-indication', 'all-met'), fhirServer: running.fhir.base };
    const { status, body } = await running.service.answer('imsr-indication', call);
    expect(status).toBe(200);
    return reportIn(body);
  };
  /** A call of which no header tells how long it is. */
  const chunked = async (padding: number): Promise<string | undefined> => {
    const text = JSON.stringify({ ...fullCall('imsr-indication', 'all-met'), padding: 'x'.repeat(padding) });
    const headers = { 'content-type': 'application/json' };
    const answer = await running.service.app.inject({
      method: 'POST',
      url: PATH,
      headers,
      payload: Readable.from([text]),
    });
    expect(answer.statusCode).toBe(200);
    return reportIn(answer.json<HookResponse>());
  };

  it('a small call with much fetched beside it counts for what was fetched, twice over as it stays a record', async () => {
    const links = [await fetched(MEBIBYTE), await fetched(MEBIBYTE), await fetched(MEBIBYTE)];
    expect(await Promise.all(links.map((link) => opens(link!)))).toEqual([true, true, true]);
    links.push(await fetched(MEBIBYTE));
    expect(await Promise.all(links.map((link) => opens(link!)))).toEqual([false, true, true, true]);
  });

  it('with more fetched than the whole shelf there is no link', async () => {
    expect(await fetched(3.9 * MEBIBYTE)).toBeDefined();
    expect(await fetched(4.1 * MEBIBYTE)).toBeUndefined();
  });

  it('a call of untold length counts for the text that was read', async () => {
    const links: string[] = [];
    for (let call = 0; call < 12; call += 1) links.push((await chunked(0))!);
    expect(await Promise.all(links.map(opens))).toEqual(links.map(() => true));
    expect(await chunked(8.1 * MEBIBYTE)).toBeUndefined();
  });
});
