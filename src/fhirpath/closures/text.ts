import { deoptimise } from '../deoptimise.js';
import type { Items } from '../item.js';
import type { SyntaxNode } from '../parse.js';
import { type Builder, inputOf, type Run, type Step, type StepBuilders, textOf, wholeNumberOf } from './run.js';

/** The functions on texts. @source FHIRPath 2.0.0 §5.6 String Manipulation */
export const textSteps: StepBuilders = {
  length: () => onText((value) => value.length),
  upper: () => onText((value) => value.toUpperCase()),
  lower: () => onText((value) => value.toLowerCase()),
  trim: () => onText((value) => value.trim()),
  startsWith: (parameters, builder) => withText(parameters, builder, (value, prefix) => value.startsWith(prefix)),
  endsWith: (parameters, builder) => withText(parameters, builder, (value, suffix) => value.endsWith(suffix)),
  contains: (parameters, builder) => withText(parameters, builder, (value, part) => value.includes(part)),
  indexOf: (parameters, builder) => withText(parameters, builder, (value, part) => value.indexOf(part)),
  matches: (parameters, builder) => {
    const flags = parameters[1] === undefined ? undefined : builder.compile(parameters[1]);
    return withText(parameters, builder, (value, pattern) => {
      if (flags !== undefined) deoptimise();
      return new RegExp(pattern, 'us').test(value);
    });
  },
  replace: (parameters, builder) => {
    const [pattern, substitution] = parameters.map((parameter) => builder.compile(parameter));
    return (evaluation, self, input) => {
      const value = textOf(inputOf(input));
      const from = textOf(pattern!(evaluation, self));
      const to = textOf(substitution!(evaluation, self));
      return value === undefined || from === undefined || to === undefined ? undefined : value.replaceAll(from, to);
    };
  },
  substring: (parameters, builder) => {
    const [start, length] = parameters.map((parameter) => builder.compile(parameter));
    return (evaluation, self, input) => {
      const value = textOf(inputOf(input));
      const from = wholeNumberOf(start!(evaluation, self));
      const size = length === undefined ? undefined : wholeNumberOf(length(evaluation, self));
      if (value === undefined || from === undefined || from < 0 || from >= value.length) return undefined;
      return value.substring(from, size === undefined ? undefined : from + size);
    };
  },
};

function onText(work: (value: string) => Items): Step {
  return (_, __, input) => {
    const value = textOf(inputOf(input));
    return value === undefined ? undefined : work(value);
  };
}

function withText(
  parameters: readonly SyntaxNode[],
  builder: Builder,
  work: (value: string, argument: string) => Items,
): Step {
  const argument: Run = builder.compile(parameters[0]!);
  return (evaluation, self, input) => {
    const value = textOf(inputOf(input));
    const other = textOf(argument(evaluation, self));
    return value === undefined || other === undefined ? undefined : work(value, other);
  };
}
