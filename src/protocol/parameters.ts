import { interned } from '../fhirpath/interned.js';
import type { Day } from '../clock.js';
import type { ParameterFile } from '../schemas/protocol.js';

export type ParameterValue = string | number | boolean | readonly string[];

/** A parameter's values in order of their first day; `null` ended it. */
export interface Parameter {
  readonly name: string;
  readonly unit: string;
  /** All values that it may have, where it is a choice. */
  readonly choices?: readonly string[] | undefined;
  readonly steps: readonly { readonly from: Day; readonly value: ParameterValue | null }[];
}

export function parameterOf(name: string, file: ParameterFile): Parameter {
  const steps = Object.entries(file.values)
    .map(([from, { value = null }]) => ({ from, value }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return { name, unit: file.unit, choices: file.choices, steps };
}

/**
 * The value of a parameter in force on a day.
 *
 * @returns nothing before its first value and after it ended; there are no defaults
 */
export function parameterOn(parameter: Parameter, day: Day): ParameterValue | undefined {
  let value: ParameterValue | null | undefined;
  for (const step of parameter.steps) if (step.from <= day) value = step.value;
  return value ?? undefined;
}

/**
 * The values in force on a day, by name. A parameter without one is not among them, so that an expression which uses it
 * fails: an empty value would be compared with nothing, and that reads as a no.
 */
export function parametersOn(parameters: readonly Parameter[], day: Day): Readonly<Record<string, ParameterValue>> {
  let known = lastAsked.get(parameters);
  if (known?.day !== day) lastAsked.set(parameters, (known = { day, values: valuesOn(parameters, day) }));
  return known.values;
}

// Nearly all calls of a service are about one day.
const lastAsked = new WeakMap<
  readonly Parameter[],
  { readonly day: Day; readonly values: Readonly<Record<string, ParameterValue>> }
>();

function valuesOn(parameters: readonly Parameter[], day: Day): Readonly<Record<string, ParameterValue>> {
  const values: Record<string, ParameterValue> = {};
  for (const parameter of parameters) {
    const value = parameterOn(parameter, day);
    if (value !== undefined) values[parameter.name] = comparable(value);
  }
  // A copy made at once has a fixed shape, and is itself copied three times as quick as what grew.
  return { ...values };
}

/** Texts that are compared with those of records many times a call. */
function comparable(value: ParameterValue): ParameterValue {
  if (typeof value === 'string') return interned(value);
  return typeof value === 'object' ? value.map(interned) : value;
}
