import { describe, expect, it } from 'vitest';
import { MAX_ROLES } from '../../src/record/gather.js';
import type { RolePath } from '../../src/record/roles.js';
import { procedure, PROCEDURES_KEY, searchset } from './fixtures.js';
import { useBench } from './gathering.js';
import { json } from './scripted-fhir-server.js';

const templates = [PROCEDURES_KEY];
const rolePaths: RolePath[] = [
  { type: 'Procedure', path: 'performer.actor' },
  { type: 'PractitionerRole', path: 'practitioner' },
];
const by = (id: string, ...references: unknown[]) =>
  procedure(id, { performer: references.map((reference) => ({ actor: { reference } })) });
const role = (id: string, more: object = {}) => ({ resourceType: 'PractitionerRole', id, ...more });
const prefetched = (...resources: unknown[]) => ({ prefetch: { procedures: searchset(resources) } });

describe('referenced roles', () => {
  const bench = useBench();
  const asked = () => bench.server.seen.map(({ url }) => url.replace('/fhir/', '')).sort();

  it('are read once each, and what they refer to after them', async () => {
    bench.server.on('PractitionerRole/r1', json(role('r1', { practitioner: { reference: 'Practitioner/u1' } })));
    bench.server.on('Practitioner/u1', json({ resourceType: 'Practitioner', id: 'u1' }));
    bench.server.on('Organization/o1', json({ resourceType: 'Organization', id: 'o1' }));
    const absolute = `${bench.server.base}/PractitionerRole/r1`;
    const record = await bench.gather({
      templates,
      rolePaths,
      ...prefetched(by('a', 'PractitionerRole/r1', 'Organization/o1'), by('b', absolute)),
    });
    expect(asked()).toEqual(['Organization/o1', 'Practitioner/u1', 'PractitionerRole/r1']);
    expect(record.resolve('PractitionerRole/r1')?.id).toBe('r1');
    expect(record.resolve(absolute)?.id).toBe('r1');
    expect(record.resolve('Practitioner/u1')?.id).toBe('u1');
    expect(bench.reports.map(({ key, outcome }) => [key, outcome])).toEqual(
      Array.from({ length: 3 }, () => ['roles', 'ok']),
    );
  });

  it('that are in the record, contained, elsewhere or no role are not read', async () => {
    const contained = { ...by('c', '#in'), contained: [role('in')] };
    const references = ['https://other.example/fhir/PractitionerRole/x', 'Patient/synthetic-1', 'urn:uuid:1', 5, null];
    const escapes = [
      'PractitionerRole/..',
      'PractitionerRole/a b',
      'PractitionerRole/a/_history/..',
      'PractitionerRole?x=1',
    ];
    await bench.gather({
      templates,
      rolePaths,
      ...prefetched(by('a', 'PractitionerRole/r1'), role('r1'), contained, by('d', ...references, ...escapes)),
    });
    expect(asked()).toEqual([]);
  });

  it('that cannot be read stay unresolved, and are no gap in anything', async () => {
    bench.server.on('PractitionerRole/swapped', json(role('other')));
    bench.server.on('PractitionerRole/patient', json({ resourceType: 'Patient', id: 'patient' }));
    const references = ['PractitionerRole/gone', 'PractitionerRole/swapped', 'PractitionerRole/patient'];
    const record = await bench.gather({ templates, rolePaths, ...prefetched(by('a', ...references)) });
    expect(references.map((reference) => record.resolve(reference))).toEqual([undefined, undefined, undefined]);
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(record.resources).toHaveLength(1);
    expect(bench.reports.map(({ outcome }) => outcome).sort()).toEqual([
      'http-404',
      'wrong-resource',
      'wrong-resource',
    ]);
  });

  it('of which the server gives a part, or what means something else, stay unresolved', async () => {
    const part = (code: string) => ({ meta: { security: [{ code }] } });
    bench.server.on('PractitionerRole/part', json({ ...role('part'), meta: { tag: [{ code: 'SUBSETTED' }] } }));
    bench.server.on('PractitionerRole/masked', json({ ...role('masked'), ...part('MASKED') }));
    bench.server.on('PractitionerRole/open', json({ ...role('open'), ...part('N') }));
    bench.server.on('PractitionerRole/modified', json({ ...role('modified'), modifierExtension: [{ url: 'x' }] }));
    const references = ['part', 'masked', 'modified', 'open'].map((id) => `PractitionerRole/${id}`);
    const record = await bench.gather({ templates, rolePaths, ...prefetched(by('a', ...references)) });
    expect(references.map((reference) => record.resolve(reference)?.id)).toEqual([
      undefined,
      undefined,
      undefined,
      'open',
    ]);
    expect(bench.reports.map(({ outcome }) => outcome).sort()).toEqual(['ok', 'partial', 'partial', 'unreadable']);
  });

  it('are read up to the cap', async () => {
    const references = Array.from({ length: MAX_ROLES + 1 }, (_, at) => `PractitionerRole/r${at}`);
    await bench.gather({ templates, rolePaths, ...prefetched(by('a', ...references)) });
    expect(new Set(asked())).toEqual(new Set(references.slice(0, MAX_ROLES)));
  });

  it('many at once raise no warning in the process', async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on('warning', note);
    const references = Array.from({ length: 30 }, (_, at) => `PractitionerRole/r${at}`);
    await bench.gather({ templates, rolePaths, ...prefetched(by('a', ...references)) });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect(asked()).toHaveLength(30);
    expect(warnings).toEqual([]);
  });

  it('are left alone when the server may not be called', async () => {
    const record = await bench.gather({
      templates,
      rolePaths,
      fhirServer: undefined,
      ...prefetched(by('a', 'PractitionerRole/r1')),
    });
    expect(asked()).toEqual([]);
    expect(record.gapIn('Procedure')).toBeUndefined();
  });

  it('an absent key and its roles come in one go', async () => {
    bench.server.on('Procedure?patient=synthetic-1', json(searchset([by('a', 'PractitionerRole/r1')])));
    bench.server.on('PractitionerRole/r1', json(role('r1')));
    const record = await bench.gather({ templates, rolePaths });
    expect(record.resolve('PractitionerRole/r1', record.byType('Procedure')[0])?.id).toBe('r1');
  });
});
