import { type Closures, closuresOf } from './closures/closures.js';
import { RECORD, type Self, Unsupported } from './closures/run.js';
import { deoptimise, NOT_FOR_COMPILED } from './deoptimise.js';
import type { CompileOptions, EvaluationScope, Expression } from './expression.js';
import { focusReadsOf } from './focus-reads.js';
import { type Item, itemsOf, Node, nodeOf, TimeSpan } from './item.js';
import { type ElementType, OPEN } from './model.js';
import { Moment } from './moment.js';
import type { SyntaxNode } from './parse.js';
import { focusElement, parseAllowed, readsOf } from './reads.js';
import { compileReference, outerResource } from './reference.js';

/** Told each time that compiled code leaves an evaluation to the reference engine. */
export type OnHandOver = (expression: string) => void;

/**
 * Compiles an expression for the fastest engine that can run it. The answer is the reference engine's either way: what
 * the compiler does not know runs there, and so does any evaluation in which compiled code meets unusual data.
 *
 * @throws ExpressionRefused when it does not parse or uses what may not be used here
 */
export function compileExpression(source: string, options: CompileOptions, onHandOver?: OnHandOver): Expression {
  const tree = parseAllowed(source);
  const start = options.focusType === undefined ? OPEN : (focusElement(source, options.focusType) ?? OPEN);
  const closures = closuresIfSupported(tree, options);
  if (closures === undefined) return compileReference(source, options);
  let reference: Expression | undefined;
  const { resourceTypes, variables } = readsOf(tree);
  return {
    source,
    engine: 'compiled',
    resourceTypes,
    variables,
    focusReads: focusReadsOf(tree, options.focusType),
    evaluate(scope) {
      try {
        const self = selfOf(scope, options, start);
        return plain(closures.run(closures.start(scope), self));
      } catch (reason) {
        if (reason !== NOT_FOR_COMPILED && !(reason instanceof Error)) throw reason;
        onHandOver?.(source);
        reference ??= compileReference(source, options);
        return reference.evaluate(scope);
      }
    },
  };
}

function closuresIfSupported(tree: SyntaxNode, options: CompileOptions): Closures | undefined {
  try {
    return closuresOf(tree, options);
  } catch (reason) {
    if (reason instanceof Unsupported) return undefined;
    throw reason;
  }
}

function selfOf(scope: EvaluationScope, options: CompileOptions, start: ElementType): Self {
  const { focus } = scope;
  if (focus === undefined) return options.focusType === undefined ? RECORD : deoptimise();
  if (focus === null || Array.isArray(focus)) deoptimise();
  if (start === OPEN && scope.container === undefined) return itemsOf(focus);
  if (typeof focus === 'object' && Object.hasOwn(focus, '__path__')) deoptimise();
  if (start === OPEN && typeof focus !== 'object') return itemsOf(focus);
  return nodeOf(focus, start, null, outerResource(scope), true);
}

/** A collection as plain JSON; elements without a value drop out. */
function plain(items: Self): readonly unknown[] {
  if (items === RECORD) return deoptimise();
  if (items === undefined) return [];
  if (!Array.isArray(items)) return withValue([plainItem(items as Item)]);
  return withValue((items as readonly Item[]).map(plainItem));
}

function withValue(values: unknown[]): unknown[] {
  return values.some((value) => value === null || value === undefined)
    ? values.filter((value) => value !== null && value !== undefined)
    : values;
}

function plainItem(item: Item): unknown {
  if (item instanceof Node) return item.data;
  return item instanceof Moment || item instanceof TimeSpan ? item.text : item;
}
