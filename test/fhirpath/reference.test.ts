import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { type EvaluationScope, ExpressionFailed } from '../../src/fhirpath/expression.js';
import { ExpressionRefused } from '../../src/fhirpath/parse.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import type { Resource } from '../../src/schemas/resource.js';
import { memberOf, scopeOf } from './record.js';

const ENGINES = { reference: compileReference, compiled: compileExpression };
const patient: Resource = { resourceType: 'Patient', id: 'p', birthDate: '1940', active: false };

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe.each(Object.entries(ENGINES))('what is known of fhirpath.js 5.2.0, in the %s engine', (_, compile) => {
  function evaluate(
    source: string,
    scope: EvaluationScope = scopeOf([patient]),
    focusType?: string,
  ): readonly unknown[] {
    return compile(source, focusType === undefined ? { memberOf } : { memberOf, focusType }).evaluate(scope);
  }

  it('answers a misspelt path with nothing, which is why paths are linted', () => {
    expect(evaluate('Patient.birthdate')).toEqual([]);
  });

  it('answers exists() on nothing with false, so absence has to be told apart before', () => {
    expect(evaluate('Patient.contact.exists()')).toEqual([false]);
  });

  it('counts any value for true in logic', () => {
    expect(evaluate("'text' and true")).toEqual([true]);
  });

  it('counts an element in a criterion for true, even the boolean false; lint refuses such a criterion', () => {
    expect(evaluate('Patient.where(active).id')).toEqual(['p']);
    expect(evaluate('Patient.where(active = true).id')).toEqual([]);
  });

  it('cannot tell how a partial date compares with a day inside it', () => {
    expect(evaluate('Patient.birthDate <= @1940-06-01')).toEqual([]);
    expect(evaluate('Patient.birthDate <= @1941-01-01')).toEqual([true]);
  });

  it('fails on the comparison of a bare string with a date', () => {
    expect(() => evaluate('%asOf > @2026-01-01', scopeOf([], { asOf: '2026-11-03' }))).toThrow(ExpressionFailed);
    expect(evaluate('%asOf.toDate() > @2026-01-01', scopeOf([], { asOf: '2026-11-03' }))).toEqual([true]);
  });

  it('reads %a-b as a difference', () => {
    expect(evaluate('%a-b', scopeOf([], { a: 3, 'a-b': 9 }))).toEqual([]);
  });

  it('lets an empty variable stay empty through operators', () => {
    const scope = scopeOf([], { x: [] });
    expect(evaluate("%x = 'a'", scope)).toEqual([]);
    expect(evaluate("%x in ('a' | 'b')", scope)).toEqual([]);
    expect(evaluate('%x >= 3', scope)).toEqual([]);
  });

  it('takes arrays of resources as variables, each with its own type', () => {
    const conditions = [
      { resourceType: 'Condition', onsetDateTime: '2024' },
      { resourceType: 'Condition', onsetPeriod: { start: '2025' } },
    ];
    expect(evaluate('%found.onset.ofType(Period).start', scopeOf([], { found: conditions }))).toEqual(['2025']);
  });

  it.each(['today()', 'now()', 'timeOfDay()', "Patient.trace('x')", 'Patient.frist()', 'Patient.first(1)', '%factory'])(
    'refuses %s before there is a record',
    (source) => {
      expect(() => compile(source, { memberOf })).toThrow(ExpressionRefused);
    },
  );

  it('refuses what does not parse, and a focus that R4 does not have', () => {
    expect(() => compile('Patient.(', { memberOf })).toThrow(ExpressionRefused);
    expect(() => compile('status', { memberOf, focusType: 'Procedur' })).toThrow(ExpressionRefused);
    expect(() => compile('status', { memberOf, focusType: 'Procedure|Patient.name' })).toThrow(ExpressionRefused);
  });

  it('fails on a variable that the scope does not have, its prototype notwithstanding', () => {
    expect(() => evaluate('%other')).toThrow(ExpressionFailed);
    expect(() => compile('%toString', { memberOf })).toThrow(ExpressionRefused);
  });

  it('says in an error which expression failed and nothing of the record', () => {
    const scope = scopeOf([{ resourceType: 'Patient', birthDate: 'geheim' }]);
    const run = (): unknown => evaluate('Patient.birthDate > @2020-01-01', scope);
    expect(run).toThrow(ExpressionFailed);
    expect(run).toThrow(/^the expression could not be evaluated$/);
  });

  it('leaves frozen records as they are', () => {
    const record = frozen([{ resourceType: 'Procedure', id: 'f', code: { coding: [{ code: 'x' }] } }]);
    const scope = scopeOf(record, frozen({ row: { code: { coding: [{ code: 'y' }] } } }));
    expect(evaluate('Procedure.code | %row.code', scope)).toEqual([
      { coding: [{ code: 'x' }] },
      { coding: [{ code: 'y' }] },
    ]);
    expect(evaluate('Procedure', scope)).toEqual(record);
  });

  it('does not write notes on what it was given, so that evaluations do not influence each other', () => {
    const code = { coding: [{ code: 'x' }] };
    const [found] = evaluate('Procedure.code', scopeOf([{ resourceType: 'Procedure', code }]));
    expect(Object.getOwnPropertyNames(found)).toEqual(['coding']);
    expect(evaluate('%code is CodeableConcept', scopeOf([], { code: found }))).toEqual([false]);
  });

  it('copes with properties that look like its own notes or like resource types', () => {
    const odd = [
      { resourceType: 'Patient', id: 'a', __path__: { path: 'Procedure' } },
      { resourceType: 'Basic', id: 'b', Patient: [{ id: 'c' }] },
    ];
    expect(evaluate('Patient.id', scopeOf(odd))).toEqual(['a']);
    expect(evaluate('(Patient | Basic).id', scopeOf(odd))).toEqual(['a', 'b']);
    expect(evaluate('iif(true, Patient.id)', scopeOf(odd))).toEqual(['a']);
  });

  it('keeps resources of one type in record order', () => {
    const record = ['b', 'a', 'c'].map((id) => ({ resourceType: 'Encounter', id }));
    expect(evaluate('Encounter.id', scopeOf([patient, ...record]))).toEqual(['b', 'a', 'c']);
  });

  it('resolves a # reference in the resource that holds it, in the container given for a focus, and nowhere else', () => {
    const role = { resourceType: 'PractitionerRole', id: 'r', specialty: [{ text: 'fysio' }] };
    const performer = { actor: { reference: '#r' } };
    const procedure = { resourceType: 'Procedure', performer: [performer], contained: [role] };
    const path = 'actor.resolve().ofType(PractitionerRole).specialty.text';
    expect(evaluate(`Procedure.performer.${path}`, scopeOf([procedure]))).toEqual(['fysio']);
    const scope = { ...scopeOf([]), focus: performer };
    expect(evaluate(path, { ...scope, container: procedure }, 'Procedure.performer')).toEqual(['fysio']);
    expect(evaluate(path, scope, 'Procedure.performer')).toEqual([]);
    expect(evaluate(`performer.${path}`, { ...scopeOf([]), focus: procedure }, 'Procedure|Encounter')).toEqual([
      'fysio',
    ]);
  });

  it('asks about one coding at a time and calls a concept a member when one of its codings is', () => {
    const coding = [{ system: 's', code: 'x' }, { system: 't', code: 'p1' }, {}];
    const scope = scopeOf([{ resourceType: 'Procedure', code: { coding } }]);
    const asked: unknown[] = [];
    const options = {
      memberOf: (valueSet: string) => (system?: string, code?: string) => {
        asked.push([valueSet, system, code]);
        return code === 'p1';
      },
    };
    expect(compile("Procedure.code.coding.memberOf('set')", options).evaluate(scope)).toEqual([false, true, false]);
    expect(asked).toEqual([
      ['set', 's', 'x'],
      ['set', 't', 'p1'],
      ['set', undefined, undefined],
    ]);
    expect(compile("Procedure.code.memberOf('set')", options).evaluate(scope)).toEqual([true]);
  });
});

describe('the console', () => {
  afterEach(() => vi.restoreAllMocks());

  it('stays silent where fhirpath.js would print record values', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const source = 'Patient.birthDate + 1.5 years';
    expect(compileReference(source, { memberOf }).evaluate(scopeOf([patient]))).toEqual(['1941']);
    expect(warn).not.toHaveBeenCalled();
    expect(globalThis.console.warn).toBe(warn);
  });
});
