import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Contact, Report } from '../../src/report/report.js';
import { assessBundle, assessPatient, countingMaker, subjectOf, withResource } from './kit.js';
import { bundleOf, type Json, type PatientBundle } from '../records/sandbox-bundle.js';

const maker = countingMaker();
/** The referral of this patient was on 3 November 2026, so the period began on 3 November 2024. */
const PATIENT = 'all-met';

const patients = readdirSync('docker/patients')
  .filter((file) => file !== 'index.json')
  .map((file) => file.replace('.json', ''));

function session(more: Json): PatientBundle {
  const bundle = bundleOf(PATIENT);
  return withResource(bundle, {
    resourceType: 'Procedure',
    id: 'one-more',
    status: 'completed',
    subject: subjectOf(bundle),
    performer: [{ actor: { reference: `PractitionerRole/${PATIENT}-role-fysio` } }],
    reasonReference: [{ reference: `Condition/${PATIENT}-pain` }],
    ...more,
  });
}

function contactsOf(report: Report): readonly Contact[] {
  return report.timeline!.parts.flatMap(({ lanes }) => lanes.flatMap(({ contacts }) => contacts));
}

async function standingOf(more: Json): Promise<readonly string[]> {
  const report = maker.report(await assessBundle(session(more)));
  return contactsOf(report).flatMap(({ reference, standing }) =>
    reference === 'Procedure/one-more' ? [standing] : [],
  );
}

describe('where the day of referral cannot be told', () => {
  /** The order is based on a request that is not in the record. */
  function referralGone(): PatientBundle {
    const bundle = bundleOf(PATIENT);
    const basedOn = [{ reference: 'ServiceRequest/gone' }];
    return {
      ...bundle,
      entry: bundle.entry.map(({ resource }) => ({
        resource: resource['status'] === 'draft' ? { ...resource, basedOn } : resource,
      })),
    };
  }

  it('no day takes its place: not in words, not as a line, and no period that counts', async () => {
    const assessed = await assessBundle(referralGone());
    expect(assessed.referralUnknown).toBe(true);
    const page = maker.html(assessed, 'nl');
    expect(page).toContain('<dt>Verwezen op</dt><dd>niet te bepalen</dd>');
    expect(page).toContain('Verwijsdatum: niet te bepalen.');
    expect(page).not.toMatch(/verwijzing \d|telt mee: \d/);
    expect(page).toContain('<svg');
    const document = JSON.stringify(maker.document(assessed, 'en', '2026-12-01T10:00:00Z'));
    expect(document).toContain('Date of referral: cannot be told.');
  });

  it('whether a session counts is unclear', async () => {
    const report = maker.report(await assessBundle(referralGone()));
    expect(report.timeline!.window).toBeUndefined();
    expect(new Set(contactsOf(report).map(({ standing }) => standing))).toEqual(new Set(['unclear']));
  });
});

describe('how a session stands on the timeline', () => {
  it.each([
    { name: 'on the first day of the period', more: { performedDateTime: '2024-11-03' }, standing: 'counts' },
    { name: 'the day before', more: { performedDateTime: '2024-11-02' }, standing: 'outside-window' },
    { name: 'on the day of referral', more: { performedDateTime: '2026-11-03' }, standing: 'counts' },
    { name: 'the day after', more: { performedDateTime: '2026-11-04' }, standing: 'outside-window' },
    {
      name: 'as a series that began before the period and of which no end is told',
      more: { performedPeriod: { start: '2024-09-01' } },
      standing: 'unclear',
    },
    {
      name: 'as a series that ended after it and of which no begin is told',
      more: { performedPeriod: { end: '2026-11-20' } },
      standing: 'unclear',
    },
    {
      name: 'as a series that ends before it begins',
      more: { performedPeriod: { start: '2025-06-01', end: '2025-01-01' } },
      standing: 'unclear',
    },
    {
      name: 'as a series that ended before the period',
      more: { performedPeriod: { end: '2024-11-02' } },
      standing: 'outside-window',
    },
    {
      name: 'as a series that begins in it and of which no end is told',
      more: { performedPeriod: { start: '2024-11-03' } },
      standing: 'counts',
    },
    { name: 'in a month that lies partly outside', more: { performedDateTime: '2024-11' }, standing: 'unclear' },
    { name: 'on no known day', more: {}, standing: 'unclear' },
    { name: 'of unknown status', more: { status: 'unknown', performedDateTime: '2026-01-05' }, standing: 'unclear' },
    {
      name: 'for a complaint that a form states',
      more: { reasonReference: undefined, performedDateTime: '2026-01-05' },
      standing: 'counts',
    },
    {
      name: 'for a complaint that nothing states',
      more: {
        reasonReference: undefined,
        performer: [{ actor: { identifier: { system: 'http://fhir.nl/fhir/NamingSystem/agb-z', value: '88000001' } } }],
        performedDateTime: '2026-01-05',
      },
      standing: 'unclear',
    },
    { name: 'before the pain began', more: { performedDateTime: '2023-02-28' }, standing: 'unclear' },
  ])('$name: $standing', async ({ more, standing }) => {
    expect(await standingOf(more)).toEqual([standing]);
  });

  it('for another complaint in the record: so told, with another shape', async () => {
    const bundle = withResource(
      session({ performedDateTime: '2026-01-05', reasonReference: [{ reference: 'Condition/other' }] }),
      {
        resourceType: 'Condition',
        id: 'other',
        code: { coding: [{ system: 'http://snomed.info/sct', code: '444798002', display: 'Patellar tendonitis' }] },
        subject: subjectOf(bundleOf(PATIENT)),
      },
    );
    const assessed = await assessBundle(bundle);
    expect(
      contactsOf(maker.report(assessed)).find(({ reference }) => reference === 'Procedure/one-more'),
    ).toMatchObject({
      standing: 'other-complaint',
      mark: 'cross',
    });
    expect(maker.html(assessed, 'en')).toContain('<title>5 January 2026: other complaint</title><path');
  });

  it('by a provider whom nobody can name: in a lane of its own', async () => {
    const report = maker.report(await assessBundle(session({ performer: [], performedDateTime: '2026-01-05' })));
    expect(report.timeline!.parts.at(-1)).toMatchObject({
      id: 'any',
      lanes: [{ source: 'procedures', contacts: [{ standing: 'unclear' }] }],
    });
  });
});

describe('the timeline', () => {
  it.each(patients)('of %s counts what the verdicts counted', async (patient) => {
    const { timeline } = maker.report(await assessPatient(patient));
    for (const lane of timeline!.parts.flatMap(({ lanes }) => lanes)) {
      const counted = lane.contacts.filter(({ standing }) => standing === 'counts');
      const number = counted.reduce((sum, contact) => sum + (contact.series ? (contact.number ?? 0) : 1), 0);
      const known = lane.courses
        .filter(({ numberKnown }) => numberKnown)
        .reduce((sum, course) => sum + course.number, 0);
      expect(number).toBe(known);
    }
  });

  it('tells marks apart by shape and by words', async () => {
    const page = maker.html(await assessPatient('all-met'), 'en');
    const legend = page.slice(
      page.indexOf('<ul class="legend">'),
      page.indexOf('</ul>', page.indexOf('<ul class="legend">')),
    );
    const entries = [...legend.matchAll(/<li><svg[^>]*>(.*?)<\/svg>\s*(.*?)<\/li>/gs)].map(([, shape, words]) => ({
      shape: shape!.replace(/#\w+/g, ''),
      words,
    }));
    expect(entries.length).toBe(8);
    expect(new Set(entries.map(({ shape }) => shape)).size).toBe(8);
    expect(new Set(entries.map(({ words }) => words)).size).toBe(8);
  });

  it('draws a series as a stretch, and the part of it before the period as not counting', async () => {
    const bundle = bundleOf('all-met');
    const series = (start: string, end: string): PatientBundle => ({
      ...bundle,
      entry: bundle.entry.map(({ resource }) => {
        if (resource['questionnaire'] !== 'https://imsr-cds.example/fhir/Questionnaire/imsr-referral-form')
          return { resource };
        const [first, ...others] = resource['item'] as { item: object[] }[];
        const dated = {
          ...first,
          item: [
            ...first!.item,
            { linkId: 'treatment.start', answer: [{ valueDate: start }] },
            { linkId: 'treatment.end', answer: [{ valueDate: end }] },
          ],
        };
        return { resource: { ...resource, item: [dated, ...others] } };
      }),
    });
    const stretches = (page: string): number =>
      (/<title>[^<]*12 sessions: counts<\/title>(.*?)<\/g>/s.exec(page)?.[1] ?? '').match(/<rect/g)?.length ?? 0;
    const inside = maker.html(await assessBundle(series('2024-11-03', '2025-06-01')), 'en');
    const across = maker.html(await assessBundle(series('2024-10-03', '2025-06-01')), 'en');
    expect([stretches(inside), stretches(across)]).toEqual([1, 2]);
  });

  it('says that a series has no date instead of placing it', async () => {
    const page = maker.html(await assessPatient('all-met'), 'en');
    expect(page).toContain('1 series without a date');
  });

  it('of a patient of whom no treatment is known says so per part', async () => {
    const bundle = bundleOf('psychology-unknown');
    const page = maker.html(await assessBundle(bundle), 'nl');
    expect(page).toContain('geen behandelingen in de gegevens');
    expect(page).toContain('Niet bekend of de patiënt deze behandeling heeft gehad.');
  });
});
