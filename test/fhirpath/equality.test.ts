import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationScope } from '../../src/fhirpath/expression.js';
import type { Resource } from '../../src/schemas/resource.js';
import { assertEnginesAgree } from './all-rules.js';
import { arbitraryExpression } from './arbitrary-expression.js';
import { arbitraryForm, arbitraryRecord, arbitraryResource, arbitraryRow } from './arbitrary-record.js';
import { memberOf, recordOf } from './record.js';

const SCALARS = {
  asOf: '2026-11-03',
  lookback: '2 years',
  many: 2,
  word: 'complaint',
  words: ['a', 'completed', 'b'],
  nothing: [],
};

const ROOTS = [
  'Patient',
  'Condition',
  'Procedure',
  'Encounter',
  'Observation',
  'QuestionnaireResponse',
  '(Procedure | Encounter)',
  'QuestionnaireResponse.repeat(item)',
  'QuestionnaireResponse.item.answer.value',
  'Procedure.performer.actor.resolve()',
  'Procedure.reasonReference.resolve()',
  'iif(%complaint.performer.exists(), %complaint.performer, Procedure.performer).actor.resolve()',
  'iif(%complaint.reasonReference.exists(), %complaint.reasonReference, %form.item).resolve()',
  'Procedure.select(iif(performer.exists(), performer.actor, reasonReference).resolve())',
  '%complaint.performer.actor.resolve()',
  'Procedure.performed',
  'Condition.onset',
  'Observation.value',
  '%complaint',
  '%complaint.onset',
  '%rows',
  '%words',
  '%form.repeat(item)',
];

const MEMBERS = [
  'birthDate',
  'status',
  'code',
  'code.coding',
  'coding',
  'system',
  'performed',
  'onset',
  'value',
  'period',
  'start',
  'end',
  'performer',
  'actor',
  'reference',
  'specialty',
  'contained',
  'item',
  'linkId',
  'answer',
  'name',
  'given',
  'extension',
  'id',
  'note',
  'text',
  'deceased',
  'active',
  'effective',
  'component',
  'length',
  'date',
  'discipline',
  'sessions',
  'done',
  'session',
  'tags',
  'link',
];

function scopes(resources: readonly Resource[], rows: readonly unknown[], complaint: Resource): EvaluationScope {
  const form = resources.find((resource) => resource.resourceType === 'QuestionnaireResponse') ?? [];
  return { record: recordOf(resources), variables: { ...SCALARS, rows, complaint, form } };
}

/** A difference is shrunk for so long only; records and expressions are large. */
const SHRINKING = { interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true } as const;

/** Some runs more on request: `FHIRPATH_RUNS=20000 npx vitest run test/fhirpath`. */
// Three go into it, for the properties that take a third of the runs: fast-check never ends at a fraction.
const numRuns = Math.ceil(Number(process.env['FHIRPATH_RUNS'] ?? 600) / 3) * 3;

describe('compiled expressions answer what the reference engine answers', { timeout: 600_000 }, () => {
  it('on whole records', () => {
    let compiled = 0;
    let handedOver = 0;
    fc.assert(
      fc.property(
        arbitraryExpression(ROOTS, MEMBERS),
        fc.array(fc.tuple(arbitraryRecord, fc.array(arbitraryRow, { maxLength: 3 }), arbitraryResource), {
          minLength: 1,
          maxLength: 3,
        }),
        (source, cases) => {
          const agreement = assertEnginesAgree(
            source,
            { memberOf },
            cases.map((each) => scopes(...each)),
          );
          if (agreement.engine === 'compiled') compiled += agreement.evaluations - agreement.failures;
          handedOver += agreement.handedOver - agreement.failures;
        },
      ),
      { numRuns, ...SHRINKING },
    );
    // An engine that hands everything over would agree as well.
    expect(handedOver / compiled).toBeLessThan(0.5);
  });

  it.each(['Procedure', 'Procedure|Encounter|Condition', undefined])('with a resource as focus: %s', (focusType) => {
    const options = focusType === undefined ? { memberOf } : { memberOf, focusType };
    fc.assert(
      fc.property(
        arbitraryExpression(['$this', 'Procedure', ...MEMBERS], MEMBERS),
        arbitraryRecord,
        arbitraryResource,
        arbitraryResource,
        (source, resources, focus, container) => {
          const scope = { ...scopes(resources, [], container), focus };
          assertEnginesAgree(source, options, [scope, { ...scope, container }]);
        },
      ),
      { numRuns: numRuns / 3, ...SHRINKING },
    );
  });

  it('where items are looked up by a text', () => {
    const path = fc.constantFrom(
      '%form.repeat(item)',
      'QuestionnaireResponse.item',
      '%form.repeat(item | answer.item)',
    );
    const name = fc.constantFrom('linkId', 'id', 'answer', 'item', 'extension', 'text', 'definition');
    const value = fc.constantFrom("'complaint'", "'a'", "''", '%word', '%many', '%words', '%nothing', '%form');
    const rest = fc.constantFrom('', '.answer.value', '.item.linkId', '.count()');
    fc.assert(
      fc.property(path, name, value, rest, fc.boolean(), arbitraryForm, (from, by, text, then, turned, form) => {
        const source = `${from}.where(${turned ? `${text} = ${by}` : `${by} = ${text}`})${then}`;
        assertEnginesAgree(source, { memberOf }, [{ record: recordOf([form]), variables: { ...SCALARS, form } }]);
      }),
      { numRuns, ...SHRINKING },
    );
  });

  it('where references are looked up in the resource that holds them', () => {
    const held = [
      '%a.performer.actor',
      '%a.performer.actor.first()',
      '%a.performer.actor.where(reference.exists())',
      '(%a.performer.actor | %b.performer.actor)',
      '%a.performer.actor.combine(%b.reasonReference)',
      'iif(%a.performer.exists(), %a.performer, %b.performer).actor',
      'iif(%a.performer.exists(), %a.performer.actor, %b.reasonReference)',
      'iif(%nothing.exists(), %a.reasonReference, iif(%b.performer.exists(), %b.performer.actor, %a.reasonReference))',
      'iif(%word.exists(), %a, %b).performer.actor',
      'iif(%nothing.exists(), %b, Procedure).performer.actor',
      'Procedure.performer.actor',
      'Procedure.select(iif(performer.exists(), performer.actor, reasonReference))',
    ];
    const then = [
      '',
      '.specialty',
      '.ofType(PractitionerRole).specialty.coding.code',
      '.exists()',
      '.practitioner.resolve()',
    ];
    const procedure = arbitraryResource.filter(({ resourceType }) => resourceType === 'Procedure');
    fc.assert(
      fc.property(
        fc.constantFrom(...held),
        fc.constantFrom(...then),
        arbitraryRecord,
        procedure,
        procedure,
        (references, rest, resources, a, b) => {
          const scope = { record: recordOf([a, b, ...resources]), variables: { ...SCALARS, a, b } };
          assertEnginesAgree(`${references}.resolve()${rest}`, { memberOf }, [scope]);
        },
      ),
      { numRuns, ...SHRINKING },
    );
  });

  it('where repeat meets the same item again, few or many at a time', () => {
    const { item } = fc.letrec<{ item: object }>((tie) => ({
      item: fc.record(
        {
          linkId: fc.constantFrom('a', 'b'),
          answer: fc.array(fc.record({ valueInteger: fc.constantFrom(1, 1.000000001, 2) }), { maxLength: 1 }),
          item: fc.array(tie('item'), { maxLength: 4, depthIdentifier: 'item' }),
        },
        { requiredKeys: ['linkId'] },
      ),
    }));
    const path = fc.constantFrom(
      '%form.repeat(item)',
      'QuestionnaireResponse.repeat(item)',
      '%form.repeat(item | answer)',
    );
    const rest = fc.constantFrom('', '.linkId', '.count()', '.answer.value', ".where(linkId = 'a').item");
    fc.assert(
      fc.property(path, rest, fc.array(item, { maxLength: 8 }), (from, then, items) => {
        const form = { resourceType: 'QuestionnaireResponse', id: 'form', item: items };
        const scopes = [{ record: recordOf([form]), variables: { form } }];
        expect(assertEnginesAgree(from + then, { memberOf }, scopes).handedOver).toBe(0);
      }),
      { numRuns, ...SHRINKING },
    );
  });

  it('with a row as focus', () => {
    fc.assert(
      fc.property(
        arbitraryExpression(['$this', ...MEMBERS], MEMBERS),
        arbitraryRecord,
        arbitraryRow,
        arbitraryResource,
        (source, resources, focus, complaint) => {
          assertEnginesAgree(source, { memberOf }, [{ ...scopes(resources, [], complaint), focus }]);
        },
      ),
      { numRuns: numRuns / 3, ...SHRINKING },
    );
  });

  it('with an element as focus', () => {
    fc.assert(
      fc.property(
        arbitraryExpression(['$this', ...MEMBERS], MEMBERS),
        arbitraryRecord,
        arbitraryResource,
        fc.constantFrom('QuestionnaireResponse.item', 'Procedure.performer', 'Procedure.code', 'Patient.birthDate'),
        (source, resources, complaint, focusType) => {
          const [type, element] = focusType.split('.') as [string, string];
          const container = resources.find((each) => each.resourceType === type && each[element] !== undefined);
          const focus = [container?.[element]].flat()[0] ?? { linkId: 'a', text: 'b' };
          const scope = { ...scopes(resources, [], complaint), focus, container };
          assertEnginesAgree(source, { memberOf, focusType }, [scope]);
        },
      ),
      { numRuns: numRuns / 3, ...SHRINKING },
    );
  });
});
