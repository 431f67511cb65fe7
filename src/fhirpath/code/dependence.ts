import { isResourceType } from '../model.js';
import { FUNCTIONS } from '../functions.js';
import { argumentsOf, essence, nameOf, parts, type SyntaxNode, variableName } from '../parse.js';

/** What the answer of a sub-expression hangs on. */
export interface Dependence {
  /** What its path starts at: the item at hand. */
  start: boolean;
  /** Names of variables. */
  readonly variables: Set<string>;
}

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

/** Whether a node opens a path on the record: a resource type outside every function. */
export function isRoot(node: SyntaxNode): boolean {
  return node.type === 'MemberInvocation' && node.atRoot === 1 && isResourceType(nameOf(node));
}

export function dependenceOf(node: SyntaxNode): Dependence {
  let found = known.get(node);
  if (found === undefined) {
    known.set(node, (found = { start: false, variables: new Set() }));
    look(essence(node), found, false);
  }
  return found;
}

// Asked of every part of a tree, each time that the tree becomes part of a function.
const known = new WeakMap<SyntaxNode, Dependence>();

/** @param inside a criterion, where paths start at the items that the function goes through */
function look(node: SyntaxNode, found: Dependence, inside: boolean): void {
  switch (node.type) {
    case 'ThisInvocation':
    case 'IndexInvocation':
    case 'TotalInvocation':
      if (!inside) found.start = true;
      return;
    case 'MemberInvocation':
      if (inside) return;
      if (!isRoot(node)) found.start = true;
      return;
    case 'ExternalConstantTerm':
      found.variables.add(variableName(node));
      return;
    case 'FunctionInvocation':
      if (!inside) found.start = true;
      lookInCall(node, found, inside);
      return;
    case 'InvocationExpression': {
      const [input, step] = parts(node) as [SyntaxNode, SyntaxNode];
      look(input, found, inside);
      if (step.type === 'FunctionInvocation') lookInCall(step, found, inside);
      return;
    }
    default:
  }
  for (const child of node.children ?? []) look(essence(child), found, inside);
}

function lookInCall(call: SyntaxNode, found: Dependence, inside: boolean): void {
  const name = nameOf(call);
  const { takes } = FUNCTIONS.get(name) ?? { takes: 'value' };
  if (takes === 'type') return;
  for (const argument of argumentsOf(call)) {
    // The arguments of iif stand where the call does.
    look(essence(argument), found, inside || (takes === 'criteria' && name !== 'iif'));
  }
}
