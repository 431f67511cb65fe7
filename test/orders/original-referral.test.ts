import { describe, expect, it } from 'vitest';
import type { Assessed } from '../../src/assess.js';
import { assessOrder } from '../../src/assess.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { EVERY_TYPE } from '../../src/record/gaps.js';
import { indexRecord } from '../../src/record/index-record.js';
import type { GapReason } from '../../src/schemas/record.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette, vignettes } from '../records/encode-vignette.js';

const knowledge = loadKnowledge('hooks').value!;

/** A patient whose sessions suffice on the day of referral, 3 November 2026; the sessions are recorded one by one alone. */
const base = vignettes[0]!;
const resources = (encodeVignette(base).entry ?? []).map(({ resource }) => resource as unknown as Resource);
const isOrder = ({ resourceType }: Resource): boolean => resourceType === 'ServiceRequest';
const chart = resources.filter((resource) => !isOrder(resource) && resource.resourceType !== 'QuestionnaireResponse');
const draft = resources.find((resource) => isOrder(resource) && resource['status'] === 'draft')!;

const ORDER = 'https://imsr-cds.example/fhir/CodeSystem/imsr-order';
const request = (id: string, authoredOn: string | undefined, code: string, change: object = {}): Resource => ({
  ...draft,
  id,
  status: 'active',
  code: { coding: [{ system: ORDER, code }] },
  category: undefined,
  basedOn: undefined,
  authoredOn,
  ...change,
});
const referral = (id: string, authoredOn?: string, change?: object) => request(id, authoredOn, 'imsr-referral', change);
const current = referral('current', '2026-11-03');
/** So long ago that every session comes after it, and the patient an adult by then. */
const old = referral('old', '2023-11-03');
const xRay: Resource = {
  resourceType: 'ServiceRequest',
  id: 'x-ray',
  status: 'completed',
  intent: 'order',
  code: { text: 'Röntgenfoto (synthetisch)' },
  authoredOn: '2020-10-01',
};
const carePlan: Resource = { resourceType: 'CarePlan', id: 'plan', status: 'active' };
const treatment = request('draft', base.asOf, 'imsr-treatment', { status: 'draft' });
const basedOn = (...references: readonly unknown[]): Resource => ({
  ...treatment,
  basedOn: references.map((reference) => (typeof reference === 'string' ? { reference } : reference)),
});

const OTHER = [{ reference: 'Condition/elsewhere' }];
/** To a rehabilitation physician, without a code or a reason. */
const toPhysician = (told: object = {}): Resource => ({
  resourceType: 'ServiceRequest',
  id: 'to-physician',
  status: 'active',
  intent: 'order',
  performerType: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: '0327' }] },
  authoredOn: '2023-11-03',
  ...told,
});
const REFERRAL = { coding: [{ system: 'http://snomed.info/sct', code: '3457005' }] };
const LOCAL = { coding: [{ system: 'https://ehr.example/orders', code: 'R1' }] };
const STROKE = [{ coding: [{ system: 'http://snomed.info/sct', code: '230690007' }] }];

interface Case {
  readonly name: string;
  readonly order: Resource;
  readonly record: readonly Resource[];
  readonly gap?: GapReason;
  readonly about?: readonly Resource[];
}

function assess({ order, record, gap, about = chart }: Omit<Case, 'name'>, service = 'imsr-indication'): Assessed {
  const key = { key: 'record', types: [EVERY_TYPE], state: 'present' } as const;
  const requests = { key: 'serviceRequests', types: ['ServiceRequest'], state: 'present' } as const;
  const entries = [...about, ...record].map((resource) => ({ resource }));
  return assessOrder(knowledge, {
    service: knowledge.services.find(({ id }) => id === service)!,
    record: indexRecord(entries, [key, gap === undefined ? requests : { ...requests, gap }]),
    order,
    reference: 'ServiceRequest/draft',
    subject: `Patient/${base.id.toLowerCase()}`,
    asOf: base.asOf,
  });
}

/** What turns on the day of referral. */
function told({ assessment }: Assessed) {
  const of = (id: string) => assessment.criteria.find((verdict) => verdict.id === id);
  return { adult: of('adult')?.reason, physical: of('first-line-physical')?.reason };
}

const UNKNOWN = { adult: 'referral-date-unknown', physical: 'referral-date-unknown' };
const CURRENT = { adult: 'of-age', physical: 'thresholds-reached' };

describe('the original referral is known', () => {
  it.each<Case>([
    { name: 'the newest active one', order: treatment, record: [old, current] },
    ...['2025', '2026-10'].map((authoredOn) => ({
      name: `the newest active one, another being of ${authoredOn}`,
      order: treatment,
      record: [current, referral('partial', authoredOn)],
    })),
    { name: 'the one that basedOn names', order: basedOn('ServiceRequest/current'), record: [current] },
    {
      name: 'the one that basedOn names and that was found, of requests that are cut short',
      order: basedOn('ServiceRequest/current'),
      record: [old, current],
      gap: 'cut-short',
    },
    {
      name: 'the one that basedOn names, completed by now',
      order: basedOn('ServiceRequest/current'),
      record: [old, { ...current, status: 'completed' }],
    },
    {
      name: 'the referral among the requests that basedOn names',
      order: basedOn('ServiceRequest/x-ray', 'ServiceRequest/elsewhere', 'ServiceRequest/current'),
      record: [xRay, current],
    },
    {
      name: 'the newest active one, where basedOn names a care plan',
      order: basedOn('CarePlan/plan'),
      record: [carePlan, current],
    },
    {
      name: 'the newest active one, where basedOn names a care plan and a prescription that are not in the record',
      order: basedOn('CarePlan/elsewhere', { type: 'MedicationRequest', identifier: { value: 'synthetic' } }),
      record: [current],
    },
    {
      name: 'the newest active one, the time of which is told in another zone',
      order: treatment,
      record: [referral('before', '2026-11-03T00:15:00+02:00'), referral('after', '2026-11-02T23:05:00Z')],
    },
    {
      name: 'the newest active one, an older request to a rehabilitation physician not saying what it is',
      order: treatment,
      record: [current, toPhysician({ authoredOn: '2026-11-02' })],
    },
    {
      name: 'either of two of one day, the order telling its reason',
      order: treatment,
      record: [current, { ...referral('twin', '2026-11-03'), reasonReference: OTHER }],
    },
    {
      name: 'either of two of one day with one reason',
      order: { ...treatment, reasonReference: undefined },
      record: [current, referral('twin', '2026-11-03')],
    },
    {
      name: 'the later of two of one day with their hours, with another reason',
      order: { ...treatment, reasonReference: undefined },
      record: [
        referral('later', '2026-11-03T10:00:00+01:00'),
        { ...referral('twin', '2026-11-03T08:00:00Z'), reasonReference: OTHER },
      ],
    },
    {
      name: 'the newest active one, older ones being without a status, a newer one being completed',
      order: treatment,
      record: [current, { ...old, status: undefined }, referral('done', '2026-11-20', { status: 'completed' })],
    },
    {
      name: 'the newest active one, newer ones being entered in error, revoked or not to be done',
      order: treatment,
      record: [
        current,
        referral('wrong', '2026-11-20', { status: 'entered-in-error' }),
        referral('withdrawn', '2026-11-21', { status: 'revoked' }),
        referral('not-to-be-done', '2026-11-22', { doNotPerform: true }),
      ],
    },
  ])('$name', (one) => {
    expect(told(assess(one))).toEqual(CURRENT);
    expect(assess(one).assessment.referredOn).toBe('2026-11-03');
  });

  it('an old one, found or named, puts the sessions outside its window', () => {
    for (const order of [treatment, basedOn('ServiceRequest/old')]) {
      expect(told(assess({ order, record: [old] }))).toEqual({ adult: 'of-age', physical: 'outside-window' });
    }
  });

  it('none, and nothing missing: the order has a day itself', () => {
    const assessed = assess({ order: treatment, record: [] });
    expect(told(assessed)).toEqual(CURRENT);
    expect(assessed.assessment.referredOn).toBe(base.asOf);
  });

  it.each(['draft', 'revoked', 'entered-in-error'])('none, one being %s', (status) => {
    const assessed = assess({ order: treatment, record: [{ ...current, status }] });
    expect(assessed.assessment.referredOn).toBe(base.asOf);
    expect(told(assessed)).toEqual(CURRENT);
  });

  it.each([
    ['is being written', toPhysician({ status: 'draft' })],
    ['was completed', toPhysician({ status: 'completed' })],
    ['was revoked', toPhysician({ status: 'revoked' })],
    ['has a reason that is coded as something else', toPhysician({ reasonCode: STROKE })],
    [
      'is a referral to somebody who is named',
      toPhysician({ code: REFERRAL, performerType: undefined, performer: [{}] }),
    ],
    ['is an X-ray that does not tell to whom', { ...xRay, status: 'active', authoredOn: '2023-11-03' }],
    [
      'goes to somebody else',
      toPhysician({ performerType: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: '0330' }] } }),
    ],
  ])('none, a request to a rehabilitation physician beside it that %s', (_, beside) => {
    const assessed = assess({ order: treatment, record: [beside] });
    expect(assessed.assessment.referredOn).toBe(base.asOf);
    expect(told(assessed)).toEqual(CURRENT);
  });

  it('a request of another kind that basedOn names, no referral being in the record', () => {
    const assessed = assess({ order: basedOn('ServiceRequest/x-ray'), record: [xRay] });
    expect(assessed.assessment.referredOn).toBe('2020-10-01');
  });
});

describe('the day of referral is unknown', () => {
  it.each<Case>([
    ...(['cut-short', 'fetch-failed', 'not-gathered', 'unreadable'] as const).flatMap((gap): readonly Case[] => [
      { name: `${gap}: none found`, order: treatment, record: [], gap },
      { name: `${gap}: an old one found`, order: treatment, record: [old], gap },
      { name: `${gap}: an old one found, another one named`, order: basedOn('ServiceRequest/x'), record: [old], gap },
      { name: `${gap}: an X-ray named`, order: basedOn('ServiceRequest/x-ray'), record: [xRay], gap },
    ]),
    ...[{ reference: 'ServiceRequest/x' }, 'ServiceRequest/x', ['ServiceRequest/x'], [null]].map((named): Case => ({
      name: `basedOn is ${JSON.stringify(named)}`,
      order: { ...treatment, basedOn: named },
      record: [current],
    })),
    {
      name: 'basedOn names two requests that are no referrals, no referral being in the record',
      order: basedOn('ServiceRequest/x-ray', 'ServiceRequest/scan'),
      record: [xRay, { ...xRay, id: 'scan' }],
    },
    { name: 'basedOn names one elsewhere', order: basedOn('ServiceRequest/elsewhere'), record: [] },
    {
      name: 'basedOn names one elsewhere, an old one found',
      order: basedOn('ServiceRequest/elsewhere'),
      record: [old],
    },
    {
      name: 'basedOn names one by its identifier',
      order: basedOn({ type: 'ServiceRequest', identifier: { value: 'synthetic' } }),
      record: [old],
    },
    { name: 'basedOn does not say what it names', order: basedOn('urn:uuid:synthetic'), record: [old] },
    ...['entered-in-error', 'revoked'].flatMap((status): readonly Case[] => [
      {
        name: `basedOn names one that is ${status}`,
        order: basedOn('ServiceRequest/old'),
        record: [{ ...old, status }],
      },
      {
        name: `basedOn names one that is ${status}, another one found`,
        order: basedOn('ServiceRequest/old'),
        record: [{ ...old, status }, current],
      },
    ]),
    {
      name: 'basedOn names an X-ray, and there is a referral',
      order: basedOn('ServiceRequest/x-ray'),
      record: [xRay, current],
    },
    {
      name: 'one of two has no date, so the newest cannot be told',
      order: treatment,
      record: [old, referral('undated')],
    },
    ...['2026', '2026-11'].map((authoredOn) => ({
      name: `one of two is dated ${authoredOn}, which may be later than the other`,
      order: treatment,
      record: [current, referral('partial', authoredOn)],
    })),
    ...['gisteren', '2026-02-30'].map((authoredOn) => ({
      name: `one of two is dated ${authoredOn}, so the newest cannot be told`,
      order: treatment,
      record: [current, referral('unreadable', authoredOn)],
    })),
    ...['completed', 'on-hold', undefined].flatMap((status): readonly Case[] => [
      { name: `the only one is ${status ?? 'without a status'}`, order: treatment, record: [{ ...current, status }] },
      {
        name: `basedOn names an X-ray, and the only referral is ${status ?? 'without a status'}`,
        order: basedOn('ServiceRequest/x-ray'),
        record: [xRay, { ...current, status }],
      },
    ]),
    ...['unknown', undefined, 'aktief'].map((status) => ({
      name: `a newer one is of status ${status}, an older one active`,
      order: treatment,
      record: [old, { ...current, status }],
    })),
    {
      name: 'one without a date has no status, another one is active',
      order: treatment,
      record: [current, referral('undated', undefined, { status: undefined })],
    },
    {
      name: 'it says why it has no date',
      order: basedOn('ServiceRequest/current'),
      record: [referral('current', undefined, { _authoredOn: { extension: [{ url: 'x', valueCode: 'unknown' }] } })],
    },
    ...[
      ['no code and no reason', {}],
      ['a code of the site and a reason in words', { code: LOCAL, reasonCode: [{ text: 'Rugpijn (synthetisch)' }] }],
      ['a code of the site and a reason elsewhere', { code: LOCAL, reasonReference: OTHER }],
      ['no status', { status: undefined }],
      ['a status that nobody knows', { status: 'unknown' }],
    ].map(([has, told]): Case => ({
      name: `a request to a rehabilitation physician has ${String(has)}`,
      order: treatment,
      record: [toPhysician(told as object)],
    })),
    ...(
      [
        ['does not tell to whom', {}],
        ['tells to whom by a code of no system', { performerType: { coding: [{ code: '0327' }] } }],
        ['tells to whom in words', { performerType: { text: 'revalidatiearts' } }],
        [
          'has a reason of no known list',
          {
            performerType: toPhysician()['performerType'],
            reasonCode: [{ coding: [{ system: 'urn:site', code: 'x' }] }],
          },
        ],
        [
          'has a reason of no list',
          { performerType: toPhysician()['performerType'], reasonCode: [{ coding: [{ code: 'x' }] }] },
        ],
      ] as const
    ).map(([how, lost]) => ({
      name: `a referral that is newer than the one of IMSR ${how}`,
      order: treatment,
      record: [old, toPhysician({ authoredOn: '2026-11-20', performerType: undefined, code: REFERRAL, ...lost })],
    })),
    {
      name: 'a newer request to a rehabilitation physician than the referral does not say what it is',
      order: treatment,
      record: [current, toPhysician({ authoredOn: '2026-11-20' })],
    },
    {
      name: 'of two of one day the other one would tell another reason, and the order tells none',
      order: { ...treatment, reasonReference: undefined },
      record: [current, { ...referral('twin', '2026-11-03'), reasonReference: OTHER }],
    },
    {
      name: 'so it would of two of one moment',
      order: { ...treatment, reasonReference: undefined },
      record: [
        referral('at', '2026-11-03T10:00:00+01:00'),
        { ...referral('twin', '2026-11-03T09:00:00Z'), reasonReference: OTHER },
      ],
    },
    { name: 'its date is a month', order: treatment, record: [referral('month', '2026-11')] },
  ])('$name', (one) => {
    const { assessment } = assess(one);
    expect(told(assess(one))).toEqual(UNKNOWN);
    expect(assessment.outcome).toBe('unknown');
    expect(assessment.criteria.filter(({ status }) => status === 'not-met')).toEqual([]);
  });
});

describe('a referral that is being signed', () => {
  it('is of the day of the call where it says why it has no date', () => {
    const order = referral('draft', undefined, { status: 'draft', _authoredOn: { extension: [{ url: 'x' }] } });
    expect(assess({ order, record: [] }, 'imsr-referral').assessment.referredOn).toBe(base.asOf);
    expect(told(assess({ order, record: [] }, 'imsr-referral'))).toEqual(CURRENT);
  });

  const signed = (authoredOn: string, change: object = {}) =>
    assess({ order: referral('draft', authoredOn, { status: 'draft', ...change }), record: [] }, 'imsr-referral');

  it.each([
    ['the day of the call', base.asOf],
    ['later on the day of the call', `${base.asOf}T23:59:59+01:00`],
    ['the day before in UTC', '2026-11-30T23:30:00Z'],
    ['an earlier day', '2026-11-03'],
  ])('%s counts', (_, authoredOn) => {
    expect(told(signed(authoredOn))).toEqual(CURRENT);
  });

  it('needs nothing else of the requests in the record', () => {
    const order = referral('draft', '2026-11-03', { status: 'draft', basedOn: [{ reference: 'ServiceRequest/x' }] });
    expect(told(assess({ order, record: [old], gap: 'cut-short' }, 'imsr-referral'))).toEqual(CURRENT);
  });
});

it('how long the pain has lasted is open where it is judged on a day of referral that is not known', () => {
  const painOn = (authoredOn: string): string => {
    const order = { ...current, status: 'draft', authoredOn };
    const { assessment } = assess({ order, record: [] }, 'imsr-referral');
    return assessment.criteria.find(({ id }) => id === 'persistent-pain')!.reason;
  };
  expect(painOn('2026-11-03')).toBe('longer-than-threshold');
  expect(painOn('2026-11')).toBe('referral-date-unknown');
});

it.each<[string, Resource, readonly Resource[], boolean]>([
  ['an order in the record, and no referral', { ...treatment, status: 'active', authoredOn: undefined }, [], true],
  ['the same with its day', { ...treatment, status: 'active' }, [], false],
  ['an order that is being written', { ...treatment, authoredOn: undefined }, [], false],
  ['a referral', treatment, [referral('undated')], true],
  ['the same with its day, on an order without one', { ...treatment, authoredOn: undefined }, [current], false],
])('that the day of the call counts is told where %s tells none', (_, order, record, told) => {
  const { assessment, referralUnknown } = assess({ order, record });
  expect(referralUnknown).toBe(false);
  const { notes } = assessment.criteria.find(({ id }) => id === 'stepped-care')!;
  expect(notes.includes('referral-day-from-call')).toBe(told);
});

describe('another request that cannot be read', () => {
  /** A system that is a number: no rule can be evaluated on it. */
  const unread = (authoredOn: string) =>
    toPhysician({ authoredOn, performerType: { coding: [{ system: 7, code: '0327' }] } });

  it('leaves the day of referral open where it may be the newer referral', () => {
    expect(told(assess({ order: treatment, record: [current, unread('2026-11-20')] }))).toEqual(UNKNOWN);
    expect(told(assess({ order: treatment, record: [unread('2026-11-20')] }))).toEqual(UNKNOWN);
  });

  it('takes nothing from a newer one', () => {
    expect(told(assess({ order: treatment, record: [current, unread('2026-10-01')] }))).toEqual(CURRENT);
  });
});
