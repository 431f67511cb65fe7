import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CdsError } from '../../src/errors.js';
import { settleKey } from '../../src/record/key-reading.js';
import { readPrefetch } from '../../src/record/prefetch.js';
import type { PrefetchTemplate } from '../../src/schemas/service.js';
import {
  nextLink,
  OUTCOME,
  PATIENT,
  PATIENT_ID,
  PATIENT_KEY,
  procedure,
  PROCEDURES_KEY,
  searchset,
} from './fixtures.js';

function settled(template: PrefetchTemplate, value: unknown) {
  const reading = readPrefetch(template, value, PATIENT_ID);
  const { state, gap, cause } = settleKey(template, reading);
  return { state, gap, cause, kept: reading.entries.map(({ resource }) => resource.id) };
}

const empty = { state: 'empty', gap: undefined, cause: undefined, kept: [] };
const present = (...kept: string[]) => ({ state: 'present', gap: undefined, cause: undefined, kept });
const gap = (state: string, reason: string, cause: string, ...kept: unknown[]) => ({ state, gap: reason, cause, kept });
const role = { resourceType: 'PractitionerRole', id: 'r' };
const OBSERVATION_VALUE = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
const withMode = (resource: unknown, mode?: unknown) => ({ resource, search: { mode } });
const bundle = (entry: unknown, more: object = {}) => ({ resourceType: 'Bundle', type: 'searchset', entry, ...more });
const condition = { resourceType: 'Condition', id: 'c', subject: { reference: `Patient/${PATIENT_ID}` } };

describe('a prefetch value for a search', () => {
  const cases: [string, unknown, object][] = [
    ['[row 50] null is no data', null, empty],
    ['[row 51] a Bundle without entry is no data', searchset([]), empty],
    ['[row 51] a Bundle with an empty list is no data', bundle([]), empty],
    ['[row 51] a total of zero agrees with that', bundle([], { total: 0 }), empty],
    ['a searchset', searchset([procedure('a'), procedure('b')]), present('a', 'b')],
    [
      'a hand-made Bundle without a type',
      { resourceType: 'Bundle', entry: [{ resource: procedure('a') }] },
      present('a'),
    ],
    ['included roles are kept', bundle([withMode(procedure('a')), withMode(role)]), present('a', 'r')],
    ['[row 52] an OperationOutcome is a failure', OUTCOME, gap('failed', 'fetch-failed', 'operation-outcome')],
    [
      '[row 52] an OperationOutcome among entries is a failure, and the others are kept',
      bundle([withMode(procedure('a')), withMode(OUTCOME, 'outcome')]),
      gap('failed', 'fetch-failed', 'operation-outcome', 'a'),
    ],
    [
      '[row 52] an OperationOutcome that does not say it is one of the search',
      searchset([OUTCOME]),
      gap('failed', 'fetch-failed', 'operation-outcome'),
    ],
    [
      '[row 53] a next link',
      searchset([procedure('a')], nextLink('x')),
      gap('present', 'cut-short', 'next-not-followed', 'a'),
    ],
    [
      '[row 53] a next link on an empty page',
      searchset([], nextLink('x')),
      gap('failed', 'cut-short', 'next-not-followed'),
    ],
    [
      '[row 53] a next link that is no text',
      searchset([], nextLink(5)),
      gap('failed', 'cut-short', 'next-not-followed'),
    ],
    ...['previous', 'prev'].map((relation): [string, unknown, object] => [
      `[row 53] a last page, by its ${relation} link`,
      searchset([procedure('z')], { link: [{ relation, url: 'https://fhir.example/Procedure?page=1' }] }),
      gap('present', 'cut-short', 'earlier-page', 'z'),
    ]),
    [
      '[row 53] an empty last page',
      searchset([], { link: [{ relation: 'previous', url: 'https://fhir.example/Procedure?page=1' }] }),
      gap('failed', 'cut-short', 'earlier-page'),
    ],
    [
      '[row 53] a total larger than the list',
      searchset([procedure('a')], { total: 2 }),
      gap('present', 'cut-short', 'total-larger', 'a'),
    ],
    ['[row 53] a count without a list', searchset([], { total: 3 }), gap('failed', 'cut-short', 'total-larger')],
    [
      '[row 54] a total that is a text',
      searchset([procedure('a')], { total: '30' }),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      'a total below nothing',
      searchset([procedure('a')], { total: -1 }),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      'a total below nothing of a list without entries',
      searchset([], { total: -1 }),
      gap('failed', 'unreadable', 'unreadable-entry'),
    ],
    [
      'a total that is an object',
      searchset([procedure('a')], { total: {} }),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 54] a resource that cannot be read, among as many as there are',
      { ...searchset([procedure('a'), { ...procedure('b'), modifierExtension: [{ url: 'x' }] }]), total: 2 },
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    ...[{ status: 1 }, { questionnaire: { reference: 'Questionnaire/9' } }, { questionnaire: ['x'] }, { code: 5 }].map(
      (fields): [string, unknown, object] => [
        `[row 54] a resource with ${JSON.stringify(fields)}`,
        searchset([procedure('a'), { ...procedure('b'), ...fields }]),
        gap('present', 'unreadable', 'unreadable-entry', 'a'),
      ],
    ),
    [
      '[row 54] an entry that is null, among as many as there are',
      { ...searchset([procedure('a')], { total: 2 }), entry: [{ resource: procedure('a') }, null] },
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 53] one twice, of two that there are',
      searchset([procedure('a'), procedure('a')], { total: 2 }),
      gap('present', 'cut-short', 'total-larger', 'a', 'a'),
    ],
    ['a total that is null says nothing', searchset([procedure('a')], { total: null }), present('a')],
    [
      'a resource that says that something was left out',
      searchset([{ ...procedure('a'), meta: { tag: [{ system: OBSERVATION_VALUE, code: 'SUBSETTED' }] } }]),
      gap('present', 'cut-short', 'partial', 'a'),
    ],
    ...['REDACTED', 'MASKED', 'ABSTRED', 'AGGRED', 'masked'].map((code): [string, unknown, object] => [
      `a Bundle of which something was left out for this reader (${code})`,
      searchset([procedure('a')], { meta: { security: [{ system: OBSERVATION_VALUE, code }] } }),
      gap('present', 'cut-short', 'partial', 'a'),
    ]),
    [
      'a resource with other tags',
      searchset([{ ...procedure('a'), meta: { tag: [{ code: 'HTEST' }, null], security: 'R' } }]),
      present('a'),
    ],
    [
      '[row 54] a resource with a modifier',
      searchset([procedure('a'), { ...procedure('b'), modifierExtension: [{ url: 'https://his.example/not-done' }] }]),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 54] a performer with a modifier extension',
      searchset([procedure('a'), { ...procedure('b'), performer: [{ modifierExtension: [{ url: 'https://x' }] }] }]),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 54] a resource with an id longer than any',
      searchset([procedure('a'), procedure('b'.repeat(256))]),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    ['a resource with a long id', searchset([procedure('b'.repeat(255))]), present('b'.repeat(255))],
    ...['coding', 'code', 'list'].flatMap((which) => {
      const codings = (length: number) => Array.from({ length }, () => ({}));
      const long = (length: number) => ({
        ...procedure('b'),
        ...(which === 'coding' ? { code: { coding: codings(length) } } : {}),
        ...(which === 'code' ? { reasonCode: [{ coding: codings(length) }] } : {}),
        ...(which === 'list' ? { note: codings(length) } : {}),
      });
      return [
        [
          `[row 54] a resource with a longer ${which} than any`,
          searchset([procedure('a'), long(1001)]),
          gap('present', 'unreadable', 'unreadable-entry', 'a'),
        ],
        [`a resource with a long ${which}`, searchset([long(1000)]), present('b')],
      ] as [string, unknown, object][];
    }),
    [
      'a search of more entries than a resource has elements',
      searchset(Array.from({ length: 1001 }, (_, at) => procedure(`p${at}`))),
      present(...Array.from({ length: 1001 }, (_, at) => `p${at}`)),
    ],
    [
      'a resource with an empty list of modifiers',
      searchset([{ ...procedure('a'), modifierExtension: [] }]),
      present('a'),
    ],
    ['[row 54] a string', 'x', gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] an empty string', '', gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] a number', 0, gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] false', false, gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] a list', [], gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] an object without a type', {}, gap('failed', 'unreadable', 'not-a-resource')],
    ['[row 54] entries null', bundle(null), gap('failed', 'unreadable', 'unreadable-entry')],
    [
      '[row 54] a null entry',
      bundle([null, withMode(procedure('a'))]),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 54] an entry without a resource',
      bundle([{ fullUrl: 'urn:uuid:1' }]),
      gap('failed', 'unreadable', 'unreadable-entry'),
    ],
    [
      '[row 54] a Bundle in the Bundle',
      searchset([searchset([procedure('a')])]),
      gap('failed', 'unreadable', 'unreadable-entry'),
    ],
    [
      '[row 54] links that are no list',
      searchset([procedure('a')], { link: {} }),
      gap('present', 'unreadable', 'unreadable-entry', 'a'),
    ],
    [
      '[row 54] a Bundle of another kind',
      searchset([procedure('a')], { type: 'history' }),
      gap('present', 'unreadable', 'bundle-type', 'a'),
    ],
    [
      '[row 54] an empty Bundle of another kind',
      searchset([], { type: 'message' }),
      gap('failed', 'unreadable', 'bundle-type'),
    ],
    ['[row 54] a match of another type', searchset([condition]), gap('failed', 'unreadable', 'wrong-type', 'c')],
    [
      '[row 54] the answer to another question',
      bundle([{ resource: condition }]),
      gap('failed', 'unreadable', 'wrong-type', 'c'),
    ],
    [
      '[row 54] nothing but included resources',
      bundle([withMode(role, 'include')]),
      gap('failed', 'unreadable', 'wrong-type', 'r'),
    ],
    ['[row 54] one resource without a Bundle', procedure('a'), gap('present', 'unreadable', 'not-a-bundle', 'a')],
    ['[row 54] one resource of another type', condition, gap('failed', 'unreadable', 'wrong-type', 'c')],
    [
      'the worst of several faults counts',
      searchset([procedure('a'), null, OUTCOME], nextLink('x')),
      gap('failed', 'fetch-failed', 'operation-outcome', 'a'),
    ],
  ];
  it.each(cases)('%s', (_title, value, expected) => {
    expect(settled(PROCEDURES_KEY, value)).toEqual(expected);
  });
});

describe('a form with items in items', () => {
  const FORMS: PrefetchTemplate = { ...PROCEDURES_KEY, types: ['QuestionnaireResponse'] };
  const nest = (levels: number, inAnswer: boolean) => {
    let item: readonly object[] = [];
    for (let level = 0; level < levels; level += 1) {
      item = [inAnswer ? { linkId: 'x', answer: [{ valueInteger: 1, item }] } : { linkId: 'x', item }];
    }
    return { resourceType: 'QuestionnaireResponse', id: 'deep', item };
  };

  it.each([true, false])(
    '[row 54] is read up to 32 levels, and beyond that unreadable (in answers: %s)',
    (inAnswer) => {
      expect(settled(FORMS, searchset([nest(31, inAnswer)]))).toEqual(present('deep'));
      expect(settled(FORMS, searchset([nest(32, inAnswer)]))).toMatchObject({ gap: 'unreadable', kept: [] });
      expect(settled(FORMS, nest(32, inAnswer))).toMatchObject({ gap: 'unreadable', kept: [] });
    },
  );

  const form = (item: unknown) => ({ resourceType: 'QuestionnaireResponse', id: 'f', item });
  it.each([
    ['a text for items', 'filled in'],
    ['a text as an item', [{ linkId: 'x' }, 'filled in']],
    ['nothing as an item', [{ linkId: 'x' }, null]],
    ['a list as an item', [[{ linkId: 'x' }]]],
    ['a number for answers', [{ linkId: 'x', answer: 5 }]],
    ['a text as an answer', [{ linkId: 'x', answer: [{ valueBoolean: true }, 'yes'] }]],
    ['a text for items of an item', [{ linkId: 'x', item: 'none' }]],
    ['a text for items of an answer', [{ linkId: 'x', answer: [{ valueBoolean: true, item: 'none' }] }]],
  ])('[row 54] with %s is no form that was left empty', (_title, item) => {
    expect(settled(FORMS, searchset([form(item)]))).toMatchObject({ gap: 'unreadable', kept: [] });
    expect(settled(FORMS, form(item))).toMatchObject({ gap: 'unreadable', kept: [] });
  });

  it.each([
    ['no items', undefined],
    ['null for items', null],
    ['an empty list', []],
    ['one item that is no list', { linkId: 'x', answer: { valueBoolean: true } }],
    ['null for answers', [{ linkId: 'x', answer: null }]],
    ['an item with nothing in it', [{}]],
  ])('with %s is read', (_title, item) => {
    expect(settled(FORMS, searchset([form(item)]))).toEqual(present('f'));
  });
});

describe('a prefetch value for a read', () => {
  const cases: [string, unknown, object][] = [
    ['the resource', PATIENT, present(PATIENT_ID)],
    ['the resource in a Bundle', searchset([PATIENT]), present(PATIENT_ID)],
    ['[row 50] null', null, empty],
    ['[row 54] another type', role, gap('failed', 'unreadable', 'wrong-type', 'r')],
  ];
  it.each(cases)('%s', (_title, value, expected) => {
    expect(settled(PATIENT_KEY, value)).toEqual(expected);
  });
});

describe('whose data it is', () => {
  const about = (reference: unknown, element = 'subject') =>
    procedure('a', { subject: undefined, [element]: reference });
  const other = { resourceType: 'Patient', id: 'synthetic-2' };
  const refused: [string, unknown][] = [
    ['another Patient', other],
    ['another Patient beside the right one', searchset([PATIENT, other])],
    ['another Patient as an included one', bundle([withMode(procedure('a')), withMode(other, 'include')])],
    ['a relative subject', searchset([about({ reference: 'Patient/synthetic-2' })])],
    ['a relative subject with a version', searchset([about({ reference: 'Patient/synthetic-2/_history/1' })])],
    ['an absolute subject', searchset([about({ reference: 'https://ehr.example/fhir/Patient/synthetic-2' })])],
    ...[
      '/Patient/synthetic-2',
      'patient/synthetic-2',
      'Patient/synthetic-2|1',
      'Patient/synthetic-2#x',
      'https://ehr.example/fhir/Patient/synthetic-2?x=1',
      ' Patient/synthetic-2',
      'Patient / synthetic-2',
      'Patient//synthetic-2',
    ].map((reference): [string, unknown] => [`a subject written as ${reference}`, searchset([about({ reference })])]),
    ['a subject that is a list', searchset([about([{ reference: 'Patient/synthetic-2' }] as never)])],
    ['a subject that is a text', searchset([about('Patient/synthetic-2' as never)])],
    ['a patient element', searchset([about({ reference: 'Patient/synthetic-2' }, 'patient')])],
    ['letter case matters in ids', searchset([about({ reference: `Patient/${PATIENT_ID.toUpperCase()}` })])],
    [
      'a urn of another Patient',
      bundle([{ fullUrl: 'urn:uuid:1', resource: other }, { resource: about({ reference: 'urn:uuid:1' }) }]),
    ],
    ['one resource without a Bundle', about({ reference: 'Patient/synthetic-2' })],
    [
      'a contained resource',
      searchset([{ ...procedure('a'), contained: [null, other, about({ reference: 'Patient/synthetic-2' })] }]),
    ],
    [
      'a contained resource that stands in no list',
      searchset([{ ...procedure('a'), contained: about({ reference: 'Patient/synthetic-2' }, 'patient') }]),
    ],
    ['of a type that was not asked', { ...condition, subject: { reference: 'Patient/synthetic-2' } }],
  ];
  it.each(refused)('refused: %s', (_title, value) => {
    let thrown: unknown;
    try {
      readPrefetch(PROCEDURES_KEY, value, PATIENT_ID);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'SUBJECT_MISMATCH', status: 400 });
    expect(JSON.stringify([thrown, (thrown as Error).message])).not.toContain('synthetic-');
  });

  it.each<[string, unknown]>([
    ['the same patient, absolute', about({ reference: `https://ehr.example/fhir/Patient/${PATIENT_ID}` })],
    ['the same patient, with a version', about({ reference: `Patient/${PATIENT_ID}/_history/4` })],
    ['only an identifier', about({ identifier: { value: 'x' } })],
    ['a contained patient', { ...about({ reference: '#p' }), contained: [{ resourceType: 'Patient', id: 'p' }] }],
    ['the same patient, after a space', about({ reference: ` Patient/${PATIENT_ID}` })],
    [
      'what it contains is about the same patient',
      { ...procedure('a'), contained: [about({ reference: `Patient/${PATIENT_ID}` })] },
    ],
    ['a urn that is nowhere', about({ reference: 'urn:uuid:2' })],
    ['a group', about({ reference: 'Group/g' })],
    ['no subject', about(undefined)],
    ['a subject of the wrong shape', about(['x'])],
    ['a reference that is no text', about({ reference: 5 })],
  ])('not clearly another: %s', (_title, resource) => {
    expect(settled(PROCEDURES_KEY, searchset([resource]))).toEqual(present('a'));
  });
});

/** JSON that is often nearly a Bundle. */
const nearlyBundle = fc.letrec((tie) => ({
  resource: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(procedure('a'), condition, PATIENT, role, OUTCOME, null, {}, { resourceType: 7 }, 'x'),
    fc.jsonValue(),
    tie('bundle'),
  ),
  entry: fc.oneof(
    fc.record({ resource: tie('resource'), fullUrl: fc.jsonValue(), search: fc.jsonValue() }, { requiredKeys: [] }),
    fc.jsonValue(),
  ),
  bundle: fc.record(
    {
      resourceType: fc.constant('Bundle'),
      type: fc.oneof(fc.constantFrom('searchset', 'collection', 'batch'), fc.jsonValue()),
      entry: fc.oneof(fc.array(tie('entry'), { maxLength: 4 }), fc.jsonValue()),
      link: fc.oneof(fc.array(fc.oneof(fc.constant({ relation: 'next', url: 'x' }), fc.jsonValue())), fc.jsonValue()),
      total: fc.oneof(fc.nat(3), fc.jsonValue()),
    },
    { requiredKeys: ['resourceType'] },
  ),
  any: fc.oneof(tie('bundle'), tie('resource'), fc.jsonValue()),
})).any;

describe('any JSON as a prefetch value', () => {
  it.each([PATIENT_KEY, PROCEDURES_KEY])(
    '[row 54] is read or refused, and is empty only when it is: $key',
    (template) => {
      fc.assert(
        fc.property(nearlyBundle, (value) => {
          try {
            const { state, gap } = settled(template, value);
            if (state !== 'empty') return;
            expect(gap).toBeUndefined();
            const { resourceType, entry = [] } = (value ?? {}) as { resourceType?: unknown; entry?: unknown };
            expect(value === null || (resourceType === 'Bundle' && Array.isArray(entry) && entry.length === 0)).toBe(
              true,
            );
          } catch (error) {
            if (!(error instanceof CdsError)) throw error;
            expect(error.code).toBe('SUBJECT_MISMATCH');
          }
        }),
        { numRuns: 2000 },
      );
    },
  );
});
