import { Unsupported } from '../unsupported.js';
import type { CompileOptions } from '../expression.js';
import { isResourceType, resourceType } from '../model.js';
import { argumentsOf, canonical, essence, nameOf, parts, type SyntaxNode, variableName } from '../parse.js';
import { dependenceOf } from './dependence.js';
import { emitEachOf, emitMember, keptPlace, readSingle } from './members.js';
import { operation } from './operators.js';
import type { Slots } from './kept.js';
import type { Body, Call, Emitter, ReadOnce, Ref, Start, Value } from './scope.js';
import { elementShape, NONE, resourceNameOf, ROW, type Shape, shapeOfVariable, unified } from './shape.js';
import { STREAMS } from './streams.js';
import { VALUES } from './values.js';
import type { Writer } from './writer.js';

/**
 * Makes the emitter of one function.
 * @param slots the numbers under which an evaluation finds variables and keeps the answers of sub-expressions
 */
export function createEmitter(writer: Writer, options: CompileOptions, slots: Slots): Emitter {
  /** What is the same for the whole function, written ahead of it, by canonical text. */
  const ahead = new Map<string, Value>();
  /** Variables that got their value in this function. */
  const variables = new Map<string, Value>();
  const emitter: Emitter = { writer, options, each, eachOf, value, gathered, know };
  return emitter;

  function know(name: string, known: Value): void {
    variables.set(name, known);
  }

  function each(wrapped: SyntaxNode, start: Start, body: Body): void {
    const node = essence(wrapped);
    if (isTheSameThroughout(node)) eachOf(writtenAhead(node), body);
    else if (start !== 'open' && start.once !== undefined && isResolving(node)) eachOf(resolvedOnce(node, start), body);
    else eachHere(node, start, body);
  }

  function value(wrapped: SyntaxNode, start: Start): Value {
    const node = essence(wrapped);
    return isTheSameThroughout(node) ? writtenAhead(node) : valueHere(node, start);
  }

  /** Whether a node is what references of the item lead to: several questions are asked of that. */
  function isResolving(node: SyntaxNode): boolean {
    if (node.type !== 'InvocationExpression') return false;
    const [input, step] = parts(node) as [SyntaxNode, SyntaxNode];
    return step.type === 'FunctionInvocation' && nameOf(step) === 'resolve' && isMemberPath(input);
  }

  function resolvedOnce(node: SyntaxNode, start: Ref): Value {
    const key = canonical(node);
    const { place, resolved } = start.once!;
    let known = resolved.get(key);
    if (known === undefined) {
      // A contained resource is not where references inside it are looked up, so what resolves further may not be kept.
      known = { ...writer.into(place, () => gathered((body) => eachHere(node, start, body))), homeless: true };
      resolved.set(key, known);
    }
    return known;
  }

  function isMemberPath(node: SyntaxNode): boolean {
    if (node.type === 'MemberInvocation') return true;
    return (
      node.type === 'InvocationExpression' &&
      parts(node)[1]!.type === 'MemberInvocation' &&
      isMemberPath(parts(node)[0]!)
    );
  }

  function eachHere(node: SyntaxNode, start: Start, body: Body): void {
    if (node.type === 'MemberInvocation') {
      if (start === 'open' && node.atRoot === 1 && isResourceType(nameOf(node))) eachResource(nameOf(node), body);
      else emitMember(writer, started(start), nameOf(node), body);
    } else if (node.type === 'ThisInvocation') {
      body(started(start));
    } else if (node.type === 'InvocationExpression' && parts(node)[1]!.type === 'MemberInvocation') {
      const [input, step] = parts(node) as [SyntaxNode, SyntaxNode];
      each(input, start, (item) => emitMember(writer, item, nameOf(step), body));
    } else {
      const call = callOf(node, start);
      if (call !== undefined && Object.hasOwn(STREAMS, call.name)) STREAMS[call.name]!(emitter, call, body);
      else eachOf(valueHere(node, start), body);
    }
  }

  function valueHere(node: SyntaxNode, start: Start): Value {
    if (node.type === 'ExternalConstantTerm') return variable(variableName(node));
    const call = callOf(node, start);
    if (call !== undefined && Object.hasOwn(VALUES, call.name)) return VALUES[call.name]!(emitter, call);
    if (call !== undefined && !Object.hasOwn(STREAMS, call.name)) throw new Unsupported(`${call.name}()`, node.start);
    if (node.type === 'MemberInvocation' && start !== 'open') {
      const single = readSingle(writer, start, nameOf(node));
      if (single !== undefined) return { ...single, many: false };
    }
    const last = node.type === 'InvocationExpression' ? parts(node)[1]! : node;
    const isPath = call !== undefined || last.type === 'MemberInvocation' || node.type === 'ThisInvocation';
    return isPath ? gathered((body) => eachHere(node, start, body)) : operation(emitter, node, start);
  }

  function callOf(node: SyntaxNode, start: Start): Call | undefined {
    const [input, step] = node.type === 'InvocationExpression' ? parts(node) : [undefined, node];
    if (step?.type !== 'FunctionInvocation') return undefined;
    return { name: nameOf(step), input, parameters: argumentsOf(step), start };
  }

  function gathered(write: (body: Body) => void): Value {
    const result = writer.variable();
    const before = writer.loops;
    let shape: Shape = NONE;
    let many = false;
    let homeless = false;
    write((item) => {
      shape = unified(shape, item.shape);
      homeless ||= item.holder !== item.js;
      const inLoop = writer.loops > before;
      many ||= inLoop;
      writer.line(inLoop ? `${result} = added(${result}, ${item.js});` : `${result} = ${item.js};`);
    });
    return { js: result, shape, many, homeless };
  }

  function eachOf({ js, shape, many, holder, homeless }: Value, body: Body): void {
    if (shape.kind === 'none') return;
    const whole = homeless !== true && (resourceNameOf(shape) !== undefined || shape.kind === 'resource');
    writer.block(`if (${js} !== undefined)`, () => {
      const once = (): ReadOnce => keptPlace(writer);
      if (!many) body({ js, shape, holder: whole ? js : holder, once: once() });
      else emitEachOf(writer, js, (item) => body({ js: item, shape, holder: whole ? item : undefined, once: once() }));
    });
  }

  function eachResource(name: string, body: Body): void {
    if (options.focusType !== undefined) throw new Unsupported(`${name} where a ${options.focusType} is at hand`);
    writer.ahead(() => writer.line('if (scope.focus !== undefined) D();'));
    const resources = writer.define(`scope.record.byType(${writer.constant(name)})`);
    const at = writer.fresh();
    writer.loop(`for (let ${at} = 0; ${at} < ${resources}.length; ${at} += 1)`, () => {
      const item = writer.define(`${resources}[${at}]`);
      writer.line(`if (${item}.__path__ !== undefined) D();`);
      body({ js: item, shape: elementShape(resourceType(name)), holder: item, once: keptPlace(writer) });
    });
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
    return { js: writer.define(`read(${written(name)}, ${wanted})`), shape, many: true };
  }

  /** The value of a variable as it was given. */
  function written(name: string): string {
    return `values[${writer.constant(slots.ofVariable(name))}]`;
  }

  /** Whether a node gives the same wherever it stands in the function: nothing in it starts at the item at hand. */
  function isTheSameThroughout(node: SyntaxNode): boolean {
    return node.type !== 'NullLiteral' && !node.type.endsWith('Literal') && !dependenceOf(node).start;
  }

  function writtenAhead(node: SyntaxNode): Value {
    const key = canonical(node);
    let known = ahead.get(key);
    if (known === undefined) {
      known = writer.ahead(() => (dependenceOf(node).costly ? kept(node, key) : valueHere(node, 'open')));
      ahead.set(key, known);
    }
    return known;
  }

  /** Kept for other expressions of the same evaluation too, for as long as the variables in it stay what they are. */
  function kept(node: SyntaxNode, key: string): Value {
    const slot = writer.constant(slots.ofAnswer(key));
    const result = writer.variable();
    const entry = writer.define(`memo[${slot}]`);
    const variables = [...dependenceOf(node).variables].map((name) => writer.define(written(name)));
    const same = variables.map((js, at) => ` && ${entry}[${at + 1}] === ${js}`).join('');
    writer.line(`if (${entry} !== undefined${same}) ${result} = ${entry}[0];`);
    let made: Value | undefined;
    writer.block('else', () => {
      made = valueHere(node, 'open');
      writer.line(`${result} = ${made.js};`);
      writer.line(`memo[${slot}] = [${[result, ...variables].join(', ')}];`);
    });
    return { ...made!, js: result };
  }
}
