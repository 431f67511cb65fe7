import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_TYPE } from '../../src/record/gaps.js';
import { indexRecord } from '../../src/record/index-record.js';
import type { RecordEntry } from '../../src/record/named-entries.js';
import type { GapReason, GatheredKey } from '../../src/schemas/record.js';
import { procedure } from './fixtures.js';

const A = 'https://a.example/fhir';
const B = 'https://b.example/fhir';
const role = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  resourceType: 'PractitionerRole',
  id,
  ...more,
});

describe('one resource, once', () => {
  const older = role('r', { meta: { lastUpdated: '2026-01-01T10:00:00+02:00', versionId: '9' }, which: 'older' });
  const newer = role('r', { meta: { lastUpdated: '2026-01-01T09:00:00Z', versionId: '1' }, which: 'newer' });
  const cases: [string, RecordEntry[], unknown[]][] = [
    [
      'the later lastUpdated wins, whatever its offset, from behind',
      [{ resource: older }, { resource: newer }],
      [newer],
    ],
    ['and from the front', [{ resource: newer }, { resource: older }], [newer]],
    [
      'without lastUpdated the higher versionId wins, as a number',
      [{ resource: role('r', { meta: { versionId: '10' } }) }, { resource: role('r', { meta: { versionId: '9' } }) }],
      [role('r', { meta: { versionId: '10' } })],
    ],
    [
      'without a mark on both neither is had',
      [{ resource: role('r', { which: 1 }) }, { resource: role('r', { which: 2, meta: { versionId: '3' } }) }],
      [],
    ],
    [
      'nor is it where a third copy, newer than one of them, does not settle it',
      [
        { resource: role('r', { which: 2, meta: { versionId: '2' } }) },
        { resource: role('r', { which: 1, meta: { versionId: '1' } }) },
        { resource: role('r', { which: 1 }) },
      ],
      [],
    ],
    [
      'and whatever the order in which the three came',
      [
        { resource: role('r', { which: 1, meta: { versionId: '1' } }) },
        { resource: role('r', { which: 1 }) },
        { resource: role('r', { which: 2, meta: { versionId: '2' } }) },
      ],
      [],
    ],
    [
      'two that differ are settled by one that is newer than both',
      [
        { resource: role('r', { which: 1, meta: { versionId: '1' } }) },
        { resource: role('r', { which: 2, meta: { versionId: '1' } }) },
        { resource: role('r', { which: 3, meta: { versionId: '2' } }) },
      ],
      [role('r', { which: 3, meta: { versionId: '2' } })],
    ],
    [
      'the same id on two servers is two resources',
      [
        { resource: role('r'), fullUrl: `${A}/PractitionerRole/r` },
        { resource: role('r', { which: 2 }), fullUrl: `${B}/PractitionerRole/r` },
      ],
      [role('r'), role('r', { which: 2 })],
    ],
    [
      'the same id of two types is two resources',
      [{ resource: role('r') }, { resource: { resourceType: 'Practitioner', id: 'r' } }],
      [role('r'), { resourceType: 'Practitioner', id: 'r' }],
    ],
    [
      'resources without an id are all kept',
      [{ resource: { resourceType: 'Procedure' } }, { resource: { resourceType: 'Procedure' } }],
      [{ resourceType: 'Procedure' }, { resourceType: 'Procedure' }],
    ],
    [
      'without an id the fullUrl tells them apart',
      [
        { resource: { resourceType: 'Procedure' }, fullUrl: 'urn:uuid:1' },
        { resource: { resourceType: 'Procedure' }, fullUrl: 'urn:uuid:1' },
        { resource: { resourceType: 'Procedure' }, fullUrl: 'urn:uuid:2' },
      ],
      [{ resourceType: 'Procedure' }, { resourceType: 'Procedure' }],
    ],
  ];
  it.each(cases)('%s', (_title, entries, expected) => {
    expect(indexRecord(entries, []).resources).toEqual(expected);
  });

  const keys: readonly GatheredKey[] = [
    { key: 'r', types: ['PractitionerRole'], state: 'present' },
    { key: 'p', types: ['Procedure'], state: 'present' },
  ];
  it.each<[string, object, object, GapReason | undefined]>([
    ['say different things, without a mark', { which: 1 }, { which: 2 }, 'unreadable'],
    ['with one mark', { which: 1, meta: { versionId: '1' } }, { which: 2, meta: { versionId: '1' } }, 'unreadable'],
    [
      'of which one is the newer',
      { which: 1, meta: { versionId: '1' } },
      { which: 2, meta: { versionId: '2' } },
      undefined,
    ],
    ['say the same', { which: 1 }, { which: 1 }, undefined],
    ['differ in what is told of them alone', { meta: { tag: [] }, text: { div: 'x' } }, {}, undefined],
  ])('two of one name that %s', (_, one, other, gap) => {
    const record = indexRecord([{ resource: role('r', { ...one }) }, { resource: role('r', { ...other }) }], keys);
    expect(record.gapIn('PractitionerRole')).toBe(gap);
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(record.resources).toHaveLength(gap === undefined ? 1 : 0);
    expect(record.resolve('PractitionerRole/r')).toEqual(record.resources[0]);
  });

  it('keeps the order of first appearance, also within a type', () => {
    const entries = ['p2', 'p1', 'p2', 'p3'].map((id) => ({ resource: procedure(id) }));
    const record = indexRecord([...entries, { resource: role('r') }], []);
    expect(record.byType('Procedure').map(({ id }) => id)).toEqual(['p2', 'p1', 'p3']);
    expect(record.byType('Observation')).toEqual([]);
  });

  it('holds each Type/id exactly once, however often and in whatever order it came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }), (ids) => {
        const record = indexRecord(
          ids.map((id) => ({ resource: procedure(id) })),
          [],
        );
        expect(record.resources.map(({ id }) => id)).toEqual([...new Set(ids)]);
        for (const id of ids) expect(record.resolve(`Procedure/${id}`)?.id).toBe(id);
      }),
    );
  });
});

describe('one resource in very many versions', () => {
  const versions = (count: number): RecordEntry[] =>
    Array.from({ length: count }, (_, number) => ({
      resource: role('r', { meta: { versionId: `${number + 1}` }, number }),
    }));

  it.each([
    [100, ['99'], undefined],
    [101, [], 'unreadable'],
  ] as const)('is had of %i, as far as they are compared', (count, had, gap) => {
    const record = indexRecord(versions(count), [{ key: 'all', types: [EVERY_TYPE], state: 'present' }]);
    expect(record.resources.map(({ number }) => String(number))).toEqual(had);
    expect(record.gapIn('PractitionerRole')).toBe(gap);
  });
});

describe('one id on many servers', () => {
  const servers = Array.from({ length: 40 }, (_, number) => `https://h${number}.example/fhir`);
  const at = (server: string, more: Readonly<Record<string, unknown>> = {}): RecordEntry => ({
    resource: role('same', { server, meta: { versionId: '1' }, ...more }),
    fullUrl: `${server}/PractitionerRole/same`,
  });
  const later = { meta: { versionId: '2' } };

  it('is a resource of each, and its newest version there', () => {
    const entries = [...servers, ...servers].map((server, index) => at(server, { meta: { versionId: `${index}` } }));
    const record = indexRecord(entries, []);
    expect(record.resources).toEqual(entries.slice(40).map(({ resource }) => resource));
    for (const [index, server] of servers.entries()) {
      expect(record.resolve(`${server}/PractitionerRole/same`)).toBe(entries[40 + index]!.resource);
    }
    expect(record.resolve('PractitionerRole/same')).toBeUndefined();
    expect(record.resolve('https://other.example/fhir/PractitionerRole/same')).toBeUndefined();
  });

  it('is the one of the server of the container, when a reference is relative', () => {
    const entries = servers.map((server) => at(server));
    const containers = servers.map((server) => ({ resource: procedure('p'), fullUrl: `${server}/Procedure/p` }));
    const record = indexRecord([...entries, ...containers], []);
    for (const [index, { resource }] of containers.entries()) {
      expect(record.resolve('PractitionerRole/same', resource)).toBe(entries[index]!.resource);
    }
    expect(record.resolve('PractitionerRole/same', procedure('elsewhere'))).toBeUndefined();
  });

  it('is looked for only once at each server', () => {
    let asked = 0;
    const counted = servers.map((server): RecordEntry => {
      const entry = at(server);
      const { fullUrl } = entry;
      return Object.defineProperty({ ...entry }, 'fullUrl', { get: () => ((asked += 1), fullUrl) });
    });
    const record = indexRecord(counted, []);
    expect(asked).toBeLessThanOrEqual(6 * servers.length);
    asked = 0;
    for (const server of servers) record.resolve(`${server}/PractitionerRole/same`);
    expect(asked).toBeLessThanOrEqual(6 * servers.length);
  });

  it('is taken for the last one before, when its own server is not known', () => {
    const bare: RecordEntry = { resource: role('same', later) };
    const [a, b, c] = [at(servers[0]!), at(servers[1]!), at(servers[2]!, { meta: { versionId: '3' } })];
    const record = indexRecord([a, b, bare, c], []);
    expect(record.resources).toEqual([a.resource, c.resource]);
    expect(record.resolve(`${servers[0]!}/PractitionerRole/same`)).toBe(a.resource);
    expect(record.resolve(`${servers[1]!}/PractitionerRole/same`)).toBeUndefined();
    expect(record.resolve(`${servers[2]!}/PractitionerRole/same`)).toBe(c.resource);
  });

  it('means nothing where two of one server came to be', () => {
    const bare: RecordEntry = { resource: role('same', later) };
    const [a, b, again] = [at(servers[0]!), at(servers[1]!), at(servers[0]!, { meta: { versionId: '3' } })];
    const last = at(servers[2]!);
    const record = indexRecord([a, b, bare, again, last], []);
    expect(record.resources).toEqual([a.resource, again.resource, last.resource]);
    expect(record.resolve(`${servers[0]!}/PractitionerRole/same`)).toBeUndefined();
    expect(record.resolve(`${servers[2]!}/PractitionerRole/same`)).toBe(last.resource);
  });
});

describe('resolving a reference', () => {
  const held = role('r', { meta: { versionId: '2' } });
  const withUrl = [{ resource: held, fullUrl: `${A}/PractitionerRole/r` }];
  const bare = [{ resource: held }];
  const both = [...withUrl, { resource: role('r', { which: 'b' }), fullUrl: `${B}/PractitionerRole/r` }];
  const cases: [string, readonly RecordEntry[], string | undefined, string, unknown][] = [
    ['relative', bare, undefined, 'PractitionerRole/r', held],
    ['relative, with the version held', bare, undefined, 'PractitionerRole/r/_history/2', held],
    ['relative, with another version', bare, undefined, 'PractitionerRole/r/_history/1', undefined],
    ['absolute, on the server of the fullUrl', withUrl, undefined, `${A}/PractitionerRole/r`, held],
    [
      'absolute, spelled with a default port',
      withUrl,
      undefined,
      'https://A.example:443/fhir/PractitionerRole/r',
      held,
    ],
    ['absolute, with the version held', withUrl, undefined, `${A}/PractitionerRole/r/_history/2`, held],
    ['absolute, on another server', withUrl, undefined, `${B}/PractitionerRole/r`, undefined],
    ['absolute, entry without address, server of the call', bare, A, `${A}/PractitionerRole/r`, held],
    [
      'absolute, entry without address, another server than that of the call',
      bare,
      A,
      `${B}/PractitionerRole/r`,
      undefined,
    ],
    ['absolute, when nothing is known of any server', bare, undefined, `${B}/PractitionerRole/r`, held],
    ['relative, when two servers have it', both, undefined, 'PractitionerRole/r', undefined],
    ['absolute, when two servers have it', both, undefined, `${A}/PractitionerRole/r`, held],
    ['a urn', [{ resource: held, fullUrl: 'urn:uuid:1' }], undefined, 'urn:uuid:1', held],
    ['a urn that is not there', [{ resource: held, fullUrl: 'urn:uuid:1' }], undefined, 'urn:uuid:2', undefined],
    ['not in the record', bare, undefined, 'PractitionerRole/other', undefined],
    ['a conditional reference', bare, undefined, 'PractitionerRole?identifier=r', undefined],
    ['empty', bare, undefined, '', undefined],
    ['a local one without a container', bare, undefined, '#r', undefined],
  ];
  it.each(cases)('%s', (_title, entries, base, reference, expected) => {
    expect(indexRecord(entries, [], base).resolve(reference)).toEqual(expected);
  });

  it('reads a relative reference as one on the server of its container', () => {
    const container = procedure('p');
    const record = indexRecord([...both, { resource: container, fullUrl: `${A}/Procedure/p` }], []);
    expect(record.resolve('PractitionerRole/r', container)).toBe(held);
  });

  it('finds the newest version behind the urn of an older copy', () => {
    const old = role('r', { meta: { versionId: '1' } });
    const record = indexRecord([{ resource: old, fullUrl: 'urn:uuid:old' }, { resource: held }], []);
    expect(record.resolve('urn:uuid:old')).toBe(held);
  });

  it('finds a contained resource only inside its container, and none when two share the id', () => {
    const container = procedure('p', { contained: [role('in'), role('twice'), role('twice'), null] });
    const record = indexRecord([{ resource: container }, { resource: role('in', { outside: true }) }], []);
    expect(record.resolve('#in', container)).toEqual(role('in'));
    expect(record.resolve('#', container)).toBe(container);
    expect(record.resolve('#twice', container)).toBeUndefined();
    expect(record.resolve('#in', procedure('q'))).toBeUndefined();
    expect(record.resources).toHaveLength(2);
  });

  it('looks at the contained resources of a container once, however many references lead to them', () => {
    let asked = 0;
    const inside = Array.from({ length: 100 }, (_, number) =>
      Object.defineProperty({ resourceType: 'PractitionerRole' }, 'id', { get: () => ((asked += 1), `in${number}`) }),
    );
    const container = procedure('p', { contained: inside });
    const record = indexRecord([{ resource: container }], []);
    for (const [number, held] of inside.entries()) expect(record.resolve(`#in${number}`, container)).toBe(held);
    expect(asked).toBeLessThanOrEqual(2 * inside.length);
  });
});

describe('gaps', () => {
  const key = (state: GatheredKey['state'], gap?: GapReason): GatheredKey => ({
    key: 'k',
    types: ['Procedure'],
    state,
    ...(gap === undefined ? {} : { gap }),
  });
  const cases: [string, GatheredKey[], GapReason | undefined][] = [
    ['no key speaks for the type', [], 'not-gathered'],
    ['present and whole', [key('present')], undefined],
    ['known to be empty', [key('empty')], undefined],
    ['one of two keys is cut short', [key('present'), key('present', 'cut-short')], 'cut-short'],
    ['unreadable is better than cut short', [key('present', 'unreadable'), key('present', 'cut-short')], 'cut-short'],
    ['failed is worse than cut short', [key('failed', 'fetch-failed'), key('present', 'cut-short')], 'fetch-failed'],
    ['not gathered is the worst', [key('failed', 'fetch-failed'), key('not-gathered', 'not-gathered')], 'not-gathered'],
    ['a failed key that does not say so', [key('failed')], 'fetch-failed'],
    ['a key that was not gathered and does not say so', [key('not-gathered')], 'not-gathered'],
    ['a key that speaks for every type', [{ key: 'all', types: [EVERY_TYPE], state: 'present' }], undefined],
  ];
  it.each(cases)('%s', (_title, keys, expected) => {
    expect(indexRecord([], keys).gapIn('Procedure')).toBe(expected);
  });
});
