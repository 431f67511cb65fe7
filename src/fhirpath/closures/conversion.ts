import { toDate, toDecimal, toInteger, toQuantity, toText } from '../convert.js';
import { deoptimise } from '../deoptimise.js';
import { dataOf, type Item } from '../item.js';
import { Moment, parseMoment } from '../moment.js';
import { systemValue } from '../system-value.js';
import { inputOf, only, type Step, type StepBuilders } from './run.js';
import { Unsupported } from '../unsupported.js';

const TRUE = new Set(['true', 't', 'yes', 'y', '1', '1.0']);
const FALSE = new Set(['false', 'f', 'no', 'n', '0', '0.0']);

/** The functions that turn one type into another; empty when that cannot be. @source FHIRPath 2.0.0 §5.5 Conversion */
export const conversionSteps: StepBuilders = {
  toBoolean: () => converting(toBoolean),
  toInteger: () => converting(toInteger),
  toDecimal: () => converting(toDecimal),
  toDate: () => converting(toDate),
  toDateTime: () => converting(toDateTime),
  toString: () => onSingle((item) => toText(systemValue(item) ?? undefined)),
  convertsToBoolean: () => testing(toBoolean),
  convertsToInteger: () => testing(toInteger),
  convertsToDecimal: () => testing(toDecimal),
  convertsToDate: () => testing(toDate),
  convertsToDateTime: () => testing(toDateTime),
  toQuantity: (parameters) => {
    if (parameters.length > 0) throw new Unsupported('toQuantity(unit)');
    return converting((data) => toQuantity(data ?? deoptimise()));
  },
};

function onSingle(convert: (item: Item) => Item | undefined): Step {
  return (_, __, input) => {
    const item = only(inputOf(input));
    return item === undefined ? undefined : convert(item);
  };
}

/** Texts of dates count as they are written. */
function converting(convert: (data: unknown) => Item | undefined): Step {
  return onSingle((item) => convert(dataOf(item)));
}

function testing(convert: (data: unknown) => Item | undefined): Step {
  return (_, __, input) => {
    const items = inputOf(input);
    return items === undefined || Array.isArray(items) ? undefined : convert(dataOf(items as Item)) !== undefined;
  };
}

function toBoolean(data: unknown): boolean | undefined {
  if (typeof data === 'boolean') return data;
  const written = typeof data === 'string' ? data.toLowerCase() : String(data);
  if (typeof data === 'number') return data === 1 ? true : data === 0 ? false : roughly(data);
  if (typeof data !== 'string') return undefined;
  return TRUE.has(written) ? true : FALSE.has(written) ? false : undefined;
}

/** Numbers a hair's breadth from 0 or 1 count as those: the reference engine knows how wide a hair is. */
function roughly(data: number): undefined {
  return Math.abs(data) < 1e-6 || Math.abs(data - 1) < 1e-6 ? deoptimise() : undefined;
}

function toDateTime(data: unknown): Moment | undefined {
  if (typeof data === 'string') return parseMoment('dateTime', data);
  return data instanceof Moment ? data : undefined;
}
