import { nameOf, type SyntaxNode } from '../parse.js';
import { type ElementType, isKnownType } from '../model.js';
import { isRoot } from './dependence.js';
import { GIVEN } from './given.js';
import { eachOf, gathered } from './items.js';
import { emitChoiceOf, emitMember, isSingle, passing } from './members.js';
import type { Raw } from './raw.js';
import { type Body, holderUnder, type Ref, type Value } from './scope.js';
import type { Shape } from './shape.js';
import { Unsupported } from '../unsupported.js';
import { Writer } from './writer.js';

/** One step down from elements to elements: `.name`, or `.name.ofType(type)`. */
export interface Step {
  readonly name: string;
  readonly type?: string;
}

/** A path such as `code.coding.system`, and what it starts at: nothing where that is the item at hand. */
export interface PathNode {
  readonly base: SyntaxNode | undefined;
  readonly steps: readonly Step[];
}

/** Takes the steps off the end of a node; none where it is no path. */
export function pathOf(whole: SyntaxNode): PathNode {
  const steps: Step[] = [];
  let node = whole;
  for (;;) {
    if (node.type === 'MemberInvocation') {
      if (isRoot(node)) return { base: node, steps };
      return { base: undefined, steps: [{ name: nameOf(node) }, ...steps] };
    }
    if (node.type !== 'InvocationExpression') return { base: node, steps };
    const [before, step] = node.children as [SyntaxNode, SyntaxNode];
    if (step.type === 'MemberInvocation') {
      steps.unshift({ name: nameOf(step) });
      node = before;
      continue;
    }
    const last = memberOfType(before, step);
    if (last === undefined) return { base: node, steps };
    steps.unshift(last.step);
    if (last.before === undefined) return { base: undefined, steps };
    node = last.before;
  }
}

/** `.name.ofType(type)` as one step: of a choice such as `value[x]` it is one property. */
function memberOfType(node: SyntaxNode, call: SyntaxNode): { step: Step; before: SyntaxNode | undefined } | undefined {
  if (call.type !== 'FunctionInvocation' || nameOf(call) !== 'ofType') return undefined;
  const type = typeNamedIn(call.children);
  if (node.type === 'MemberInvocation') {
    return isRoot(node) ? undefined : { step: { name: nameOf(node), type }, before: undefined };
  }
  if (node.type !== 'InvocationExpression') return undefined;
  const [before, member] = node.children as [SyntaxNode, SyntaxNode];
  return member.type === 'MemberInvocation' ? { step: { name: nameOf(member), type }, before } : undefined;
}

/** The type that `ofType(type)` asks for. */
export function typeNamedIn(parameters: readonly SyntaxNode[]): string {
  const type = (parameters[0]?.text ?? '').replace(/^FHIR\./, '');
  if (!isKnownType(type)) throw new Unsupported(`ofType(${type})`);
  return type;
}

/** Walks a path from a collection. Every path has one function, whatever expressions it stands in: little code is quick code. */
export interface Path {
  /** @throws NOT_FOR_COMPILED where an item holds what is unusual in JSON */
  readonly read: (items: Raw) => Raw;
  readonly shape: Shape;
  readonly many: boolean;
}

const paths = new Map<ElementType | string, Map<string, Path>>();

/** Whether paths from such items have functions: rows are read where they are. */
export function canBeWalked({ kind }: Shape): boolean {
  return kind === 'element' || kind === 'resource';
}

/**
 * @param shape of the items it starts at
 * @param many whether it may start at several
 * @throws Unsupported when a step leads to what is left to the other engines
 */
export function pathFrom(shape: Shape, many: boolean, steps: readonly Step[]): Path {
  const type = shape.kind === 'element' ? shape.type : shape.kind;
  let ofType = paths.get(type);
  if (ofType === undefined) paths.set(type, (ofType = new Map()));
  const key = JSON.stringify([many, steps]);
  let path = ofType.get(key);
  if (path === undefined) ofType.set(key, (path = makePath(shape, many, steps)));
  return path;
}

function makePath(shape: Shape, many: boolean, steps: readonly Step[]): Path {
  const writer = new Writer();
  const found = gathered(writer, (body) => {
    eachOf(writer, { js: 'items', shape, many }, (item) => walk(writer, item, steps, body));
  });
  writer.line(`return ${found.js};`);
  const read = writer.function(['items'], GIVEN) as Path['read'];
  return { read, shape: found.shape, many: found.many };
}

/** Writes the steps where they are asked for. */
function walk(writer: Writer, item: Ref, steps: readonly Step[], body: Body): void {
  const [step, ...further] = steps;
  if (step === undefined) return body(item);
  const next: Body = (found) => walk(writer, found, further, body);
  const { name, type } = step;
  if (type === undefined) return emitMember(writer, item, name, next);
  if (emitChoiceOf(writer, item, name, type, next)) return;
  emitMember(writer, item, name, (found) => passing(writer, found, type, next));
}

/** What a path from an item leads to, read once where the item comes up; nothing where that is read step by step. */
export function walkedFrom(writer: Writer, item: Ref, steps: readonly Step[]): Value | undefined {
  if (!canBeWalked(item.shape) || (steps.length === 1 && isSingle(item.shape, steps[0]!))) return undefined;
  const { once } = item;
  const key = JSON.stringify(steps);
  const known = once?.walked.get(key);
  if (known !== undefined) return known;
  const path = pathFrom(item.shape, false, steps);
  const read = (): string => writer.define(`${writer.constant(path.read)}(${item.js})`);
  const js = once === undefined ? read() : writer.into(once.place, read);
  const found = { js, shape: path.shape, many: path.many, holder: holderUnder(item) };
  once?.walked.set(key, found);
  return found;
}

/** Writes code that goes through what a path from an item leads to. */
export function along(writer: Writer, item: Ref, steps: readonly Step[], body: Body): void {
  const found = walkedFrom(writer, item, steps);
  if (found === undefined) walk(writer, item, steps, body);
  else eachOf(writer, found, body);
}
