import type { Known, KnownValues } from './known-values.js';
import { ExpressionRefused, type Finding, parse } from './parse.js';
import { PathCheck, type PathOptions } from './path-check.js';
import { refusals } from './reads.js';
import { ValueCheck } from './value-check.js';

export interface LintOptions extends PathOptions {
  /** What its values can be; absent: columns and texts are not checked. */
  readonly known?: KnownValues | undefined;
  /** What is known of the thing that it is evaluated on. */
  readonly focus?: Known;
}

/**
 * Everything that can be known to be wrong with an expression before there is a record: what does not parse, may not be
 * used, names an element, type, variable or value set that does not exist, or compares with a text that can never be
 * there. R4 answers a misspelt path with nothing, which would read as a missing datum for ever.
 *
 * Elements of rows and of variables without a type are checked as far as their columns are known.
 */
export function lintExpression(source: string, options: LintOptions): Finding[] {
  try {
    const tree = parse(source);
    const values = options.known && new ValueCheck(options.known);
    values?.run(tree, options.focus);
    return [...refusals(tree), ...new PathCheck(source, options).run(tree), ...(values?.findings ?? [])];
  } catch (error) {
    if (error instanceof ExpressionRefused) return [...error.findings];
    throw error;
  }
}
