import { describe, expect, it } from 'vitest';
import { CdsError, type RequestIssue } from '../../src/errors.js';
import { readHookRequest } from '../../src/schemas/read-hook-request.js';
import type { HookName } from '../../src/schemas/service.js';
import { hookRequest } from './test-app.js';

/** Paths of what is wrong with a body; nothing when it is accepted. */
function faults(hook: HookName, body: unknown): readonly string[] {
  return issues(hook, body).map(({ path }) => path);
}

function issues(hook: HookName, body: unknown): readonly RequestIssue[] {
  try {
    expect(readHookRequest(hook, body)).toBe(body);
    return [];
  } catch (thrown) {
    if (thrown instanceof CdsError) return thrown.issues;
    throw thrown;
  }
}

/** A valid body with one place set, or removed when the value is `undefined`. */
function withPlace(hook: HookName, path: string, value: unknown): unknown {
  const body = hookRequest(hook);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, body);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return body;
}

const bundle = (...entry: unknown[]) => ({ resourceType: 'Bundle', entry });

describe('accepted', () => {
  it.each<[string, HookName, string, unknown]>([
    ['[row 35] a UUID in capitals', 'order-sign', 'hookInstance', 'D1577C69-DFBE-44AD-BA6D-3E05E953B2EA'],
    ['[row 35] a UUID of version 1', 'order-sign', 'hookInstance', 'd1577c69-dfbe-14ad-ba6d-3e05e953b2ea'],
    ['[row 35] a UUID of version 7', 'order-sign', 'hookInstance', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ['[row 35] the nil UUID', 'order-sign', 'hookInstance', '00000000-0000-0000-0000-000000000000'],
    ['[row 152] a PractitionerRole', 'patient-view', 'context.userId', 'PractitionerRole/a.b-1'],
    ['[row 152] a Patient as user', 'patient-view', 'context.userId', 'Patient/1'],
    ['[row 152] a RelatedPerson as user', 'patient-view', 'context.userId', 'RelatedPerson/1'],
    ['[row 158] an id of 64 characters', 'order-sign', 'context.patientId', 'a'.repeat(64)],
    ['[row 152] an encounter', 'patient-view', 'context.encounterId', 'e-1'],
    ['[row 153] no selections yet', 'order-select', 'context.selections', []],
    [
      '[row 158] selections by ids that FHIR does not allow',
      'order-select',
      'context.selections',
      ['ServiceRequest/a_b'],
    ],
    ['[row 160] drafts without entries', 'order-sign', 'context.draftOrders', { resourceType: 'Bundle' }],
    ['[row 160] no entries', 'order-sign', 'context.draftOrders', bundle()],
    ['[row 160] an entry without a resource', 'order-sign', 'context.draftOrders', bundle({})],
    [
      '[row 160] a draft without id, with an empty coding',
      'order-sign',
      'context.draftOrders',
      bundle({ resource: { resourceType: 'ServiceRequest', code: { coding: [{}] } } }),
    ],
    [
      '[row 159] a draft of another type',
      'order-sign',
      'context.draftOrders',
      bundle({ resource: { resourceType: 'VisionPrescription' } }),
    ],
    ['[row 41] an empty prefetch', 'order-sign', 'prefetch', {}],
    [
      '[row 50] [row 54] prefetch values of any shape',
      'order-sign',
      'prefetch',
      { a: null, b: 1, c: 'x', d: [], e: { entry: null } },
    ],
    ['[row 38] a server on http', 'order-sign', 'fhirServer', 'http://127.0.0.1:8081/fhir'],
    ['[row 149] an extension', 'order-sign', 'extension', { 'org.example': [1] }],
  ])('%s', (_name, hook, path, value) => {
    expect(faults(hook, withPlace(hook, path, value))).toEqual([]);
  });
});

describe('refused', () => {
  it.each<[string, HookName, string, unknown]>([
    ['[row 35] no hookInstance', 'order-sign', 'hookInstance', undefined],
    ['[row 35] a hookInstance that is no UUID', 'order-sign', 'hookInstance', 'd1577c69'],
    ['[row 35] a UUID with a line end', 'order-sign', 'hookInstance', 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea\n'],
    ['[row 35] a urn', 'order-sign', 'hookInstance', 'urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea'],
    ['[row 37] no context', 'order-sign', 'context', undefined],
    ['[row 37] a context of another type', 'order-sign', 'context', []],
    ['[row 37] no userId', 'patient-view', 'context.userId', undefined],
    ['[row 158] a bare userId', 'order-sign', 'context.userId', 'example'],
    ['[row 158] a userId of another type', 'order-sign', 'context.userId', 'Organization/1'],
    ['[row 37] no patientId', 'patient-view', 'context.patientId', undefined],
    ['[row 158] Patient/123 as patientId', 'order-sign', 'context.patientId', 'Patient/123'],
    ['[row 158] an id of 65 characters', 'order-sign', 'context.patientId', 'a'.repeat(65)],
    ['a number as patientId: nothing is coerced', 'order-sign', 'context.patientId', 123],
    ['null as encounterId', 'patient-view', 'context.encounterId', null],
    ['[row 153] no selections', 'order-select', 'context.selections', undefined],
    ['[row 153] selections as text', 'order-select', 'context.selections', 'ServiceRequest/1'],
    ['[row 37] no drafts', 'order-sign', 'context.draftOrders', undefined],
    ['[row 37] no drafts', 'order-select', 'context.draftOrders', undefined],
    ['[row 37] drafts as text', 'order-sign', 'context.draftOrders', '{}'],
    ['[row 41] prefetch null', 'order-sign', 'prefetch', null],
    ['[row 41] prefetch as array', 'order-sign', 'prefetch', []],
    ['[row 40] fhirServer that is no URL', 'order-sign', 'fhirServer', 'fhir'],
    ['[row 40] fhirServer of another scheme', 'order-sign', 'fhirServer', 'file:///etc'],
    ['[row 149] extension as array', 'order-sign', 'extension', []],
  ])('%s', (_name, hook, path, value) => {
    expect(faults(hook, withPlace(hook, path, value))).toEqual([path]);
  });

  it.each<[string, unknown, string]>([
    [
      '[row 158] a selection without its type',
      { selections: ['ServiceRequest/1', 'draft-2'] },
      'context.selections[1]',
    ],
    ['[row 158] a selection without an id', { selections: ['ServiceRequest/'] }, 'context.selections[0]'],
    ['[row 158] a selection in words', { selections: ['ServiceRequest/a b'] }, 'context.selections[0]'],
    ['drafts of another type', { draftOrders: { resourceType: 'List' } }, 'context.draftOrders.resourceType'],
    ['an entry that is null', { draftOrders: bundle({}, null) }, 'context.draftOrders.entry[1]'],
    [
      'a resource without type',
      { draftOrders: bundle({ resource: {} }) },
      'context.draftOrders.entry[0].resource.resourceType',
    ],
  ])('%s, by its place', (_name, context, path) => {
    const body = hookRequest('order-select');
    Object.assign(body.context, context);
    expect(faults('order-select', body)).toEqual([path]);
  });

  it.each([null, [], 'text', 1, true, undefined])('[row 37] a body that is no object: %j', (body) => {
    expect(faults('order-sign', body)).toEqual(['']);
  });

  it('[row 62] [row 38] names every fault of the token at once, and that fhirServer goes with it', () => {
    const fhirAuthorization = { access_token: 'a b', token_type: 'bearer', expires_in: '300', scope: 1 };
    expect(faults('order-sign', { ...hookRequest(), fhirAuthorization })).toEqual([
      'fhirAuthorization.access_token',
      'fhirAuthorization.token_type',
      'fhirAuthorization.expires_in',
      'fhirAuthorization.scope',
      'fhirAuthorization.subject',
      'fhirServer',
    ]);
  });

  it('a token that would break a header', () => {
    const fhirAuthorization = {
      access_token: 'a\r\nHost: x',
      token_type: 'Bearer',
      expires_in: 1,
      scope: '',
      subject: 's',
    };
    const body = { ...hookRequest(), fhirServer: 'https://fhir.example', fhirAuthorization };
    expect(faults('order-sign', body)).toEqual(['fhirAuthorization.access_token']);
  });

  it('[row 71] says what was expected and never repeats what was sent', () => {
    const marker = 'MARKER-7f3a';
    const body = {
      hook: 'order-sign',
      hookInstance: marker,
      context: {
        userId: marker,
        patientId: `${marker}/x`,
        encounterId: `${marker} `,
        draftOrders: { resourceType: marker, entry: marker },
      },
      fhirServer: marker,
      fhirAuthorization: { access_token: ` ${marker}`, token_type: marker, expires_in: marker, [marker]: marker },
      prefetch: marker,
      extension: marker,
    };
    const found = issues('order-sign', body);
    expect(found.length).toBeGreaterThanOrEqual(12);
    expect(JSON.stringify(found)).not.toContain(marker);
    for (const { expected } of found) expect(expected).not.toBe('');
  });

  it('stops listing after fifty faults', () => {
    const body = hookRequest();
    body.context['draftOrders'] = bundle(...Array.from({ length: 500 }, () => null));
    expect(faults('order-sign', body).length).toBe(50);
  });

  it.each([
    [500, []],
    [501, ['context.selections', 'context.draftOrders.entry']],
  ])('of %i drafts and selections it says as much: %s', (length, expected) => {
    const body = hookRequest('order-select');
    body.context['selections'] = Array.from({ length }, () => 'ServiceRequest/1');
    body.context['draftOrders'] = bundle(...Array.from({ length }, () => ({})));
    expect(faults('order-select', body)).toEqual(expected);
  });

  it('a list that is too long gives one fault, whatever is in it', () => {
    const body = hookRequest('order-select');
    body.context['selections'] = Array.from({ length: 1_000_000 }, () => 0);
    expect(issues('order-select', body)).toEqual([
      { path: 'context.selections', expected: 'an array of Type/id, 500 at most' },
    ]);
  });
});
