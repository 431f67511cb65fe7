import { isWholeResource, NONE, type Shape, unified } from './shape.js';
import type { Body, ReadOnce, Value } from './scope.js';
import type { Writer } from './writer.js';

/**
 * Writes code that gathers what a part of the code gives.
 * @param home the resource in which `#` references are looked up where it is known; kept with what stands in it or is contained in it
 */
export function gathered(writer: Writer, write: (body: Body) => void, home?: string): Value {
  const result = writer.variable();
  const before = writer.loops;
  let shape: Shape = NONE;
  let many = false;
  let homeless = false;
  let holder = home;
  let within = home;
  write((item) => {
    shape = unified(shape, item.shape);
    homeless ||= item.holder !== item.js;
    if (item.holder !== home) holder = undefined;
    if (item.within !== home) within = undefined;
    const inLoop = writer.loops > before;
    many ||= inLoop;
    writer.line(inLoop ? `${result} = added(${result}, ${item.js});` : `${result} = ${item.js};`);
  });
  return { js: result, shape, many, homeless, holder: isWholeResource(shape) ? undefined : holder, within };
}

/** Writes code that goes through the items of a value; `body` is written once. */
export function eachOf(writer: Writer, { js, shape, many, holder, homeless, within }: Value, body: Body): void {
  if (shape.kind === 'none') return;
  const whole = homeless !== true && isWholeResource(shape);
  writer.block(`if (${js} !== undefined)`, () => {
    const once = (): ReadOnce => keptPlace(writer);
    if (!many) body({ js, shape, holder: whole ? js : holder, within, once: once() });
    else {
      eachIn(writer, js, (item) => body({ js: item, shape, holder: whole ? item : holder, within, once: once() }));
    }
  });
}

/** Goes through an array, or through the one item that stands for itself; `body` is written once. */
export function eachIn(writer: Writer, value: string, body: (item: string) => void): void {
  const several = writer.define(`isArray(${value})`);
  const length = writer.define(`${several} ? ${value}.length : 1`);
  const at = writer.fresh();
  writer.loop(`for (let ${at} = 0; ${at} < ${length}; ${at} += 1)`, () => {
    body(writer.define(`${several} ? ${value}[${at}] : ${value}`));
  });
}

/** Keeps a place for what is read of an item that has just come up. */
export function keptPlace(writer: Writer, shared: ReadonlySet<string> = NOTHING): ReadOnce {
  return {
    place: writer.place(),
    known: new Map(),
    resolved: new Map(),
    walked: new Map(),
    shared,
    values: new Map(),
  };
}

const NOTHING: ReadonlySet<string> = new Set();
