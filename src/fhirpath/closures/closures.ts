import { deoptimise } from '../deoptimise.js';
import type { CompileOptions } from '../expression.js';
import { itemsOf } from '../item.js';
import { nameOf, type SyntaxNode, variableName, walk } from '../parse.js';
import { FUNCTIONS } from '../functions.js';
import { arithmeticRun } from './arithmetic.js';
import { collectionSteps, unionRun } from './collection.js';
import { comparisonRun } from './comparison.js';
import { conversionSteps } from './conversion.js';
import { filterSteps, typeOperatorRun } from './filter.js';
import { indexerRun } from './indexer.js';
import { literalOf } from '../literal.js';
import { logicRun, logicSteps } from './logic.js';
import { keeping } from './keeping.js';
import { memberStep, thisStep } from './path.js';
import { recordSteps } from './record.js';
import { type Builder, inputOf, type Run, type Step, type StepBuilders } from './run.js';
import { Unsupported } from '../unsupported.js';
import { textSteps } from './text.js';

const STEPS: StepBuilders = {
  ...filterSteps,
  ...collectionSteps,
  ...logicSteps,
  ...textSteps,
  ...conversionSteps,
  ...recordSteps,
};

/** Functions that count their items for `$index`. */
const COUNTING = new Set(['where', 'select', 'exists', 'all']);

/**
 * Turns a parse tree into JavaScript closures.
 * @throws Unsupported when it holds a construct that is left to the reference engine
 */
export function closuresOf(tree: SyntaxNode, options: CompileOptions): Run {
  const counted = new Set<SyntaxNode>();
  const builder: Builder = {
    options,
    compile: (node) => keeping(node, build(node)),
  };
  return builder.compile(tree);

  function build(node: SyntaxNode): Run {
    const literal = literalRun(node);
    if (literal !== undefined) return literal;
    switch (node.type) {
      case 'InvocationExpression': {
        const [input, invocation] = node.children as [SyntaxNode, SyntaxNode];
        const before = builder.compile(input);
        const step = stepOf(invocation, true);
        return (evaluation, self) => step(evaluation, self, before(evaluation, self));
      }
      case 'MemberInvocation':
      case 'FunctionInvocation': {
        const step = stepOf(node, false);
        return (evaluation, self) => step(evaluation, self, self);
      }
      case 'ThisInvocation':
        return (_, self) => thisStep(self);
      case 'IndexInvocation':
        if (!counted.has(node)) throw new Unsupported('$index');
        return (evaluation) => evaluation.index;
      case 'ExternalConstantTerm':
        return variableRun(variableName(node));
      case 'IndexerExpression':
        return indexerRun(node, builder);
      case 'TypeExpression': {
        const [operand, type] = node.children as [SyntaxNode, SyntaxNode];
        return typeOperatorRun(node.text ?? '', builder.compile(operand), type.text ?? '');
      }
      default:
        return operatorRun(node);
    }
  }

  /** @param onItems whether it is called on something, and not on what stands there */
  function stepOf(node: SyntaxNode, onItems: boolean): Step {
    if (node.type === 'MemberInvocation') return memberStep(node);
    if (node.type === 'FunctionInvocation') return functionStep(node, onItems);
    throw new Unsupported(node.type);
  }

  function functionStep(node: SyntaxNode, onItems: boolean): Step {
    const name = nameOf(node);
    if (!Object.hasOwn(STEPS, name)) throw new Unsupported(`${name}()`);
    if (COUNTING.has(name)) allowIndex(node);
    const step = STEPS[name]!(node.children, builder);
    if (onItems || name === 'iif') return step;
    return (evaluation, self, items) => step(evaluation, self, inputOf(items));
  }

  /** `$index` counts for the nearest function, and an inner function would count over it. */
  function allowIndex(node: SyntaxNode): void {
    for (const argument of node.children) {
      const inside = [...walk(argument)];
      const nested = inside.some(
        (each) => each.type === 'FunctionInvocation' && FUNCTIONS.get(nameOf(each))?.takes === 'criteria',
      );
      if (!nested) inside.filter((each) => each.type === 'IndexInvocation').forEach((each) => counted.add(each));
    }
  }

  function variableRun(name: string): Run {
    if (name === 'ucum') return () => 'http://unitsofmeasure.org';
    if (name === 'context') throw new Unsupported('%context');
    return ({ scope: { variables } }) => (Object.hasOwn(variables, name) ? itemsOf(variables[name]) : deoptimise());
  }

  function operatorRun(node: SyntaxNode): Run {
    if (node.children.length !== 2) throw new Unsupported(node.type);
    const [left, right] = node.children.map(builder.compile) as [Run, Run];
    const operator = node.text ?? '';
    if (node.type === 'UnionExpression') return unionRun(left, right);
    if (['and', 'or', 'xor', 'implies'].includes(operator)) return logicRun(operator, left, right);
    const run = comparisonRun(operator, left, right) ?? arithmeticRun(operator, left, right);
    if (run === undefined) throw new Unsupported(operator);
    return run;
  }
}

function literalRun(node: SyntaxNode): Run | undefined {
  if (node.type === 'NullLiteral') return () => undefined;
  const value = literalOf(node);
  return value === undefined ? undefined : () => value;
}
