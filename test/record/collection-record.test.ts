import { describe, expect, it } from 'vitest';
import { collectionRecord } from '../../src/record/collection-record.js';
import { nextLink, OUTCOME, PATIENT, procedure } from './fixtures.js';

const collection = (resources: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
  ...more,
});
const outcome = (severity?: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code: 'processing' }],
});

const warning = (code: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code }] });

describe('a Bundle as the whole record', () => {
  type Case = [string, unknown, string | undefined, number];
  const cases: Case[] = [
    ['everything readable: every type is complete', collection([PATIENT, procedure('p')]), undefined, 2],
    ['an empty one: every type is complete', { resourceType: 'Bundle', type: 'collection' }, undefined, 0],
    ['an entry that is null', collection([PATIENT], { entry: [null] }), 'unreadable', 0],
    ['an entry without a resource', collection([], { entry: [{ fullUrl: 'urn:uuid:1' }] }), 'unreadable', 0],
    ['a resource without a type', collection([PATIENT, { id: 'x' }]), 'unreadable', 1],
    ['a Bundle inside it', collection([PATIENT, collection([procedure('p')])]), 'unreadable', 1],
    ['entries that are no list', { resourceType: 'Bundle', entry: {} }, 'unreadable', 0],
    ['an OperationOutcome of severity error', collection([PATIENT, OUTCOME]), 'fetch-failed', 1],
    ['an OperationOutcome of severity fatal', collection([PATIENT, outcome('fatal')]), 'fetch-failed', 1],
    ['an OperationOutcome without severity', collection([PATIENT, outcome()]), 'fetch-failed', 1],
    ['an OperationOutcome that only informs', collection([PATIENT, outcome('information')]), undefined, 1],
    [
      'the last page',
      collection([PATIENT], { link: [{ relation: 'previous', url: 'https://a.example/fhir?page=1' }] }),
      'cut-short',
      1,
    ],
    ['only a page', collection([PATIENT], nextLink('https://a.example/fhir?page=2')), 'cut-short', 1],
    ['a total larger than what is there', collection([PATIENT], { total: 2 }), 'cut-short', 1],
    ['as many as there are, one of them null', collection([PATIENT, null], { total: 2 }), 'unreadable', 1],
    ['one twice, of two that there are', collection([PATIENT, PATIENT], { total: 2 }), 'cut-short', 1],
    ...[
      ...['incomplete', 'too-costly', 'throttled', 'suppressed', 'timeout', 'too-long', 'forbidden', 'security'],
      ...['exception', 'transient', 'no-store', 'login', 'expired', 'lock-error'],
    ].map((code): Case => [
      `an OperationOutcome that only warns, of what was left out (${code})`,
      collection([PATIENT, warning(code)]),
      'fetch-failed',
      1,
    ]),
    ['one that warns of something else', collection([PATIENT, warning('business-rule')]), undefined, 1],
    [
      'a part by one tag that is no list',
      collection([PATIENT], { meta: { tag: { code: 'SUBSETTED' } } }),
      'cut-short',
      1,
    ],
    ['rules of its own', collection([PATIENT], { implicitRules: 'urn:rules' }), 'unreadable', 1],
    [
      'a resource with rules of its own',
      collection([PATIENT, { ...procedure('p'), implicitRules: 'urn:x' }]),
      'unreadable',
      1,
    ],
    [
      'one with rules that may not be seen',
      collection([PATIENT, { ...procedure('p'), _implicitRules: { extension: [] } }]),
      'unreadable',
      1,
    ],
    ['a total in words', collection([PATIENT], { total: '2' }), 'unreadable', 1],
    ['a part of what there is', collection([PATIENT], { meta: { tag: [{ code: 'SUBSETTED' }] } }), 'cut-short', 1],
    ['broken and failed: the worse counts', collection([OUTCOME, null]), 'fetch-failed', 0],
  ];
  it.each(cases)('%s', (_title, bundle, gap, count) => {
    const record = collectionRecord(bundle);
    expect(record.resources).toHaveLength(count);
    expect([record.gapIn('Condition'), record.gapIn('Procedure')]).toEqual([gap, gap]);
  });

  it.each([null, 1, 'x', [], {}, PATIENT])('refuses what is no Bundle: %j', (value) => {
    expect(() => collectionRecord(value)).toThrowError(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});
