import { Unsupported } from '../unsupported.js';
import type { Call, Emitter, Value } from './scope.js';
import { isMoment, isObjects, isPlain, MOMENT, NONE, type Shape, SPAN, TRUTH, unified, VALUE } from './shape.js';
import { condition, eachInput, inputValue, whereItem } from './streams.js';
import { systemText, truthText } from './system.js';

type Maker = (emitter: Emitter, call: Call) => Value;

/** The functions that give one value, or a new collection. @source FHIRPath 2.0.0 §5 */
export const VALUES: Readonly<Record<string, Maker>> = {
  exists: (emitter, call) => existence(emitter, call, true),
  empty: (emitter, call) => existence(emitter, call, false),
  count: (emitter, call) => single(emitter, `count(${inputValue(emitter, call).js})`, VALUE),
  not: (emitter, call) => {
    const truth = truthText(inputValue(emitter, call));
    return single(emitter, `${truth} === undefined ? undefined : !${truth}`, TRUTH);
  },
  first: (emitter, call) => {
    const { writer } = emitter;
    const whole = emitter.ready(call);
    if (whole !== undefined) return firstOf(emitter, whole);
    const result = writer.variable();
    const before = writer.loops;
    let shape: Shape = NONE;
    let homeless = false;
    eachInput(emitter, call, (item) => {
      shape = unified(shape, item.shape);
      homeless ||= item.holder !== item.js;
      const once = writer.loops > before ? `if (${result} === undefined) ` : '';
      writer.line(`${once}${result} = ${item.js};`);
    });
    return { js: result, shape, many: false, homeless };
  },
  distinct: (emitter, call) => distinct(emitter, inputValue(emitter, call)),
  combine: (emitter, call) => {
    const [own, other] = both(emitter, call);
    return {
      js: emitter.writer.define(`join(${own.js}, ${other.js})`),
      shape: unified(own.shape, other.shape),
      many: true,
      homeless: true,
    };
  },
  intersect: (emitter, call) => amongOthers(emitter, call, 'objectsAmong', 'intersection'),
  exclude: (emitter, call) => amongOthers(emitter, call, 'objectsWithout', 'plainWithout'),
  iif: (emitter, call) => {
    const { writer } = emitter;
    const test = condition(emitter, call);
    const result = writer.variable();
    const [, then, otherwise] = call.parameters;
    let made: Value | undefined;
    let other: Value | undefined;
    writer.block(`if (${test})`, () => {
      made = emitter.value(then!, call.start);
      writer.line(`${result} = ${made.js};`);
    });
    if (otherwise !== undefined) {
      writer.block('else', () => {
        other = emitter.value(otherwise, call.start);
        writer.line(`${result} = ${other.js};`);
      });
    }
    const shape = unified(made!.shape, other?.shape ?? NONE);
    return { js: result, shape, many: made!.many || (other?.many ?? false), homeless: true };
  },
  last: (emitter, call) => {
    const { js, shape, many, homeless } = emitter.ready(call) ?? inputValue(emitter, call);
    if (!many) return { js, shape, many, homeless };
    return { ...single(emitter, `isArray(${js}) ? ${js}.at(-1) : ${js}`, shape), homeless };
  },
  toDate: (emitter, call) => {
    const { js } = systemOf(emitter, call);
    return single(emitter, `toDate(${js})`, MOMENT);
  },
  toQuantity: (emitter, call) => {
    if (call.parameters.length > 0) throw new Unsupported('toQuantity(unit)');
    return single(emitter, `toQuantity(${plainInput(emitter, call).js})`, SPAN);
  },
  toInteger: (emitter, call) => single(emitter, `toInteger(${plainInput(emitter, call).js})`, VALUE),
  toDecimal: (emitter, call) => single(emitter, `toDecimal(${plainInput(emitter, call).js})`, VALUE),
  toString: (emitter: Emitter, call: Call) =>
    single(emitter, `toText(${systemText(emitter, inputValue(emitter, call))})`, VALUE),
  sum: (emitter, call) => single(emitter, `total(${plainInput(emitter, call).js})`, VALUE),
  min: (emitter, call) => single(emitter, `extreme(${plainInput(emitter, call).js}, -1)`, VALUE),
  max: (emitter, call) => single(emitter, `extreme(${plainInput(emitter, call).js}, 1)`, VALUE),
  round: (emitter, call) => {
    const own = plainInput(emitter, call);
    const [precision] = call.parameters;
    const decimals = precision === undefined ? 0 : emitter.value(precision, call.start).constant;
    if (typeof decimals !== 'number' || !(decimals in SCALES)) throw new Unsupported('round() to a computed precision');
    return single(emitter, `rounded(${own.js}, ${emitter.writer.constant(SCALES[decimals])})`, VALUE);
  },
  length: (emitter, call) => onText(emitter, call, (own) => `${own}.length`),
  substring: (emitter, call) => {
    const own = textOf(emitter, call);
    const [start, size] = call.parameters.map((parameter) => emitter.value(parameter, call.start));
    const numbers = [start!, ...(size === undefined ? [] : [size])];
    if (!numbers.every(({ shape }) => isPlain(shape)))
      throw new Unsupported('substring() by something else than numbers');
    if (!numbers.every(({ constant }) => typeof constant === 'number' && Number.isInteger(constant) && constant >= 0))
      return single(emitter, `part(${[own, ...numbers.map(({ js }) => js)].join(', ')})`, VALUE);
    const [from, length] = numbers.map(({ constant }) => constant as number) as [number, number?];
    const part = length === undefined ? `${start!.js}` : `${start!.js}, ${emitter.writer.constant(from + length)}`;
    return single(
      emitter,
      `${own} === undefined || ${own}.length <= ${start!.js} ? undefined : ${own}.substring(${part})`,
      VALUE,
    );
  },
  lower: (emitter, call) => onText(emitter, call, (own) => `${own}.toLowerCase()`),
  trim: (emitter, call) => onText(emitter, call, (own) => `${own}.trim()`),
  startsWith: (emitter, call) => withText(emitter, call, 'startsWith'),
  endsWith: (emitter, call) => withText(emitter, call, 'endsWith'),
  contains: (emitter, call) => withText(emitter, call, 'includes'),
  indexOf: (emitter, call) => withText(emitter, call, 'indexOf', VALUE),
  matches: (emitter, call) => {
    const own = textOf(emitter, call);
    const pattern = emitter.writer.constant(writtenPattern(emitter, call));
    return single(emitter, `${own} === undefined ? undefined : ${pattern}.test(${own})`, TRUTH);
  },
};

/** Ten to so many decimals. */
const SCALES: readonly number[] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

export function single(emitter: Emitter, text: string, shape: Shape): Value {
  return { js: emitter.writer.define(text), shape, many: false };
}

function existence(emitter: Emitter, call: Call, sought: boolean): Value {
  const { writer } = emitter;
  const result = writer.fresh();
  const [criterion] = call.parameters;
  const found = (): void => writer.line(`${result} = ${sought};`);
  const { input } = call;
  if (input?.type === 'UnionExpression' && criterion === undefined) {
    // Duplicates make no difference here.
    writer.line(`let ${result} = ${!sought};`);
    for (const side of input.children) emitter.each(side, call.start, found);
    return { js: result, shape: TRUTH, many: false };
  }
  const whole = criterion === undefined ? emitter.ready(call) : undefined;
  if (whole !== undefined) return single(emitter, `${whole.js} ${sought ? '!==' : '==='} undefined`, TRUTH);
  writer.line(`let ${result} = ${!sought};`);
  eachInput(emitter, call, (item) => {
    if (criterion === undefined) found();
    else whereItem(emitter, criterion, item, found);
  });
  return { js: result, shape: TRUTH, many: false };
}

function firstOf(emitter: Emitter, { js, shape, many, homeless }: Value): Value {
  if (!many) return { js, shape, many, homeless };
  return { ...single(emitter, `isArray(${js}) ? ${js}[0] : ${js}`, shape), homeless };
}

/** Without what equals an earlier item, as far as the kind of items can be compared here. */
export function distinct(emitter: Emitter, value: Value): Value {
  const { js, shape, many } = value;
  if (!many) return value;
  if (isPlain(shape)) return { js: emitter.writer.define(`distinctPlain(${js})`), shape, many };
  if (isMoment(shape) && shape.kind === 'element') {
    const kind = emitter.writer.constant(shape.type.conversion);
    return { js: emitter.writer.define(`distinctMoments(${js}, ${kind})`), shape, many };
  }
  if (!areObjects(shape)) throw new Unsupported(`distinct of a ${shape.kind}`);
  return { js: emitter.writer.define(`distinctObjects(${js})`), shape, many, homeless: value.homeless };
}

/** Whether items are JSON objects of which the equality is that of their JSON. */
function areObjects(shape: Shape): boolean {
  return isObjects(shape) && (shape.kind !== 'element' || shape.type.conversion === undefined);
}

function both(emitter: Emitter, call: Call): readonly [Value, Value] {
  return [inputValue(emitter, call), emitter.value(call.parameters[0]!, call.start)];
}

/**
 * What is, or is not, among other items.
 * @param ofObjects, ofPlain what does it for JSON objects, given an index of the others, and for plain values
 */
function amongOthers(emitter: Emitter, call: Call, ofObjects: string, ofPlain: string): Value {
  const { writer } = emitter;
  const [own, other] = both(emitter, call);
  const { shape, homeless } = own;
  if (areObjects(shape) && areObjects(other.shape)) {
    const index = emitter.ahead('objects', call.parameters[0], () => writer.define(`objectsOf(${other.js})`));
    return { js: writer.define(`${ofObjects}(${own.js}, ${index})`), shape, many: true, homeless };
  }
  if (!isPlain(shape) || !isPlain(other.shape)) throw new Unsupported(`${call.name}() of a mixture`);
  return { js: writer.define(`${ofPlain}(${own.js}, ${other.js})`), shape, many: true };
}

function plainInput(emitter: Emitter, call: Call): Value {
  const value = inputValue(emitter, call);
  if (!isPlain(value.shape)) throw new Unsupported(`${call.name}() of a ${value.shape.kind}`);
  return value;
}

/** Texts of dates count here as they are written. */
function systemOf(emitter: Emitter, call: Call): Value {
  const value = inputValue(emitter, call);
  if (!isPlain(value.shape) && !isMoment(value.shape)) throw new Unsupported(`${call.name}() of a ${value.shape.kind}`);
  return value;
}

function textOf(emitter: Emitter, call: Call): string {
  return emitter.writer.define(`text(${textInput(emitter, call)})`);
}

function onText(emitter: Emitter, call: Call, work: (own: string) => string): Value {
  const own = textOf(emitter, call);
  return single(emitter, `${own} === undefined ? undefined : ${work(own)}`, VALUE);
}

function withText(emitter: Emitter, call: Call, method: string, gives: Shape = TRUTH): Value {
  const { writer } = emitter;
  const own = textOf(emitter, call);
  const argument = emitter.value(call.parameters[0]!, call.start);
  if (!isPlain(argument.shape)) throw new Unsupported(`${call.name}() with a ${argument.shape.kind}`);
  const other = writer.define(`text(${argument.js})`);
  return single(
    emitter,
    `${own} === undefined || ${other} === undefined ? undefined : ${own}.${method}(${other})`,
    gives,
  );
}

function writtenPattern(emitter: Emitter, call: Call): RegExp {
  const [pattern, flags] = call.parameters.map((parameter) => emitter.value(parameter, call.start).constant);
  if (typeof pattern !== 'string' || flags !== undefined) throw new Unsupported('matches() of a computed pattern');
  try {
    return new RegExp(pattern, 'us');
  } catch {
    throw new Unsupported('matches() of what is no pattern');
  }
}

function textInput(emitter: Emitter, call: Call): string {
  const { js, shape } = inputValue(emitter, call);
  const texts = isPlain(shape) || (shape.kind === 'element' && isMoment(shape));
  if (!texts) throw new Unsupported(`${call.name}() of a ${shape.kind}`);
  return js;
}
