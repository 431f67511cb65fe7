import { list } from '../collection.js';
import type { Answer, EvaluationScope, Expression } from '../expression.js';
import { asWritten } from './as-written.js';
import { givingUp } from './give-up.js';
import { GIVEN } from './given.js';
import { Kept, type Slots } from './kept.js';
import type { Writer } from './writer.js';

/**
 * A function that was written, on what an evaluation looks at.
 *
 * @param focuses, containers the things it goes through and the resources that hold them, where it goes through any
 * @throws NOT_FOR_COMPILED where it meets what it was not made for
 */
export type Runner<T> = (scope: EvaluationScope, focuses?: readonly unknown[], containers?: readonly unknown[]) => T;

type Run<T> = (
  scope: EvaluationScope,
  memo: Kept['answers'],
  forms: Kept['forms'],
  values: Kept['values'],
  focuses: readonly unknown[] | undefined,
  containers: readonly unknown[] | undefined,
) => T;

const PARAMETERS = ['scope', 'memo', 'forms', 'values', 'focuses', 'containers'];

/** Makes the function of what was written. */
export function runnerOf<T>(writer: Writer, slots: Slots): Runner<T> {
  return onScope(writer.function(PARAMETERS, { ...GIVEN, asWritten, list, alone }) as Run<T>, slots);
}

/** By itself, so that nothing of what the function was written with stays in memory. */
function onScope<T>(run: Run<T>, slots: Slots): Runner<T> {
  return (scope, focuses, containers) => {
    const { answers, forms, values } = scope.kept ?? new Kept(slots);
    return run(scope, answers, forms, values, focuses, containers);
  };
}

/**
 * The same for a function of several expressions, which gives nothing where it was stopped: each of them then has to answer by itself.
 *
 * The runner throws ExpressionFailed where an expression in it failed on the reference engine: that is an answer.
 */
export function runnerOfSeveral<T>(writer: Writer, slots: Slots): Runner<T | undefined> {
  return unlessStopped(runnerOf<T>(writer, slots));
}

function unlessStopped<T>(run: Runner<T>): Runner<T | undefined> {
  return (scope, focuses, containers) => {
    try {
      return run(scope, focuses, containers);
    } catch (reason) {
      return givingUp(reason);
    }
  };
}

/** An expression that cannot be part of a function is evaluated by itself. */
function alone(expression: Expression, scope: EvaluationScope, focus: unknown, container: unknown): Answer {
  return expression.answer({ ...scope, focus, container });
}
