import { Unsupported } from '../unsupported.js';
import type { CompileOptions } from '../expression.js';
import { resourceType } from '../model.js';
import { nameOf, type SyntaxNode, variableName } from '../parse.js';
import { Ahead, isTheSameThroughout } from './ahead.js';
import { isRoot } from './dependence.js';
import { eachOf, gathered } from './items.js';
import { readSingle } from './members.js';
import { operation } from './operators.js';
import type { Slots } from './kept.js';
import { along, canBeWalked, pathFrom, pathOf, walkedFrom } from './paths.js';
import { resolvedOnce, sharedOnce } from './read-once.js';
import {
  type Body,
  type Call,
  type Emitter,
  holderUnder,
  isAtHome,
  type Ref,
  type Start,
  type Value,
} from './scope.js';
import { elementShape } from './shape.js';
import { STREAMS, WHOLE } from './streams.js';
import { VALUES } from './values.js';
import { Variables } from './variables.js';
import type { Writer } from './writer.js';

/** Writes the nodes of a parse tree, each in the way that suits what it is and who asks for it. */
export class NodeEmitter implements Emitter {
  readonly #ahead: Ahead;
  readonly #variables: Variables;

  /** @param slots the numbers under which an evaluation finds variables and keeps the answers of sub-expressions */
  constructor(
    readonly writer: Writer,
    readonly options: CompileOptions,
    slots: Slots,
  ) {
    this.#ahead = new Ahead(writer, slots, (node) => this.#valueHere(node, 'open'));
    this.#variables = new Variables(writer, options, slots);
  }

  each(node: SyntaxNode, start: Start, body: Body): void {
    const found = this.#workedOutOnce(node, start) ?? this.#walked(node, start);
    if (found === undefined) this.eachAtHome(node, start, body);
    else eachOf(this.writer, found, body);
  }

  eachAtHome(node: SyntaxNode, start: Start, body: Body): void {
    const found = this.#workedOutAtHome(node, start);
    if (found === undefined) this.#eachHere(node, start, body);
    else eachOf(this.writer, found, body);
  }

  value(node: SyntaxNode, start: Start): Value {
    return this.#workedOutOnce(node, start) ?? this.#valueHere(node, start);
  }

  ready({ input, start }: Call): Value | undefined {
    if (input === undefined) return undefined;
    return this.#workedOutOnce(input, start) ?? this.#walked(input, start) ?? this.#whole(callOf(input, start));
  }

  ahead(what: string, node: SyntaxNode | undefined, write: () => string): string {
    const isSame = node !== undefined && isTheSameThroughout(node);
    return isSame ? this.#ahead.madeOf(what, node, write) : write();
  }

  know(name: string, value: Value): void {
    this.#variables.know(name, value);
  }

  /** What is the same throughout, or is asked of one item by several places. */
  #workedOutOnce(node: SyntaxNode, start: Start): Value | undefined {
    return isTheSameThroughout(node) ? this.#ahead.value(node) : this.#shared(node, start);
  }

  /** The same, and what references of the item lead to, where it is known which resource holds each item of that. */
  #workedOutAtHome(node: SyntaxNode, start: Start): Value | undefined {
    if (isTheSameThroughout(node) && !isGoneThrough(node)) return this.#ahead.value(node);
    const shared = this.#shared(node, start);
    if (shared !== undefined && isAtHome(shared)) return shared;
    if (!isResolving(node)) return undefined;
    return resolvedOnce(this.writer, node, start, () => this.#valueHere(node, start));
  }

  #shared(node: SyntaxNode, start: Start): Value | undefined {
    return sharedOnce(this.writer, node, start, () => this.#valueHere(node, start));
  }

  /** What a path leads to, where it starts at one item or at what is the same throughout. */
  #walked(node: SyntaxNode, start: Start): Value | undefined {
    const { base, steps } = pathOf(node);
    if (steps.length === 0) return undefined;
    if (base === undefined) return start === 'open' ? undefined : walkedFrom(this.writer, start, steps);
    const from = isTheSameThroughout(base) ? this.#ahead.value(base) : undefined;
    if (from === undefined || !canBeWalked(from.shape)) return undefined;
    const { read, shape, many } = pathFrom(from.shape, from.many, steps);
    return { js: this.writer.define(`${this.writer.constant(read)}(${from.js})`), shape, many };
  }

  #whole(call: Call | undefined): Value | undefined {
    return call !== undefined && Object.hasOwn(WHOLE, call.name) ? WHOLE[call.name]!(this, call) : undefined;
  }

  #eachHere(node: SyntaxNode, start: Start, body: Body): void {
    if (isRoot(node) && start === 'open') return this.#eachResource(nameOf(node), body);
    if (node.type === 'ThisInvocation') return body(this.#started(start));
    const { base, steps } = pathOf(node);
    if (steps.length > 0) {
      const further: Body = (item) => along(this.writer, item, steps, body);
      if (base === undefined) further(this.#started(start));
      else this.eachAtHome(base, start, further);
      return;
    }
    const call = callOf(node, start);
    const all = this.#whole(call);
    if (all === undefined && call !== undefined && Object.hasOwn(STREAMS, call.name)) {
      STREAMS[call.name]!(this, call, body);
    } else eachOf(this.writer, all ?? this.#valueHere(node, start), body);
  }

  #valueHere(node: SyntaxNode, start: Start): Value {
    if (node.type === 'ExternalConstantTerm') return this.#variables.value(variableName(node));
    const call = callOf(node, start);
    if (call !== undefined && Object.hasOwn(VALUES, call.name)) return VALUES[call.name]!(this, call);
    if (call !== undefined && !Object.hasOwn(STREAMS, call.name)) throw new Unsupported(`${call.name}()`);
    if (node.type === 'MemberInvocation' && start !== 'open') {
      const single = readSingle(this.writer, start, nameOf(node));
      if (single !== undefined) return { ...single, many: false };
    }
    const found = this.#walked(node, start) ?? this.#whole(call);
    if (found !== undefined) return found;
    const isPath =
      call !== undefined || pathOf(node).steps.length > 0 || isRoot(node) || node.type === 'ThisInvocation';
    if (!isPath) return operation(this, node, start);
    const home = start === 'open' ? undefined : holderUnder(start);
    return gathered(this.writer, (body) => this.#eachHere(node, start, body), home);
  }

  #eachResource(name: string, body: Body): void {
    const { writer, options } = this;
    if (options.focusType !== undefined) throw new Unsupported(`${name} where a ${options.focusType} is at hand`);
    writer.ahead(() => writer.line('if (scope.focus !== undefined) D();'));
    const js = writer.define(`resources(scope, ${writer.constant(name)})`);
    eachOf(writer, { js, shape: elementShape(resourceType(name)), many: true }, body);
  }

  #started(start: Start): Ref {
    return start === 'open' ? this.#ahead.row() : start;
  }
}

function callOf(node: SyntaxNode, start: Start): Call | undefined {
  const [input, step] = node.type === 'InvocationExpression' ? node.children : [undefined, node];
  if (step?.type !== 'FunctionInvocation') return undefined;
  return { name: nameOf(step), input, parameters: step.children, start };
}

/** Whether it shows of a node's items which resources hold them only where they are gone through one by one. */
function isGoneThrough(node: SyntaxNode): boolean {
  if (node.type === 'FunctionInvocation') return nameOf(node) === 'iif';
  const { base, steps } = pathOf(node);
  return steps.length > 0 && base !== undefined && !isRoot(base);
}

/** Whether a node is what references of the item lead to: several questions are asked of that. */
function isResolving(node: SyntaxNode): boolean {
  if (node.type !== 'InvocationExpression') return false;
  const [input, step] = node.children as [SyntaxNode, SyntaxNode];
  return step.type === 'FunctionInvocation' && nameOf(step) === 'resolve' && pathOf(input).base === undefined;
}
