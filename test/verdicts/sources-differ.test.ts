import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import {
  AGB,
  base,
  type Change,
  coded,
  condition,
  FOR_ANOTHER,
  FOR_THIS,
  ICPC,
  judged,
  ofBase,
  PHYSIOTHERAPY,
  physiotherapy,
  role,
  row,
  sessions,
  SNOMED,
  UNCLEAR,
} from './base-patient.js';

/** What one source tells more exactly than another, and what two sources tell differently, is never added up or chosen in silence. */
const MET = 'met: thresholds-reached';
const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-nl';
const all: Change = (session) => session;

describe('sessions that another source tells as psychosomatic', () => {
  // The physiotherapist's sessions were from 1 September to 15 December 2025.
  const told = (discipline: string, from: string, to: string, more: object = FOR_THIS) =>
    row(discipline, { ...sessions(12), start: { valueDate: from }, end: { valueDate: to }, ...more });
  const PSYCHOSOMATIC = 'psychosomatic-physiotherapy';

  // Whichever kind they were, these were not for this complaint, or not in the two years.
  it('were for another complaint where they are for that, and this is not doubted', () => {
    const knee = condition(coded(ICD10, 'M17'));
    const change = physiotherapy({ reasonReference: [{ reference: 'Condition/other' }] });
    const verdicts = judged(change, [knee], base, [told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15')]);
    expect(verdicts['first-line-physical']).toBe('not-met: other-complaint');
    expect(verdicts['first-line-psychosomatic']).toBe(MET);
  });

  const before: Change = (session, number) =>
    number > PHYSIOTHERAPY
      ? session
      : { ...session, performedDateTime: String(session['performedDateTime']).replace('2025-', '2023-') };

  it.each<[string, Change, object, string]>([
    ['before it', before, told(PSYCHOSOMATIC, '2023-09-01', '2023-12-15'), 'not-met: outside-window'],
    [
      'before it, and one in it',
      (session, number) => (number === 1 ? session : before(session, number)),
      told(PSYCHOSOMATIC, '2023-09-01', '2025-12-15'),
      UNCLEAR,
    ],
  ])('were outside the window where all of them were %s', (_, change, form, expected) => {
    expect(judged(change, [], base, [form])['first-line-physical']).toBe(expected);
  });

  const silent = { ...base, facts: { ...base.facts, 'INC-5.E': 'O' } } as typeof base;
  const INSUFFICIENT = { outcome: { coding: [{ system: SNOMED, code: '385671000' }] } };
  const SUFFICIENT = { outcome: { coding: [{ system: SNOMED, code: '385669000' }] } };
  it.each<[string, object, string]>([
    ['that did not suffice', INSUFFICIENT, 'met: insufficient-result'],
    // It is not told of the psychosomatic treatment, nor of the psychologist's.
    ['that sufficed', SUFFICIENT, 'unknown: not-recorded'],
    ['that cannot be read', { outcome: { text: 'onbekend' } }, 'unknown: not-recorded'],
  ])('tell a result %s all the same', (_, outcome, expected) => {
    const form = told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15');
    expect(judged(physiotherapy(outcome), [], silent, [form])['first-line-ineffective']).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['in the same days', told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15'), UNCLEAR],
    ['in most of these days', told(PSYCHOSOMATIC, '2025-06-01', '2025-11-01'), UNCLEAR],
    ['on the first of them, which leaves eleven', told(PSYCHOSOMATIC, '2025-06-01', '2025-09-01'), MET],
    ['until the day before', told(PSYCHOSOMATIC, '2025-06-01', '2025-08-31'), MET],
    ['from the day after', told(PSYCHOSOMATIC, '2025-12-16', '2026-03-01'), MET],
    ['without days', row(PSYCHOSOMATIC, { ...FOR_THIS, ...sessions(12) }), UNCLEAR],
    ['for another complaint', told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15', FOR_ANOTHER), MET],
    ['of the other kind', told('psychosomatic-occupational-therapy', '2025-09-01', '2025-12-15'), MET],
  ])('%s', (_, series, expected) => {
    expect(judged(all, [], base, [series])['first-line-physical']).toBe(expected);
  });

  it('are of the general kind where that source tells such ones as well', () => {
    const rows = [told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15'), told('physiotherapy', '2025-09-01', '2025-12-15')];
    expect(judged((one) => ({ ...one, status: 'not-done' }), [], base, rows)['first-line-physical']).toBe(MET);
  });

  // Psychosomatic sessions that name no complaint stand beside a form that tells both kinds.
  it.each<[string, readonly object[], string]>([
    [
      'both kinds, the psychosomatic one for another complaint',
      [told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15', FOR_ANOTHER), told('physiotherapy', '2025-09-01', '2025-12-15')],
      MET,
    ],
    ['the general kind alone', [told('physiotherapy', '2025-09-01', '2025-12-15')], UNCLEAR],
  ])('are of the general kind where a form tells %s', (_, rows, expected) => {
    const performer = [{ actor: { reference: 'PractitionerRole/two' } }];
    const unlinked = physiotherapy({ performer, reasonReference: undefined });
    expect(judged(unlinked, [role('two', AGB, '0409')], base, rows)['first-line-physical']).toBe(expected);
  });

  it('are of no kind that is known where their own words say it', () => {
    const words = { code: { ...coded(SNOMED, '91251008').code, text: 'Psychosomatische fysiotherapie' } };
    expect(judged(physiotherapy(words))['first-line-physical']).toBe(UNCLEAR);
    const performer = [{ actor: { reference: 'PractitionerRole/two' } }];
    const verdicts = judged(physiotherapy({ ...words, performer }), [role('two', AGB, '0409')]);
    expect(verdicts['first-line-psychosomatic']).toBe(MET);
  });

  it('do not make two parts of one series by a registration that knows no kinds', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/general' } }];
    const verdicts = judged(
      (session, number) => (number > PHYSIOTHERAPY ? { ...session, status: 'not-done' } : { ...session, performer }),
      [role('general', UZI, '04.000')],
      base,
      [told(PSYCHOSOMATIC, '2025-09-01', '2025-12-15')],
    );
    expect([verdicts['first-line-physical'], verdicts['first-line-psychosomatic']]).toEqual([UNCLEAR, MET]);
    expect(verdicts['stepped-care']).not.toMatch(/^met/);
  });
});

describe('a setting that the forms tell (counting rule T10)', () => {
  const inSetting = (code: string) => row('psychologist', { ...FOR_THIS, setting: { valueCoding: { code } } });

  it.each<[string, readonly object[], string]>([
    ['secondary care', [inSetting('secondary-care')], 'review: only-with-secondary-care'],
    ['primary care', [inSetting('primary-care')], MET],
    ['both', [inSetting('secondary-care'), inSetting('primary-care')], MET],
    ['of one series alone', [inSetting('secondary-care'), row('psychologist', FOR_THIS)], MET],
  ])('%s', (_, rows, expected) => {
    expect(judged(all, [], base, rows)['first-line-psychological']).toBe(expected);
  });
});

describe('a row without days beside five sessions of which each day is told', () => {
  const five: Change = (session, number) =>
    number > 5 && number <= PHYSIOTHERAPY ? { ...session, status: 'not-done' } : session;
  const BELOW = 'not-met: below-threshold';

  it.each<[string, object, string]>([
    ['for this complaint', row('physiotherapy', { ...FOR_THIS, ...sessions(12) }), BELOW],
    ['for a complaint that it does not tell', row('physiotherapy', sessions(12)), BELOW],
    ['for a complaint that it does not tell, and without a number', row('physiotherapy'), BELOW],
    ['for another complaint', row('physiotherapy', { ...FOR_ANOTHER, ...sessions(12) }), BELOW],
    ['of another discipline, for a complaint that it does not tell', row('exercise-therapy', sessions(12)), UNCLEAR],
    [
      'with days that cannot be read',
      row('physiotherapy', { ...FOR_THIS, ...sessions(12), start: { valueString: 'vorig jaar' } }),
      'unknown: number-or-duration-missing',
    ],
    [
      'with a number that cannot be read',
      row('physiotherapy', { ...FOR_THIS, sessions: { valueString: 'twaalf' } }),
      'unknown: number-or-duration-missing',
    ],
  ])('decides nothing where it can be read: %s', (_, told, expected) => {
    expect(judged(five, [], base, [told])['first-line-physical']).toBe(expected);
  });

  const secondary = { setting: { valueCoding: { code: 'secondary-care' } } };
  const inHospital =
    (last: number): Change =>
    (session, number) =>
      number > last && number <= PHYSIOTHERAPY
        ? { ...session, status: 'not-done' }
        : physiotherapy({ ...session, performer: atHospital(session) })(session, number);
  const atHospital = (session: Resource) =>
    (session['performer'] as readonly object[]).map((one) => ({ ...one, onBehalfOf: { display: 'UMC Noord' } }));

  it.each<[number, object, string]>([
    [5, row('physiotherapy', { ...FOR_THIS, ...sessions(12), ...secondary }), BELOW],
    [12, row('physiotherapy', { ...FOR_THIS, ...sessions(5), ...secondary }), 'review: only-with-secondary-care'],
    [5, row('exercise-therapy', { ...FOR_THIS, ...sessions(12), ...secondary }), 'unknown: number-or-duration-missing'],
  ])('nor does it in secondary care, where %i were', (last, told, expected) => {
    expect(judged(inHospital(last), [], base, [told])['first-line-physical']).toBe(expected);
  });
});

describe('sessions for a mental disorder', () => {
  const psychology: Change = (session, number) =>
    number > PHYSIOTHERAPY ? { ...session, reasonReference: [{ reference: 'Condition/other' }] } : session;

  it.each<[string, string]>([
    [ICD10, 'F45.1'],
    [ICD10, 'F32.1'],
    [ICPC, 'P75'],
    [ICPC, 'P02'],
    [SNOMED, '35489007'],
  ])('may be for what the pain does to thought and mood (%s|%s)', (system, code) => {
    expect(judged(psychology, [condition(coded(system, code))])['first-line-psychological']).toBe(UNCLEAR);
  });

  it('are not those for an organ', () => {
    const asthma = condition(coded(ICD10, 'J45.0'));
    expect(judged(psychology, [asthma])['first-line-psychological']).toBe('not-met: other-complaint');
  });
});

describe('sessions for a disease of another organ, where the complaint is coded as one', () => {
  const other = physiotherapy({ reasonReference: [{ reference: 'Condition/other' }] });
  const withComplaint = (complaint: object, reason: object): string =>
    judged(other, [condition(reason)], base, [], ofBase('pain', complaint))['first-line-physical']!;

  it.each<[string, object, object]>([
    ['pelvic pain in two systems', coded(SNOMED, '30473006'), coded(ICD10, 'R10.2')],
    ['postherpetic pain in two systems', coded(SNOMED, '2177002'), coded(ICPC, 'S70')],
    [
      'an irritable bowel in two systems',
      coded('http://id.who.int/icd/release/11/mms', 'MG30.00'),
      coded(ICD10, 'K58.9'),
    ],
  ])('may be for the complaint: %s', (_, complaint, reason) => {
    expect(withComplaint(complaint, reason)).toBe(UNCLEAR);
  });

  it('pain of the pelvic girdle in pregnancy is pain in the back', () => {
    expect(withComplaint(coded(SNOMED, '279039007'), coded(ICD10, 'O26.8'))).toBe(UNCLEAR);
    expect(withComplaint(coded(SNOMED, '279039007'), coded(ICD10, 'O24.4'))).toBe('not-met: other-complaint');
  });
});

describe('another record of the complaint with an earlier begin', () => {
  const begun = (onsetDateTime: string, fields: object = {}): Resource =>
    condition({ ...ofBase('pain', {}), id: 'other', onsetDateTime, ...fields });
  const pain = (added: Resource): string =>
    judged(
      all,
      [added],
      { ...base, facts: { ...base.facts, recurrent: false } } as typeof base,
      [],
      ofBase('pain', { onsetDateTime: '2026-11-10' }),
    )['persistent-pain']!;

  it.each<[string, Resource, string]>([
    ['that goes on', begun('2023-03-01'), 'review: begins-differ'],
    ['of three months and a day before', begun('2026-08-31'), 'review: begins-differ'],
    ['of three months before', begun('2026-09-01'), 'not-met: too-short'],
    ['that ended', begun('2023-03-01', { abatementDateTime: '2024-01-01' }), 'not-met: too-short'],
    [
      'that is not active',
      begun('2023-03-01', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
      'not-met: too-short',
    ],
    ['of another code', begun('2023-03-01', coded(SNOMED, '44465007')), 'not-met: too-short'],
  ])('%s', (_, added, expected) => {
    expect(pain(added)).toBe(expected);
  });
});

describe('what sessions were given on or in', () => {
  const knowledge = loadKnowledge('hooks').value!;
  const judgedWith = (fields: object, cutShort: boolean) => {
    const bundle = encodeVignette(base);
    const entry = (bundle.entry ?? []).map(({ resource }) => ({
      resource: resource?.resourceType === 'Procedure' ? { ...resource, ...fields } : resource,
    }));
    const link = cutShort ? [{ relation: 'next', url: 'https://fhir.example/page' }] : [];
    const { assessment } = assessBundle(knowledge, { ...bundle, entry, link }, base.asOf);
    return assessment.criteria.find(({ id }) => id === 'first-line-physical')!;
  };
  const firstLine = (fields: object, cutShort: boolean): string => {
    const { status, reason } = judgedWith(fields, cutShort);
    return `${status}: ${reason}`;
  };

  it.each<[string, object]>([
    ['an order', { basedOn: [{ reference: 'ServiceRequest/gone' }] }],
    ['a contact', { encounter: { reference: 'Encounter/gone' } }],
  ])('may have been IMSR where %s could not be had', (_, fields) => {
    expect(firstLine(fields, true)).not.toMatch(/^met/);
    expect(firstLine(fields, false)).toBe(MET);
    expect(firstLine({}, true)).toBe(MET);
    // Where nothing is known to be lost it counts, and what it is that nobody found is told.
    expect(judgedWith(fields, false).notes).toEqual(['given-on-unfound']);
    expect(judgedWith({}, false).notes).toEqual([]);
  });
});
