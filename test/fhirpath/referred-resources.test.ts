import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.js';
import type { Resource } from '../../src/schemas/resource.js';
import { assertEnginesAgree } from './all-rules.js';
import { contact, leads, reference } from './arbitrary-references.js';
import { memberOf, recordOf } from './record.js';

const actor = fc.oneof(
  fc.record({ resourceType: fc.constant('PractitionerRole'), practitioner: leads('Practitioner') }),
  fc.record({ resourceType: fc.constant('Practitioner'), name: fc.constant([{ family: 'Proef' }]) }),
  fc.record({ resourceType: fc.constant('Organization'), name: fc.constantFrom('Praktijk', 'Kliniek') }),
  fc.record({ resourceType: fc.constant('Device'), name: fc.constant('Toestel') }),
);
const named = (each: object, id: string): Resource => ({ ...each, id }) as Resource;

describe('what a session leads to', () => {
  const paths = [
    'encounter.resolve().ofType(Encounter).class.code',
    'encounter.resolve().ofType(Encounter).partOf.resolve().ofType(Encounter).class.code',
    "encounter.resolve().ofType(Encounter).partOf.resolve().ofType(Encounter).class.where(code = 'IMP').exists()",
    'encounter.resolve().ofType(Encounter).partOf.where(resolve().empty()).exists()',
    'encounter.resolve().ofType(Encounter).partOf.resolve().ofType(Encounter).partOf.resolve().id',
    'performer.actor.resolve().name.ofType(string)',
    'performer.actor.resolve().name.ofType(HumanName).family',
    'performer.actor.resolve().ofType(PractitionerRole).practitioner.resolve().id',
  ];

  it.each(paths)('%s', (path) => {
    const both = fc.tuple(contact, contact);
    const parties = fc.tuple(actor, actor);
    fc.assert(
      fc.property(both, both, parties, parties, leads('Encounter'), fc.array(reference('Organization')), (...given) => {
        const [inside, outside, partiesInside, partiesOutside, encounter, actors] = given;
        const contacts = (of: readonly object[]): Resource[] =>
          of.map((each, at) => named({ resourceType: 'Encounter', ...each }, at === 0 ? 'a' : 'b'));
        const session = (contained: readonly Resource[]): Resource => ({
          resourceType: 'Procedure',
          id: 's',
          encounter,
          performer: actors.map((one) => ({ actor: { reference: one } })),
          contained,
        });
        const ids = (of: readonly object[]): Resource[] => of.map((each, at) => named(each, at === 0 ? 'a' : 'b'));
        for (const held of [contacts(inside), ids(partiesInside)]) {
          const focus = session(held);
          const record = recordOf([focus, ...contacts(outside), ...ids(partiesOutside)]);
          const scope = { record, variables: {}, focus, container: focus };
          const agreement = assertEnginesAgree(path, { memberOf, focusType: 'Procedure' }, [scope]);
          expect(agreement.generated).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('an element of whatever resource', () => {
  const medicine = fc.oneof(
    fc.record({ medicationCodeableConcept: fc.constant({ text: 'tramadol' }) }),
    fc.record({ medicationReference: leads('Medication') }),
    fc.record({ medicationCodeableConcept: fc.constant({ text: 'a' }), _medicationCodeableConcept: fc.constant({}) }),
    fc.constant({}),
  );
  const type = fc.constantFrom('MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'Patient');

  it.each([
    'medication.ofType(CodeableConcept).text',
    'medication.ofType(Reference).resolve().code.ofType(CodeableConcept).text',
    'name.ofType(string)',
  ])('%s', (path) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(type, medicine), { maxLength: 4 }), (told) => {
        const uses = told.map(([resourceType, each], at) => ({ resourceType, id: `u${at}`, ...each }));
        const record = recordOf([...uses, { resourceType: 'Medication', id: 'a', code: { text: 'codeïne' } }]);
        const scope = { record, variables: { uses } };
        assertEnginesAgree(`%uses.select(${path})`, { memberOf }, [scope]);
      }),
      { numRuns: 100 },
    );
    const variableShapes = () => 'resource' as const;
    expect(compileExpression(`%uses.select(${path})`, { memberOf, variableShapes }).inline).toBeDefined();
  });
});
