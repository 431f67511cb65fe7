import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import {
  asContacts,
  base,
  type Change,
  coded,
  condition,
  FOR_THIS,
  ICPC,
  judged,
  ofBase,
  OTHER,
  PHYSIOTHERAPY,
  physiotherapy,
  row,
  sessions,
  SNOMED,
  UNCLEAR,
} from './base-patient.js';

/** Data that are missing, unreadable or told twice never become a no, nor a yes. */
const MISSING = 'unknown: number-or-duration-missing';
/** Told with both its days, some of which lie outside: the number inside is what lacks. */
const ACROSS = 'unknown: number-in-window-missing';
const MET = 'met: thresholds-reached';
const none: Change = (session) => ({ ...session, status: 'not-done' });

/** The physical part, told by these rows of the referral form alone. */
const byForm = (...rows: readonly object[]): string => judged(none, [], base, rows)['first-line-physical']!;

const series = (told: object): object => row('physiotherapy', { ...FOR_THIS, ...sessions(20), ...told });
const MASKED = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' };
const start = (valueDate: string) => ({ start: { valueDate } });
const end = (valueDate: string) => ({ end: { valueDate } });

const daysOf = (inMonth: string, number: number) =>
  Array.from({ length: number }, (_, at) => `${inMonth}-${String(at + 1).padStart(2, '0')}`);

describe('a series of which one side is not told', () => {
  // The window of this patient begins on 3 November 2024 and ends on 3 November 2026.
  it.each<[string, object, string]>([
    ['without an end, begun before the window', start('2024-09-01'), MISSING],
    ['with an end that is a word', { ...start('2024-09-01'), end: { valueString: 'heden' } }, MISSING],
    ['without a start, ended after the window', end('2026-11-20'), MISSING],
    ['that ends before it begins', { ...start('2025-06-01'), ...end('2024-01-01') }, MISSING],
    ['begun after the window', start('2026-11-04'), 'not-met: outside-window'],
    ['ended before the window', end('2024-11-02'), 'not-met: outside-window'],
    ['with both, across the start of the window', { ...start('2024-09-01'), ...end('2025-03-01') }, MET],
    ['with both, begun on the day before it', { ...start('2024-11-02'), ...end('2025-03-01') }, MET],
    ['with both, across its end', { ...start('2026-06-01'), ...end('2026-11-20') }, ACROSS],
    ['with both, ended on the day after it', { ...start('2026-06-01'), ...end('2026-11-04') }, ACROSS],
    ['with both, from its first day to its last', { ...start('2024-11-03'), ...end('2026-11-03') }, MET],
  ])('%s', (_, told, expected) => {
    const inside = row('physiotherapy', { ...FOR_THIS, ...sessions(3), ...start('2026-02-01'), ...end('2026-03-01') });
    const few = expected.startsWith('not-met') ? 'not-met: below-threshold' : expected;
    expect(byForm(series(told), inside)).toBe(few);
    if (expected.startsWith('not-met')) expect(byForm(series(told))).toMatch(/^(not-met: outside-window|unknown: )/);
  });

  const FEW = 'not-met: below-threshold';
  it.each<[string, number, object, string]>([
    ['across the start of the window', 6, { ...start('2024-09-01'), ...end('2025-03-01') }, MET],
    ['for 84 days of the window', 6, { ...start('2024-09-01'), ...end('2025-01-26') }, MET],
    ['for 83 days of it', 6, { ...start('2024-09-01'), ...end('2025-01-25') }, FEW],
    ['for as many days of it as sessions', 6, { ...start('2024-09-01'), ...end('2024-11-08') }, FEW],
    ['for fewer days of it', 7, { ...start('2024-09-01'), ...end('2024-11-08') }, MISSING],
    ['across the start of the window', 5, { ...start('2024-09-01'), ...end('2025-03-01') }, FEW],
    ['across its end', 5, { ...start('2026-06-01'), ...end('2026-11-20') }, FEW],
    ['of which one lay inside', 1, { ...start('2024-09-01'), ...end('2025-03-01') }, FEW],
    ['begun before the window and without an end', 6, start('2024-09-01'), MISSING],
    ['begun before the window and without an end', 5, start('2024-09-01'), FEW],
    ['that ends before it begins', 5, { ...start('2025-06-01'), ...end('2024-01-01') }, MISSING],
    ['with more sessions than days', 5, { ...start('2025-06-01'), ...end('2025-06-03') }, MISSING],
  ])('%s, %i sessions: no more than these were inside', (_, number, told, expected) => {
    expect(byForm(series({ ...told, ...sessions(number) }))).toBe(expected);
  });

  it('the number alone is no "no" for psychological treatment while the duration may suffice', () => {
    const told = (from: string, to: string) =>
      row('psychologist', { ...FOR_THIS, ...sessions(5), ...start(from), ...end(to) });
    const psychological = (...rows: readonly object[]) => judged(none, [], base, rows)['first-line-psychological'];
    expect(psychological(told('2024-09-01', '2025-01-25'))).toBe(FEW);
    expect(psychological(told('2024-09-01', '2025-01-26'))).toBe(MET);
    expect(psychological(row('psychologist', { ...FOR_THIS, ...sessions(5), ...start('2024-09-01') }))).toBe(MISSING);
  });

  const month = (at: number) => `2025-${String(at).padStart(2, '0')}`;
  /** The physiotherapist's sessions on these days, months or years, and no others. */
  const told =
    (...days: readonly string[]): Change =>
    (session, at) =>
      at > PHYSIOTHERAPY
        ? session
        : at > days.length
          ? none(session, at)
          : { ...session, performedDateTime: days[at - 1] };

  // No two sessions of different months are on one day, and none of one month is known not to be.
  it.each<[string, readonly string[], string]>([
    ['five months', [1, 2, 3, 4, 5].map(month), FEW],
    ['six months', [1, 2, 3, 4, 5, 6].map(month), MET],
    ['six months, one of them twice', [1, 2, 3, 4, 5, 5].map(month), MISSING],
    ['six months of which one lies partly outside', ['2024-11', ...[1, 2, 3, 4, 5].map(month)], MISSING],
    ['five months and a day of another', [...[1, 2, 3, 4, 5].map(month), '2025-06-02'], MET],
    ['five months and a day of one of these', [...[1, 2, 3, 4, 5].map(month), '2025-05-30'], MISSING],
    [
      'six months as close as can be',
      ['2025-01-01', '2025-01-15', '2025-02', '2025-02-28', '2025-03', '2025-04'],
      MISSING,
    ],
    ['days with a month that alone makes them long enough', [...daysOf('2025-01', 4), '2025-03-20', '2025-04'], MET],
    ['days with a month that may be too near', [...daysOf('2025-01', 4), '2025-02-20', '2025-03'], MISSING],
    ['days with a month after a long pause', [...daysOf('2025-01', 5), '2025-05'], 'review: duration-across-pause'],
    ['two years', ['2025', '2026'], FEW],
  ])(
    'sessions that are told by their months (%s) are as many as these can be, at least and at most',
    (_, days, expected) => {
      expect(judged(told(...days))['first-line-physical']).toBe(expected);
    },
  );

  it.each<[string, object, string]>([
    ['without an end', start('2024-09-01'), MISSING],
    ['in the wrong order', { ...start('2025-06-01'), ...end('2024-01-01') }, MISSING],
    ['begun in a year that lies partly outside', start('2024'), MISSING],
    ['of such a year', { ...start('2024'), ...end('2024') }, MISSING],
    ['that ended in a month that lies partly outside', { ...start('2024-09'), ...end('2024-11') }, MISSING],
    ['with days that are words', { start: { valueString: 'najaar' }, end: { valueString: 'heden' } }, MISSING],
    ['that ended in a month inside', { ...start('2024-09'), ...end('2024-12') }, MET],
    ['of a month inside', { ...start('2024-12'), ...end('2024-12') }, MET],
    ['begun inside, of which the end is a word', { ...start('2024-11-03'), end: { valueString: 'heden' } }, MET],
  ])('%s is a yes by its number only where what that counts lies inside', (_, told, expected) => {
    const psychologist = row('psychologist', { ...FOR_THIS, ...sessions(20), ...told });
    expect(judged(none, [], base, [psychologist])['first-line-psychological']).toBe(expected);
  });
});

describe('treatment of which a part of the days is told, all of it outside the window', () => {
  const OUTSIDE = 'not-met: outside-window';
  it.each<[string, object, string]>([
    ['its end on the day before', end('2024-11-02'), OUTSIDE],
    ['its end on the first day', end('2024-11-03'), MISSING],
    ['its end in a month before', end('2024-10'), OUTSIDE],
    ['its end in a month that lies partly inside', end('2024-11'), MISSING],
    ['its months', { ...start('2024-05'), ...end('2024-10') }, OUTSIDE],
    ['its months, the last partly inside', { ...start('2024-05'), ...end('2024-11') }, MISSING],
    ['one month', { ...start('2024-10'), ...end('2024-10') }, OUTSIDE],
    ['its year', { ...start('2023'), ...end('2023') }, OUTSIDE],
    ['its year, partly inside', { ...start('2024'), ...end('2024') }, MISSING],
    ['its begin on the day after', start('2026-11-04'), OUTSIDE],
    ['its begin on the last day', start('2026-11-03'), MISSING],
    ['its begin in a month after', start('2026-12'), OUTSIDE],
    ['its begin before the window alone', start('2024-05-01'), MISSING],
    ['an end before the window that comes before the begin', { ...start('2024-10-01'), ...end('2024-01-01') }, MISSING],
    [
      'its end before the window, and a begin in words',
      { start: { valueString: 'voorjaar' }, ...end('2024-10-01') },
      MISSING,
    ],
  ])('%s', (_, told, expected) => {
    expect(byForm(series(told))).toBe(expected);
  });

  const month = (day: unknown) => String(day).slice(0, 7);
  it.each<[string, number, string]>([
    ['in months before', 2023, OUTSIDE],
    // Of these too few can have been inside.
    ['in months of which one is partly inside and one wholly', 2024, 'not-met: below-threshold'],
  ])('sessions %s', (_, year, expected) => {
    const byMonth = (session: Resource, number: number): Resource =>
      number > PHYSIOTHERAPY
        ? session
        : { ...session, performedDateTime: month(session['performedDateTime']).replace('2025', String(year)) };
    expect(judged(byMonth)['first-line-physical']).toBe(expected);
  });

  it('is no answer to what else was had in the window', () => {
    expect(byForm(series(end('2024-10')), row('physiotherapy', FOR_THIS))).toBe(MISSING);
    expect(byForm(series(end('2024-10')), row('physiotherapy'))).toBe(UNCLEAR);
    expect(byForm(series(end('2024-10')), row('physiotherapy', { ...FOR_THIS, ...start('2025-01-01') }))).toBe(MISSING);
  });
});

describe('a row that does not tell its complaint', () => {
  it.each<[string, object, string]>([
    ['tells of none where it tells no session', sessions(0), 'not-met: below-threshold'],
    ['may be of this one where it tells a session', sessions(1), UNCLEAR],
    ['may be of this one where it tells no number', {}, UNCLEAR],
    ['may be of this one where its number cannot be read', { sessions: { valueString: '0' } }, UNCLEAR],
  ])('%s', (_, told, expected) => {
    expect(byForm(row('physiotherapy', told as Record<string, object>))).toBe(expected);
  });
});

describe('psychosomatic exercise therapy of which the complaint is not told', () => {
  const told = (...days: readonly object[]) => {
    const therapy = row(
      'psychosomatic-exercise-therapy',
      Object.assign({}, sessions(9), ...days) as Record<string, object>,
    );
    return judged((session) => session, [], base, [therapy])['first-line-psychosomatic'];
  };
  it.each<[string, readonly object[], string]>([
    ['before the window', [start('2024-01-01'), end('2024-11-02')], 'not-met: declared-none'],
    ['to its first day', [start('2024-01-01'), end('2024-11-03')], MISSING],
    ['after it', [start('2026-11-04'), end('2026-11-20')], 'not-met: declared-none'],
    ['on its last day', [start('2026-11-03'), end('2026-11-20')], MISSING],
    ['in a month before', [end('2024-10')], 'not-met: declared-none'],
    ['begun before it', [start('2024-01-01')], MISSING],
    ['on days that are not told', [], MISSING],
  ])('%s', (_, days, expected) => {
    expect(told(...days)).toBe(expected);
  });
});

describe('what a form answers twice, or in a way that cannot be read', () => {
  const whole = { ...start('2025-09-01'), ...end('2026-02-01') };
  const twice = (linkId: string, ...answer: readonly object[]) => ({ linkId: `treatment.${linkId}`, answer });
  const withItem = (item: object): object => {
    const told = row('physiotherapy', { ...FOR_THIS, ...whole }) as { readonly item: readonly object[] };
    return { ...told, item: [...told.item, item] };
  };

  it.each<[string, object, string]>([
    ['numbers', twice('sessions', { valueInteger: 3 }, { valueInteger: 12 }), MISSING],
    ['numbers the other way round', twice('sessions', { valueInteger: 12 }, { valueInteger: 3 }), MISSING],
    ['one number', twice('sessions', { valueInteger: 12 }), MET],
  ])('%s', (_, item, expected) => {
    expect(byForm(withItem(item))).toBe(expected);
  });

  it.each<[string, readonly object[], string]>([
    ['primary care', [{ valueCoding: { code: 'primary-care' } }], MET],
    ['a setting that is none of the two', [{ valueString: 'tweede lijn' }], UNCLEAR],
    ['a setting without a code', [{ valueCoding: { display: 'Ziekenhuis' } }], UNCLEAR],
    ['a setting of another kind', [{ valueBoolean: true }], UNCLEAR],
    ['a setting that is absent with a reason', [{ extension: [MASKED] }], UNCLEAR],
    [
      'both settings',
      [{ valueCoding: { code: 'primary-care' } }, { valueCoding: { code: 'secondary-care' } }],
      UNCLEAR,
    ],
  ])('%s', (_, answer, expected) => {
    const told = row('physiotherapy', { ...FOR_THIS, ...whole, ...sessions(12) }) as {
      readonly item: readonly object[];
    };
    expect(byForm({ ...told, item: [...told.item, { linkId: 'treatment.setting', answer }] })).toBe(expected);
  });

  it('a setting absent with a reason, of sessions that the record holds', () => {
    const answer = [{ extension: [MASKED] }];
    const told = row('physiotherapy', { ...FOR_THIS }) as { readonly item: readonly object[] };
    const withSetting = { ...told, item: [...told.item, { linkId: 'treatment.setting', answer }] };
    expect(judged((session) => session, [], base, [withSetting])['first-line-physical']).toBe(UNCLEAR);
  });

  it('for this complaint and for another', () => {
    const told = row('physiotherapy', { ...whole, ...sessions(12) }) as { readonly item: readonly object[] };
    const answer = [{ valueBoolean: false }, { valueBoolean: true }];
    expect(byForm({ ...told, item: [...told.item, { linkId: 'treatment.current-complaint', answer }] })).toBe(UNCLEAR);
    const partly = [{ valueBoolean: true }, { valueString: 'deels een andere klacht' }];
    const item = [...told.item, { linkId: 'treatment.current-complaint', answer: partly }];
    expect(byForm({ ...told, item })).toBe(UNCLEAR);
  });
});

describe('a row that forms without a status tell alike', () => {
  const told = row('physiotherapy', { ...FOR_THIS, ...sessions(12), ...start('2025-09-01'), ...end('2026-02-01') });
  const form = (id: string, kind: string): Resource => ({
    resourceType: 'QuestionnaireResponse',
    id,
    questionnaire: `https://imsr-cds.example/fhir/Questionnaire/${kind}`,
    authored: '2026-11-03',
    subject: { reference: 'Patient/v01' },
    item: [told],
  });
  const few: Change = (session, number) => (number > 3 && number <= PHYSIOTHERAPY ? none(session, number) : session);
  const lost = ofBase('imsr-referral-form', { status: undefined, item: [told] });

  it.each<[string, readonly Resource[], Resource?]>([
    ['two referral forms', [form('another', 'imsr-referral-form')], lost],
    ['three of them', [form('another', 'imsr-referral-form'), form('third', 'imsr-referral-form')], lost],
    ['a referral form and an intake form', [form('another', 'imsr-intake-form')], lost],
    ['a referral form beside one that is used', [form('another', 'imsr-referral-form')]],
  ])('%s: it may have been had', (_, forms, replaced) => {
    expect(judged(few)['first-line-physical']).toBe('not-met: below-threshold');
    expect(judged(few, forms, base, [], replaced)['first-line-physical']).toMatch(/^unknown: /);
  });
});

describe('sessions of which the role cannot be had', () => {
  const unlinked = (fields: object, from = 4): Change => physiotherapy({ reasonReference: undefined, ...fields }, from);
  const by = (actor: object) => ({ performer: [{ actor }] });

  it.each<[string, object]>([
    ['and that name no complaint', by({ reference: 'PractitionerRole/absent' })],
    ['told in words alone', { performer: undefined, code: { text: 'Behandeling fysiotherapie' } }],
    ['told in capitals', { performer: undefined, code: { text: 'ZITTING OEFENTHERAPIE' } }],
    ['told by the kind of therapy', { performer: undefined, code: { text: 'Manuele therapie' } }],
    [
      'by a code of the site',
      {
        performer: undefined,
        code: { coding: [{ system: 'urn:local', code: '1', display: 'Fysiotherapie zitting' }] },
      },
    ],
  ])('%s may be of the first line', (_, fields) => {
    expect(judged(unlinked(fields))['first-line-physical']).toBe(UNCLEAR);
  });

  it('are none where they are told to be something else', () => {
    const other = { performer: undefined, code: { text: 'Bloedafname' } };
    expect(judged(unlinked(other))['first-line-physical']).toBe('not-met: below-threshold');
  });

  it.each<[string, object]>([
    ['by a number of the call', { reference: 'urn:uuid:7f3c0c2e-0000-4000-8000-000000000000' }],
    ['inside the session', { reference: '#absent' }],
    ['by an identifier', { type: 'PractitionerRole', identifier: { system: 'urn:local', value: '1' } }],
  ])('that is named %s may be of any discipline', (_, actor) => {
    expect(judged(physiotherapy(by(actor)))['first-line-physical']).toBe(UNCLEAR);
  });
});

describe('sessions for a code that covers the complaint', () => {
  it.each<[string, string, string]>([
    [SNOMED, '279039007', UNCLEAR],
    [SNOMED, '161891005', UNCLEAR],
    [SNOMED, '82423001', UNCLEAR],
    [SNOMED, '279069000', UNCLEAR],
    [SNOMED, '81680005', 'not-met: other-complaint'],
    [SNOMED, '30989003', 'not-met: other-complaint'],
    [ICPC, 'A01', UNCLEAR],
  ])('%s|%s', (system, code, expected) => {
    expect(judged(physiotherapy(OTHER), [condition(coded(system, code))])['first-line-physical']).toBe(expected);
  });
});

describe('a contained Condition', () => {
  it('is another than the one of the same id elsewhere', () => {
    const contained = [{ resourceType: 'Condition', id: 'pain', ...coded(SNOMED, '73211009') }];
    const change = physiotherapy({ contained, reasonReference: [{ reference: '#pain' }] });
    expect(judged(change)['first-line-physical']).toBe('not-met: other-complaint');
  });

  it('is the complaint where it is coded so', () => {
    const contained = [{ resourceType: 'Condition', id: 'c', ...coded(SNOMED, '278860009') }];
    const change = physiotherapy({ contained, reasonReference: [{ reference: '#c' }] });
    expect(judged(change)['first-line-physical']).toBe(MET);
  });
});

describe('a contact that goes on', () => {
  const few = (status: string, end?: string): Change => {
    const going = asContacts((session) => ({
      status,
      reasonReference: session['reasonReference'],
      period: { start: '2025-01-01', ...(end === undefined ? {} : { end }) },
    }));
    return (session, number) =>
      number === 1 ? going(session, number) : number > 3 && number <= PHYSIOTHERAPY ? none(session, number) : session;
  };

  it('is a series of which the number is not known', () => {
    expect(judged(few('in-progress'))['first-line-physical']).toBe(MISSING);
  });

  it('is one also once it is finished, where it tells no end', () => {
    expect(judged(few('finished'))['first-line-physical']).toBe(MISSING);
  });

  it('is one contact where it ends on the day on which it began', () => {
    expect(judged(few('finished', '2025-01-01'))['first-line-physical']).toBe('not-met: below-threshold');
  });

  it('is an intake also where its service says so', () => {
    const intake = { coding: [{ system: 'http://fhir.nl/fhir/NamingSystem/vektis-012', code: '1870' }] };
    const told = (element: string) =>
      judged((session, number) => {
        if (number > 6 && number <= PHYSIOTHERAPY) return none(session, number);
        if (number !== 6) return session;
        const value = element === 'type' ? [intake] : intake;
        return asContacts((own) => ({ [element]: value, reasonReference: own['reasonReference'] }))(session, number);
      })['first-line-physical'];
    expect(told('serviceType')).toBe(told('type'));
  });
});

describe('a source with days for one discipline, and one without for another', () => {
  const twoOfErgo: Change = (session, number) =>
    number > 2 && number <= PHYSIOTHERAPY ? none(session, number) : session;

  it.each<[string, string, object, string]>([
    ['the same', 'physiotherapy', {}, 'not-met: below-threshold'],
    ['another', 'exercise-therapy', {}, MISSING],
    ['another, of which the start is told', 'exercise-therapy', start('2025-09-01'), MISSING],
  ])('%s', (_, discipline, told, expected) => {
    const rows = [row(discipline, { ...FOR_THIS, ...sessions(12), ...told })];
    expect(judged(twoOfErgo, [], base, rows)['first-line-physical']).toBe(expected);
  });
});

describe('the result of the first line', () => {
  const silent = { ...base, facts: { ...base.facts, 'INC-5.E': 'O' } } as typeof base;
  const sufficient = { result: { valueCoding: { code: 'sufficient' } } };
  const physio = series({ ...start('2025-09-01'), ...end('2026-02-01'), ...sufficient });
  const other = (told: object) =>
    row('psychologist', { ...sessions(8), ...start('2025-09-01'), ...end('2026-02-01'), ...told });
  const said = (told: object) => judged(none, [], silent, [physio, other(told)])['first-line-ineffective'];

  it.each<[string, object, string]>([
    ['sufficed everywhere', { ...FOR_THIS, ...sufficient }, 'not-met: sufficient-result'],
    ['is not told of one part', FOR_THIS, 'unknown: not-recorded'],
    ['is a word that cannot be read', { ...FOR_THIS, result: { valueString: 'onvoldoende' } }, 'unknown: not-recorded'],
    ['is not told of what may be for this complaint', {}, 'unknown: not-recorded'],
    [
      'is told of another complaint only',
      { 'current-complaint': { valueBoolean: false } },
      'not-met: sufficient-result',
    ],
  ])('%s', (_, told, expected) => {
    expect(said(told)).toBe(expected);
  });
});

describe('answers of the forms', () => {
  const knowledge = loadKnowledge('hooks').value!;
  type Json = Record<string, unknown>;

  /** The base patient with one answer of a form in place of the one that is there. */
  function answered(
    form: string,
    linkId: string,
    answer: readonly object[],
    change: (resource: Resource) => Resource = (one) => one,
  ) {
    const entries = (encodeVignette(base).entry ?? []) as unknown as readonly { readonly resource: Resource }[];
    const entry = entries.map(({ resource }) => {
      if (resource.id !== form) return { resource: change(resource) };
      const items = ((resource['item'] ?? []) as readonly Json[]).filter((item) => item['linkId'] !== linkId);
      return { resource: { ...resource, item: [...items, { linkId, answer }] } };
    });
    const { assessment } = assessBundle(knowledge, { resourceType: 'Bundle', type: 'collection', entry }, base.asOf);
    return {
      ...Object.fromEntries(assessment.criteria.map(({ id, status, reason }) => [id, `${status}: ${reason}`])),
      regime: assessment.regime,
    } as Readonly<Record<string, string>>;
  }
  const INTAKE = 'imsr-intake-form';
  const recent = (resource: Resource): Resource =>
    resource.id === 'pain' ? { ...resource, onsetDateTime: '2026-10-15' } : resource;
  const IMPRECISE = 'unknown: onset-imprecise';

  it.each<[string, readonly object[], string]>([
    ['a day', [{ valueDate: '2021-01-01' }], 'met: longer-than-threshold'],
    ['a day with a time', [{ valueDateTime: '2021-01-01T09:00:00+01:00' }], 'met: longer-than-threshold'],
    ['words', [{ valueString: 'sinds 2021' }], IMPRECISE],
    ['a day that does not exist', [{ valueDate: '2021-13-01' }], IMPRECISE],
    ['two days', [{ valueDate: '2021-01-01' }, { valueDate: '2026-10-15' }], IMPRECISE],
  ])('the begin of the pain as %s', (_, answer, expected) => {
    expect(answered(INTAKE, 'pain-onset', answer, recent)['persistent-pain']).toBe(expected);
  });

  it.each<[string, readonly object[], string]>([
    ['yes', [{ valueBoolean: true }], 'met: recurrent'],
    ['no', [{ valueBoolean: false }], 'not-met: too-short'],
    ['a word', [{ valueString: 'ja' }], 'unknown: recurrence-not-recorded'],
    ['yes and no', [{ valueBoolean: true }, { valueBoolean: false }], 'unknown: recurrence-not-recorded'],
  ])('that the pain recurs as %s', (_, answer, expected) => {
    expect(answered(INTAKE, 'pain-recurrent', answer, recent)['persistent-pain']).toBe(expected);
  });

  it.each<[string, string, readonly object[], string]>([
    ['a start', 'treatment-start', [{ valueDateTime: '2026-03-01T09:00:00+01:00' }], 'uncertain'],
    ['a start in words', 'treatment-start', [{ valueString: 'maart' }], 'uncertain'],
    [
      'an indication with a time',
      'indicated-on',
      [{ valueDateTime: '2026-03-01T09:00:00+01:00' }],
      'indicated-before-publication',
    ],
    ['an indication in words', 'indicated-on', [{ valueString: 'maart' }], 'uncertain'],
    ['two indications', 'indicated-on', [{ valueDate: '2026-03-01' }, { valueDate: '2026-06-01' }], 'uncertain'],
  ])('%s tells the regime', (_, linkId, answer, expected) => {
    expect(answered(INTAKE, linkId, answer)['regime']).toBe(expected);
  });

  // The series of this patient tell their results as well.
  it.each<[string, readonly object[], string]>([
    ['sufficient', [{ valueCoding: { code: 'sufficient' } }], 'review: results-differ'],
    [
      'both',
      [{ valueCoding: { code: 'insufficient' } }, { valueCoding: { code: 'sufficient' } }],
      'review: results-differ',
    ],
    ['a word', [{ valueString: 'sufficient, more or less' }], 'review: results-differ'],
  ])('the result of the first line as %s', (_, answer, expected) => {
    expect(answered(INTAKE, 'first-line-result', answer)['first-line-ineffective']).toBe(expected);
  });

  it('a result that is given twice keeps another of its part from sufficing', () => {
    const rowOf = (...answer: readonly object[]) => ({
      linkId: 'treatment',
      item: [
        { linkId: 'treatment.discipline', answer: [{ valueCoding: { code: 'physiotherapy' } }] },
        { linkId: 'treatment.current-complaint', answer: [{ valueBoolean: true }] },
        { linkId: 'treatment.result', answer },
      ],
    });
    const [sufficed, failed] = ['sufficient', 'insufficient'].map((code) => ({ valueCoding: { code } })) as [
      object,
      object,
    ];
    const silent = { ...base, facts: { ...base.facts, 'INC-5.E': 'O' } } as typeof base;
    const said = (...answer: readonly object[]) =>
      judged(none, [], silent, [rowOf(sufficed), rowOf(...answer)])['first-line-ineffective'];
    expect(said(sufficed)).toBe('not-met: sufficient-result');
    expect(said(sufficed, failed)).toBe('unknown: not-recorded');
    expect(said({ valueString: 'deels' })).toBe('unknown: not-recorded');
  });

  it('a no beside something that cannot be read is no no', () => {
    const said = (...answer: readonly object[]) => answered(INTAKE, 'patient-willing', answer)['patient-willing'];
    expect(said({ valueBoolean: false })).toBe('not-met: denied');
    expect(said({ valueBoolean: false }, { valueString: 'inmiddels wel' })).toBe('unknown: answer-unclear');
  });

  it('a direction without a code is not one outside the table', () => {
    const answer = [{ valueCoding: { code: 'other' } }, { valueCoding: { display: 'Psycho-educatie' } }];
    expect(answered(INTAKE, 'treatment-direction', answer)['treatment-direction-matches']).toBe(
      'unknown: not-recorded',
    );
  });

  it('a direction in words is not one outside the table', () => {
    const said = (valueString: string) =>
      answered(INTAKE, 'treatment-direction', [{ valueString }])['treatment-direction-matches'];
    expect(said('graded activity')).toBe('unknown: not-recorded');
    expect(said('other')).toBe('not-met: not-in-table');
  });

  it('a number of sessions as a decimal is supplied', () => {
    const change = (resource: Resource): Resource =>
      JSON.parse(JSON.stringify(resource).replaceAll('valueInteger":12', 'valueDecimal":12')) as Resource;
    expect(answered('none', 'none', [], change)['referrer-information']).toBe('met: supplied');
  });
});
