import type { Answer, EvaluationScope, Expression } from '../expression.js';
import type { SyntaxNode } from '../parse.js';
import { NodeEmitter } from './emitter.js';
import { startAt } from './generate.js';
import { Slots } from './kept.js';
import { runnerOfSeveral } from './runner.js';
import type { Ref } from './scope.js';
import { inlineOnItem } from './sequence.js';
import { sharedIn } from './shared.js';
import { answerText } from './system.js';
import { object, property, Writer } from './writer.js';

/** One thing that is asked of every row. */
export interface Asked {
  readonly name: string;
  readonly expression: Expression;
  /** What is to become of the answer. */
  readonly as?: ((answer: Answer) => Answer) | undefined;
}

/** What comes of asking it by itself. */
export function answerTo({ expression, as }: Asked, scope: EvaluationScope): Answer {
  const answer = expression.answer(scope);
  return as === undefined ? answer : as(answer);
}

type Json = Record<string, unknown>;

/**
 * Asks all of it of each focus, in one function.
 *
 * @param scope what the expressions are evaluated on, but for the focus
 * @param containers for each focus, the resource that holds it; absent for plain rows
 * @returns nothing where some focus is not what it was made for: the expressions by themselves then have to answer
 */
export type Pass = (
  scope: EvaluationScope,
  focuses: readonly unknown[],
  containers?: readonly unknown[],
) => readonly Json[] | undefined;

/**
 * Makes one function of several expressions on rows, so that what they share is worked out once for the whole table.
 *
 * @param columns names that each row of the result has, in this order; of those asked, or left undefined
 */
export function tablePass(asked: readonly Asked[], columns: readonly string[]): Pass | undefined {
  return makePass(asked, ({ writer, answers }) => {
    const row = object(columns.map((name) => [name, answers.get(name) ?? 'undefined'] as const));
    writer.line(`out.push(${row});`);
  });
}

/** The same, adding to the rows themselves: each answer stands in its row before the next is asked. */
export function growingPass(asked: readonly Asked[]): Pass | undefined {
  return makePass(
    asked,
    () => undefined,
    (writer, self, name, answer) => {
      writer.line(`${property(self, name)} = ${answer};`);
    },
  );
}

/** Tells for each focus whether the first value that a condition gives is true. */
export function testPass(
  condition: Expression,
): ((scope: EvaluationScope, focuses: readonly unknown[]) => readonly boolean[] | undefined) | undefined {
  const name = 'condition';
  return makePass<boolean>([{ name, expression: condition }], ({ writer, answers }) => {
    const answer = answers.get(name)!;
    writer.line(`out.push(${answer} === true || (isArray(${answer}) && ${answer}[0] === true));`);
  });
}

interface Written {
  readonly writer: Writer;
  readonly answers: ReadonlyMap<string, string>;
}

function makePass<T = Json>(
  asked: readonly Asked[],
  finish: (written: Written) => void,
  place?: (writer: Writer, self: string, name: string, answer: string) => void,
): ((...given: Parameters<Pass>) => readonly T[] | undefined) | undefined {
  const inline = asked.find(({ expression }) => expression.inline !== undefined)?.expression.inline;
  if (inline === undefined) return undefined;
  const writer = new Writer();
  const slots = inline.options.slots ?? new Slots();
  // A resource type means nothing on a row.
  const options = { ...inline.options, focusType: inline.options.focusType ?? 'row' };
  const emitter = new NodeEmitter(writer, options, slots);
  const answers = new Map<string, string>();
  // A row that grows is asked about columns that it does not have yet where it comes up.
  const shared = place === undefined ? sharedIn(treesOf(asked)) : undefined;
  writer.ahead(() => writer.line('const out = [];'));
  writer.loop('for (let at = 0; at < focuses.length; at += 1)', () => {
    const container = 'containers === undefined ? undefined : containers[at]';
    const start = startAt(writer, inline, 'focuses[at]', container, shared);
    for (const { name, expression, as } of asked) {
      const answer = askedOf(expression, start);
      const made = as === undefined ? answer : writer.define(`${writer.constant(as)}(${answer})`);
      answers.set(name, made);
      if (place !== undefined) {
        place(writer, start.js, name, made);
        start.once?.known.set(name, made);
      }
    }
    finish({ writer, answers });
  });
  writer.line('return out;');
  return runnerOfSeveral<readonly T[]>(writer, slots);

  /** An expression that cannot be part of the function is evaluated by itself. */
  function askedOf(expression: Expression, start: Ref): string {
    const tree = inlineOnItem(expression)?.tree;
    if (tree !== undefined) return answerText(writer, emitter.value(tree, start));
    return writer.define(`alone(${writer.constant(expression)}, scope, ${start.js}, ${start.holder ?? 'undefined'})`);
  }
}

function treesOf(asked: readonly Asked[]): readonly SyntaxNode[] {
  return asked.flatMap(({ expression }) => inlineOnItem(expression)?.tree ?? []);
}
