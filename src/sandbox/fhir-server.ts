import { CdsError } from '../errors.js';
import { FORMS } from '../schemas/hook-request.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import { type ParameterTest, PARAMETER_TESTS } from './parameter-tests.js';

/** A page of results that a client did not ask a size for. */
const DEFAULT_COUNT = 20;
const MAX_COUNT = 100;

/** A FHIR server that can be read: the chart of the sandbox's EHR. */
export interface ReadableFhirServer {
  /** @throws NOT_FOUND */
  read(type: string, id: string): Resource;
  /**
   * A page of a searchset.
   *
   * @param base address of the server, for the links
   * @throws NOT_FOUND of what is no resource type, such as `metadata`
   * @throws REQUEST_INVALID on a parameter that is not known: leaving it out would answer another question
   */
  search(type: string, query: URLSearchParams, base: string): Resource;
}

/** Answers from resources in memory; nothing can be written. */
export function createFhirServer(resources: readonly Resource[]): ReadableFhirServer {
  const byReference = new Map(resources.map((resource) => [referenceTo(resource), resource]));
  return {
    read(type, id) {
      const resource = byReference.get(`${type}/${id}`);
      if (resource === undefined) throw new CdsError('NOT_FOUND', 'There is no such resource.');
      return resource;
    },
    search(type, query, base) {
      if (!FORMS.resourceType.test(type)) throw new CdsError('NOT_FOUND', 'There is no such resource type.');
      const asked = readQuery(query);
      const found = resources.filter(
        (resource) =>
          resource.resourceType === type &&
          asked.every(({ test, alternatives }) => alternatives.some((alternative) => test(resource, alternative))),
      );
      const count = whole(query.get('_count'), DEFAULT_COUNT, 1, MAX_COUNT);
      const offset = whole(query.get('_offset'), 0, 0, Number.MAX_SAFE_INTEGER);
      const address = (from: number): string => {
        const parameters = new URLSearchParams(query);
        parameters.set('_count', String(count));
        parameters.set('_offset', String(from));
        return `${base}/${type}?${parameters.toString()}`;
      };
      const entry = found.slice(offset, offset + count).map((resource) => ({
        fullUrl: `${base}/${type}/${resource.id}`,
        resource,
        search: { mode: 'match' },
      }));
      const more = offset + count < found.length;
      return {
        resourceType: 'Bundle',
        type: 'searchset',
        total: found.length,
        link: [
          { relation: 'self', url: address(offset) },
          ...(more ? [{ relation: 'next', url: address(offset + count) }] : []),
        ],
        // FHIR's JSON has no empty lists.
        ...(entry.length === 0 ? {} : { entry }),
      };
    },
  };
}

interface Asked {
  readonly test: ParameterTest;
  readonly alternatives: readonly string[];
}

/** What a query asks, read as a whole before any resource is looked at. */
function readQuery(query: URLSearchParams): readonly Asked[] {
  const asked: Asked[] = [];
  for (const [name, value] of query) {
    if (name === '_count' || name === '_offset') continue;
    const test = Object.hasOwn(PARAMETER_TESTS, name) ? PARAMETER_TESTS[name] : undefined;
    if (test === undefined) throw invalid(`a search by ${Object.keys(PARAMETER_TESTS).join(', ')}`);
    asked.push({ test, alternatives: value.split(',') });
  }
  return asked;
}

function whole(text: string | null, fallback: number, lowest: number, highest: number): number {
  if (text === null) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < lowest) throw invalid('a whole number for _count and _offset');
  return Math.min(number, highest);
}

function invalid(expected: string): CdsError {
  return new CdsError('REQUEST_INVALID', 'The search cannot be answered.', { issues: [{ path: 'query', expected }] });
}
