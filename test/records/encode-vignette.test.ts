import type { Bundle, Encounter, Observation, Procedure, QuestionnaireResponse, Resource } from 'fhir/r4.js';
import { describe, expect, test } from 'vitest';
import { amsterdamInstant, yearsBefore } from './calendar.js';
import {
  encodeVignette,
  encodingName,
  indicationEncodings,
  plainEncoding,
  someEncodings,
  vignettes,
  type Encoding,
  type Vignette,
} from './encode-vignette.js';
import { r4Errors } from './r4-validator.js';
import { danglingReferences } from './references.js';

const resources = (bundle: Bundle): readonly Resource[] =>
  (bundle.entry ?? []).map((entry) => entry.resource as Resource);
function ofType<T extends Resource>(bundle: Bundle, type: T['resourceType']): readonly T[] {
  return resources(bundle).filter((resource): resource is T => resource.resourceType === type);
}
function vignette(id: string): Vignette {
  const found = vignettes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vignette ${id}`);
  return found;
}
const form = (bundle: Bundle, name: string) =>
  ofType<QuestionnaireResponse>(bundle, 'QuestionnaireResponse').find((one) => one.questionnaire?.endsWith(`/${name}`));
const items = (bundle: Bundle, name: string, linkId: string) =>
  (form(bundle, name)?.item ?? []).filter((one) => one.linkId === linkId);
const inRows = (bundle: Bundle, name: string, linkId: string) =>
  items(bundle, name, 'treatment').flatMap((row) => (row.item ?? []).filter((one) => one.linkId === linkId));
const encoded = (id: string, encoding: Partial<Encoding> = {}) =>
  encodeVignette(vignette(id), { ...plainEncoding, ...encoding });

describe.each(someEncodings.map((encoding) => [encodingName(encoding), encoding] as const))('%s', (_name, encoding) => {
  test.each(vignettes.map((one) => [one.id, one] as const))('%s is valid R4 without loose ends', (_id, one) => {
    const bundle = encodeVignette(one, encoding);
    expect(r4Errors(bundle)).toEqual([]);
    expect(danglingReferences(bundle)).toEqual([]);
    const drafts = resources(bundle).filter((resource) => (resource as { status?: string }).status === 'draft');
    expect(drafts.map((draft) => `${draft.resourceType}/${draft.id}`)).toEqual(['ServiceRequest/draft']);
  });
});

test('every combination gives unique ids and never a citizen number', () => {
  for (const one of vignettes) {
    for (const encoding of indicationEncodings) {
      const bundle = encodeVignette(one, encoding);
      const ids = resources(bundle).map((resource) => `${resource.resourceType}/${resource.id}`);
      expect(new Set(ids).size).toBe(ids.length);
      expect(JSON.stringify(bundle)).not.toContain('bsn');
    }
  }
});

describe('sessions', () => {
  test('a Procedure per session, with the role in the record or contained', () => {
    const inRecord = encoded('V01');
    expect(ofType<Procedure>(inRecord, 'Procedure')).toHaveLength(20);
    expect(ofType(inRecord, 'PractitionerRole')).toHaveLength(2);
    const contained = encoded('V01', { sessions: 'contained' });
    expect(ofType<Procedure>(contained, 'Procedure').every((one) => one.contained?.length === 1)).toBe(true);
    expect(ofType(contained, 'PractitionerRole')).toHaveLength(0);
    expect(ofType<Encounter>(encoded('V01', { sessions: 'encounters' }), 'Encounter')).toHaveLength(20);
  });

  test('instants fall on the session day in Amsterdam, some of them on another day in UTC', () => {
    const performed = ofType<Procedure>(encoded('V01', { sessions: 'instants' }), 'Procedure').map(
      (one) => one.performedDateTime ?? '',
    );
    const amsterdam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
    const days = vignette('V01').facts.series.flatMap((series) => series.sessions ?? []);
    expect(performed.map((instant) => amsterdam.format(new Date(instant)))).toEqual(days);
    expect(performed.filter((instant, at) => instant.slice(0, 10) !== days[at])).toHaveLength(10);
  });

  test('a period without a number stays without a number', () => {
    const bundle = encoded('V37');
    const series = ofType<Procedure>(bundle, 'Procedure').filter((one) => one.performedPeriod !== undefined);
    expect(series.map((one) => one.performedPeriod)).toEqual([{ start: '2025-09-01', end: '2025-12-15' }]);
    expect(inRows(bundle, 'imsr-referral-form', 'treatment.sessions')).toHaveLength(1);
    expect(inRows(bundle, 'imsr-referral-form', 'treatment.content')).toHaveLength(2);
  });

  test('the POH-GGZ is on the form only, with dates', () => {
    const bundle = encoded('V03');
    expect(ofType<Procedure>(bundle, 'Procedure')).toHaveLength(7);
    expect(inRows(bundle, 'imsr-referral-form', 'treatment.start')).toEqual([
      { linkId: 'treatment.start', answer: [{ valueDate: '2026-02-02' }] },
    ]);
  });

  test('rows beside sessions as resources have no dates; rows that stand alone count the window only', () => {
    expect(inRows(encoded('V23'), 'imsr-referral-form', 'treatment.start')).toEqual([]);
    const alone = encoded('V23', { sessions: 'referral-form' });
    expect(ofType(alone, 'Procedure')).toEqual([]);
    expect(inRows(alone, 'imsr-referral-form', 'treatment.sessions')[0]?.answer).toEqual([{ valueInteger: 6 }]);
    expect(inRows(alone, 'imsr-referral-form', 'treatment.start')[0]?.answer).toEqual([{ valueDate: '2024-11-11' }]);
    const intake = encoded('V23', { sessions: 'intake-form' });
    expect(inRows(intake, 'imsr-intake-form', 'treatment.end')[0]?.answer).toEqual([{ valueDate: '2025-02-03' }]);
  });

  test('what was explicitly not had is an answer, what nobody knows is no item', () => {
    expect(
      items(encoded('V49'), 'imsr-referral-form', 'no-treatment')[0]?.answer?.map((one) => one.valueCoding?.code),
    ).toEqual(['physical', 'psychological']);
    expect(items(encoded('V55'), 'imsr-referral-form', 'no-treatment')).toEqual([]);
  });

  test('information that the referrer left out is in no row', () => {
    expect(inRows(encoded('V63'), 'imsr-referral-form', 'treatment.result')).toEqual([]);
    expect(inRows(encoded('V63'), 'imsr-referral-form', 'treatment.content')).toHaveLength(2);
  });
});

describe('instruments', () => {
  const answers = (bundle: Bundle, name: string) =>
    (form(bundle, name)?.item ?? []).map((one) => one.answer?.[0]?.valueInteger ?? Number.NaN);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

  test('items add up to the fact', () => {
    const bundle = encoded('V01');
    expect(sum(answers(bundle, 'pdi'))).toBe(45);
    expect(sum(answers(bundle, 'pain-catastrophizing-scale'))).toBe(32);
    const hads = answers(bundle, 'hads');
    expect([sum(hads.filter((_v, at) => at % 2 === 0)), sum(hads.filter((_v, at) => at % 2 === 1))]).toEqual([9, 10]);
    expect(answers(bundle, 'sf-12')).toEqual(vignette('V01').facts.instr.sf12);
  });

  test('totals are Observations with the published SF-12 scores', () => {
    const totals = ofType<Observation>(encoded('V01', { instruments: 'totals' }), 'Observation').map((one) => [
      one.code.coding?.[0]?.code,
      one.valueInteger ?? one.valueQuantity?.value ?? one.valueBoolean,
    ]);
    expect(Object.fromEntries(totals)).toEqual({
      pdi: 45,
      'sf12-physical': 30.67599,
      'sf12-mental': 32.55855,
      'hads-anxiety': 9,
      'hads-depression': 10,
      'pain-catastrophizing': 32,
      'work-ability': 3,
      'general-pain-questionnaire': true,
      'pain-nrs': 7,
      'wpn-level': 3,
    });
  });

  test('what was not taken is nowhere', () => {
    for (const instruments of ['items', 'totals', 'ordinals'] as const) {
      expect(JSON.stringify(encoded('V43', { instruments }))).not.toContain('hads');
      expect(JSON.stringify(encoded('V09', { instruments }))).not.toMatch(/"pdi"|\/pdi"/);
    }
  });
});

test('a fact that was not recorded leaves its item out, and the exclusions keep their sense', () => {
  const answerTo = (id: string, linkId: string) => items(encoded(id), 'imsr-intake-form', linkId)[0]?.answer?.[0];
  expect(answerTo('V01', 'taper-possible')).toBeUndefined();
  expect(answerTo('V73', 'taper-possible')).toEqual({ valueBoolean: false });
  expect(answerTo('V75', 'medication-impedes')).toBeUndefined();
  expect(answerTo('V77', 'other-treatment-needed')).toBeUndefined();
  expect(answerTo('V01', 'sufficient-capacity')).toEqual({ valueBoolean: true });
  expect(answerTo('V29', 'other-intervention-promising')).toEqual({ valueBoolean: true });
  expect(answerTo('V45', 'report.pain-mechanism')).toBeUndefined();
  expect(answerTo('V69', 'movement-influence')).toEqual({ valueBoolean: false });
});

test('the calendar of the encoder', () => {
  expect(yearsBefore('2028-02-29', 2)).toBe('2026-02-28');
  expect(yearsBefore('2028-02-29', 4)).toBe('2024-02-29');
  expect(amsterdamInstant('2026-03-29', '23:30:00', 'offset')).toBe('2026-03-29T23:30:00+02:00');
  expect(amsterdamInstant('2026-03-29', '00:30:00', 'utc')).toBe('2026-03-28T23:30:00Z');
  expect(() => amsterdamInstant('2026-03-29', '02:30:00', 'offset')).toThrow(RangeError);
});

test('the validator sees a fault inside a Bundle', () => {
  const bundle = encoded('V01');
  const broken = {
    ...bundle,
    entry: (bundle.entry ?? []).map((entry) => ({ ...entry, resource: { ...entry.resource, notAnElement: true } })),
  };
  expect(r4Errors(broken)[0]).toContain('notAnElement');
});
