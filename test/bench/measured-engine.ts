import { performance } from 'node:perf_hooks';
import type { OnHandOver } from '../../src/fhirpath/compile.js';
import type { CompileOptions, Expression } from '../../src/fhirpath/expression.js';

/** What one expression cost since the last reset. */
export interface ExpressionCost {
  readonly source: string;
  readonly engine: Expression['engine'];
  ms: number;
  evaluations: number;
  /** Evaluations that compiled code left to the reference engine. */
  handOvers: number;
}

export type AnyEngine = (source: string, options: CompileOptions, onHandOver?: OnHandOver) => Expression;

export interface MeasuredEngine {
  readonly compile: AnyEngine;
  readonly costs: readonly ExpressionCost[];
  reset(): void;
}

/** An engine that takes the time of every evaluation; the clock itself costs some 50 ns each. */
export function measuredEngine(engine: AnyEngine): MeasuredEngine {
  const costs: ExpressionCost[] = [];
  return {
    costs,
    compile(source, options) {
      const expression = engine(source, options, () => (cost.handOvers += 1));
      const cost: ExpressionCost = { source, engine: expression.engine, ms: 0, evaluations: 0, handOvers: 0 };
      costs.push(cost);
      return {
        ...expression,
        evaluate(scope) {
          const begun = performance.now();
          try {
            return expression.evaluate(scope);
          } finally {
            cost.ms += performance.now() - begun;
            cost.evaluations += 1;
          }
        },
      };
    },
    reset() {
      for (const cost of costs) Object.assign(cost, { ms: 0, evaluations: 0, handOvers: 0 });
    },
  };
}
