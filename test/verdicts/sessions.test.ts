import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/schemas/resource.js';
import { BASE } from '../records/codings.js';
import {
  AGB,
  asContacts,
  base,
  type Change,
  coded,
  condition,
  FOR_ANOTHER,
  FOR_THIS,
  ICPC,
  judged,
  OTHER,
  ofBase,
  PHYSIOTHERAPY,
  physiotherapy,
  role,
  row,
  sessions,
  SNOMED,
  UNCLEAR,
  withdrawn,
} from './base-patient.js';

describe('sessions for which another Condition is the reason', () => {
  it.each<[string, Resource, string]>([
    ['another diagnosis in the same code system', condition(coded(SNOMED, '44465007')), 'not-met: other-complaint'],
    ['a disease without pain in another system', condition(coded(ICPC, 'R74')), 'not-met: other-complaint'],
    ['the same pain in another code system', condition(coded(ICPC, 'L03')), UNCLEAR],
    ['words alone', condition({ code: { text: 'lage rugpijn' } }), UNCLEAR],
    ['a coding that is only displayed', condition({ code: { coding: [{ display: 'lage rugpijn' }] } }), UNCLEAR],
    ['one entered in error', condition({ ...coded(SNOMED, '44465007'), ...withdrawn('entered-in-error') }), UNCLEAR],
    ['one refuted', condition({ ...coded(SNOMED, '44465007'), ...withdrawn('refuted') }), UNCLEAR],
    [
      'one of which words alone tell the status',
      condition({ ...coded(SNOMED, '44465007'), verificationStatus: { text: 'weerlegd' } }),
      UNCLEAR,
    ],
  ])('%s', (_, reason, expected) => {
    expect(judged(physiotherapy(OTHER), [reason])['first-line-physical']).toBe(expected);
  });

  it('are unclear when one of their reasons cannot be had', () => {
    const reasonReference = [{ reference: 'Condition/other' }, { reference: 'Condition/absent' }];
    const sprain = condition(coded(SNOMED, '44465007'));
    expect(judged(physiotherapy({ reasonReference }), [sprain])['first-line-physical']).toBe(UNCLEAR);
  });
});

describe('sessions with a code as their reason', () => {
  const ankle = coded(SNOMED, '44465007').code;
  const other = { reasonReference: undefined };

  it.each<[string, object, string]>([
    ['of another part of the body', { ...other, reasonCode: [ankle] }, 'not-met: other-complaint'],
    ['of another organ', { ...other, reasonCode: [coded(ICPC, 'R74').code] }, 'not-met: other-complaint'],
    ['of the complaint', { ...other, reasonCode: [coded(SNOMED, '278860009').code] }, 'met: thresholds-reached'],
    ['of the same part of the body', { ...other, reasonCode: [coded(ICPC, 'L03').code] }, UNCLEAR],
    ['on no list', { ...other, reasonCode: [coded(SNOMED, '1').code] }, UNCLEAR],
    ['in words', { ...other, reasonCode: [{ text: 'verstuikte enkel' }] }, UNCLEAR],
    ['of another part of the body, beside words', { ...other, reasonCode: [ankle, { text: 'rug' }] }, UNCLEAR],
    ['beside a Condition of another part', { ...OTHER, reasonCode: [ankle] }, 'not-met: other-complaint'],
    ['on no list, beside that', { ...OTHER, reasonCode: [coded(SNOMED, '1').code] }, UNCLEAR],
    ['in words, beside that', { ...OTHER, reasonCode: [{ text: 'enkel' }] }, 'not-met: other-complaint'],
  ])('%s', (_, fields, expected) => {
    const sprain = condition({ code: ankle });
    expect(judged(physiotherapy(fields), [sprain])['first-line-physical']).toBe(expected);
    const contacts = asContacts((session) => ({ reasonReference: session['reasonReference'], ...fields }));
    expect(judged(contacts, [sprain])['first-line-physical']).toBe(expected);
  });
});

describe('sessions for another Condition, where the order names its reason by a code alone', () => {
  const backache = coded(SNOMED, '279039007').code;
  /** The order, and the referral that it goes back to. */
  const judgedFor = (reasonCode: readonly object[], reason: Resource) => {
    const referral = ofBase('referral', { id: 'coded', reasonReference: undefined, reasonCode });
    const basedOn = [{ reference: 'ServiceRequest/coded' }];
    const order = ofBase('draft', { basedOn, reasonReference: undefined, reasonCode });
    return judged(physiotherapy(OTHER), [reason, referral], base, [], order)['first-line-physical'];
  };

  it.each<[string, Resource, string]>([
    ['in another part of the body', condition(coded(SNOMED, '81680005')), 'not-met: other-complaint'],
    ['of another organ', condition(coded(ICPC, 'R74')), 'not-met: other-complaint'],
    ['of that code', condition(coded(SNOMED, '279039007')), 'met: thresholds-reached'],
    ['in the same part of the body', condition(coded(ICPC, 'L03')), UNCLEAR],
    ['in words', condition({ code: { text: 'lage rugpijn' } }), UNCLEAR],
  ])('%s', (_, reason, expected) => {
    expect(judgedFor([backache], reason)).toBe(expected);
  });

  it.each<[string, readonly object[]]>([
    ['are unclear beside a reason in words', [backache, { text: 'pijn' }]],
    ['and beside words alone', [{ text: 'pijn' }]],
    ['and beside a code of which nobody knows where it hurts', [coded(SNOMED, '82423001').code]],
  ])('%s', (_, reasons) => {
    expect(judgedFor(reasons, condition(coded(SNOMED, '81680005')))).toBe(UNCLEAR);
  });
});

describe('sessions for another Condition of the same code', () => {
  const COMPLAINT = coded(SNOMED, '278860009');
  const at = (code: string) => ({ bodySite: [{ coding: [{ system: SNOMED, code }] }] });
  const both = (complaint: object, other: object) => {
    const added = [condition({ ...COMPLAINT, ...other })];
    return judged(physiotherapy(OTHER), added, base, [], ofBase('pain', complaint))['first-line-physical'];
  };

  it.each<[string, object, object, string]>([
    ['without places', {}, {}, 'met: thresholds-reached'],
    ['of which one has a place', at('77568009'), {}, 'met: thresholds-reached'],
    ['in the same place', at('77568009'), at('77568009'), 'met: thresholds-reached'],
    ['in another place', at('77568009'), at('16982005'), UNCLEAR],
  ])('%s', (_, complaint, other, expected) => {
    expect(both(complaint, other)).toBe(expected);
  });
});

describe('sessions without a status', () => {
  it('are not known to have been', () => {
    expect(judged(physiotherapy({ status: undefined }, 4))['first-line-physical']).toBe(UNCLEAR);
  });

  it('do not count against those that were', () => {
    expect(judged(physiotherapy({ status: undefined }, 12))['first-line-physical']).toBe('met: thresholds-reached');
  });

  it('are no sessions when the status says that they were not', () => {
    expect(judged(physiotherapy({ status: 'not-done' }, 4))['first-line-physical']).toBe('not-met: below-threshold');
  });
});

describe('sessions by a role that is not in the record', () => {
  const absent = { actor: { reference: 'PractitionerRole/absent' } };
  const physician = role('physician', AGB, '0303');

  it('may be of any discipline, whatever their code names', () => {
    const { 'first-line-physical': physical, 'first-line-psychological': psychological } = judged(
      physiotherapy({ performer: [absent] }),
    );
    expect([physical, psychological]).toEqual([UNCLEAR, 'met: thresholds-reached']);
  });

  it('are not those of the physician beside it', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/physician' } }, absent];
    expect(judged(physiotherapy({ performer }), [physician])['first-line-physical']).toBe(UNCLEAR);
  });

  it('are those of the physiotherapist beside it', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/role-fysio' } }, absent];
    expect(judged(physiotherapy({ performer }))['first-line-physical']).toBe('met: thresholds-reached');
  });

  it('may be of the psychologist as well, beside the physiotherapist', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/role-fysio' } }, absent];
    const onePsychologist: Change = (session, number) =>
      number > PHYSIOTHERAPY + 1 ? { ...session, status: 'not-done' } : physiotherapy({ performer })(session, number);
    expect(judged(onePsychologist)['first-line-psychological']).toBe(UNCLEAR);
  });

  it('of a physician alone are no first-line sessions', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/physician' } }];
    expect(judged(physiotherapy({ performer }), [physician])['first-line-physical']).toBe('unknown: not-recorded');
  });
});

describe('sessions by a provider of two parts of the first line', () => {
  const performer = [{ actor: { reference: 'PractitionerRole/two' } }];
  const MET = 'met: thresholds-reached';

  it.each<[string, readonly string[], string, string]>([
    ['physiotherapist and psychosomatic physiotherapist', ['0401', '0409'], UNCLEAR, UNCLEAR],
    ['exercise therapist and psychosomatic physiotherapist', ['0701', '0409'], UNCLEAR, UNCLEAR],
    ['physiotherapist and psychologist', ['0401', '9401'], UNCLEAR, 'not-met: declared-none'],
    // A code for all physiotherapists together says nothing against a kind of them.
    [
      'psychosomatic physiotherapist, also by the code of the practice',
      ['0400', '0409'],
      'not-met: declared-none',
      MET,
    ],
    ['manual therapist and exercise therapist', ['0404', '0701'], MET, 'not-met: declared-none'],
  ])('%s', (_, codes, physical, psychosomatic) => {
    const vignette = { ...base, facts: { ...base.facts, declared_none: ['A', 'C'] } } as typeof base;
    const verdicts = judged(physiotherapy({ performer }), [role('two', AGB, ...codes)], vignette);
    expect([verdicts['first-line-physical'], verdicts['first-line-psychosomatic']]).toEqual([physical, psychosomatic]);
  });

  it('leave open whether the psychologist gave enough', () => {
    const two: Change = (session, number) =>
      number > PHYSIOTHERAPY + 1 ? { ...session, status: 'not-done' } : physiotherapy({ performer })(session, number);
    expect(judged(two, [role('two', AGB, '0401', '9401')])['first-line-psychological']).toBe(UNCLEAR);
  });
});

describe('sessions of before the window', () => {
  const early = physiotherapy({ performedDateTime: '2024-06-03' });
  const sprain = condition(coded(SNOMED, '44465007'));

  it.each<[string, object, readonly Resource[]]>([
    ['for another complaint', OTHER, [sprain]],
    ['that name no complaint', { reasonReference: undefined }, []],
    ['of before the pain began', {}, []],
  ])('%s are outside it all the same', (_, fields, added) => {
    const change: Change = (session, number) =>
      number > PHYSIOTHERAPY ? session : { ...early(session, number), ...fields };
    expect(judged(change, added)['first-line-physical']).toBe('not-met: outside-window');
  });
});

describe('psychological treatment in a general practice', () => {
  const practice = (code: string) => role('practice', AGB, code);
  const performer = [{ actor: { reference: 'PractitionerRole/practice' } }];
  const psychology =
    (fields: object): Change =>
    (session, number) =>
      number > PHYSIOTHERAPY ? { ...session, performer, ...fields } : session;
  const THERAPY = { code: { coding: [{ system: SNOMED, code: '228557008' }] } };
  const CONSULTATION = { code: { coding: [{ system: SNOMED, code: '11429006' }] } };

  it.each(['0100', '0101', '0102', '0103', '0110'])("may be the POH-GGZ's (AGB %s)", (code) => {
    const verdicts = judged(psychology(THERAPY), [practice(code)]);
    expect(verdicts['first-line-psychological']).toBe(UNCLEAR);
    expect(verdicts['first-line-physical']).toBe('met: thresholds-reached');
  });

  it.each<[string, object, string]>([
    ['a nurse of the practice', THERAPY, '9100'],
    ['words of the session', { code: { text: 'Consult POH-GGZ' } }, '0101'],
    ['words of the session of a nurse', { code: { text: 'Consult POH-GGZ' } }, '9100'],
  ])("may be the POH-GGZ's by %s", (_, fields, code) => {
    expect(judged(psychology(fields), [practice(code)])['first-line-psychological']).toBe(UNCLEAR);
  });

  it("may be the POH-GGZ's by the words of a role", () => {
    const named = { ...practice('0101'), code: [{ text: 'POH GGZ' }] };
    expect(judged(psychology(CONSULTATION), [named])['first-line-psychological']).toBe(UNCLEAR);
  });

  it.each<[string, object, string]>([
    ['by another physician', THERAPY, '0303'],
    ['that is a consultation', CONSULTATION, '0101'],
  ])('%s is no session of the first line', (_, fields, code) => {
    expect(judged(psychology(fields), [practice(code)])['first-line-psychological']).toBe('unknown: not-recorded');
  });
});

describe('sessions by a role of another profession', () => {
  const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
  const by = { performer: [{ actor: { reference: 'PractitionerRole/other' } }] };
  const BELOW = 'not-met: below-threshold';

  it.each([
    [AGB, '0303', BELOW],
    [AGB, '401', UNCLEAR],
    [AGB, '303', UNCLEAR],
    [AGB, '03033', UNCLEAR],
    [UZI, '01.022', BELOW],
    [UZI, '4.000', UNCLEAR],
    [UZI, '04000', UNCLEAR],
    [UZI, '04', UNCLEAR],
  ])('%s|%s: %s', (system, code, expected) => {
    expect(judged(physiotherapy(by, 5), [role('other', system, code)])['first-line-physical']).toBe(expected);
  });

  it('are those of the therapist who is named beside it', () => {
    const therapist = { identifier: { system: 'http://fhir.nl/fhir/NamingSystem/agb-z', value: '04012345' } };
    const both = { performer: [...by.performer, { actor: therapist }] };
    expect(judged(physiotherapy(both, 5), [role('other', AGB, '0101')])['first-line-physical']).toBe(
      'met: thresholds-reached',
    );
  });
});

describe('sessions of before the pain began, as far as its begin is told', () => {
  const begun = (onsetDateTime: string) =>
    judged((session) => session, [], base, [], ofBase('pain', { onsetDateTime }))['first-line-physical'];

  // They were given from September to December 2025.
  it.each([
    ['2024', 'met: thresholds-reached'],
    ['2025-08', 'met: thresholds-reached'],
    ['2025', UNCLEAR],
    ['2025-09', UNCLEAR],
    ['2025-09-01', 'met: thresholds-reached'],
    ['2025-10-01', UNCLEAR],
    ['2025-11', UNCLEAR],
  ])('%s: %s', (onset, expected) => {
    expect(begun(onset)).toBe(expected);
  });
});

describe('an intake among the sessions', () => {
  const few =
    (first: object): Change =>
    (session, number) =>
      number > PHYSIOTHERAPY
        ? session
        : number === 1
          ? { ...session, ...first }
          : (number % 2 === 0 || number === 11) && number < PHYSIOTHERAPY
            ? { ...session, status: 'not-done' }
            : session;

  it.each(['Intake en onderzoek na verwijzing', 'Screening fysiotherapie'])('is told by words (%s)', (text) => {
    expect(judged(few({}))['first-line-physical']).toBe('met: thresholds-reached');
    expect(judged(few({ code: { text } }))['first-line-physical']).toBe('review: only-with-intake');
  });
});

describe('the result of the first line, told by its sessions alone', () => {
  const silent = { ...base, facts: { ...base.facts, 'INC-5.E': 'O' } } as typeof base;
  const result = (value: string) => ({ outcome: { coding: [{ system: SNOMED, code: value }] } });
  const codes = { sufficient: '385669000', insufficient: '385671000' };
  const old = { performedDateTime: '2023-05-01' };

  it.each<[string, Change, string]>([
    ['none', (session) => session, 'unknown: not-recorded'],
    ['sufficient for both', (session) => ({ ...session, ...result(codes.sufficient) }), 'not-met: sufficient-result'],
    ['sufficient for one, untold for the other', physiotherapy(result(codes.sufficient)), 'unknown: not-recorded'],
    [
      'sufficient after the first session, then untold',
      (session, number) =>
        number > 1 && number <= PHYSIOTHERAPY ? session : { ...session, ...result(codes.sufficient) },
      'unknown: not-recorded',
    ],
    [
      'sufficient after the last session, until then untold',
      (session, number) => (number < PHYSIOTHERAPY ? session : { ...session, ...result(codes.sufficient) }),
      'not-met: sufficient-result',
    ],
    ...[result('385670003'), { outcome: { text: 'Onvoldoende resultaat' } }].map((other): [string, Change, string] => [
      `sufficient, and one time ${JSON.stringify(other)}`,
      (session, number) => ({ ...session, ...(number === 2 ? other : result(codes.sufficient)) }),
      'unknown: not-recorded',
    ]),
    [
      'insufficient for one, untold for the other',
      physiotherapy(result(codes.insufficient)),
      'met: insufficient-result',
    ],
    [
      'sufficient once, before the window',
      (session, number) => (number === 1 ? { ...session, ...old, ...result(codes.sufficient) } : session),
      'unknown: not-recorded',
    ],
    [
      'insufficient once, before the window',
      (session, number) => (number === 1 ? { ...session, ...old, ...result(codes.insufficient) } : session),
      'unknown: not-recorded',
    ],
  ])('%s', (_, change, expected) => {
    expect(judged(change, [], silent)['first-line-ineffective']).toBe(expected);
  });
});

describe('a source that tells no days, beside one that does', () => {
  const before = physiotherapy({ performedDateTime: '2023-05-01' });
  const psychologistBefore: Change = (session, number) =>
    number > PHYSIOTHERAPY ? { ...session, performedDateTime: `2023-05-${String(number).padStart(2, '0')}` } : session;

  it.each<[string, Change, object, string, string]>([
    [
      'before the window',
      before,
      row('physiotherapy', { ...FOR_THIS, ...sessions(6) }),
      'physical',
      'not-met: outside-window',
    ],
    [
      'before the window, by number alone',
      psychologistBefore,
      row('psychologist', { ...FOR_THIS, ...sessions(6) }),
      'psychological',
      'not-met: outside-window',
    ],
    [
      'too few inside the window',
      (session, number) => (number > PHYSIOTHERAPY + 3 ? { ...session, status: 'not-done' } : session),
      row('psychologist', { ...FOR_THIS, ...sessions(6) }),
      'psychological',
      'not-met: below-threshold',
    ],
    [
      'of another part',
      before,
      row('psychologist', { ...FOR_THIS, ...sessions(6) }),
      'psychological',
      'met: thresholds-reached',
    ],
  ])('does not decide: %s', (_, change, told, part, expected) => {
    expect(judged(change, [], base, [told])[`first-line-${part}`]).toBe(expected);
  });

  it('decides where nobody tells days', () => {
    const none: Change = (session) => ({ ...session, status: 'not-done' });
    const rows = [
      row('psychologist', { ...FOR_THIS, ...sessions(6) }),
      row('physiotherapy', { ...FOR_THIS, ...sessions(6) }),
    ];
    const { 'first-line-psychological': psychological, 'first-line-physical': physical } = judged(none, [], base, rows);
    expect([psychological, physical]).toEqual(['met: thresholds-reached', 'unknown: number-or-duration-missing']);
  });

  it('is not set aside by days that are months', () => {
    const months: Change = (session, number) =>
      number > PHYSIOTHERAPY ? { ...session, performedDateTime: '2026-02' } : session;
    const rows = [row('psychologist', { ...FOR_THIS, ...sessions(6) })];
    expect(judged(months, [], base, rows)['first-line-psychological']).toBe('met: thresholds-reached');
  });

  it.each<[string, object, string]>([
    ['of another type', { valueDecimal: 6 }, 'met: thresholds-reached'],
    ['no number of sessions', { valueInteger: 6.5 }, 'unknown: number-or-duration-missing'],
    ['nor a decimal', { valueDecimal: 6.5 }, 'unknown: number-or-duration-missing'],
    ['less than none', { valueInteger: -6 }, 'unknown: number-or-duration-missing'],
  ])('reads a number and days: %s', (_, number, expected) => {
    const none: Change = (session) => ({ ...session, status: 'not-done' });
    const told = {
      ...FOR_THIS,
      sessions: number,
      start: { valueDateTime: '2025-09-01T10:00:00+02:00' },
      end: { valueDateTime: '2025-11-24T10:00:00+01:00' },
    };
    expect(judged(none, [], base, [row('physiotherapy', told)])['first-line-physical']).toBe(expected);
  });
});

describe('a form with number and days beside sessions of which the days are told and cannot be read to the day', () => {
  const told = row('psychologist', {
    ...FOR_THIS,
    ...sessions(5),
    start: { valueDate: '2026-02-02' },
    end: { valueDate: '2026-04-26' },
  });
  const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  const OPEN = 'unknown: number-or-duration-missing';
  const TOO_FEW = 'not-met: below-threshold';

  it.each<[string, object, string]>([
    ['months', { performedDateTime: '2026-02' }, OPEN],
    ['years', { performedDateTime: '2026' }, OPEN],
    ['words', { performedDateTime: 'dit voorjaar' }, OPEN],
    [
      'a reason why they are absent',
      { _performedDateTime: { extension: [{ url: ABSENT, valueCode: 'masked' }] } },
      OPEN,
    ],
    ['an age', { performedAge: { value: 40 } }, OPEN],
    ['periods that end in a month', { performedPeriod: { start: '2026-02-02', end: '2026-02' } }, OPEN],
    ['none', {}, TOO_FEW],
    ['years of before the window', { performedDateTime: '2023' }, TOO_FEW],
    ['a month in which the window begins', { performedDateTime: '2024-11' }, OPEN],
    ['a month before that', { performedDateTime: '2024-10' }, TOO_FEW],
  ])('does not decide over what may be in the window: %s', (_, performed, expected) => {
    const changed: Change = (session, number) =>
      number > PHYSIOTHERAPY ? { ...session, performedDateTime: undefined, ...performed } : session;
    expect(judged(changed, [], base, [told])['first-line-psychological']).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['a month', { start: '2026-02' }, OPEN],
    ['an end of a month', { start: '2026-02-02', end: '2026-02' }, OPEN],
    ['no day', {}, TOO_FEW],
  ])('nor over contacts: %s', (_, period, expected) => {
    const contacts: Change = (session, number) =>
      number > PHYSIOTHERAPY
        ? {
            ...{ resourceType: 'Encounter', id: session.id!, status: 'finished', class: { code: 'AMB' }, period },
            participant: [{ individual: { reference: 'PractitionerRole/role-psycholoog' } }],
            reasonReference: session['reasonReference'],
          }
        : session;
    expect(judged(contacts, [], base, [told])['first-line-psychological']).toBe(expected);
  });
});

describe('sessions that name no complaint (counting rule T14)', () => {
  const unlinked = physiotherapy({ reasonReference: undefined });

  it.each<[string, readonly object[], string]>([
    ['no form tells', [], UNCLEAR],
    ['a form says that they were for this one', [row('physiotherapy', FOR_THIS)], 'met: thresholds-reached'],
    ['a form says that they were for another', [row('physiotherapy', FOR_ANOTHER)], 'not-met: other-complaint'],
    ['forms say both', [row('physiotherapy', FOR_THIS), row('physiotherapy', FOR_ANOTHER)], UNCLEAR],
    ['a form does not say for which', [row('physiotherapy')], UNCLEAR],
    ['a form says it of another discipline', [row('exercise-therapy', FOR_THIS)], UNCLEAR],
  ])('%s', (_, rows, expected) => {
    expect(judged(unlinked, [], base, rows)['first-line-physical']).toBe(expected);
  });

  // The physiotherapist's sessions were from 1 September to 15 December 2025.
  const days = (from: string, to: string, more: object) =>
    row('physiotherapy', { ...more, start: { valueDate: from }, end: { valueDate: to } });

  it.each<[string, object, string]>([
    ['for another, in all their days', days('2025-09-01', '2025-12-15', FOR_ANOTHER), 'not-met: other-complaint'],
    ['for another, until the day before the last', days('2025-09-01', '2025-12-14', FOR_ANOTHER), UNCLEAR],
    ['for another, from the day after the first', days('2025-09-02', '2025-12-15', FOR_ANOTHER), UNCLEAR],
    ['for another, years before', days('2019-01-01', '2019-03-01', FOR_ANOTHER), UNCLEAR],
    ['for this one, in all their days', days('2025-09-01', '2025-12-15', FOR_THIS), 'met: thresholds-reached'],
    ['for this one, in the days of the last', days('2025-12-01', '2025-12-15', FOR_THIS), UNCLEAR],
  ])('a form says, with days, that they were %s', (_, told, expected) => {
    expect(judged(unlinked, [], base, [told])['first-line-physical']).toBe(expected);
  });

  it('what a session itself names is not set aside by a form', () => {
    const sprain = condition(coded(SNOMED, '44465007'));
    const told = judged(physiotherapy(OTHER), [sprain], base, [row('physiotherapy', FOR_THIS)]);
    expect(told['first-line-physical']).not.toBe('met: thresholds-reached');
  });
});

describe('sessions that are not of the first line', () => {
  it('are those of IMSR itself', () => {
    const imsr = {
      code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-order', code: 'imsr-treatment' }] },
    };
    expect(judged(physiotherapy(imsr))['first-line-physical']).toBe('unknown: not-recorded');
  });

  const encounter = (code: string): Change =>
    asContacts((session) => ({
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
      subject: session['subject'],
      period: { start: session['performedDateTime'], end: session['performedDateTime'] },
      reasonReference: session['reasonReference'],
    }));

  it.each([
    ['AMB', 'met: thresholds-reached'],
    ['IMP', 'review: only-with-secondary-care'],
    ['ACUTE', 'review: only-with-secondary-care'],
    ['EMER', 'review: only-with-secondary-care'],
  ])('are those of a hospital ward (class %s)', (code, expected) => {
    expect(judged(encounter(code))['first-line-physical']).toBe(expected);
  });
});

describe('contacts that tell no end', () => {
  const only =
    (last: number, ends: boolean): Change =>
    (session, number) => {
      if (number > last && number <= PHYSIOTHERAPY) return { ...session, status: 'not-done' };
      const { performedDateTime: day, reasonReference } = session;
      const period = { start: day, ...(ends ? { end: day } : {}) };
      return asContacts(() => ({ reasonReference, period }))(session, number);
    };

  it.each<[number, boolean, string]>([
    [12, true, 'met: thresholds-reached'],
    [12, false, 'met: thresholds-reached'],
    [5, true, 'not-met: below-threshold'],
    [5, false, 'unknown: number-or-duration-missing'],
    [1, false, 'unknown: number-or-duration-missing'],
  ])('stand for one at least, and for no more where they end: %i, %s', (last, ends, expected) => {
    expect(judged(only(last, ends))['first-line-physical']).toBe(expected);
  });
});

describe('treatment that is suspended', () => {
  it.each(['on-hold', 'unknown'])('may have been given (%s)', (status) => {
    expect(judged(physiotherapy({ status }, 4))['first-line-physical']).toBe(UNCLEAR);
  });

  it.each(['arrived', 'triaged', 'onleave'])('or was there (%s)', (status) => {
    const contacts: Change = (session, number) =>
      asContacts(() => ({ reasonReference: session['reasonReference'], ...(number < 4 ? {} : { status }) }))(
        session,
        number,
      );
    expect(judged(contacts)['first-line-physical']).toBe(UNCLEAR);
  });

  it('was not given before it began', () => {
    expect(judged(physiotherapy({ status: 'preparation' }, 4))['first-line-physical']).toBe('not-met: below-threshold');
  });
});

describe('sessions of rehabilitation itself', () => {
  const NZA = 'https://example.org/nza';
  const imsr = { coding: [{ system: `${BASE}/CodeSystem/imsr-order`, code: 'imsr-treatment' }] };
  const orderOfBefore: Resource = {
    resourceType: 'ServiceRequest',
    id: 'of-before',
    status: 'completed',
    code: imsr,
    authoredOn: '2025-06-01',
    subject: { reference: 'Patient/v01' },
  };
  const contact = (fields: object): Resource => ({
    resourceType: 'Encounter',
    id: 'contact',
    status: 'finished',
    class: { code: 'AMB' },
    period: { start: '2025-09-01' },
    ...fields,
  });
  const none = 'unknown: not-recorded';

  it('are those on an order of it, and those in a contact of it', () => {
    const on = physiotherapy({ basedOn: [{ reference: 'ServiceRequest/of-before' }] });
    expect(judged(on, [orderOfBefore])['first-line-physical']).toBe(none);
    const within = physiotherapy({ encounter: { reference: 'Encounter/contact' } });
    expect(judged(within, [contact({ type: [imsr] })])['first-line-physical']).toBe(none);
    expect(judged(within, [contact({ type: [{ coding: [{ system: NZA, code: '1' }] }] })])['first-line-physical']).toBe(
      'met: thresholds-reached',
    );
  });

  it.each(['type', 'serviceType'])('are contacts whose %s says so', (element) => {
    const told = element === 'type' ? [imsr] : imsr;
    const contacts = asContacts((session) => ({ [element]: told, reasonReference: session['reasonReference'] }));
    expect(judged(contacts)['first-line-physical']).toBe(none);
  });
});

describe('sessions in an admission', () => {
  const ward = (fields: object): Resource => ({
    resourceType: 'Encounter',
    id: 'ward',
    status: 'finished',
    class: { code: 'IMP' },
    period: { start: '2025-09-01', end: '2025-12-31' },
    ...fields,
  });

  it.each([
    ['IMP', 'review: only-with-secondary-care'],
    ['SS', 'review: only-with-secondary-care'],
    ['AMB', 'met: thresholds-reached'],
  ])('are secondary care by the class of their contact (%s)', (code, expected) => {
    const within = physiotherapy({ encounter: { reference: 'Encounter/ward' } });
    expect(judged(within, [ward({ class: { code } })])['first-line-physical']).toBe(expected);
  });

  it('are secondary care as contacts that are part of it', () => {
    const partOf = { reference: 'Encounter/ward' };
    const parts = asContacts((session) => ({ partOf, reasonReference: session['reasonReference'] }));
    expect(judged(parts, [ward({})])['first-line-physical']).toBe('review: only-with-secondary-care');
  });
});

describe('contacts', () => {
  const sprain = condition(coded(SNOMED, '44465007'));
  const diagnosis = (reference: string) => ({ diagnosis: [{ condition: { reference } }] });

  it.each([
    ['Condition/pain', 'met: thresholds-reached'],
    ['Condition/other', 'not-met: other-complaint'],
    ['Condition/absent', UNCLEAR],
  ])('have their diagnosis for a reason (%s)', (reference, expected) => {
    expect(
      judged(
        asContacts(() => diagnosis(reference)),
        [sprain],
      )['first-line-physical'],
    ).toBe(expected);
  });

  it.each(['CM', 'billing'])('have no reason in a diagnosis by the role of %s', (code) => {
    const aside = (reference: string) => ({
      diagnosis: [{ condition: { reference }, use: { coding: [{ code }] } }],
    });
    for (const reference of ['Condition/other', 'Condition/pain']) {
      const told = judged(
        asContacts(() => aside(reference)),
        [sprain],
      );
      expect(told['first-line-physical']).toBe(UNCLEAR);
    }
    const beside = asContacts((session) => ({
      ...aside('Condition/other'),
      reasonReference: session['reasonReference'],
    }));
    expect(judged(beside, [sprain])['first-line-physical']).toBe('met: thresholds-reached');
  });

  it('with a diagnosis of their own are not spoken for by a form', () => {
    const rows = [row('physiotherapy', FOR_THIS)];
    const told = judged(
      asContacts(() => diagnosis('Condition/other')),
      [sprain],
      base,
      rows,
    );
    expect(told['first-line-physical']).not.toBe('met: thresholds-reached');
  });

  it('are told apart by what kind of treatment they name, where nobody is named', () => {
    const unnamed = (code: string) =>
      asContacts((session) => ({
        participant: undefined,
        type: [{ coding: [{ system: SNOMED, code }] }],
        reasonReference: session['reasonReference'],
      }));
    expect(judged(unnamed('91251008'))['first-line-physical']).toBe('met: thresholds-reached');
  });
});

describe('sessions for another code than that of the complaint', () => {
  const ICD = 'http://hl7.org/fhir/sid/icd-10-nl';
  const DHD = 'urn:oid:2.16.840.1.113883.2.4.3.120.5.1';
  const both = (complaint: object, other: object) => {
    const verdicts = judged(physiotherapy(OTHER), [condition(other)], base, [], ofBase('pain', complaint));
    return verdicts['first-line-physical'];
  };
  const ANOTHER = 'not-met: other-complaint';

  it.each([
    ['M54.5', 'M54', UNCLEAR],
    ['M54', 'M54.5', UNCLEAR],
    ['M54.5', 'M54.5', 'met: thresholds-reached'],
    ['M54.5', 'M17', ANOTHER],
    ['M54.5', 'M54.9', UNCLEAR],
    ['M54.2', 'M54.9', UNCLEAR],
    ['M54.5', 'M54.2', ANOTHER],
    ['M54.5', 'M51.1', UNCLEAR],
    ['M54.5', 'M79.7', UNCLEAR],
    ['M25.5', 'M17.1', UNCLEAR],
    // Without its dot it is on no list.
    ['M54.5', 'M545', UNCLEAR],
    ['M54.5', 'J45', ANOTHER],
    // An injury of a limb tells its place; one of the trunk may be of the back.
    ['M54.5', 'S42.2', ANOTHER],
    ['M54.5', 'S52.5', ANOTHER],
    ['M54.5', 'S62.8', ANOTHER],
    ['M54.5', 'S72.0', ANOTHER],
    ['M54.5', 'S83.2', ANOTHER],
    ['M54.5', 'S93.4', ANOTHER],
    ['M54.5', 'S32.0', UNCLEAR],
    ['M54.5', 'S39.9', UNCLEAR],
    ['M75.1', 'S42.2', UNCLEAR],
    ['M75.1', 'S83.2', ANOTHER],
    ['M17.1', 'S83.2', UNCLEAR],
    ['M17.1', 'S69.9', ANOTHER],
    ['M17.1', 'S70.0', UNCLEAR],
    // What went before may be the cause of pain that no part of the body bounds.
    ['G90.5', 'S52.5', UNCLEAR],
    ['M79.6', 'S93.4', UNCLEAR],
    // Where the complaint itself is an injury, what hurts is not told.
    ['S83.2', 'M54.5', UNCLEAR],
    // What a code of a factor says of the complaint is open.
    ['M54.5', 'Z50.1', UNCLEAR],
  ])('%s beside %s', (complaint, other, expected) => {
    expect(both(coded(ICD, complaint), coded(ICD, other))).toBe(expected);
  });

  it.each([
    ['L08', 'L92', UNCLEAR],
    ['L01', 'L83', UNCLEAR],
    ['L15', 'L90', UNCLEAR],
    ['L03', 'L84', UNCLEAR],
    ['L03', 'L18', UNCLEAR],
    ['L03', 'l03', UNCLEAR],
    ['L03', 'L15', ANOTHER],
    ['L03', 'L08', ANOTHER],
    ['L03', 'T90', ANOTHER],
    ['L03', 'L72', ANOTHER],
    ['L03', 'L73', ANOTHER],
    ['L03', 'L74', UNCLEAR],
    ['L03', 'L75', ANOTHER],
    ['L03', 'L76', UNCLEAR],
    ['L08', 'L72', UNCLEAR],
  ])('%s beside %s', (complaint, other, expected) => {
    expect(both(coded(ICPC, complaint), coded(ICPC, other))).toBe(expected);
  });

  it.each([
    ['a code of the site', 'https://his.example/diagnose', '123', UNCLEAR],
    ['a number of the DHD thesaurus', DHD, '0000012345', UNCLEAR],
    ['an ICF function', 'http://hl7.org/fhir/sid/icf-nl', 'b28013', UNCLEAR],
    ['an older name of ICPC', 'http://hl7.org/fhir/sid/icpc-1', 'L03', UNCLEAR],
    ['a SNOMED CT code on no list', SNOMED, '202794004', UNCLEAR],
    ['the knee in SNOMED CT', SNOMED, '30989003', ANOTHER],
    ['the knee in another code system', ICPC, 'L15', ANOTHER],
  ])('low back pain in SNOMED CT beside %s', (_, system, code, expected) => {
    expect(both(coded(SNOMED, '278860009'), coded(system, code))).toBe(expected);
  });

  it('several codes of one reason are taken together', () => {
    const kneeAndBack = { code: { coding: ['L15', 'L03'].map((code) => ({ system: ICPC, code })) } };
    expect(both(coded(ICPC, 'L02'), kneeAndBack)).toBe(UNCLEAR);
    const kneeAndLocal = {
      code: {
        coding: [
          { system: ICPC, code: 'L15' },
          { system: DHD, code: '1' },
        ],
      },
    };
    expect(both(coded(ICPC, 'L02'), kneeAndLocal)).toBe(ANOTHER);
  });
});

describe('sessions for a reason that only the referral names', () => {
  it('may be for this complaint, and are not known to be', () => {
    const sprain = condition(coded(SNOMED, '44465007'));
    const referral = ofBase('referral', OTHER);
    expect(judged(physiotherapy(OTHER), [sprain])['first-line-physical']).toBe('not-met: other-complaint');
    expect(judged(physiotherapy(OTHER), [sprain], base, [], referral)['first-line-physical']).toBe(UNCLEAR);
  });
});
