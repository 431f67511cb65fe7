import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/schemas/resource.js';
import { assertEnginesAgree } from './all-rules.js';
import { memberOf, scopeOf } from './record.js';

/** Data that is odd in one known way each, and expressions that can tell. */
const CASES: readonly (readonly [what: string, record: readonly Resource[], expressions: readonly string[]])[] = [
  [
    'primitives with extensions beside them',
    [
      { resourceType: 'Patient', birthDate: '1980-01-01', _birthDate: { extension: [{ url: 'u', valueCode: 'a' }] } },
      { resourceType: 'Patient', birthDate: '1980-01-01', _birthDate: { extension: [{ url: 'v', valueCode: 'b' }] } },
      { resourceType: 'Patient', _birthDate: { id: 'x', extension: [{ url: 'w' }] } },
      {
        resourceType: 'Patient',
        gender: 'male',
        name: [{ given: ['a', null], _given: [null, { id: 'g' }, { id: 'h' }] }],
      },
    ],
    [
      'Patient[0].birthDate = Patient[1].birthDate',
      'Patient[0].birthDate = Patient[0].birthDate',
      'Patient.birthDate.distinct()',
      'Patient.birthDate.extension.url',
      'Patient.birthDate.extension.value',
      'Patient.birthDate.id',
      'Patient.birthDate.count()',
      'Patient.birthDate.hasValue()',
      'Patient.name.given.count()',
      'Patient.name.given.id',
      'Patient.name.given.select(exists())',
      'Patient.birthDate | Patient.gender',
      'Patient.birthDate.last() < @2000-01-01',
      'Patient.birthDate.last().empty()',
    ],
  ],
  [
    'the same item twice under repeat',
    [
      {
        resourceType: 'QuestionnaireResponse',
        item: [{ linkId: 'a' }, { linkId: 'a' }, { linkId: 'b', item: [{ linkId: 'a' }] }],
      },
      {
        resourceType: 'QuestionnaireResponse',
        item: [...'abcdefgh', 'a'].map((linkId) => ({ linkId, item: [{ linkId: 'a' }, { linkId: 'z' }] })),
      },
    ],
    [
      'QuestionnaireResponse.repeat(item).linkId',
      'QuestionnaireResponse.first().repeat(item).linkId',
      'QuestionnaireResponse.last().repeat(item).count()',
      'QuestionnaireResponse.item.distinct().count()',
      'QuestionnaireResponse.item.item.distinct()',
    ],
  ],
  [
    'lists within lists',
    [{ resourceType: 'Procedure', code: { coding: [[null]] as never } }],
    [
      'Procedure.code.coding',
      'Procedure.code.coding.where($this.exists())',
      'Procedure.code.coding | Procedure.status',
    ],
  ],
  [
    'numbers as criteria',
    [{ resourceType: 'Patient', name: [{ given: ['a', 'b'] }, { given: ['c'] }, {}], multipleBirthInteger: 0 }],
    [
      'Patient.name.where(given.count()).count()',
      'Patient.name.where(given.count() - 2).count()',
      'Patient.where(multipleBirth)',
      "Patient.name.where('')",
      "Patient.name.where('x').count()",
      'Patient.name.all(given)',
    ],
  ],
  [
    'decimals that are not quite',
    [
      {
        resourceType: 'Observation',
        valueQuantity: { value: 0.30000000000000004 },
        component: [{ valueInteger: 1e10 }],
      },
    ],
    [
      'Observation.value.value = 0.3',
      'Observation.value.value <= 0.3',
      'Observation.value.value < 0.3',
      'Observation.component.value + 0.1 > 10000000000',
      'Observation.value.value ~ 0.3',
      'Observation.value.value.toString()',
      'Observation.value.value.toBoolean()',
      'Observation.value = Observation.value',
    ],
  ],
  [
    'quantities in UCUM',
    [
      {
        resourceType: 'Condition',
        onsetAge: { value: 30, system: 'http://unitsofmeasure.org', code: 'a', unit: 'jaar' },
      },
      {
        resourceType: 'Condition',
        onsetAge: { value: 3, system: 'http://unitsofmeasure.org', code: 'a', comparator: '<' },
      },
    ],
    [
      'Condition.first().onset >= 18 years',
      'Condition.first().onset = 30 years',
      'Condition.last().onset >= 18 years',
      'Condition.onset.value',
      'Condition.onset.distinct()',
      'Condition.first().onset in Condition.onset',
    ],
  ],
  [
    'dates and times at the edge',
    [
      '2025-03-30T02:30:00',
      '2025-03-30T02:30:00+01:00',
      '2025-10-26T02:30:00Z',
      '2025-12-31T23:59:60Z',
      '2025-12-31T23:59:59.5Z',
      '2025-12-31T24:00:00Z',
      '2025-12-31T10:00:00-00:30',
      '2025T',
      '2025-12T',
      '0999-12-31',
      '2025-13',
      '2025-02-30',
      '2025-1-1',
      ' 2025-01-01',
    ].map((performedDateTime) => ({ resourceType: 'Procedure', performedDateTime })),
    [
      'Procedure.performed.select($this.toDate())',
      'Procedure.performed.select($this.toDateTime())',
      'Procedure.performed.select($this.toString().toDate() - 1 month)',
      ...Array.from({ length: 14 }, (_, at) => `Procedure[${at}].performed >= @2025-03-30`),
      ...Array.from({ length: 14 }, (_, at) => `Procedure[${at}].performed = @2025-12-31T10:30:00Z`),
      ...Array.from({ length: 14 }, (_, at) => `Procedure[${at}].performed < Procedure[1].performed`),
      ...Array.from({ length: 14 }, (_, at) => `Procedure[${at}].performed.toDate() + 3 months`),
    ],
  ],
  [
    'names that JavaScript knows too',
    [{ resourceType: 'Encounter', status: 'planned', length: { value: 3 }, class: { code: 'AMB' }, period: 'always' }],
    [
      'Encounter.length.value',
      'Encounter.status.length',
      'Encounter.status.link',
      'Encounter.period.start',
      'Encounter.constructor',
      'Encounter.`class`.code',
      'Encounter.toString',
    ],
  ],
];

describe.each(CASES)('%s', (_, record, expressions) => {
  it.each(expressions)('%s', (source) => {
    const { evaluations } = assertEnginesAgree(source, { memberOf }, [scopeOf(record), scopeOf([...record].reverse())]);
    expect(evaluations).toBe(2);
  });
});
