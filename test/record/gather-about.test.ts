import { describe, expect, it } from 'vitest';
import type { About } from '../../src/record/gather.js';
import { notHad } from '../../src/record/not-had.js';
import { CONDITIONS_KEY, nextLink, PATIENT, PATIENT_KEY, procedure, PROCEDURES_KEY, searchset } from './fixtures.js';
import { GENEROUS_LIMITS, useBench } from './gathering.js';
import { json } from './scripted-fhir-server.js';

const PATH = 'Procedure?patient=synthetic-1';
const templates = [PATIENT_KEY, PROCEDURES_KEY, CONDITIONS_KEY];

/** A call about procedures: there may be some while not all that there are came. */
const ABOUT: About = {
  type: 'Procedure',
  mayBe: (known) => known.byType('Procedure').length > 0 || known.gapIn('Procedure') !== undefined,
};

describe('a call about what only the record tells', () => {
  const bench = useBench();
  const fetched = (): string[] => bench.server.seen.map(({ url }) => url.replace('/fhir/', ''));

  it('fetches nothing where what came shows that there is nothing of the kind, nor asks for what is required', async () => {
    const record = await bench.gather({ templates, about: ABOUT, prefetch: { procedures: searchset([]) } });
    expect(fetched()).toEqual([]);
    expect(record.keys.map(({ key, state }) => [key, state])).toEqual([
      ['patient', 'not-gathered'],
      ['procedures', 'empty'],
      ['conditions', 'not-gathered'],
    ]);
    expect(notHad(record, [])).toEqual([]);
  });

  it('needs nothing else of a record without such, also where no server may be called', async () => {
    const nowhere = { templates, about: ABOUT, fhirServer: undefined };
    await expect(bench.gather({ ...nowhere, prefetch: { procedures: null } })).resolves.toBeDefined();
    await expect(bench.gather({ ...nowhere, prefetch: { procedures: searchset([procedure('a')]) } })).rejects.toThrow(
      'patient',
    );
    await expect(bench.gather({ ...nowhere, prefetch: {} })).rejects.toThrow('patient');
  });

  it('fetches first what tells, and nothing more where that is empty', async () => {
    bench.server.on(PATH, json(searchset([])));
    const record = await bench.gather({ templates, about: ABOUT });
    expect(fetched()).toEqual([PATH]);
    expect(record.gapIn('Procedure')).toBeUndefined();
    expect(notHad(record, [])).toEqual([]);
  });

  it('follows the pages of what tells before it says that there is nothing', async () => {
    bench.server.on(PATH, json(searchset([], nextLink(`${bench.server.base}/${PATH}&page=2`))));
    bench.server.on(`${PATH}&page=2`, json(searchset([procedure('a')])));
    bench.server.on('Patient/synthetic-1', json(PATIENT));
    const record = await bench.gather({ templates, about: ABOUT });
    expect(fetched().slice(0, 2)).toEqual([PATH, `${PATH}&page=2`]);
    expect(fetched().slice(2).sort()).toEqual(['Condition?patient=synthetic-1', 'Patient/synthetic-1']);
    expect(record.resources.map(({ id }) => id)).toEqual(['synthetic-1', 'a']);
  });

  it.each([
    ['a page that it may not ask for', { maxPages: 2 }, 'page-cap'],
    ['a page that fails', {}, 'http-404'],
  ])('goes once through the pages of what tells, up to %s', async (_title, limits, cause) => {
    const page = (number: number): string => `${PATH}&page=${number}`;
    bench.server.on(PATH, json(searchset([procedure('a')], nextLink(page(2)))));
    bench.server.on(page(2), json(searchset([procedure('b')], nextLink(page(3)))));
    bench.server.on('Patient/synthetic-1', json(PATIENT));
    const record = await bench.gather({ templates, about: ABOUT, limits: { ...GENEROUS_LIMITS, ...limits } });
    const asked = fetched().filter((url) => url.startsWith('Procedure'));
    expect(asked).toEqual([PATH, page(2), page(3)].slice(0, cause === 'page-cap' ? 2 : 3));
    expect(bench.reports.filter(({ key }) => key === 'procedures')).toMatchObject([{ outcome: cause }]);
    expect(record.keys[1]).toMatchObject({ state: 'present', gap: 'cut-short', cause });
  });

  it('fetches the rest where what tells could not be had', async () => {
    bench.server.on('Patient/synthetic-1', json(PATIENT));
    const record = await bench.gather({ templates, about: ABOUT });
    expect(fetched().sort()).toEqual(['Condition?patient=synthetic-1', 'Patient/synthetic-1', PATH]);
    expect(record.gapIn('Procedure')).toBe('fetch-failed');
  });

  it('reads no roles of a record without such', async () => {
    const actor = { reference: 'PractitionerRole/r1' };
    const conditions = searchset([{ resourceType: 'Condition', id: 'c', asserter: actor }]);
    const rolePaths = [{ type: 'Condition', path: 'asserter' }];
    const whole = { templates, rolePaths, prefetch: { patient: PATIENT, procedures: null, conditions } };
    await bench.gather({ ...whole, about: ABOUT });
    expect(fetched()).toEqual([]);
    await bench.gather(whole);
    expect(fetched()).toEqual(['PractitionerRole/r1']);
  });
});
