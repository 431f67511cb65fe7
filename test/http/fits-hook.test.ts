import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsHook } from '../../src/schemas/fits-hook.js';
import { hookRequestSchemas } from '../../src/schemas/hook-request.js';
import type { HookName } from '../../src/schemas/service.js';
import { hookRequest } from './test-app.js';

const HOOKS = Object.keys(hookRequestSchemas) as readonly HookName[];

/** A body with everything in it that a schema names. */
function fullRequest(hook: HookName): Record<string, unknown> {
  const body = hookRequest(hook);
  body.context['encounterId'] = 'e-1';
  return {
    ...body,
    fhirServer: 'https://ehr.example/fhir',
    fhirAuthorization: {
      access_token: 'token',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'patient/*.read',
      subject: 'imsr-cds',
      patient: 'synthetic-1',
    },
    prefetch: { patient: { resourceType: 'Patient' } },
    extension: { 'org.example': 1 },
  };
}

/** Every place in a JSON value, by its keys. */
function places(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

const FULL = new Map(HOOKS.map((hook) => [hook, fullRequest(hook)]));
const nearlyRight = fc.constantFrom(
  ...['order-sign', 'order-select', 'patient-view', 'Bundle', 'bundle', 'Bearer', 'bearer', '', ' ', '\n', 'a b', 'é'],
  ...[
    'Patient/1',
    'Practitioner/1',
    'Practitioner/1\n',
    'Practitioner/',
    'practitioner/1',
    'Organization/1',
    '1',
    '1\n',
  ],
  ...['a'.repeat(64), 'a'.repeat(65), `Patient/${'a'.repeat(65)}`, `${'A'.repeat(64)}/1`, `${'A'.repeat(65)}/1`],
  ...['D1577C69-DFBE-44AD-BA6D-3E05E953B2EA', 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea\n', 'd1577c69'],
  ...['http://x', 'HTTPS://x/y', 'https://', 'https://a b', 'http://[', 'ftp://x', 'https://x\n'],
);
const other = fc.oneof(
  nearlyRight,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e21, 2 ** 53, [], {}, [null], [{}], [[]], { entry: null }),
  fc.constantFrom<unknown>([{ resource: null }], [{ resource: { resourceType: 'X' } }], { resourceType: 'Bundle' }),
  fc.jsonValue(),
);

interface Change {
  /** Which place, as a number that is taken modulo their number. */
  readonly at: number;
  readonly remove: boolean;
  readonly value: unknown;
}
const change = fc.record<Change>({ at: fc.nat(), remove: fc.boolean(), value: other });

function changed(body: unknown, { at, remove, value }: Change): unknown {
  const all = places(body);
  const path = all[at % all.length]!;
  const put: unknown = structuredClone(value);
  if (path.length === 0) return remove ? {} : put;
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], body);
  if (Array.isArray(holder)) holder.splice(Number(last), 1, ...(remove ? [] : [put]));
  else if (remove) delete (holder as Record<string, unknown>)[last];
  else (holder as Record<string, unknown>)[last] = put;
  return body;
}

describe('a body fits its hook exactly when its schema accepts it', () => {
  it.each(HOOKS)('%s, whole', (hook) => {
    expect(fitsHook(hook, FULL.get(hook))).toBe(true);
    expect(fitsHook(hook, hookRequest(hook))).toBe(true);
  });

  it('with one to three places changed or removed', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...HOOKS),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (hook, changes, whole) => {
          const start: unknown = structuredClone(whole ? FULL.get(hook) : hookRequest(hook));
          const body: unknown = JSON.parse(JSON.stringify(changes.reduce<unknown>(changed, start)));
          const schemaAccepts = hookRequestSchemas[hook].safeParse(body).success;
          if (schemaAccepts) accepted += 1;
          expect(fitsHook(hook, body)).toBe(schemaAccepts);
        },
      ),
      { numRuns: 20_000 },
    );
    // Else one of the two directions would not have been tried.
    expect(accepted).toBeGreaterThan(1000);
  });
});
