import { isResourceType } from '../model.js';
import { FUNCTIONS } from '../functions.js';
import { nameOf, type SyntaxNode, variableName } from '../parse.js';

/** What the answer of a sub-expression hangs on. */
export interface Dependence {
  /** What its path starts at: the item at hand. */
  start: boolean;
  /** Names of variables. */
  readonly variables: Set<string>;
}

/** Whether a node opens a path on the record: a resource type outside every function. */
export function isRoot(node: SyntaxNode): boolean {
  return node.type === 'MemberInvocation' && node.atRoot === 1 && isResourceType(nameOf(node));
}

export function dependenceOf(node: SyntaxNode): Dependence {
  let found = known.get(node);
  if (found === undefined) {
    known.set(node, (found = { start: false, variables: new Set() }));
    look(node, found, false);
  }
  return found;
}

// Asked of every part of a tree, each time that the tree becomes part of a function.
let known = new WeakMap<SyntaxNode, Dependence>();

/** Lets go of what was worked out, once everything is compiled. */
export function releaseDependences(): void {
  known = new WeakMap();
}

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
      const [input, step] = node.children as [SyntaxNode, SyntaxNode];
      look(input, found, inside);
      if (step.type === 'FunctionInvocation') lookInCall(step, found, inside);
      return;
    }
    default:
  }
  for (const child of node.children) look(child, found, inside);
}

function lookInCall(call: SyntaxNode, found: Dependence, inside: boolean): void {
  const name = nameOf(call);
  const { takes } = FUNCTIONS.get(name) ?? { takes: 'value' };
  if (takes === 'type') return;
  for (const argument of call.children) {
    // The arguments of iif stand where the call does.
    look(argument, found, inside || (takes === 'criteria' && name !== 'iif'));
  }
}
