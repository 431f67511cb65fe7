import fc from 'fast-check';
import type { Resource } from '../../src/schemas/resource.js';

/** Dates as records hold them: whole, partial, with and without zone, and some that are none. */
export const DATES = [
  '2025-11-03',
  '2025-11',
  '2025',
  '2026-02-29',
  '2024-02-29',
  '2025-11-03T10:15:00+01:00',
  '2025-11-03T23:30:00-05:00',
  '2025-11-03T00:30:00Z',
  '2025-11-03T10:15',
  '2025-11-03T10:15:30.250Z',
  '2025-11-03T10',
  '1940-06-01',
  '0050-01-01',
  'onbekend',
  '',
];
const TEXTS = ['completed', 'active', 'a', 'b', 'A', 'complaint', 'complaint.score', ' ', 'Procedure/p0', '#r1', ''];

const date = fc.constantFrom(...DATES);
const text = fc.constantFrom(...TEXTS);
const number = fc.constantFrom(0, 1, 2, 6, 1.5, 0.1, 0.3, -1, 1e10, 84);

/** JSON that has no business being where it is put. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    [],
    {},
    [null],
    [[1], ['a']],
    { value: 1 },
    { resourceType: 'Basic', id: 'x' },
  ),
  fc.constantFrom({ resourceType: 'NoSuchThing' }, { resourceType: 7 }, { extension: [{ url: 'u', valueCode: 'a' }] }),
  number,
  text,
);

/** Mostly the value, sometimes absent, rarely something wrong. */
function mostly<T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: wrong });
}

function shape(elements: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const messy = Object.fromEntries(Object.entries(elements).map(([name, value]) => [name, mostly(value)]));
  return fc.record(messy, { requiredKeys: [] });
}

function many(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.array(mostly(value), { maxLength: 3 });
}

const extension = shape({ url: fc.constantFrom('u', 'v'), valueCode: text, valueDecimal: number });
const beside = fc.oneof(fc.constant(null), fc.record({ extension: fc.array(extension, { maxLength: 1 }) }));
const coding = shape({
  system: fc.constantFrom('s', 't'),
  code: fc.constantFrom('p1', 'p2', 'm1', 'x'),
  display: text,
});
const concept = shape({ coding: many(coding), text });
const reference = shape({
  reference: fc.constantFrom('PractitionerRole/r0', '#r1', 'Condition/c0', 'Nobody/1'),
  display: text,
});
const period = shape({ start: date, end: date });
const quantity = shape({
  value: number,
  unit: text,
  system: fc.constantFrom('http://unitsofmeasure.org', 's'),
  code: fc.constantFrom('d', 'a', 'mm'),
});
const role = shape({
  resourceType: fc.constant('PractitionerRole'),
  id: fc.constant('r1'),
  specialty: many(concept),
  practitioner: reference,
});

function resource(
  type: string,
  ids: string[],
  elements: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Resource> {
  return fc
    .tuple(fc.constantFrom(...ids, undefined), shape(elements))
    .map(([id, rest]) => ({ ...rest, resourceType: type, ...(id === undefined ? {} : { id }) }));
}

const item: fc.Arbitrary<unknown> = fc.letrec<{ item: unknown }>((tie) => ({
  item: shape({
    linkId: fc.constantFrom('complaint', 'complaint.score', 'a', 'b'),
    answer: many(
      shape({
        valueInteger: number,
        valueString: text,
        valueCoding: coding,
        valueDate: date,
        valueBoolean: fc.boolean(),
      }),
    ),
    item: fc.oneof({ depthSize: 'small', maxDepth: 2 }, fc.constant([]), fc.array(tie('item'), { maxLength: 3 })),
  }),
})).item;

/** A form with enough items for a lookup to be worth an index. */
export const arbitraryForm: fc.Arbitrary<Resource> = fc
  .array(mostly(item), { minLength: 8, maxLength: 16 })
  .map((items) => ({ resourceType: 'QuestionnaireResponse', item: items }));

const KINDS: readonly fc.Arbitrary<Resource>[] = [
  resource('Patient', ['p'], {
    birthDate: date,
    _birthDate: beside,
    gender: fc.constantFrom('male', 'female'),
    active: fc.boolean(),
    deceasedBoolean: fc.boolean(),
    deceasedDateTime: date,
    name: many(shape({ given: many(text), _given: fc.array(beside, { maxLength: 2 }), family: text })),
  }),
  resource('Condition', ['c0', 'c1'], {
    code: concept,
    onsetDateTime: date,
    onsetPeriod: period,
    onsetAge: quantity,
    onsetString: text,
    recordedDate: date,
    clinicalStatus: concept,
  }),
  resource('Procedure', ['p0', 'p1', 'p2'], {
    status: fc.constantFrom('completed', 'in-progress'),
    _status: beside,
    code: concept,
    performedDateTime: date,
    _performedDateTime: beside,
    performedPeriod: period,
    performer: many(shape({ actor: reference })),
    reasonReference: many(reference),
    contained: many(role),
    note: many(shape({ text })),
    extension: many(extension),
  }),
  resource('Encounter', ['e0', 'e1'], { status: text, period, class: coding, type: many(concept), length: quantity }),
  resource('Observation', ['o0', 'o1'], {
    status: text,
    code: concept,
    valueQuantity: quantity,
    valueInteger: number,
    valueString: text,
    effectiveDateTime: date,
    effectiveInstant: date,
    component: many(shape({ code: concept, valueInteger: number })),
  }),
  resource('QuestionnaireResponse', ['q0'], { status: text, authored: date, questionnaire: text, item: many(item) }),
  resource('PractitionerRole', ['r0'], { specialty: many(concept), active: fc.boolean() }),
];

export const arbitraryResource: fc.Arbitrary<Resource> = fc.oneof(...KINDS);

/** Records of some resources, with strange ones among them. */
export const arbitraryRecord: fc.Arbitrary<Resource[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: arbitraryResource },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Resource>(
        { resourceType: 'Basic', Procedure: [{ status: 'completed' }] },
        { resourceType: 'Procedure', status: 'completed', __path__: { path: 'Patient' } },
        { resourceType: 'Status', id: 'odd' },
      ),
    },
  ),
  { maxLength: 14 },
);

/** A row such as the engine makes: plain values, and now and then a resource among them. */
export const arbitraryRow: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    discipline: fc.constantFrom('physical', 'psychological'),
    date,
    sessions: number,
    done: fc.boolean(),
    code: coding,
    session: arbitraryResource,
    tags: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
