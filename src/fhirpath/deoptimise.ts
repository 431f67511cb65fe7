/**
 * Thrown by compiled code that meets something it was not made for: unusual JSON, a value in a place where its type
 * does not belong, or an operation that may be an error. The reference engine then decides, whatever the answer is,
 * so that compiled code can only ever be faster, never different.
 */
export const NOT_FOR_COMPILED: unique symbol = Symbol('not for compiled code');

export function deoptimise(): never {
  // A symbol and not an Error: nobody reads a stack trace of it, and taking one costs more than the expression.
  throw NOT_FOR_COMPILED;
}
