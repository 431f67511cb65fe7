import { collect, count, join, list } from '../collection.js';
import { dataOf, type Item, type Items } from '../item.js';
import { Repeated } from '../repeated.js';
import { convertsToType, isOfType, parseTypeName, type TypeName } from '../type-test.js';
import { lookup } from './lookup.js';
import { selects } from './logic.js';
import { type Builder, type Call, inputOf, only, type Run, type Step, type StepBuilders } from './run.js';
import { Unsupported } from '../unsupported.js';

/** The functions that go through their input item by item. @source FHIRPath 2.0.0 §5.1-5.2, §5.3.3 */
export const filterSteps: StepBuilders = {
  where: (call, builder) => {
    const found = lookup(call, builder);
    return found ?? whereStep(criterion(call, 0, builder));
  },
  exists: (call, builder) => {
    if (call.parameters.length === 0) return (_, __, input) => inputOf(input) !== undefined;
    const where = whereStep(criterion(call, 0, builder));
    return (evaluation, self, input) => where(evaluation, self, input) !== undefined;
  },
  all: (call, builder) => {
    const test = criterion(call, 0, builder);
    return (evaluation, _, input) =>
      list(inputOf(input)).every((item, index) => {
        evaluation.index = index;
        const result = test(evaluation, item);
        return count(result) === 1 && dataOf(result as Item) === true;
      });
  },
  select: (call, builder) => {
    const project = criterion(call, 0, builder);
    return (evaluation, _, input) => {
      let found: Items;
      list(inputOf(input)).forEach((item, index) => {
        evaluation.index = index;
        found = join(found, project(evaluation, item));
      });
      return found;
    };
  },
  repeat: (call, builder) => repeatStep(criterion(call, 0, builder)),
  iif: (call, builder) => {
    const [test, then, otherwise] = call.parameters.map((_, at) => criterion(call, at, builder));
    return (evaluation, _, input) => {
      const result = test!(evaluation, input);
      const holds = count(result) === 1 && dataOf(result as Item) === true;
      return holds ? then!(evaluation, input) : otherwise?.(evaluation, input);
    };
  },
  ofType: (call) => {
    const wanted = typeArgument(call);
    return (_, __, input) => {
      const items = inputOf(input);
      if (items === undefined) return undefined;
      if (!Array.isArray(items)) return convertsToType(items as Item, wanted) ? items : undefined;
      return collect((items as Item[]).filter((item) => convertsToType(item, wanted)));
    };
  },
  is: (call) => isStep(typeArgument(call)),
  as: (call) => asStep(typeArgument(call)),
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
function criterion(call: Call, at: number, builder: Builder): Run {
  return builder.compile(call.parameters[at]!);
}

function typeArgument(call: Call): TypeName {
  return typeNamed(call.parameters[0]?.text ?? '');
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
