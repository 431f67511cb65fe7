import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import type { Resource } from '../../src/schemas/resource.js';
import { answerOf } from './all-rules.js';
import { memberOf, scopeOf } from './record.js';
import { SPECIFICATION_CASES } from './specification-cases.js';

const complaint: Resource = { resourceType: 'Condition', id: 'c1', code: { text: 'pijn' }, onsetDateTime: '2024-03' };

/** A synthetic record with one thing of every kind that the cases speak of. */
const RECORD: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: 'p1',
    gender: 'female',
    birthDate: '1980',
    _birthDate: { extension: [{ url: 'u', valueString: 'why' }] },
    name: [{ given: ['Ada', 'Bea'] }, { given: ['Cor'] }],
  },
  complaint,
  { resourceType: 'Condition', id: 'c2', code: { text: 'pijn' }, onsetPeriod: { start: '2025-01-10' } },
  {
    resourceType: 'Procedure',
    id: 'f1',
    status: 'completed',
    code: { coding: [{ code: 'x' }, { code: 'p1' }] },
    performer: [{ actor: { reference: '#role' } }],
    contained: [
      {
        resourceType: 'PractitionerRole',
        id: 'role',
        specialty: [{ text: 'fysiotherapeut' }],
        practitioner: { reference: '#dr' },
      },
      { resourceType: 'Practitioner', id: 'dr' },
    ],
  },
  {
    resourceType: 'Procedure',
    id: 'f2',
    status: 'in-progress',
    code: { coding: [{ code: 'm1' }] },
    performer: [{ actor: { reference: 'PractitionerRole/r1' } }, { actor: { reference: 'PractitionerRole/gone' } }],
  },
  { resourceType: 'Procedure', id: 'f3', status: 'completed' },
  { resourceType: 'PractitionerRole', id: 'r1', specialty: [{ text: 'psycholoog' }] },
  { resourceType: 'Observation', id: 'o1', valueQuantity: { value: 5, unit: 'mm' } },
  { resourceType: 'Observation', id: 'o2', valueInteger: 7, effectiveDateTime: '2025-06-01T09:30:00Z' },
  {
    resourceType: 'QuestionnaireResponse',
    id: 'q1',
    item: [{ linkId: 'complaint', item: [{ linkId: 'complaint.activity' }, { linkId: 'complaint.score' }] }],
  },
];

const SCOPE = scopeOf(RECORD, {
  asOf: '2026-11-03',
  lookback: '2 years',
  words: ['a', 'b'],
  flags: [true, false],
  nothing: [],
  complaint,
  rows: [{ sessions: 6 }, { sessions: 5 }],
});

const ENGINES = { reference: compileReference, compiled: compileExpression };

describe.each(Object.entries(ENGINES))('FHIRPath in the %s engine', (_, compile) => {
  describe.each(Object.entries(SPECIFICATION_CASES))('§%s', (__, cases) => {
    it.each(cases)('$expression', ({ expression, gives }) => {
      const answer = answerOf(compile(expression, { memberOf }), SCOPE);
      expect(answer).toEqual(gives === 'error' ? { failed: true } : { values: gives });
    });
  });
});
