import type { CompileOptions } from '../expression.js';
import { Unsupported } from '../unsupported.js';
import type { Slots } from './kept.js';
import type { Value } from './scope.js';
import { resourceNameOf, shapeOfVariable } from './shape.js';
import type { Writer } from './writer.js';

/** The variables that a function uses. */
export class Variables {
  /** Those that got their value in the function itself. */
  readonly #known = new Map<string, Value>();

  /** @param slots the numbers under which an evaluation finds them */
  constructor(
    private readonly writer: Writer,
    private readonly options: CompileOptions,
    private readonly slots: Slots,
  ) {}

  know(name: string, value: Value): void {
    this.#known.set(name, value);
  }

  /** @throws Unsupported where it is not known beforehand what a variable holds */
  value(name: string): Value {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const declared = this.options.variableShapes?.(name);
    if (declared === undefined) throw new Unsupported(`%${name}, of which the type is not known`);
    const { writer } = this;
    const shape = shapeOfVariable(declared);
    const wanted = writer.constant(resourceNameOf(shape) ?? shape.kind);
    const slot = writer.constant(this.slots.ofVariable(name));
    const js = writer.define(`read(scope, values, ${slot}, ${writer.constant(name)}, ${wanted})`);
    return { js, shape, many: true };
  }
}
