import { literalOf } from '../literal.js';
import { Unsupported } from '../unsupported.js';
import { Moment } from '../moment.js';
import { TimeSpan } from '../item.js';
import type { SyntaxNode } from '../parse.js';
import type { Emitter, Start, Value } from './scope.js';
import { isMoment, isPlain, MOMENT, NONE, type Shape, SPAN, TRUTH, unified, VALUE } from './shape.js';
import { join } from '../collection.js';
import { distinctPlain } from './sets.js';
import { systemText, truthText } from './system.js';
import { distinct, single } from './values.js';

/**
 * Writes what is no path: literals, operators, unions. Both sides of an operator are always evaluated, since an error on either
 * side is an error of the whole.
 */
export function operation(emitter: Emitter, node: SyntaxNode, start: Start): Value {
  if (node.type === 'NullLiteral') return { js: 'undefined', shape: NONE, many: false };
  const constant = literalOf(node);
  if (constant !== undefined) return literal(emitter, constant);
  if (!node.type.endsWith('Expression') || node.children.length !== 2) throw new Unsupported(node.type);
  if (node.type === 'InvocationExpression') throw new Unsupported(node.type);
  const [left, right] = node.children.map((part) => emitter.value(part, start)) as [Value, Value];
  const operator = node.text ?? '';
  if (node.type === 'UnionExpression') return union(emitter, left, right);
  const make = OPERATORS[operator];
  if (make === undefined) throw new Unsupported(operator);
  return make(emitter, left, right);
}

function literal(emitter: Emitter, value: unknown): Value {
  const shape =
    typeof value === 'boolean' ? TRUTH : value instanceof Moment ? MOMENT : value instanceof TimeSpan ? SPAN : VALUE;
  const constant = typeof value === 'object' ? undefined : value;
  return { js: emitter.writer.constant(value), shape, many: false, constant };
}

type Operator = (emitter: Emitter, left: Value, right: Value) => Value;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': (emitter, left, right) => single(emitter, equalText(emitter, left, right), TRUTH),
  '!=': (emitter, left, right) => {
    const { js } = single(emitter, equalText(emitter, left, right), TRUTH);
    return single(emitter, `${js} === undefined ? undefined : !${js}`, TRUTH);
  },
  '<': (emitter, left, right) => ordered(emitter, left, right, '<'),
  '<=': (emitter, left, right) => ordered(emitter, left, right, '<='),
  '>': (emitter, left, right) => ordered(emitter, left, right, '>'),
  '>=': (emitter, left, right) => ordered(emitter, left, right, '>='),
  in: (emitter, left, right) => membership(emitter, left, right),
  contains: (emitter, left, right) => membership(emitter, right, left),
  and: logic(
    (left, right) =>
      `${left} === false || ${right} === false ? false : ${left} === true && ${right} === true ? true : undefined`,
  ),
  or: logic(
    (left, right) =>
      `${left} === true || ${right} === true ? true : ${left} === false && ${right} === false ? false : undefined`,
  ),
  xor: logic((left, right) => `${left} === undefined || ${right} === undefined ? undefined : ${left} !== ${right}`),
  implies: logic(
    (left, right) => `${left} === false || ${right} === true ? true : ${left} === true ? ${right} : undefined`,
  ),
  '+': (emitter, left, right) => summed(emitter, left, right, 1),
  '-': (emitter, left, right) => summed(emitter, left, right, -1),
  '*': (emitter, left, right) => calculated(emitter, left, right, 'product'),
  '/': (emitter, left, right) => calculated(emitter, left, right, 'quotient'),
  div: (emitter, left, right) => calculated(emitter, left, right, 'wholeQuotient'),
  '&': (emitter, left, right) => {
    if (!isPlain(left.shape) || !isPlain(right.shape)) throw new Unsupported('& of something else than texts');
    return single(emitter, `(text(${left.js}) ?? '') + (text(${right.js}) ?? '')`, VALUE);
  },
};

function logic(table: (left: string, right: string) => string): Operator {
  return (emitter, left, right) => {
    const ours = named(emitter, truthText(left));
    const theirs = named(emitter, truthText(right));
    return single(emitter, table(ours, theirs), TRUTH);
  };
}

function named(emitter: Emitter, text: string): string {
  return /^\w+$/.test(text) ? text : emitter.writer.define(text);
}

function equalText(emitter: Emitter, left: Value, right: Value): string {
  if (left.shape.kind === 'none' || right.shape.kind === 'none') return 'undefined';
  if (isPlain(left.shape) && isPlain(right.shape)) {
    const [value, constant] = isConstantText(left) ? [right, left] : [left, right];
    if (!value.many && isConstantText(constant)) {
      return `${value.js} === undefined ? undefined : ${value.js} === ${constant.js}`;
    }
    return `samePlain(${left.js}, ${right.js})`;
  }
  const timed = (shape: Shape): boolean => isMoment(shape) || isPlain(shape);
  if (!timed(left.shape) || !timed(right.shape))
    throw new Unsupported(`= of a ${left.shape.kind} and a ${right.shape.kind}`);
  return `sameInTime(${systemText(emitter, left)}, ${systemText(emitter, right)})`;
}

/** Whether a value is written out and no number: numbers are equal to the eighth decimal. */
function isConstantText({ constant }: Value): boolean {
  return typeof constant === 'string' || typeof constant === 'boolean';
}

function ordered(emitter: Emitter, left: Value, right: Value, operator: string): Value {
  if (left.shape.kind === 'none' || right.shape.kind === 'none') return { js: 'undefined', shape: TRUTH, many: false };
  const order = single(emitter, `order(${systemText(emitter, left)}, ${systemText(emitter, right)})`, VALUE).js;
  return single(emitter, `${order} === undefined ? undefined : ${order} ${operator} 0`, TRUTH);
}

function membership(emitter: Emitter, element: Value, collection: Value): Value {
  if (!isPlain(element.shape) || !isPlain(collection.shape)) throw new Unsupported('in of something else than values');
  return single(emitter, `holds(${element.js}, ${collection.js})`, TRUTH);
}

function summed(emitter: Emitter, left: Value, right: Value, direction: 1 | -1): Value {
  const shape = isMoment(left.shape) ? MOMENT : VALUE;
  return single(emitter, `sum(${systemText(emitter, left)}, ${systemText(emitter, right)}, ${direction})`, shape);
}

function calculated(emitter: Emitter, left: Value, right: Value, name: string): Value {
  if (!isPlain(left.shape) || !isPlain(right.shape)) throw new Unsupported(`${name} of something else than numbers`);
  return single(emitter, `${name}(${left.js}, ${right.js})`, VALUE);
}

/** `|`: both collections without duplicates. */
function union(emitter: Emitter, left: Value, right: Value): Value {
  if (left.shape.kind === 'none') return distinct(emitter, right);
  if (right.shape.kind === 'none') return distinct(emitter, left);
  if (left.constant !== undefined && right.constant !== undefined) return constantUnion(emitter, left, right);
  const shape = unified(left.shape, right.shape);
  const homeless = left.homeless === true || right.homeless === true;
  return distinct(emitter, {
    js: emitter.writer.define(`join(${left.js}, ${right.js})`),
    shape,
    many: true,
    homeless,
  });
}

/** A list that is written out is made once, not for each record. */
function constantUnion({ writer }: Emitter, left: Value, right: Value): Value {
  const items = Object.freeze(distinctPlain(join(left.constant, right.constant)));
  return { js: writer.constant(items), shape: VALUE, many: true, constant: items };
}
