import { Unsupported } from '../unsupported.js';
import type { CompileOptions } from '../expression.js';
import { resourceType } from '../model.js';
import { argumentsOf, calls, canonical, essence, nameOf, parts, type SyntaxNode, variableName } from '../parse.js';
import { isWorthKeeping } from './cost.js';
import { dependenceOf, isRoot } from './dependence.js';
import { eachOf, gathered } from './items.js';
import { isSingle, readSingle } from './members.js';
import { operation } from './operators.js';
import type { Slots } from './kept.js';
import { canBeWalked, pathFrom, pathOf, type Step, walk } from './paths.js';
import { type Body, type Call, type Emitter, holderUnder, type Ref, type Start, type Value } from './scope.js';
import { elementShape, isObjects, isWholeResource, NONE, resourceNameOf, ROW, shapeOfVariable } from './shape.js';
import { STREAMS, WHOLE } from './streams.js';
import { VALUES } from './values.js';
import type { Writer } from './writer.js';

/**
 * Makes the emitter of one function.
 * @param slots the numbers under which an evaluation finds variables and keeps the answers of sub-expressions
 */
export function createEmitter(writer: Writer, options: CompileOptions, slots: Slots): Emitter {
  /** What is the same for the whole function, written ahead of it, by canonical name. */
  const ahead = new Map<string, Value>();
  /** Variables that got their value in this function. */
  const variables = new Map<string, Value>();
  const emitter: Emitter = { writer, options, each, eachAtHome, value, ready, once, know };
  return emitter;

  function know(name: string, known: Value): void {
    variables.set(name, known);
  }

  function each(wrapped: SyntaxNode, start: Start, body: Body): void {
    const node = essence(wrapped);
    const found = workedOutOnce(node, start) ?? walked(node, start);
    if (found === undefined) eachAtHome(node, start, body);
    else eachOf(writer, found, body);
  }

  function eachAtHome(wrapped: SyntaxNode, start: Start, body: Body): void {
    const node = essence(wrapped);
    if (isTheSameThroughout(node) && !isGoneThrough(node)) return eachOf(writer, writtenAhead(node), body);
    const found = sharedBy(node, start);
    if (found !== undefined && isAtHome(found)) return eachOf(writer, found, body);
    if (start === 'open' || start.once === undefined || !isResolving(node)) return eachHere(node, start, body);
    eachOf(writer, resolvedOnce(node, start), body);
  }

  function value(wrapped: SyntaxNode, start: Start): Value {
    const node = essence(wrapped);
    return workedOutOnce(node, start) ?? valueHere(node, start);
  }

  function ready({ input, start }: Call): Value | undefined {
    if (input === undefined) return undefined;
    const node = essence(input);
    return workedOutOnce(node, start) ?? walked(node, start) ?? whole(callOf(node, start));
  }

  /** What is the same throughout, or is asked of one item by several places. */
  function workedOutOnce(node: SyntaxNode, start: Start): Value | undefined {
    return isTheSameThroughout(node) ? writtenAhead(node) : sharedBy(node, start);
  }

  /** What several places ask of an item, worked out where that comes up. */
  function sharedBy(node: SyntaxNode, start: Start): Value | undefined {
    if (start === 'open' || start.once === undefined || start.once.shared.size === 0) return undefined;
    const { place, shared, values } = start.once;
    const key = canonical(node);
    if (!shared.has(key)) return undefined;
    if (values.has(key)) return values.get(key);
    const lines: string[] = [];
    const made = writer.into(lines, () => valueHere(node, start));
    // What stands in resources that references lead to is gone through one by one: that tells which of them holds it.
    const told = isAtHome(made) || !calls(node, 'resolve');
    if (told) place.push(...lines);
    values.set(key, told ? made : undefined);
    return told ? made : undefined;
  }

  function whole(call: Call | undefined): Value | undefined {
    return call !== undefined && Object.hasOwn(WHOLE, call.name) ? WHOLE[call.name]!(emitter, call) : undefined;
  }

  function once(what: string, node: SyntaxNode | undefined, write: () => string): string {
    if (node === undefined || !isTheSameThroughout(essence(node))) return write();
    const key = `${what} ${canonical(node)}`;
    let known = ahead.get(key);
    if (known === undefined) ahead.set(key, (known = { js: writer.ahead(write), shape: NONE, many: false }));
    return known.js;
  }

  /** What a path leads to, where it starts at one item or at what is the same throughout. */
  function walked(node: SyntaxNode, start: Start): Value | undefined {
    const { base, steps } = pathOf(node);
    if (steps.length === 0) return undefined;
    if (base === undefined) return start === 'open' ? undefined : walkedFrom(start, steps);
    const from = isTheSameThroughout(base) ? writtenAhead(base) : undefined;
    if (from === undefined || !canBeWalked(from.shape)) return undefined;
    const { read, shape, many } = pathFrom(from.shape, from.many, steps);
    return { js: writer.define(`${writer.constant(read)}(${from.js})`), shape, many };
  }

  function walkedFrom(item: Ref, steps: readonly Step[]): Value | undefined {
    if (!canBeWalked(item.shape) || (steps.length === 1 && isSingle(item.shape, steps[0]!))) return undefined;
    const key = JSON.stringify(steps);
    const known = item.once?.walked.get(key);
    if (known !== undefined) return known;
    const path = pathFrom(item.shape, false, steps);
    const read = (): string => writer.define(`${writer.constant(path.read)}(${item.js})`);
    const js = item.once === undefined ? read() : writer.into(item.once.place, read);
    const found = { js, shape: path.shape, many: path.many, holder: holderUnder(item) };
    item.once?.walked.set(key, found);
    return found;
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
    const [input, step] = parts(node) as [SyntaxNode, SyntaxNode];
    return step.type === 'FunctionInvocation' && nameOf(step) === 'resolve' && pathOf(input).base === undefined;
  }

  function resolvedOnce(node: SyntaxNode, start: Ref): Value {
    const key = canonical(node);
    const { place, resolved } = start.once!;
    let known = resolved.get(key);
    if (known === undefined) {
      // A contained resource is not where references inside it are looked up.
      known = { ...writer.into(place, () => valueHere(node, start)), homeless: true, within: holderUnder(start) };
      resolved.set(key, known);
    }
    return known;
  }

  function eachHere(node: SyntaxNode, start: Start, body: Body): void {
    if (isRoot(node) && start === 'open') return eachResource(nameOf(node), body);
    if (node.type === 'ThisInvocation') return body(started(start));
    const { base, steps } = pathOf(node);
    if (steps.length > 0) {
      const further: Body = (item) => along(item, steps, body);
      if (base === undefined) further(started(start));
      else eachAtHome(base, start, further);
      return;
    }
    const call = callOf(node, start);
    const all = whole(call);
    if (all === undefined && call !== undefined && Object.hasOwn(STREAMS, call.name)) {
      STREAMS[call.name]!(emitter, call, body);
    } else eachOf(writer, all ?? valueHere(node, start), body);
  }

  function along(item: Ref, steps: readonly Step[], body: Body): void {
    const found = walkedFrom(item, steps);
    if (found === undefined) walk(writer, item, steps, body);
    else eachOf(writer, found, body);
  }

  function valueHere(node: SyntaxNode, start: Start): Value {
    if (node.type === 'ExternalConstantTerm') return variable(variableName(node));
    const call = callOf(node, start);
    if (call !== undefined && Object.hasOwn(VALUES, call.name)) return VALUES[call.name]!(emitter, call);
    if (call !== undefined && !Object.hasOwn(STREAMS, call.name)) throw new Unsupported(`${call.name}()`);
    if (node.type === 'MemberInvocation' && start !== 'open') {
      const single = readSingle(writer, start, nameOf(node));
      if (single !== undefined) return { ...single, many: false };
    }
    const found = walked(node, start) ?? whole(call);
    if (found !== undefined) return found;
    const isPath =
      call !== undefined || pathOf(node).steps.length > 0 || isRoot(node) || node.type === 'ThisInvocation';
    if (!isPath) return operation(emitter, node, start);
    return gathered(writer, (body) => eachHere(node, start, body), start === 'open' ? undefined : holderUnder(start));
  }

  function callOf(node: SyntaxNode, start: Start): Call | undefined {
    const [input, step] = node.type === 'InvocationExpression' ? parts(node) : [undefined, node];
    if (step?.type !== 'FunctionInvocation') return undefined;
    return { name: nameOf(step), input, parameters: argumentsOf(step), start };
  }

  function eachResource(name: string, body: Body): void {
    if (options.focusType !== undefined) throw new Unsupported(`${name} where a ${options.focusType} is at hand`);
    writer.ahead(() => writer.line('if (scope.focus !== undefined) D();'));
    const js = writer.define(`resources(scope, ${writer.constant(name)})`);
    eachOf(writer, { js, shape: elementShape(resourceType(name)), many: true }, body);
  }

  /** Without a focus type a path can also start at a row: any object that is no resource. */
  function started(start: Start): Ref {
    if (start !== 'open') return start;
    const key = 'focus';
    let row = ahead.get(key);
    if (row === undefined) {
      const js = writer.ahead(() => writer.define("focusOf(scope.focus, 'row')"));
      ahead.set(key, (row = { js, shape: ROW, many: false }));
    }
    return row;
  }

  function variable(name: string): Value {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const declared = options.variableShapes?.(name);
    if (declared === undefined) throw new Unsupported(`%${name}, of which the type is not known`);
    const shape = shapeOfVariable(declared);
    const wanted = writer.constant(resourceNameOf(shape) ?? shape.kind);
    const slot = writer.constant(slots.ofVariable(name));
    return {
      js: writer.define(`read(scope, values, ${slot}, ${writer.constant(name)}, ${wanted})`),
      shape,
      many: true,
    };
  }

  /** Whether a node gives the same wherever it stands in the function: nothing in it starts at the item at hand. */
  function isTheSameThroughout(node: SyntaxNode): boolean {
    return !node.type.endsWith('Literal') && !dependenceOf(node).start;
  }

  function writtenAhead(node: SyntaxNode): Value {
    const key = canonical(node);
    let known = ahead.get(key);
    if (known === undefined) {
      known = writer.ahead(() => (isWorthKeeping(node) ? kept(node, key) : valueHere(node, 'open')));
      ahead.set(key, known);
    }
    return known;
  }

  /** Kept for other expressions of the same evaluation too, for as long as the variables in it stay what they are. */
  function kept(node: SyntaxNode, key: string): Value {
    const slot = writer.constant(slots.ofAnswer(key, dependenceOf(node).variables));
    const result = writer.variable();
    writer.line(`${result} = memo[${slot}];`);
    let made: Value | undefined;
    writer.block(`if (${result} === undefined)`, () => {
      made = valueHere(node, 'open');
      writer.line(`${result} = ${made.js};`);
      writer.line(`memo[${slot}] = ${result} === undefined ? EMPTY : ${result};`);
    });
    writer.line(`else if (${result} === EMPTY) ${result} = undefined;`);
    return { ...made!, js: result };
  }
}

/** Whether it is known of the items of a value which resource holds them. */
function isAtHome({ shape, holder, within, homeless }: Value): boolean {
  return isWholeResource(shape) ? homeless !== true || within !== undefined : holder !== undefined || !isObjects(shape);
}
