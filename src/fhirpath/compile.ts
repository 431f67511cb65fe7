import { closuresOf } from './closures/closures.js';
import { Evaluation, RECORD, type Self } from './closures/run.js';
import { Unsupported } from './unsupported.js';
import { asWritten } from './code/as-written.js';
import { generate } from './code/generate.js';
import { variableShapeOf } from './code/shape.js';
import { deoptimise, NOT_FOR_COMPILED } from './deoptimise.js';
import {
  type Answer,
  asAnswer,
  asArray,
  type CompileOptions,
  type EvaluationScope,
  type Expression,
} from './expression.js';
import { list } from './collection.js';
import { type Item, itemsOf, Node, nodeOf } from './item.js';
import { type ElementType, OPEN } from './model.js';
import { focusElement, parseAllowed, readsOf } from './reads.js';
import { compileReference, outerResource } from './reference.js';

/** Told each time that an engine leaves an evaluation to the next one: the function to closures, and those to the reference engine. */
export type OnHandOver = (expression: string, from: 'function' | 'closures') => void;

/**
 * Compiles an expression for the fastest engine that can run it. The answer is the reference engine's either way: what
 * the compiler does not know runs there, and so does any evaluation in which compiled code meets unusual data.
 *
 * @throws ExpressionRefused when it does not parse or uses what may not be used here
 */
export function compileExpression(source: string, options: CompileOptions, onHandOver?: OnHandOver): Expression {
  const tree = parseAllowed(source);
  const start = options.focusType === undefined ? undefined : focusElement(source, options.focusType);
  const generated = ifSupported(() => generate({ tree, options, start }));
  // Where there is a function, closures are made only once a record is not what that was made for.
  let closures = generated === undefined ? ifSupported(() => closuresOf(tree, options)) : undefined;
  if (generated === undefined && closures === undefined) return compileReference(source, options);
  let reference: Expression | undefined;
  const { resourceTypes, variables } = readsOf(tree);
  return {
    source,
    engine: 'compiled',
    resourceTypes,
    variables,
    gives: generated === undefined ? undefined : variableShapeOf(generated.shape),
    inline: generated === undefined ? undefined : { tree, options, start },
    evaluate: (scope) => asArray(answer(scope)),
    answer,
  };

  function answer(scope: EvaluationScope): Answer {
    if (generated !== undefined) {
      try {
        return generated.run(scope);
      } catch (reason) {
        if (reason !== NOT_FOR_COMPILED && !(reason instanceof Error)) throw reason;
        onHandOver?.(source, 'function');
      }
    }
    try {
      closures ??= closuresOf(tree, options);
      return plain(closures(new Evaluation(scope), selfOf(scope, options, start ?? OPEN)));
    } catch (reason) {
      if (reason !== NOT_FOR_COMPILED && !(reason instanceof Error)) throw reason;
      onHandOver?.(source, 'closures');
      reference ??= compileReference(source, options);
      return reference.answer(scope);
    }
  }
}

function ifSupported<T>(compile: () => T): T | undefined {
  try {
    return compile();
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
function plain(items: Self): Answer {
  if (items === RECORD) return deoptimise();
  const values = list(items).map(plainItem);
  return asAnswer(values.filter((value) => value !== null && value !== undefined));
}

function plainItem(item: Item): unknown {
  return item instanceof Node ? item.data : asWritten(item);
}
