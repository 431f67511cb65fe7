import type { Answer, EvaluationScope, Expression, Inline } from '../expression.js';
import { NodeEmitter } from './emitter.js';
import { eachOf } from './items.js';
import { Slots } from './kept.js';
import { runnerOfSeveral } from './runner.js';
import type { Body, Emitter, Start, Value } from './scope.js';
import { WRITTEN } from './shape.js';
import { answerText } from './system.js';
import { Writer } from './writer.js';

/** What a sequence answers; nothing where the record is not what it was made for and each expression has to answer by itself. */
export type SequenceRun<T> = (scope: EvaluationScope) => T | undefined;

/** Several expressions on a record as one function, one after the other, so that they share what they have in common. */
export class Sequence {
  readonly writer = new Writer();
  readonly #emitter: Emitter;
  readonly #slots: Slots;

  private constructor({ options }: Inline) {
    this.#slots = options.slots ?? new Slots();
    this.#emitter = new NodeEmitter(this.writer, options, this.#slots);
  }

  /** @returns nothing where the engine that the expressions are for makes no functions */
  static of(expressions: readonly Expression[]): Sequence | undefined {
    const inline = expressions.find((expression) => expression.inline !== undefined)?.inline;
    return inline === undefined ? undefined : new Sequence(inline);
  }

  /** Writes an expression. @returns its answer as JavaScript text */
  answer(expression: Expression, start: Start = 'open'): string {
    return this.text(this.value(expression, start));
  }

  value(expression: Expression, start: Start = 'open'): Value {
    const inline =
      start === 'open' ? expression.inline : start.shape === WRITTEN ? undefined : inlineOnItem(expression);
    if (inline !== undefined) return this.#emitter.value(inline.tree, start);
    const focus = start === 'open' ? 'undefined, undefined' : `${start.js}, ${start.js}`;
    return {
      js: this.writer.define(`alone(${this.writer.constant(expression)}, scope, ${focus})`),
      shape: WRITTEN,
      many: true,
    };
  }

  /** Writes what is to happen with each item that an expression gives. */
  each(expression: Expression, body: Body): void {
    eachOf(this.writer, this.value(expression), body);
  }

  /** Says that a variable has this value from here on, and writes it where others look for it. */
  define(name: string, value: Value): void {
    const { js } = value;
    const slot = this.writer.constant(this.#slots.ofVariable(name));
    this.writer.line(`values[${slot}] = ${js} === undefined ? EMPTY : ${js};`);
    this.#emitter.know(name, value);
  }

  finish<T>(): SequenceRun<T> {
    return runnerOfSeveral<T>(this.writer, this.#slots);
  }

  /** An answer as JavaScript text. */
  text(value: Value): string {
    return answerText(this.writer, value);
  }
}

/** What an expression on a thing at hand becomes part of a function by; nothing where it also looks at the record, and has to see that. */
export function inlineOnItem({ inline, resourceTypes }: Expression): Inline | undefined {
  return inline?.options.focusType !== undefined || resourceTypes.size === 0 ? inline : undefined;
}

const NOTHING: readonly unknown[] = [];

/** Makes a function that gives the number of the first expression that is true, or -1. */
export function firstTrue(expressions: readonly Expression[]): SequenceRun<number> | undefined {
  const sequence = Sequence.of(expressions);
  if (sequence === undefined) return undefined;
  for (const [number, expression] of expressions.entries()) {
    sequence.writer.section(() => {
      sequence.writer.line(`if (${sequence.value(expression).js} === true) return ${number};`);
    });
  }
  sequence.writer.line('return -1;');
  return sequence.finish();
}

/** Makes a function that gives the answers of all, in order. */
export function answersOf(expressions: readonly Expression[]): SequenceRun<readonly Answer[]> | undefined {
  if (expressions.length === 0) return () => NOTHING;
  const sequence = Sequence.of(expressions);
  if (sequence === undefined) return undefined;
  const answers = expressions.map((expression) => sequence.writer.section(() => sequence.answer(expression)));
  sequence.writer.line(`return [${answers.join(', ')}];`);
  return sequence.finish();
}

/** Whether an expression was compiled for the things that another one gives. */
function isMeantFor(value: Expression | undefined, { gives }: Expression): boolean {
  const focus = value?.inline?.options.focusShape ?? 'row';
  if (gives === undefined || gives === 'value') return false;
  return typeof gives === 'object' && typeof focus === 'object' ? gives.resource === focus.resource : gives === focus;
}

/**
 * Makes a function that goes through what each expression gives, and evaluates another one on it.
 *
 * @returns in the function's answer, for each item: the number of its plan, the item, and what was asked of it
 */
export function evaluatedOn(
  plans: readonly { readonly of: Expression; readonly value: Expression | undefined }[],
): SequenceRun<readonly unknown[]> | undefined {
  if (plans.length === 0) return () => NOTHING;
  const sequence = Sequence.of(plans.map(({ of }) => of));
  if (sequence === undefined) return undefined;
  sequence.writer.line('const out = [];');
  for (const [number, { of, value }] of plans.entries()) {
    sequence.writer.section(() =>
      sequence.each(of, (item) => {
        const start = isMeantFor(value, of) ? item : { js: item.js, shape: WRITTEN };
        const asked = value === undefined ? 'undefined' : sequence.answer(value, start);
        sequence.writer.line(`out.push(${number}, ${item.js}, ${asked});`);
      }),
    );
  }
  sequence.writer.line('return out;');
  return sequence.finish();
}
