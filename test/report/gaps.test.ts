import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { createReportMaker } from '../../src/report/report-about.js';
import {
  assessBundle,
  assessPatient,
  countingMaker,
  knowledge,
  library,
  loadedReports,
  subjectOf,
  without,
  withResource,
} from './kit.js';
import { withParameters } from '../verdicts/with-parameters.js';
import { bundleOf, type PatientBundle } from '../records/sandbox-bundle.js';

const maker = countingMaker();

async function reportOf(bundle: PatientBundle): Promise<Report> {
  return maker.report(await assessBundle(bundle));
}

function field(report: Report, id: string) {
  return report.fields.find((one) => one.id === id)!;
}

/** The intake form with other answers to one question; without answers the question is gone. */
function withAnswer(bundle: PatientBundle, linkId: string, answer: readonly object[]): PatientBundle {
  return {
    ...bundle,
    entry: bundle.entry.map(({ resource }) => {
      if (resource['questionnaire'] !== 'https://imsr-cds.example/fhir/Questionnaire/imsr-intake-form')
        return { resource };
      const items = (resource['item'] as { linkId: string }[]).filter((item) => item.linkId !== linkId);
      return { resource: { ...resource, item: answer.length === 0 ? items : [...items, { linkId, answer }] } };
    }),
  };
}

const isForm = (name: string) => (resource: PatientBundle['entry'][0]['resource']) =>
  resource['questionnaire'] === `https://imsr-cds.example/fhir/Questionnaire/${name}`;

it('every diagnosis is listed that the order names as its reason, each with where it stands', async () => {
  const bundle = bundleOf('all-met');
  const migraine = {
    resourceType: 'Condition',
    id: 'migraine',
    subject: subjectOf(bundle),
    code: { text: 'Migraine' },
  };
  const both = withResource(
    {
      ...bundle,
      entry: bundle.entry.map(({ resource }) => ({
        resource:
          resource['status'] === 'draft'
            ? {
                ...resource,
                reasonReference: [
                  { reference: 'Condition/migraine' },
                  ...(resource['reasonReference'] as { reference: string }[]),
                ],
                reasonCode: [{ text: 'pijn' }, { text: 'stijfheid' }],
              }
            : resource,
      })),
    },
    migraine,
  );
  const { items } = field(await reportOf(both), 'complaint');
  expect(items.find(({ id }) => id === 'diagnosis')!.found.map(({ value, reference }) => [value, reference])).toEqual([
    ['Migraine', 'Condition/migraine'],
    ['Chronic low back pain', 'Condition/all-met-pain'],
    ['pijn', 'ServiceRequest/all-met-draft'],
    ['stijfheid', 'ServiceRequest/all-met-draft'],
  ]);
});

describe('gaps', () => {
  it('what speaks against a criterion in forms that were cut short is told with it', async () => {
    const forms = withAnswer(bundleOf('all-met'), 'patient-willing', [{ valueBoolean: false }]);
    const cut = { ...forms, link: [{ relation: 'next', url: 'https://ehr.example/fhir?page=2' }] };
    const html = maker.html(await assessBundle(cut), 'nl');
    expect(html).toContain(
      'In wat wel is ontvangen staat: De patiënt is niet bereid IMSR te volgen. Ga na of dit klopt.',
    );
  });

  it('a complete record has twelve complete fields', async () => {
    const { fields } = maker.report(await assessPatient('all-met'));
    expect(fields.map(({ number, state }) => ({ number, state }))).toEqual(
      Array.from({ length: 12 }, (_, index) => ({ number: index + 1, state: 'complete' })),
    );
  });

  it.each([
    {
      field: 'pain-mechanism',
      item: 'pain-mechanism',
      linkId: 'report.pain-mechanism',
      supplier: 'physiatrist',
      state: 'empty',
    },
    { field: 'participation', item: 'role-family', linkId: 'role-family', supplier: 'team', state: 'partial' },
    {
      field: 'diagnostics',
      item: 'diagnostics-complete-patient',
      linkId: 'diagnostics-complete-patient',
      supplier: 'patient',
      state: 'partial',
    },
  ])(
    'without $linkId the field $field is $state, and says who can supply it',
    async ({ field: id, item, linkId, supplier, state }) => {
      const report = await reportOf(withAnswer(bundleOf('all-met'), linkId, []));
      expect(field(report, id).state).toBe(state);
      expect(field(report, id).items.find((one) => one.id === item)).toMatchObject({
        found: [],
        gap: { supplier, reason: 'not-recorded' },
      });
    },
  );

  it.each([
    { basedOn: 'ServiceRequest/all-met-referral', known: 'known', authored: '2023-12-01', state: 'empty' },
    { basedOn: 'ServiceRequest/absent', known: 'unknown', authored: '2023-12-01', state: 'empty' },
    { basedOn: 'ServiceRequest/absent', known: 'unknown', authored: '2026-05-31', state: 'empty' },
    { basedOn: 'ServiceRequest/absent', known: 'unknown', authored: '2026-06-01', state: 'complete' },
  ])('a form of $authored where the day of referral is $known is $state', async (one) => {
    const bundle = bundleOf('all-met');
    const entry = bundle.entry.map(({ resource }) => {
      if (resource['status'] === 'draft') return { resource: { ...resource, basedOn: [{ reference: one.basedOn }] } };
      return isForm('imsr-intake-form')(resource)
        ? { resource: { ...resource, authored: one.authored } }
        : { resource };
    });
    const assessed = await assessBundle({ ...bundle, entry });
    expect(assessed.referralUnknown).toBe(one.known === 'unknown');
    expect(field(maker.report(assessed), 'pain-mechanism').state).toBe(one.state);
  });

  it('a score that is missing is a gap for the patient to fill, on the page in words', async () => {
    const assessed = await assessPatient('hads-missing');
    const { scores } = field(maker.report(assessed), 'cognitive-emotional');
    expect(scores.filter(({ gap }) => gap !== undefined).map(({ id }) => id)).toEqual([
      'hads-anxiety',
      'hads-depression',
    ]);
    expect(maker.html(assessed, 'nl')).toContain('Niet vastgelegd; aan te vullen door de patiënt.');
  });

  it('an answer of another kind is unreadable, not absent and never a no', async () => {
    const report = await reportOf(withAnswer(bundleOf('all-met'), 'activity-limitation', [{ valueString: 'no' }]));
    expect(field(report, 'limitations').items.find(({ id }) => id === 'activity-limitation')).toMatchObject({
      found: [],
      gap: { reason: 'unreadable' },
    });
  });

  it('an explicit no is a value and no gap', async () => {
    const assessed = await assessBundle(
      withAnswer(bundleOf('all-met'), 'activity-limitation', [{ valueBoolean: false }]),
    );
    const item = field(maker.report(assessed), 'limitations').items.find(({ id }) => id === 'activity-limitation')!;
    expect(item.found.map(({ value }) => value)).toEqual([false]);
    expect(item.gap).toBeUndefined();
  });

  it('what did not come in whole is told as such, beside what is there and in place of what is not', async () => {
    const bundle = {
      ...without(bundleOf('all-met'), isForm('imsr-intake-form')),
      link: [{ relation: 'next', url: 'https://ehr.example/more' }],
    };
    const assessed = await assessBundle(bundle);
    const report = maker.report(assessed);
    expect(field(report, 'pain-mechanism').items[0]!.gap).toEqual({ supplier: 'physiatrist', reason: 'cut-short' });
    expect(report.timeline!.incomplete.map(({ type }) => type)).toEqual([
      'Procedure',
      'Encounter',
      'QuestionnaireResponse',
    ]);
    const page = maker.html(assessed, 'en');
    expect(page).toContain('There may be more than is shown: procedures (the data did not come in completely).');
    expect(page).toContain(
      'Not known: the data did not come in completely; can be checked by the rehabilitation physician.',
    );
  });

  it('of two sources that differ both are shown, each with its place', async () => {
    const bundle = withAnswer(bundleOf('all-met'), 'pain-onset', [{ valueDate: '2024-06-01' }]);
    const { found } = field(await reportOf(bundle), 'complaint').items.find(({ id }) => id === 'pain-onset')!;
    expect(found.map(({ value, reference }) => ({ value, reference }))).toEqual([
      { value: '2024-06-01', reference: 'QuestionnaireResponse/all-met-imsr-intake-form' },
      { value: '2023-03-01', reference: 'Condition/all-met-pain' },
    ]);
  });

  it('a code that nobody worded is shown as it was recorded', async () => {
    const bundle = withAnswer(bundleOf('all-met'), 'report.pain-mechanism', [{ valueCoding: { code: 'constructor' } }]);
    expect(maker.html(await assessBundle(bundle), 'en')).toContain('<span class="value">constructor</span>');
  });

  it.each([
    { birthDate: '2008-12-01', told: '18 jaar (1-12-2008)' },
    { birthDate: '2008-12-02', told: '17 jaar (2-12-2008)' },
    { birthDate: '2008-12', told: '17 of 18 jaar' },
    { birthDate: '2008', told: '17 of 18 jaar' },
  ])('who was born on $birthDate is $told on 1 December 2026', async ({ birthDate, told }) => {
    const bundle = bundleOf('all-met');
    const changed = {
      ...bundle,
      entry: bundle.entry.map(({ resource }) => ({
        resource: resource.resourceType === 'Patient' ? { ...resource, birthDate } : resource,
      })),
    };
    expect(maker.html(await assessBundle(changed), 'nl')).toContain(told);
  });
});

describe('scores over time', () => {
  const observation = (bundle: PatientBundle, id: string, more: object): PatientBundle =>
    withResource(bundle, {
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-score', code: 'pdi' }] },
      subject: subjectOf(bundle),
      ...more,
    });

  it('are drawn on the whole range, from old to new', async () => {
    const { charts } = maker.report(await assessPatient('all-met'));
    const [pdi] = charts[0]!.series;
    expect(pdi).toMatchObject({ min: 0, max: 70, direction: 'higher-is-worse' });
    expect(pdi!.points.map(({ date, value }) => ({ date, value }))).toEqual([
      { date: '2026-03-10', value: 52 },
      { date: '2026-11-20', value: 45 },
    ]);
  });

  it('one without a date is not drawn but told', async () => {
    const page = maker.html(
      await assessBundle(observation(bundleOf('all-met'), 'undated', { valueInteger: 61 })),
      'en',
    );
    expect(page).toContain('One measurement without a date is in the table only.');
    expect(page).toContain('>date not recorded</td><td data-head="Score">61</td>');
    expect(svgOf(page, 'chart-limitations')).not.toContain('>61<');
  });

  it('one of a month is drawn over that month', async () => {
    const bundle = observation(bundleOf('all-met'), 'monthly', { valueInteger: 61, effectiveDateTime: '2026-06' });
    const chart = svgOf(maker.html(await assessBundle(bundle), 'en'), 'chart-limitations');
    expect(chart).toMatch(/<title>PDI: 61 on June 2026<\/title><path d="M[\d.]+ [\d.]+H[\d.]+"/);
  });

  it('a sum on another scale keeps that scale, in the table', async () => {
    const bundle = withResource(bundleOf('all-met'), {
      resourceType: 'Observation',
      id: 'psk-sum',
      status: 'final',
      code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-score', code: 'psk' }] },
      subject: subjectOf(bundleOf('all-met')),
      effectiveDateTime: '2026-11-20',
      valueInteger: 31,
    });
    expect(maker.html(await assessBundle(bundle), 'en')).toContain('PSK: 31 on a scale of 0 to 50');
  });

  it.each([
    ['0001-01-01T00:00:00Z', '0001-01-01'],
    ['0000-01-05', '0000-01-05'],
  ])('are drawn and told, however old: %s', async (effectiveDateTime, date) => {
    const assessed = await assessBundle(
      observation(bundleOf('all-met'), 'old', { effectiveDateTime, valueInteger: 31 }),
    );
    expect(maker.report(assessed).charts[0]!.series[0]!.points[0]).toMatchObject({ value: 31, date });
    expect(() => maker.html(assessed, 'en')).not.toThrow();
  });

  it('what could not be scored is told with its reason', async () => {
    const bundle = observation(bundleOf('all-met'), 'too-high', { valueInteger: 71, effectiveDateTime: '2026-10-01' });
    expect(maker.html(await assessBundle(bundle), 'en')).toContain('PDI (1 October 2026): outside the range; no score');
  });

  it('no unverified statement stands beside a score, and no chart has a line but the ends and the middle of its range', async () => {
    const page = maker.html(await assessPatient('all-met'), 'nl');
    expect(page).toContain('gemiddeld 38,9');
    for (const unverified of ['8,5 tot 9,5 punten', 'ongeveer 3 tot 5 punten', 'matig of slecht'])
      expect(page).not.toContain(unverified);
    const lines = svgOf(page, 'chart-limitations').match(/<path d="M26 [\d.]+H224"/g);
    expect(lines).toEqual(['<path d="M26 112H224"', '<path d="M26 64H224"', '<path d="M26 16H224"']);
  });
});

/** The drawing whose title has this id. */
function svgOf(page: string, id: string): string {
  const start = page.lastIndexOf('<svg', page.indexOf(`id="${id}-title"`));
  return page.slice(start, page.indexOf('</svg>', start));
}

describe('a rule that cannot be evaluated', () => {
  /** The protocol on a day on which a parameter has no value. */
  const without = withParameters(knowledge, (all) => all.filter(({ name }) => name !== 'minimumSessions'));

  it('is told in the log, without anything of the record', async () => {
    const told: object[] = [];
    const log = { error: (fields: object) => void told.push(fields) };
    const reports = createReportMaker(without, library, loadedReports.value!, () => 'id', log);
    reports.report(await assessPatient('all-met'));
    expect(told).toEqual([{ name: 'courses', expression: 'number >= %minimumSessions' }]);
  });

  it('and nothing is told where all can be', async () => {
    const told: object[] = [];
    countingMaker({ error: (fields) => void told.push(fields) }).report(await assessPatient('all-met'));
    expect(told).toEqual([]);
  });
});
