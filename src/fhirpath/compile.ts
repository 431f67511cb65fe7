import type { CompileOptions, Expression } from './expression.js';
import { compileReference } from './reference.js';

/** Compiles an expression for the fastest engine that can run it. */
export function compileExpression(source: string, options: CompileOptions): Expression {
  return compileReference(source, options);
}
