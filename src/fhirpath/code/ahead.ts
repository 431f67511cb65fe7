import { canonical, type SyntaxNode } from '../parse.js';
import { isWorthKeeping } from './cost.js';
import { dependenceOf } from './dependence.js';
import type { Slots } from './kept.js';
import type { Ref, Value } from './scope.js';
import { NONE, ROW } from './shape.js';
import type { Writer } from './writer.js';

/** Whether a node gives the same wherever it stands in a function: nothing in it starts at the item at hand. */
export function isTheSameThroughout(node: SyntaxNode): boolean {
  return !node.type.endsWith('Literal') && !dependenceOf(node).start;
}

/** What is the same throughout a function: written ahead of it, the first time that it is asked for. */
export class Ahead {
  readonly #known = new Map<string, Value>();

  /**
   * @param slots the numbers under which an evaluation keeps the answers of sub-expressions
   * @param make writes what a node gives
   */
  constructor(
    private readonly writer: Writer,
    private readonly slots: Slots,
    private readonly make: (node: SyntaxNode) => Value,
  ) {}

  value(node: SyntaxNode): Value {
    return this.#once(canonical(node), () => (isWorthKeeping(node) ? this.#kept(node) : this.make(node)));
  }

  /** What is made of such a node's value. @returns its name */
  madeOf(what: string, node: SyntaxNode, write: () => string): string {
    return this.#once(`${what} ${canonical(node)}`, () => ({ js: write(), shape: NONE, many: false })).js;
  }

  /** Without a focus type a path can also start at a row: any object that is no resource. */
  row(): Ref {
    return this.#once('focus', () => {
      return { js: this.writer.define("focusOf(scope.focus, 'row')"), shape: ROW, many: false };
    });
  }

  #once(key: string, write: () => Value): Value {
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.writer.ahead(write)));
    return known;
  }

  /** Kept for other expressions of the same evaluation too, for as long as the variables in it stay what they are. */
  #kept(node: SyntaxNode): Value {
    const { writer } = this;
    const slot = writer.constant(this.slots.ofAnswer(canonical(node), dependenceOf(node).variables));
    const result = writer.variable();
    writer.line(`${result} = memo[${slot}];`);
    let made: Value | undefined;
    writer.block(`if (${result} === undefined)`, () => {
      made = this.make(node);
      writer.line(`${result} = ${made.js};`);
      writer.line(`memo[${slot}] = ${result} === undefined ? EMPTY : ${result};`);
    });
    writer.line(`else if (${result} === EMPTY) ${result} = undefined;`);
    return { ...made!, js: result };
  }
}
