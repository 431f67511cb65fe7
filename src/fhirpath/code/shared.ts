import { FUNCTIONS } from '../functions.js';
import { canonical, nameOf, type SyntaxNode } from '../parse.js';
import { isCostly } from './cost.js';
import { dependenceOf } from './dependence.js';

/**
 * The sub-expressions that several places ask of one item, by their canonical text: those are worked out once, where the item comes
 * up. One of the places has to be reached whatever the record says; what stands in branches of `iif` alone is left there.
 *
 * @param trees what is asked of the item
 */
export function sharedIn(trees: readonly SyntaxNode[]): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  const reached = new Set<string>();
  const look = (node: SyntaxNode, always: boolean): void => {
    if (isWorthSharing(node)) {
      const key = canonical(node);
      (once.has(key) ? again : once).add(key);
      if (always) reached.add(key);
    }
    if (node.type === 'FunctionInvocation') return lookInCall(node, always);
    if (node.type !== 'InvocationExpression') {
      for (const part of node.children) look(part, always);
      return;
    }
    const [input, step] = node.children as [SyntaxNode, SyntaxNode];
    look(input, always);
    if (step.type === 'FunctionInvocation') lookInCall(step, always);
  };
  const lookInCall = (call: SyntaxNode, always: boolean): void => {
    const name = nameOf(call);
    const takes = FUNCTIONS.get(name)?.takes;
    if (name === 'iif') call.children.forEach((argument, at) => look(argument, always && at === 0));
    else if (takes === 'value') for (const argument of call.children) look(argument, always);
  };
  for (const tree of trees) look(tree, true);
  return new Set([...again].filter((key) => reached.has(key)));
}

function isWorthSharing(node: SyntaxNode): boolean {
  return dependenceOf(node).start && (node.type === 'MembershipExpression' || isCostlyAnywhere(node));
}

/** Whether something costly is asked of the item at hand, in the node or under it. */
function isCostlyAnywhere(node: SyntaxNode): boolean {
  if (isCostly(node)) return true;
  const under = node.type === 'InvocationExpression' ? node.children.slice(0, 1) : node.children;
  return node.type !== 'FunctionInvocation' && under.some(isCostlyAnywhere);
}
