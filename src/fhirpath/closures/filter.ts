import { collect, count, join, list } from '../collection.js';
import { dataOf, type Item, type Items } from '../item.js';
import { Repeated } from '../repeated.js';
import type { SyntaxNode } from '../parse.js';
import { convertsToType, isOfType, parseTypeName, type TypeName } from '../type-test.js';
import { selects } from './logic.js';
import { type Builder, inputOf, only, type Run, type Step, type StepBuilders } from './run.js';
import { Unsupported } from '../unsupported.js';

/** The functions that go through their input item by item. @source FHIRPath 2.0.0 §5.1-5.2, §5.3.3 */
export const filterSteps: StepBuilders = {
  where: (parameters, builder) => whereStep(criterion(parameters, 0, builder)),
  exists: (parameters, builder) => {
    if (parameters.length === 0) return (_, __, input) => inputOf(input) !== undefined;
    const where = whereStep(criterion(parameters, 0, builder));
    return (evaluation, self, input) => where(evaluation, self, input) !== undefined;
  },
  all: (parameters, builder) => {
    const test = criterion(parameters, 0, builder);
    return (evaluation, _, input) =>
      list(inputOf(input)).every((item, index) => {
        evaluation.index = index;
        const result = test(evaluation, item);
        return count(result) === 1 && dataOf(result as Item) === true;
      });
  },
  select: (parameters, builder) => {
    const project = criterion(parameters, 0, builder);
    return (evaluation, _, input) => {
      let found: Items;
      list(inputOf(input)).forEach((item, index) => {
        evaluation.index = index;
        found = join(found, project(evaluation, item));
      });
      return found;
    };
  },
  repeat: (parameters, builder) => repeatStep(criterion(parameters, 0, builder)),
  iif: (parameters, builder) => {
    const [test, then, otherwise] = parameters.map((_, at) => criterion(parameters, at, builder));
    return (evaluation, _, input) => {
      const result = test!(evaluation, input);
      const holds = count(result) === 1 && dataOf(result as Item) === true;
      return holds ? then!(evaluation, input) : otherwise?.(evaluation, input);
    };
  },
  ofType: (parameters) => {
    const wanted = typeArgument(parameters);
    return (_, __, input) => {
      const items = inputOf(input);
      if (items === undefined) return undefined;
      if (!Array.isArray(items)) return convertsToType(items as Item, wanted) ? items : undefined;
      return collect((items as Item[]).filter((item) => convertsToType(item, wanted)));
    };
  },
  is: (parameters) => isStep(typeArgument(parameters)),
  as: (parameters) => asStep(typeArgument(parameters)),
};

function whereStep(test: Run): Step {
  return (evaluation, _, input) => {
    const items = inputOf(input);
    if (items === undefined) return undefined;
    if (!Array.isArray(items)) {
      evaluation.index = 0;
      return selects(test(evaluation, items as Item)) ? items : undefined;
    }
    const found: Item[] = [];
    for (let index = 0; index < items.length; index += 1) {
      evaluation.index = index;
      const item = items[index] as Item;
      if (selects(test(evaluation, item))) found.push(item);
    }
    return collect(found);
  };
}

function repeatStep(project: Run): Step {
  return (evaluation, _, input) => {
    const repeated = new Repeated();
    let level = list(inputOf(input));
    while (level.length > 0) {
      const next: Item[] = [];
      for (const item of level) next.push(...list(project(evaluation, item)));
      level = repeated.add(next);
    }
    return collect(repeated.found);
  };
}

/** A parameter that is evaluated for each item, with that item as `$this`. */
function criterion(parameters: readonly SyntaxNode[], at: number, builder: Builder): Run {
  return builder.compile(parameters[at]!);
}

function typeArgument(parameters: readonly SyntaxNode[]): TypeName {
  return typeNamed(parameters[0]?.text ?? '');
}

function typeNamed(text: string): TypeName {
  const name = parseTypeName(text);
  if (name === undefined) throw new Unsupported(`the type ${text}`);
  return name;
}

function isStep(wanted: TypeName): Step {
  return (_, __, input) => {
    const item = only(inputOf(input));
    return item === undefined ? undefined : isOfType(item, wanted);
  };
}

function asStep(wanted: TypeName): Step {
  return (_, __, input) => {
    const item = only(inputOf(input));
    return item !== undefined && isOfType(item, wanted) ? item : undefined;
  };
}

/** The operators `is` and `as`. */
export function typeOperatorRun(operator: string, operand: Run, type: string): Run {
  const step = operator === 'is' ? isStep(typeNamed(type)) : asStep(typeNamed(type));
  return (evaluation, self) => step(evaluation, self, operand(evaluation, self));
}
