import { isTheSameThroughout } from '../code/ahead.js';
import { dependenceOf, isRoot } from '../code/dependence.js';
import { calls, canonical, type SyntaxNode, walk } from '../parse.js';
import { RECORD, type Run } from './run.js';

/**
 * Makes a compiled sub-expression keep its answer, where nothing in it starts at the item at hand: it is then worked out once for all
 * that is evaluated with the same variables, and not for every item of a criterion or row of a table.
 */
export function keeping(node: SyntaxNode, run: Run): Run {
  if (!isTheSameThroughout(node) || dependsOnPlace(node)) return run;
  const key = canonical(node);
  // With something else at hand, a resource type asks whether that is one.
  const onRecord = walk(node).some(isRoot);
  return (evaluation, self) => {
    const { kept } = evaluation;
    if (onRecord && self !== RECORD) return run(evaluation, self);
    const known = kept.get(key);
    if (known !== undefined || kept.has(key)) return known;
    const answer = run(evaluation, self);
    kept.set(key, answer);
    return answer;
  };
}

/** A `#` reference in a variable that is no resource itself is looked up where the item at hand stands. */
function dependsOnPlace(node: SyntaxNode): boolean {
  return dependenceOf(node).variables.size > 0 && calls(node, 'resolve');
}
