import { FUNCTIONS } from '../functions.js';
import { nameOf, type SyntaxNode } from '../parse.js';
import { isRoot } from './dependence.js';

const COSTLY = new Set(['where', 'select', 'repeat', 'resolve', 'distinct', 'intersect', 'combine']);

/** Whether the last thing that a node does goes through many items, so that its answer is worth keeping for others. */
export function isWorthKeeping(node: SyntaxNode): boolean {
  // What is found by an index is found as soon as a kept answer.
  if (isLookUp(node)) return false;
  return isRoot(node) || isCostly(node);
}

/** Whether the last thing that a node does is a loop, or makes a new collection. */
export function isCostly(node: SyntaxNode): boolean {
  if (node.type === 'UnionExpression') return !node.children.every(isWrittenOut);
  const step = node.type === 'InvocationExpression' ? node.children[1]! : node;
  if (step.type !== 'FunctionInvocation') return false;
  const name = nameOf(step);
  return COSTLY.has(name) || (name !== 'iif' && FUNCTIONS.get(name)?.takes === 'criteria' && step.children.length > 0);
}

function isLookUp(node: SyntaxNode): boolean {
  if (node.type !== 'InvocationExpression') return false;
  const [input, step] = node.children as [SyntaxNode, SyntaxNode];
  return (
    step.type === 'FunctionInvocation' &&
    nameOf(step) === 'where' &&
    isRepeating(input) &&
    step.children[0]?.type === 'EqualityExpression'
  );
}

function isWrittenOut(node: SyntaxNode): boolean {
  return node.type.endsWith('Literal') || (node.type === 'UnionExpression' && node.children.every(isWrittenOut));
}

function isRepeating(input: SyntaxNode): boolean {
  const last = input.type === 'InvocationExpression' ? input.children[1]! : input;
  return last.type === 'FunctionInvocation' && nameOf(last) === 'repeat';
}
