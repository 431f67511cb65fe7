import { describe, expect, it } from 'vitest';
import { compileReference } from '../../src/fhirpath/reference.js';
import { type Knowledge, loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { compileVersion } from '../../src/verdicts/compile-version.js';
import { encodeVignette, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;
const imsr = knowledge.protocols.get('imsr')!;
/** The same rules, all of them on the reference engine. */
const reference: Knowledge = {
  ...knowledge,
  protocols: new Map([
    [
      'imsr',
      {
        ...imsr,
        versions: imsr.versions.map(({ version }) => compileVersion(imsr.protocol, version, compileReference)),
      },
    ],
  ]),
};

const base = vignettes[0]!;
const entries = ((encodeVignette(base).entry ?? []) as unknown as { readonly resource: Resource }[]).filter(
  ({ resource }) => !resource.resourceType.startsWith('Medication'),
);

function assess(medication: readonly Resource[], by: Knowledge = knowledge) {
  const entry = [...entries, ...medication.map((resource) => ({ resource }))];
  return assessBundle(by, { resourceType: 'Bundle', type: 'collection', entry }, base.asOf);
}

const ORAL = { coding: [{ system: 'http://snomed.info/sct', code: '26643006' }] };
const PATCH = { coding: [{ system: 'http://snomed.info/sct', code: '45890007' }] };
const quantity = (value: number, code: string) => ({ value, unit: code, system: 'http://unitsofmeasure.org', code });
const daily = (frequency: number, period = 1, periodUnit = 'd') => ({ repeat: { frequency, period, periodUnit } });

/** One oral dosage: mg, times per day. */
const oral = (mg: number, frequency: number, change: object = {}) => ({
  route: ORAL,
  timing: daily(frequency),
  doseAndRate: [{ doseQuantity: quantity(mg, 'mg') }],
  ...change,
});
/** The same twice a day, with more said of when. */
const within = (mg: number, when: object): object =>
  oral(mg, 2, { timing: { repeat: { ...daily(2).repeat, ...when } } });
const patch = (ugPerHour: number, change: object = {}) => ({
  route: PATCH,
  timing: daily(1, 3),
  doseAndRate: [{ doseQuantity: quantity(ugPerHour, 'ug/h') }],
  ...change,
});

let count = 0;
const medicine = (code: string) => ({ coding: [{ system: 'http://www.whocc.no/atc', code }] });
const inUse = (code: string, ...dosage: readonly object[]): Resource => ({
  resourceType: 'MedicationStatement',
  id: `s${(count += 1)}`,
  status: 'active',
  medicationCodeableConcept: medicine(code),
  dosage,
});
const agreed = (code: string, ...dosageInstruction: readonly object[]): Resource => ({
  resourceType: 'MedicationRequest',
  id: `r${(count += 1)}`,
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: medicine(code),
  dosageInstruction,
});

const OXYCODONE = 'N02AA05';
const FENTANYL = 'N02AB03';

const byReference = (reference: string): Resource => {
  const { medicationCodeableConcept: code, ...statement } = inUse(OXYCODONE, oral(10, 2));
  const contained = [{ resourceType: 'Medication', id: 'drug', code }];
  return { ...(statement as Resource), contained, medicationReference: { reference } };
};
const UNTOLD = ['medication-untold'];

type Case = readonly [string, readonly Resource[], number | undefined, readonly string[]];
const IN_USE = 'opioid-in-use';
const cases: readonly Case[] = [
  ['no opioid', [], undefined, []],
  ['oxycodone 2 x 10 mg', [inUse(OXYCODONE, oral(10, 2))], 30, [IN_USE, 'ome-estimated']],
  ['morning and evening', [inUse(OXYCODONE, oral(10, 1), oral(10, 1))], 30, [IN_USE, 'ome-estimated']],
  ['every 12 hours', [inUse(OXYCODONE, oral(20, 1, { timing: daily(1, 12, 'h') }))], 60, [IN_USE, 'ome-attention']],
  ['once a week', [inUse('N02AA01', oral(70, 1, { timing: daily(1, 1, 'wk') }))], 10, [IN_USE, 'ome-estimated']],
  ['49 mg', [inUse('N02AA01', oral(49, 1))], 49, [IN_USE, 'ome-estimated']],
  ['50 mg', [inUse('N02AA01', oral(50, 1))], 50, [IN_USE, 'ome-attention']],
  ['89 mg', [inUse('N02AA01', oral(89, 1))], 89, [IN_USE, 'ome-attention']],
  ['90 mg', [inUse('N02AA01', oral(90, 1))], 90, [IN_USE, 'ome-high']],
  ['hydromorphone', [inUse('N02AA03', oral(4, 2))], 40, [IN_USE, 'ome-estimated']],
  ['tapentadol', [inUse('N02AX06', oral(100, 2))], 80, [IN_USE, 'ome-attention']],
  ['tramadol', [inUse('N02AX02', oral(50, 4))], 20, [IN_USE, 'ome-estimated']],
  ['codeine', [inUse('R05DA04', oral(30, 4))], 18, [IN_USE, 'ome-estimated']],
  ['fentanyl patch', [inUse(FENTANYL, patch(25))], 60, [IN_USE, 'ome-attention']],
  [
    'a patch given as a rate',
    [inUse(FENTANYL, patch(25, { doseAndRate: [{ rateQuantity: quantity(25, 'ug/h') }] }))],
    60,
    [IN_USE, 'ome-attention'],
  ],
  ['two drugs', [inUse(OXYCODONE, oral(10, 2)), agreed(FENTANYL, patch(25))], 90, [IN_USE, 'ome-high']],
  [
    'the same drug prescribed and in use counts once',
    [inUse(OXYCODONE, oral(10, 2)), agreed(OXYCODONE, oral(20, 2))],
    30,
    [IN_USE, 'ome-estimated'],
  ],
  [
    'use not structured, prescription is',
    [inUse(OXYCODONE, { text: '2 dd' }), agreed(OXYCODONE, oral(20, 2))],
    60,
    [IN_USE, 'ome-attention'],
  ],
  [
    'use partly structured',
    [inUse(OXYCODONE, oral(10, 2)), inUse(OXYCODONE, { text: 'x' })],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  ...(
    [
      ['of a scheme of steps', [oral(40, 2, { sequence: 1 }), oral(20, 2, { sequence: 2 })], undefined],
      ['of one step', [oral(10, 2, { sequence: 1 })], 30],
      ['a number of times', [within(10, { count: 6 })], undefined],
      ['for some days', [within(10, { boundsDuration: quantity(7, 'd') })], undefined],
      ['until the day of assessment', [within(10, { boundsPeriod: { start: '2026-11-01', end: '2026-12-01' } })], 30],
      ['until the day before', [within(10, { boundsPeriod: { start: '2026-11-01', end: '2026-11-30' } })], undefined],
      ['from the day of assessment on', [within(10, { boundsPeriod: { start: '2026-12-01' } })], 30],
      ['from the day after on', [within(10, { boundsPeriod: { start: '2026-12-02' } })], undefined],
      ['until that month', [within(10, { boundsPeriod: { end: '2026-12' } })], undefined],
    ] as const
  ).map(([name, dosage, dose]): Case => [
    `oxycodone ${name}`,
    [inUse(OXYCODONE, ...dosage)],
    dose,
    [IN_USE, dose === undefined ? 'ome-not-computable' : 'ome-estimated'],
  ]),
  ...(
    [
      ['2026-11-30', undefined],
      ['2026-12-01', 30],
    ] as const
  ).map(([end, dose]): Case => [
    `oxycodone that was used until ${end}`,
    [{ ...inUse(OXYCODONE, oral(10, 2)), effectivePeriod: { end } }],
    dose,
    [IN_USE, dose === undefined ? 'ome-not-computable' : 'ome-estimated'],
  ]),
  ['text only', [inUse(OXYCODONE, { text: '2 dd 10 mg' })], undefined, [IN_USE, 'ome-not-computable']],
  ['no dosage', [inUse(OXYCODONE)], undefined, [IN_USE, 'ome-not-computable']],
  [
    'tablets',
    [inUse(OXYCODONE, oral(1, 2, { doseAndRate: [{ doseQuantity: quantity(1, '{tablet}') }] }))],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  [
    'mg without its system',
    [inUse(OXYCODONE, oral(1, 2, { doseAndRate: [{ doseQuantity: { value: 10, code: 'mg' } }] }))],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  [
    'a comparator',
    [inUse(OXYCODONE, oral(1, 2, { doseAndRate: [{ doseQuantity: { ...quantity(10, 'mg'), comparator: '<' } }] }))],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  [
    'a range of doses',
    [
      inUse(
        OXYCODONE,
        oral(1, 2, { doseAndRate: [{ doseRange: { low: quantity(5, 'mg'), high: quantity(10, 'mg') } }] }),
      ),
    ],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  [
    'two to four times',
    [
      inUse(
        OXYCODONE,
        oral(10, 2, { timing: { repeat: { frequency: 2, frequencyMax: 4, period: 1, periodUnit: 'd' } } }),
      ),
    ],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  [
    'on some days',
    [
      inUse(
        OXYCODONE,
        oral(10, 2, { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', dayOfWeek: ['mon'] } } }),
      ),
    ],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  ['no times', [inUse(OXYCODONE, oral(10, 2, { timing: undefined }))], undefined, [IN_USE, 'ome-not-computable']],
  ['no route', [inUse(OXYCODONE, oral(10, 2, { route: undefined }))], undefined, [IN_USE, 'ome-not-computable']],
  [
    'injected morphine',
    [inUse('N02AA01', oral(10, 2, { route: { coding: [{ system: 'http://snomed.info/sct', code: '34206005' }] } }))],
    undefined,
    [IN_USE, 'ome-not-computable'],
  ],
  ['fentanyl by mouth', [inUse(FENTANYL, oral(1, 2))], undefined, [IN_USE, 'ome-not-computable']],
  ['two patches', [inUse(FENTANYL, patch(25), patch(12))], undefined, [IN_USE, 'ome-not-computable']],
  ['buprenorphine', [inUse('N02AE01', patch(20))], undefined, [IN_USE, 'ome-not-computable']],
  ['methadone', [inUse('N07BC02', oral(10, 2))], undefined, [IN_USE, 'ome-not-computable']],
  ['a combined product', [inUse('N02AJ13', oral(50, 4))], undefined, [IN_USE, 'ome-not-computable']],
  [
    'one of two drugs',
    [inUse(OXYCODONE, oral(10, 2)), inUse('N02AE01', patch(20))],
    30,
    [IN_USE, 'ome-estimated', 'ome-incomplete'],
  ],
  [
    'as needed beside a fixed dose',
    [inUse(OXYCODONE, oral(10, 2), oral(5, 4, { asNeededBoolean: true }))],
    30,
    [IN_USE, 'ome-estimated', 'opioid-as-needed'],
  ],
  [
    'as needed for a reason',
    [inUse(OXYCODONE, oral(5, 4, { asNeededCodeableConcept: { text: 'pijn' } }))],
    undefined,
    [IN_USE, 'opioid-as-needed'],
  ],
  ['on hold', [{ ...inUse(OXYCODONE, oral(10, 2)), status: 'on-hold' }], undefined, [IN_USE]],
  ['not to be given', [{ ...agreed(OXYCODONE, oral(10, 2)), doNotPerform: true }], undefined, [IN_USE]],
  ['a proposal', [{ ...agreed(OXYCODONE, oral(10, 2)), intent: 'proposal' }], undefined, [IN_USE]],
  ['contained, by a reference', [byReference('#drug')], 30, [IN_USE, 'ome-estimated']],
  ['by a reference to what is not there', [byReference('#other')], undefined, UNTOLD],
  ['in words', [{ ...inUse('', oral(10, 2)), medicationCodeableConcept: { text: 'oxycodon' } }], undefined, UNTOLD],
  [
    'in words, stopped',
    [{ ...inUse('', oral(10, 2)), medicationCodeableConcept: { text: 'x' }, status: 'stopped' }],
    undefined,
    [],
  ],
  ['another medicine', [inUse('N02BE01', oral(500, 2))], undefined, []],
  ['stopped', [{ ...inUse(OXYCODONE, oral(10, 2)), status: 'stopped' }], undefined, []],
];

describe('the daily dose of opioids', () => {
  const before = assess([]).assessment;
  it.each(cases)('%s', (_, medication, ome, notes) => {
    const { assessment, failures } = assess(medication);
    const verdict = assessment.criteria.find(({ id }) => id === 'no-impeding-medication')!;
    expect(failures).toEqual([]);
    expect({ ome: verdict.figures['ome'], notes: verdict.notes }).toEqual({ ome, notes });
    // Information only: no answer changes.
    const answers = ({ outcome, criteria }: typeof assessment) => [
      outcome,
      criteria.map(({ id, status, reason }) => [id, status, reason]),
    ];
    expect(answers(assessment)).toEqual(answers(before));
    expect(assess(medication, reference).assessment).toEqual(assessment);
  });

  it('the range follows the sources of the factors, and is left out where they agree', () => {
    const figures = (...medication: Resource[]) =>
      assess(medication).assessment.criteria.find(({ id }) => id === 'no-impeding-medication')!.figures;
    expect(figures(inUse('N02AX02', oral(50, 4)))).toMatchObject({ ome: 20, omeLow: 20, omeHigh: 40 });
    expect(figures(inUse('N02AX06', oral(100, 2)))).toMatchObject({ ome: 80, omeLow: 40, omeHigh: 80 });
    expect(figures(inUse(OXYCODONE, oral(10, 2)))).toEqual({ ome: 30, omeAdvisedBelow: 90, omeMentionFrom: 50 });
  });

  it('the order of the record does not matter', () => {
    const medication = [inUse(OXYCODONE, oral(10, 2)), agreed(OXYCODONE, oral(20, 2)), agreed(FENTANYL, patch(25))];
    const [there, back] = [medication, [...medication].reverse()].map((all) =>
      assess(all).assessment.criteria.map(({ figures, notes }) => ({ figures, notes })),
    );
    expect(back).toEqual(there);
  });
});
