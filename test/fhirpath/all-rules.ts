import { expect } from 'vitest';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import type { CompileOptions, EvaluationScope, Expression } from '../../src/fhirpath/expression.js';
import { ExpressionFailed } from '../../src/fhirpath/expression.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import { shapesOf } from './variable-shapes.js';

/** What came of one evaluation: the collection, or that it failed. */
export type Answer = { readonly values: readonly unknown[] } | { readonly failed: true };

export interface Agreement {
  readonly evaluations: number;
  readonly failures: number;
  /** Evaluations in which compiled code left the answer to the reference engine. */
  readonly handedOver: number;
  readonly engine: Expression['engine'];
  /** Whether it was compiled to a function of its own. */
  readonly generated: boolean;
}

/** Evaluates and keeps apart an answer and a failure; any other error than ExpressionFailed is a defect. */
export function answerOf(expression: Expression, scope: EvaluationScope): Answer {
  try {
    return { values: expression.evaluate(scope) };
  } catch (error) {
    if (!(error instanceof ExpressionFailed)) throw error;
    return { failed: true };
  }
}

/**
 * Asserts that the compiled expression gives on every scope what the reference engine gives: the same collection in the
 * same order, or a failure where that fails. Evaluates twice, so that kept answers are compared too.
 */
export function assertEnginesAgree(
  source: string,
  options: CompileOptions,
  scopes: readonly EvaluationScope[],
): Agreement {
  let handedOver = 0;
  let failures = 0;
  const reference = compileReference(source, options);
  const [scope] = scopes;
  const variableShapes = scope === undefined ? undefined : shapesOf(scope);
  const slots = new Slots();
  const told = variableShapes === undefined ? options : { ...options, slots, variableShapes };
  const compiled = compileExpression(source, told, (_, from) => (handedOver += from === 'closures' ? 1 : 0));
  expect([...compiled.resourceTypes].sort(), source).toEqual([...reference.resourceTypes].sort());
  expect([...compiled.variables].sort(), source).toEqual([...reference.variables].sort());
  for (const scope of scopes) {
    const expected = answerOf(reference, scope);
    if ('failed' in expected) failures += 1;
    const before = handedOver;
    const keeping = { ...scope, kept: new Kept(slots) };
    expect(answerOf(compiled, keeping), source).toEqual(expected);
    handedOver = Math.min(handedOver, before + 1);
    expect(answerOf(compiled, keeping), `${source}, evaluated again`).toEqual(expected);
    handedOver = Math.min(handedOver, before + 1);
  }
  return {
    evaluations: scopes.length,
    failures,
    handedOver,
    engine: compiled.engine,
    generated: compiled.inline !== undefined,
  };
}
