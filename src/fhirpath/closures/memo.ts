import { type Items, Node } from '../item.js';
import { isResourceType } from '../model.js';
import { argumentsOf, canonical, essence, nameOf, parts, type SyntaxNode, variableName, walk } from '../parse.js';
import { FUNCTIONS } from '../functions.js';
import { type Evaluation, RECORD, type Run, type Self } from './run.js';

/**
 * What a sub-expression's answer hangs on when it hangs on one thing alone: the record, one variable's value, or the
 * resource that it stands at.
 * Such an answer is kept for as long as that object lives, so that rules which share a sub-expression share its cost.
 */
type Ground =
  { readonly kind: 'record' } | { readonly kind: 'variable'; readonly name: string } | { readonly kind: 'resource' };

const RECORD_GROUND: Ground = { kind: 'record' };
const RESOURCE_GROUND: Ground = { kind: 'resource' };
const kept = new WeakMap<object, Map<string, Items>>();

/** Whether equal inputs give the same array, because the answer is kept. */
export function isKept(node: SyntaxNode): boolean {
  const inner = essence(node);
  const ground = groundOf(inner);
  if (ground === undefined) return false;
  if (ground.kind === 'resource') return isRepeat(inner);
  if (inner.type === 'MemberInvocation') return true;
  // Looking a path of a row up costs as much as walking it.
  return ground.kind === 'record' ? isComposed(inner) : isComposed(inner) && loops(inner);
}

/** Makes a compiled sub-expression keep its answers, where that is possible and worth it. */
export function keeping(node: SyntaxNode, run: Run): Run {
  if (!(isComposed(node) || isRepeat(node)) || !isKept(node)) return run;
  const ground = groundOf(node)!;
  const key = canonical(node);
  return (evaluation, self) => {
    const owner = ownerOf(ground, evaluation, self);
    if (owner === undefined) return run(evaluation, self);
    let answers = kept.get(owner);
    if (answers === undefined) kept.set(owner, (answers = new Map<string, Items>()));
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known;
    const answer = run(evaluation, self);
    answers.set(key, answer);
    return answer;
  };
}

function ownerOf(ground: Ground, evaluation: Evaluation, self: Self): object | undefined {
  if (ground.kind === 'record') return self === RECORD ? evaluation.scope.record : undefined;
  if (ground.kind === 'resource') return resourceOf(self);
  const value = evaluation.scope.variables[ground.name];
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** A whole resource, which is the same wherever it is met: it brings its own type and holds its own references. */
function resourceOf(self: Self): object | undefined {
  if (!(self instanceof Node) || self.extra !== null || typeof self.data !== 'object') return undefined;
  return self.holder === self.data ? (self.data ?? undefined) : undefined;
}

/**
 * Whether a node gives the same wherever it stands in one evaluation: it is made of literals and variables only, such
 * as `%asOf.toDate() - %lookback.toQuantity()`. Within a criterion it need not be worked out for every item.
 */
export function isConstant(node: SyntaxNode): boolean {
  if (node.type !== 'InvocationExpression' && node.type !== 'AdditiveExpression') return false;
  return [...walk(node)].every(
    (each) => !READS_THE_SPOT.has(each.type) && !opensWithFunction(each) && nameOf(each) !== 'resolve',
  );
}

const READS_THE_SPOT = new Set(['MemberInvocation', 'ThisInvocation', 'IndexInvocation', 'TotalInvocation']);

/** `count() + 1`: a function with nothing before it works on what stands there. */
function opensWithFunction(node: SyntaxNode): boolean {
  return node.type === 'InvocationTerm' && node.children?.[0]?.type === 'FunctionInvocation';
}

/** Going through all nested items of a form is worth keeping: rules ask for one question after another. */
function isRepeat(node: SyntaxNode): boolean {
  return node.type === 'FunctionInvocation' && nameOf(node) === 'repeat';
}

function isComposed(node: SyntaxNode): boolean {
  return node.type === 'InvocationExpression' || node.type === 'UnionExpression';
}

function loops(node: SyntaxNode): boolean {
  return [...walk(node)].some((each) => each.type === 'FunctionInvocation' && takes(each) === 'criteria');
}

function takes(node: SyntaxNode): string | undefined {
  return FUNCTIONS.get(nameOf(node))?.takes;
}

function groundOf(node: SyntaxNode): Ground | undefined {
  switch (node.type) {
    case 'MemberInvocation':
      return node.atRoot !== undefined && isResourceType(nameOf(node)) ? RECORD_GROUND : undefined;
    case 'FunctionInvocation':
      return isRepeat(node) && isClosed(node, RESOURCE_GROUND) ? RESOURCE_GROUND : undefined;
    case 'ExternalConstantTerm':
      return { kind: 'variable', name: variableName(node) };
    case 'UnionExpression': {
      const [left, right] = parts(node).map(groundOf);
      return left?.kind === 'record' && right?.kind === 'record' ? RECORD_GROUND : undefined;
    }
    case 'InvocationExpression': {
      const [input, step] = parts(node);
      const ground = groundOf(input!);
      return ground !== undefined && isClosed(step!, ground) ? ground : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a step looks at nothing but its input. */
function isClosed(step: SyntaxNode, ground: Ground): boolean {
  if (step.type === 'MemberInvocation') return true;
  if (step.type !== 'FunctionInvocation' || nameOf(step) === 'memberOf') return false;
  if (nameOf(step) === 'resolve' && ground.kind !== 'record') return false;
  const own = takes(step);
  return own === 'type' || argumentsOf(step).every((argument) => isClosedArgument(argument, own === 'value', ground));
}

function isClosedArgument(argument: SyntaxNode, evaluatedOutside: boolean, ground: Ground): boolean {
  return [...walk(argument)].every((node) => {
    if (node.type === 'ExternalConstantTerm' || node.type === 'IndexInvocation') return false;
    if (node.type === 'MemberInvocation') return !evaluatedOutside && !isResourceType(nameOf(node));
    if (node.type === 'ThisInvocation' || opensWithFunction(node)) return !evaluatedOutside;
    if (node.type !== 'FunctionInvocation') return true;
    return nameOf(node) !== 'memberOf' && (nameOf(node) !== 'resolve' || ground.kind === 'record');
  });
}
