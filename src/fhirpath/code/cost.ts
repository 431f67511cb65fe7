import { FUNCTIONS } from '../functions.js';
import { argumentsOf, essence, nameOf, parts, type SyntaxNode } from '../parse.js';
import { isRoot } from './dependence.js';

const COSTLY = new Set(['where', 'select', 'repeat', 'resolve', 'distinct', 'intersect', 'combine']);

/** Whether the last thing that a node does goes through many items, so that its answer is worth keeping for others. */
export function isWorthKeeping(wrapped: SyntaxNode): boolean {
  const node = essence(wrapped);
  // What is found by an index is found as soon as a kept answer.
  if (isLookUp(node)) return false;
  return isRoot(node) || isCostly(node);
}

/** Whether the last thing that a node does is a loop, or makes a new collection. */
export function isCostly(node: SyntaxNode): boolean {
  if (node.type === 'UnionExpression') return !parts(node).every(isWrittenOut);
  const step = node.type === 'InvocationExpression' ? parts(node)[1]! : node;
  if (step.type !== 'FunctionInvocation') return false;
  const name = nameOf(step);
  return (
    COSTLY.has(name) || (name !== 'iif' && FUNCTIONS.get(name)?.takes === 'criteria' && argumentsOf(step).length > 0)
  );
}

function isLookUp(node: SyntaxNode): boolean {
  if (node.type !== 'InvocationExpression') return false;
  const [input, step] = parts(node) as [SyntaxNode, SyntaxNode];
  return (
    step.type === 'FunctionInvocation' &&
    nameOf(step) === 'where' &&
    isRepeating(input) &&
    argumentsOf(step).some((criterion) => isEquality(criterion))
  );
}

function isWrittenOut(node: SyntaxNode): boolean {
  return node.type.endsWith('Literal') || (node.type === 'UnionExpression' && parts(node).every(isWrittenOut));
}

function isRepeating(input: SyntaxNode): boolean {
  const last = input.type === 'InvocationExpression' ? parts(input)[1]! : input;
  return last.type === 'FunctionInvocation' && nameOf(last) === 'repeat';
}

function isEquality(criterion: SyntaxNode): boolean {
  return essence(criterion).type === 'EqualityExpression';
}
