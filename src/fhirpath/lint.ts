import { ExpressionRefused, type Finding, parse } from './parse.js';
import { PathCheck } from './path-check.js';
import { refusals } from './reads.js';

export interface LintOptions {
  /** As in {@link import('./expression.js').CompileOptions}. */
  readonly focusType?: string;
  /** Names of the `%variables` that an evaluation will have. */
  readonly variables: Iterable<string>;
  /** The R4 model path of variables whose elements are to be checked as well. */
  readonly variableTypes?: Readonly<Record<string, string>>;
  /** Names of the value sets that `memberOf` can be asked about. */
  readonly valueSets: Iterable<string>;
}

/**
 * Everything that can be known to be wrong with an expression before there is a record: what does not parse, may not be
 * used, or names an element, type, variable or value set that does not exist. R4 answers a misspelt path with nothing,
 * which would read as a missing datum for ever.
 *
 * Elements of rows and of variables without a type are not checked.
 */
export function lintExpression(source: string, options: LintOptions): Finding[] {
  try {
    const tree = parse(source);
    return [...refusals(tree), ...new PathCheck(source, options).run(tree)];
  } catch (error) {
    if (error instanceof ExpressionRefused) return [...error.findings];
    throw error;
  }
}
