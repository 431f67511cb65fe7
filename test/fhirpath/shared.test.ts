import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tablePass } from '../../src/fhirpath/code/pass.js';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import { sharedIn } from '../../src/fhirpath/code/shared.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { asAnswer } from '../../src/fhirpath/expression.js';
import { parse } from '../../src/fhirpath/parse.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import type { Resource } from '../../src/schemas/resource.js';
import { contact, leads } from './arbitrary-references.js';
import { memberOf, recordOf } from './record.js';

const shared = (...sources: string[]): number => sharedIn(sources.map((source) => parse(source))).size;

describe('what is worked out once for an item', () => {
  it.each<[number, string[]]>([
    [1, ["code.coding.where(code = 'a').exists()", "code.coding.where(code = 'a').display"]],
    [0, ["code.coding.where(code = 'a').exists()", "code.coding.where(code = 'b').exists()"]],
    // Single values and paths are read once anyway.
    [0, ['status', 'status', 'code.coding', 'code.coding.code']],
    // In branches alone: perhaps no record needs it.
    [
      0,
      [
        'iif(status.exists(), performer.where(actor.exists()), {})',
        "iif(status = 'a', performer.where(actor.exists()), {})",
      ],
    ],
    [1, ['iif(status.exists(), performer.where(actor.exists()), {})', 'performer.where(actor.exists())']],
    [
      1,
      [
        'iif(performer.where(actor.exists()).exists(), 1, 2)',
        'iif(status.exists(), performer.where(actor.exists()), {})',
      ],
    ],
    // Inside a criterion it starts at another item.
    [0, ['performer.where(actor.where(display.exists()).exists())', 'actor.where(display.exists())']],
  ])('%i of %j', (count, sources) => {
    expect(shared(...sources)).toBe(count);
  });
});

const coding = fc.record(
  { system: fc.constantFrom('s', 't'), code: fc.constantFrom('p1', 'm1'), display: fc.constant('Woorden') },
  { requiredKeys: [] },
);
const session = fc.record(
  {
    status: fc.constantFrom('completed', 'in-progress'),
    code: fc.record(
      { text: fc.constantFrom('Woorden', 'Intake'), coding: fc.array(coding, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    encounter: leads('Encounter'),
    performer: fc.array(
      fc.record(
        {
          function: fc.constantFrom({ text: 'verwijzer' }, { text: 'therapeut' }),
          actor: leads('PractitionerRole'),
        },
        { requiredKeys: ['actor'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);
const role = fc.record(
  {
    specialty: fc.array(fc.record({ coding: fc.array(coding, { maxLength: 2 }) }), { maxLength: 2 }),
    practitioner: leads('Practitioner'),
  },
  { requiredKeys: [] },
);
const ACTORS = "performer.where(function.text.where($this = 'verwijzer').empty()).actor";
const CONTACT = 'encounter.resolve().ofType(Encounter)';
const WORDS = '(code.text | code.coding.display)';
/** Columns that have much in common, as those of a protocol have. */
const COLUMNS = [
  `${ACTORS}.reference`,
  `${ACTORS}.resolve().specialty.coding.where(memberOf('physical')).code`,
  `${ACTORS}.resolve().where(specialty.exists()).exists()`,
  `${ACTORS}.where(resolve().empty()).exists()`,
  `${ACTORS}.resolve().select(iif(specialty.coding.where(memberOf('mental')).exists(), 'mental', 'other'))`,
  `${ACTORS}.resolve().ofType(PractitionerRole).practitioner.resolve().id`,
  `iif(${ACTORS}.exists(), ${ACTORS}.first().reference, 'none')`,
  `${CONTACT}.class.code`,
  `${CONTACT}.partOf.where(resolve().empty()).exists()`,
  `iif(${CONTACT}.class.where(code = 'IMP').exists() or ${CONTACT}.partOf.resolve().ofType(Encounter).class.where(code = 'IMP').exists(), 'in', 'out')`,
  `${WORDS}.where(lower().contains('woord')).exists()`,
  `${WORDS}.where(lower().matches('intake')).empty() and status in ('completed' | 'preparation')`,
  `iif(status in ('completed' | 'preparation'), ${WORDS}.first(), {})`,
  "code.coding.where(memberOf('physical')).exists() or code.coding.where(memberOf('physical')).display.exists()",
];

describe('columns of one row that have much in common', () => {
  it('give what each gives by itself on fhirpath.js', () => {
    let made = 0;
    const named = (type: string, each: object, id: string): Resource => ({ resourceType: type, id, ...each });
    const two = <T extends object>(of: fc.Arbitrary<T>) => fc.tuple(of, of);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...COLUMNS), { minLength: 2, maxLength: 6 }),
        fc.array(session, { minLength: 1, maxLength: 4 }),
        two(role),
        two(role),
        two(contact),
        two(contact),
        fc.boolean(),
        (sources, sessions, roles, rolesInside, contacts, contactsInside, inside) => {
          const all = (type: string, [a, b]: readonly [object, object]): Resource[] => [
            named(type, a, 'a'),
            named(type, b, 'b'),
          ];
          const contained = inside ? all('PractitionerRole', rolesInside) : all('Encounter', contactsInside);
          const focuses = sessions.map((each, at) => named('Procedure', { ...each, contained }, `s${at}`));
          const others = [
            ...all('PractitionerRole', roles),
            ...all('Encounter', contacts),
            named('Practitioner', {}, 'a'),
          ];
          const scope = { record: recordOf([...focuses, ...others]), variables: {} };
          const slots = new Slots();
          const options = { memberOf, slots, focusType: 'Procedure' };
          const asked = sources.map((source, at) => ({
            name: `c${at}`,
            expression: compileExpression(source, options),
          }));
          expect(asked.filter(({ expression }) => expression.inline === undefined)).toEqual([]);
          const rows = tablePass(
            asked,
            asked.map(({ name }) => name),
          )!({ ...scope, kept: new Kept(slots) }, focuses, focuses);
          if (rows === undefined) return;
          made += 1;
          for (const [at, focus] of focuses.entries()) {
            for (const [column, source] of sources.entries()) {
              const plain = compileReference(source, { memberOf, focusType: 'Procedure' });
              const expected = asAnswer(plain.evaluate({ ...scope, focus, container: focus }));
              expect(rows[at]![`c${column}`], sources.join('\n')).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(made).toBeGreaterThan(100);
  });
});
