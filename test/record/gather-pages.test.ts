import { describe, expect, it } from 'vitest';
import { nextLink, OUTCOME, procedure, PROCEDURES_KEY, searchset } from './fixtures.js';
import { GENEROUS_LIMITS, TOKEN, useBench } from './gathering.js';
import { json, type Script, startScriptedServer } from './scripted-fhir-server.js';

const PATH = 'Procedure?patient=synthetic-1';
const templates = [PROCEDURES_KEY];

describe('[row 53] further pages', () => {
  const bench = useBench();
  const pageTwo = () => `${bench.server.base}?page=2`;
  const cutShort = (cause: string) => ({ state: 'present', gap: 'cut-short', cause });

  it('of a fetched search are all read, absolute and relative links alike', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')], { ...nextLink(pageTwo()), total: 3 })));
    bench.server.on('?page=2', json(searchset([procedure('b')], { ...nextLink('Procedure?page=3'), total: 3 })));
    bench.server.on('Procedure?page=3', json(searchset([procedure('c')])));
    const record = await bench.gather({ templates });
    expect(record.keys).toEqual([{ key: 'procedures', types: ['Procedure'], state: 'present' }]);
    expect(record.resources.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(bench.server.seen.map(({ headers }) => headers['authorization'])).toEqual(
      Array.from({ length: 3 }, () => `Bearer ${TOKEN}`),
    );
  });

  it('of a prefetched search are read when the server may be called', async () => {
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    const prefetch = { procedures: searchset([procedure('a')], nextLink(pageTwo())) };
    const record = await bench.gather({ templates, prefetch });
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(record.resources.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(bench.server.seen).toHaveLength(1);
  });

  it.each([
    [undefined, 'no-fhir-server'],
    ['https://not-allowed.example/fhir', 'server-not-allowed'],
  ])('of a prefetched search stay unread when the server is %s', async (fhirServer, cause) => {
    const prefetch = { procedures: searchset([procedure('a')], nextLink(pageTwo())) };
    const record = await bench.gather({ templates, prefetch, fhirServer });
    expect(record.keys[0]).toMatchObject(cutShort(cause));
    expect(record.byType('Procedure')).toHaveLength(1);
    expect(bench.server.seen).toEqual([]);
  });

  it.each<[string, Script, string, string]>([
    ['a server error', json(OUTCOME, 500), 'present', 'http-500'],
    ['an expired token', json(OUTCOME, 401), 'present', 'http-401'],
  ])('page two fails with %s: page one is kept, cut short', async (_title, script, state, cause) => {
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(pageTwo()))));
    bench.server.on('?page=2', script);
    const record = await bench.gather({ templates });
    expect(record.keys[0]).toMatchObject({ state, gap: 'cut-short', cause });
    expect(record.resources).toHaveLength(1);
  });

  it('page two is an OperationOutcome: page one is kept, failed', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(pageTwo()))));
    bench.server.on('?page=2', json(OUTCOME));
    const record = await bench.gather({ templates });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'operation-outcome' });
    expect(record.resources).toHaveLength(1);
  });

  it('another patient on page two: nothing that was fetched for the key is used', async () => {
    const other = procedure('b', { subject: { reference: 'Patient/synthetic-2' } });
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(pageTwo()))));
    bench.server.on('?page=2', json(searchset([other])));
    const fetched = await bench.gather({ templates });
    expect(fetched.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'wrong-patient' });
    expect(fetched.resources).toEqual([]);
    const prefetch = { procedures: searchset([procedure('a'), OUTCOME], nextLink(pageTwo())) };
    const followed = await bench.gather({ templates, prefetch });
    expect(followed.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'wrong-patient' });
    expect(followed.resources.map(({ id }) => id)).toEqual(['a']);
  });

  it('on another host, port, scheme or base are not followed, and see no token', async () => {
    const elsewhere = await startScriptedServer();
    const { base } = bench.server;
    for (const next of [
      `${elsewhere.base}?page=2`,
      `${base}x?page=2`,
      '/admin?page=2',
      base.replace('http', 'https'),
    ]) {
      bench.server.on(PATH, json(searchset([procedure('a')], nextLink(next))));
      const record = await bench.gather({ templates });
      expect(record.keys[0]).toMatchObject(cutShort('next-elsewhere'));
    }
    expect(elsewhere.seen).toEqual([]);
    expect(new Set(bench.server.seen.map(({ url }) => url))).toEqual(new Set([`/fhir/${PATH}`]));
    await elsewhere.close();
  });

  it('a link that cannot be read', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(null))));
    expect((await bench.gather({ templates })).keys[0]).toMatchObject(cutShort('next-unreadable'));
  });

  it.each([
    ['<?page=2>; rel="next"', true],
    ['<?page=1>; rel="self", <?page=2>;title="x"; rel=next', true],
    ['<?page=2>; REL = "last next"', true],
    ['<?page=1>; rel="self"', false],
    ['<?rel=next>; rel="self"', false],
    ['<?page=2>; rel="nextish"', false],
  ])('a further page in the Link header alone is not all there: %s', async (link, short) => {
    bench.server.on(PATH, json(searchset([procedure('a')]), 200, { link }));
    const record = await bench.gather({ templates });
    expect(record.gapIn('Procedure')).toBe(short ? 'cut-short' : undefined);
    if (short) expect(record.keys[0]).toMatchObject(cutShort('next-in-header'));
    expect(record.resources).toHaveLength(1);
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(pageTwo())), 200, { link }));
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    expect((await bench.gather({ templates })).gapIn('Procedure')).toBeUndefined();
  });

  it('a page that names itself, or an earlier one, ends the reading', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(pageTwo()))));
    bench.server.on('?page=2', json(searchset([procedure('b')], nextLink(PATH))));
    const record = await bench.gather({ templates });
    expect(record.keys[0]).toMatchObject(cutShort('page-loop'));
    expect(bench.server.seen).toHaveLength(2);
  });

  it('a link back on a page that was fetched says nothing: fetching begins with the first page', async () => {
    const back = (url: string) => ({ relation: 'previous', url });
    const { link } = nextLink(pageTwo());
    bench.server.on(PATH, json(searchset([procedure('a')], { link: [...link, back(PATH)] })));
    bench.server.on('?page=2', json(searchset([procedure('b')], { link: [back(PATH)] })));
    const record = await bench.gather({ templates });
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(record.resources).toHaveLength(2);
  });

  it.each([
    ['two pages that come next', { url: 'Procedure?page=3' }],
    ['one that comes next and one without an address', {}],
  ])('%s: nobody knows which to follow', async (_, other) => {
    const link = [...nextLink(pageTwo()).link, { relation: 'next', ...other }];
    bench.server.on(PATH, json(searchset([procedure('a')], { link })));
    expect((await bench.gather({ templates })).keys[0]).toMatchObject(cutShort('next-unreadable'));
  });

  it('a next page that is told twice is one, and so is one under the address of the relation', async () => {
    const [next] = nextLink(pageTwo()).link;
    const relation = 'https://www.iana.org/assignments/link-relations/next';
    bench.server.on(PATH, json(searchset([procedure('a')], { link: [next, { ...next, relation }] })));
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    const record = await bench.gather({ templates });
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(record.resources).toHaveLength(2);
  });

  it('a prefetched page in the middle stays cut short, whatever is read behind it', async () => {
    const { link } = nextLink(pageTwo());
    const middle = searchset([procedure('a')], { link: [...link, { relation: 'previous', url: PATH }] });
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    const record = await bench.gather({ templates, prefetch: { procedures: middle } });
    expect(record.keys[0]).toMatchObject(cutShort('earlier-page'));
    expect(record.resources).toHaveLength(2);
  });

  it('pages without end stop at the cap; as many pages as the cap are read whole', async () => {
    for (let page = 1; page <= 4; page += 1) {
      const next = nextLink(`Procedure?page=${page + 1}`);
      bench.server.on(page === 1 ? PATH : `Procedure?page=${page}`, json(searchset([procedure(`p${page}`)], next)));
    }
    const capped = await bench.gather({ templates, limits: { ...GENEROUS_LIMITS, maxPages: 3 } });
    expect(capped.keys[0]).toMatchObject(cutShort('page-cap'));
    expect(capped.resources).toHaveLength(3);
    bench.server.on('Procedure?page=3', json(searchset([procedure('p3')])));
    const whole = await bench.gather({ templates, limits: { ...GENEROUS_LIMITS, maxPages: 3 } });
    expect(whole.gapIn('Procedure')).toBeUndefined();
  });

  it('a total that all pages together do not reach', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')], { ...nextLink(pageTwo()), total: 3 })));
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    expect((await bench.gather({ templates })).keys[0]).toMatchObject(cutShort('total-larger'));
  });

  // Something was added or removed while the pages were read.
  it.each<[string, readonly [object[], number], readonly [object[], number], boolean]>([
    ['page two repeats the last of page one', [[procedure('a'), procedure('b')], 3], [[procedure('b')], 3], true],
    ['a page gives one twice', [[procedure('a'), procedure('a')], 3], [[procedure('b')], 3], true],
    ['page two tells of more', [[procedure('a')], 2], [[procedure('b')], 3], true],
    ['page two tells of fewer', [[procedure('a')], 3], [[procedure('b')], 2], true],
    ['all different', [[procedure('a'), procedure('b')], 3], [[procedure('c')], 3], false],
    ['one repeated, and all there', [[procedure('a'), procedure('b')], 2], [[procedure('b')], 2], false],
  ])('pages that shift while they are read: %s', async (_, [first, total], [second, later], short) => {
    bench.server.on(PATH, json(searchset(first as never, { ...nextLink(pageTwo()), total })));
    bench.server.on('?page=2', json(searchset(second as never, { total: later })));
    expect((await bench.gather({ templates })).gapIn('Procedure')).toBe(short ? 'cut-short' : undefined);
  });

  it.each(['Next', ' next', ['next']])('a page that is written as %j', async (relation) => {
    const link = [{ relation, url: pageTwo() }];
    bench.server.on(PATH, json(searchset([procedure('a')], { link } as never)));
    bench.server.on('?page=2', json(searchset([procedure('b')])));
    expect((await bench.gather({ templates })).byType('Procedure')).toHaveLength(2);
  });
});
