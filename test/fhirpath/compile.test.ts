import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.js';
import type { Resource } from '../../src/schemas/resource.js';
import { assertEnginesAgree } from './all-rules.js';
import { memberOf, scopeOf } from './record.js';

describe('what an expression says of itself', () => {
  it.each<[string, string[], string[]]>([
    [
      '(Procedure | Encounter).where(status = %word and period.start >= %asOf.toDate())',
      ['Encounter', 'Procedure'],
      ['asOf', 'word'],
    ],
    ['%intake.repeat(item)', [], ['intake']],
    ['Procedure.performer.actor.resolve().ofType(PractitionerRole).specialty', ['PractitionerRole', 'Procedure'], []],
    ["Patient.name.where(use = 'official') is HumanName", ['Patient'], []],
    ['%ucum', [], []],
  ])('%s', (source, resourceTypes, variables) => {
    const expression = compileExpression(source, { memberOf });
    expect(expression.source).toBe(source);
    expect([...expression.resourceTypes].sort()).toEqual(resourceTypes);
    expect([...expression.variables].sort()).toEqual(variables);
  });
});

describe('which engine runs an expression', () => {
  it.each([
    ['compiled', "Procedure.where(status = 'completed' and code.coding.exists(memberOf('physical'))).count() >= 6"],
    ['compiled', '%asOf.toDate() - %lookback.toQuantity() <= @2026-01-01'],
    ['reference', 'Procedure.aggregate($total + 1, 0)'],
    ['reference', 'Patient.descendants().count()'],
    ['compiled', 'Procedure.where(performer.select($index).exists())'],
    ['reference', 'Procedure.where(performer.exists(true) and $index = 0)'],
    ['reference', '1.50.toString()'],
    ['reference', "Observation.value.toQuantity('mm')"],
    ['reference', '%context.count()'],
  ])('%s: %s', (engine, source) => {
    expect(compileExpression(source, { memberOf }).engine).toBe(engine);
  });
});

describe('what ordinary records do not need the reference engine for', () => {
  const procedures: Resource[] = Array.from({ length: 20 }, (_, index) => ({
    resourceType: 'Procedure',
    id: `f${index}`,
    status: index % 3 === 0 ? 'in-progress' : 'completed',
    code: { coding: [{ system: 's', code: index % 2 === 0 ? 'p1' : 'm1' }] },
    performedDateTime: `2025-0${(index % 9) + 1}-10T09:00:00+01:00`,
    performer: [{ actor: { reference: 'PractitionerRole/r' } }],
  }));
  const role = { resourceType: 'PractitionerRole', id: 'r', specialty: [{ coding: [{ code: 'p3' }] }] };
  const intake = {
    resourceType: 'QuestionnaireResponse',
    item: Array.from({ length: 12 }, (_, index) => ({
      linkId: `q${index % 10}`,
      answer: [{ valueInteger: index }],
    })),
  };
  const scope = scopeOf([...procedures, role, intake], {
    asOf: '2026-11-03',
    lookback: '2 years',
    link: 'q1',
    number: 3,
    intake,
    rows: procedures.map((procedure) => ({ discipline: 'physical', session: procedure })),
  });

  it.each([
    "Procedure.where(status = 'completed').id",
    "Procedure.where(status = 'completed' and performed >= %asOf.toDate() - %lookback.toQuantity()).count()",
    "Procedure.where(code.coding.exists(memberOf('physical'))).performed",
    "Procedure.where(performer.actor.resolve().ofType(PractitionerRole).specialty.coding.code = 'p3').count()",
    '%intake.repeat(item).where(linkId = %link).answer.value',
    "%intake.repeat(item).where('q3' = linkId).answer.value",
    '%intake.repeat(item).where(linkId = %number).answer.value',
    "%intake.repeat(item).where(linkId = 'absent').exists()",
    'QuestionnaireResponse.item.where(linkId = %link).answer.value',
    '%rows.session.performed.ofType(dateTime)',
    "%rows.where(discipline = 'physical').session.id.distinct()",
    '(Procedure | PractitionerRole).id',
    '@2024-02-29 + 1 year',
    '%asOf.toDate() - 21 months',
    'Procedure.performed.select($this.toString().substring(0, 10).toDate()).distinct()',
  ])('%s', (source) => {
    const agreement = assertEnginesAgree(source, { memberOf }, [scope, scope]);
    expect(agreement).toMatchObject({ evaluations: 2, failures: 0, handedOver: 0, engine: 'compiled' });
  });
});

describe('answers that are kept', () => {
  it('belong to one record and one value of a variable', () => {
    const expression = compileExpression("Procedure.where(status = 'x').id", { memberOf });
    const first = scopeOf([{ resourceType: 'Procedure', id: 'a', status: 'x' }]);
    const second = scopeOf([{ resourceType: 'Procedure', id: 'b', status: 'x' }]);
    expect([first, second, first].map((scope) => expression.evaluate(scope))).toEqual([['a'], ['b'], ['a']]);

    const rows = compileExpression('%form.repeat(item).where(linkId = %link).text', { memberOf });
    const form = (text: string): Resource => ({ resourceType: 'QuestionnaireResponse', item: [{ linkId: 'a', text }] });
    const [one, two] = [form('one'), form('two')];
    const answers = [one, two, one].map((each) => rows.evaluate(scopeOf([], { form: each, link: 'a' })));
    expect(answers).toEqual([['one'], ['two'], ['one']]);
    expect(rows.evaluate(scopeOf([], { form: one, link: 'b' }))).toEqual([]);
  });

  it('are those of constants only, not of functions on what stands there', () => {
    const scope = scopeOf([{ resourceType: 'Patient', name: [{ given: ['a'] }, { given: ['b', 'c'] }] }]);
    assertEnginesAgree('Patient.name.select(given.select($this.count() + 1))', { memberOf }, [scope]);
    assertEnginesAgree('Patient.name.given.where(count() + 0 = 1)', { memberOf }, [scope]);
    assertEnginesAgree('Patient.name.given.take(count())', { memberOf }, [scope]);
    const counts = compileExpression('Patient.name.select(given.iif(count() + 0 = 2, %big, %small))', { memberOf });
    expect(counts.evaluate({ ...scope, variables: { big: 'big', small: 'small' } })).toEqual(['small', 'big']);
  });

  it('cannot be spoilt by who asked first', () => {
    const expression = compileExpression('Procedure.code', { memberOf });
    const scope = scopeOf([
      { resourceType: 'Procedure', code: { text: 'a' } },
      { resourceType: 'Procedure', code: { text: 'b' } },
    ]);
    (expression.evaluate(scope) as unknown[]).pop();
    expect(expression.evaluate(scope)).toHaveLength(2);
  });
});
