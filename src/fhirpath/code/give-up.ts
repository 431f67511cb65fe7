import { NOT_FOR_COMPILED } from '../deoptimise.js';
import { ExpressionFailed } from '../expression.js';

/**
 * What a function of several expressions gives when it was stopped: nothing, so that each of them answers by itself.
 *
 * @param reason what was thrown
 * @throws ExpressionFailed where an expression in it failed on the reference engine: that is an answer
 */
export function givingUp(reason: unknown): undefined {
  if (reason instanceof ExpressionFailed) throw reason;
  if (reason !== NOT_FOR_COMPILED && !(reason instanceof Error)) throw reason;
  return undefined;
}
