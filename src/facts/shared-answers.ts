import type { Expression } from '../fhirpath/expression.js';
import { isResource, type Resource } from '../schemas/resource.js';
import { evaluationOf, type FactScope } from './fact.js';

/** Evaluates an expression on one element, held by `container`. */
export type Evaluate = (focus: unknown, container?: unknown) => readonly unknown[];

/** Answers by which properties are there, then by the value of one after the other; the last map holds the answers. */
type Answers = Map<unknown, unknown>;

/** Under this key stand the values that are objects, by their text. */
const OBJECTS: unique symbol = Symbol('values that are objects');

/** So many properties fit into the number that says which are there. */
const MOST_PROPERTIES = 30;

/** After so many different elements it shows whether any will come again: days seldom do. */
const TRIED = 12;

/** The texts of objects, made once for all columns that look at them. */
export type Texts = Map<object, string>;

/**
 * Makes an evaluator for one pass through a table. Rows, or resources, that agree in all that the expression can see of
 * them get one answer: a table has many rows and few different ones.
 *
 * @param resourceType of what it is evaluated on; absent for plain rows
 */
export function sharedAnswers(
  expression: Expression,
  scope: FactScope,
  resourceType?: string,
  texts: Texts = new Map(),
): Evaluate {
  const evaluate: Evaluate = (focus, container) => expression.evaluate(evaluationOf(scope, focus, container));
  const { record } = scope;
  const { focusReads } = expression;
  if (focusReads === undefined || (focusReads.resolves && record.oneServer !== true)) return evaluate;
  const { properties, resolves } = focusReads;
  if (properties.length === 0) return once(evaluate);
  if (properties.length > MOST_PROPERTIES) return evaluate;
  let different = 0;
  let alike = 0;
  const answers: Answers = new Map();
  return (focus, container) => {
    if (typeof focus !== 'object' || focus === null) return evaluate(focus, container);
    if ((focus as Partial<Resource>).resourceType !== resourceType) return evaluate(focus, container);
    if (resolves && isResource(container) && container['contained'] !== undefined) return evaluate(focus, container);
    if (different >= TRIED && alike < different) return evaluate(focus, container);
    let at = answers;
    let key: unknown = presence(focus, properties);
    for (let index = 0; index < properties.length; index += 1) {
      const value = (focus as Readonly<Record<string, unknown>>)[properties[index]!];
      if (value === undefined) continue;
      at = within(at, key);
      if (typeof value === 'object' && value !== null) {
        at = within(at, OBJECTS);
        key = textOf(value, texts);
      } else {
        key = value;
      }
    }
    let answer = at.get(key) as readonly unknown[] | undefined;
    if (answer === undefined) {
      different += 1;
      at.set(key, (answer = evaluate(focus, container)));
    } else {
      alike += 1;
    }
    return answer;
  };
}

/** One bit for each property that is there. */
function presence(focus: object, properties: readonly string[]): number {
  let bits = 0;
  for (let index = 0; index < properties.length; index += 1) {
    if ((focus as Readonly<Record<string, unknown>>)[properties[index]!] !== undefined) bits |= 1 << index;
  }
  return bits;
}

function once(evaluate: Evaluate): Evaluate {
  let answer: readonly unknown[] | undefined;
  return (focus, container) => (answer ??= evaluate(focus, container));
}

function within(answers: Answers, key: unknown): Answers {
  let next = answers.get(key) as Answers | undefined;
  if (next === undefined) answers.set(key, (next = new Map()));
  return next;
}

function textOf(value: object, texts: Texts): string {
  let text = texts.get(value);
  if (text === undefined) texts.set(value, (text = JSON.stringify(value)));
  return text;
}
