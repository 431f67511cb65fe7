import type { Failure } from '../facts/compute-facts.js';
import type { FactScope } from '../facts/fact.js';
import { type Expression, ExpressionFailed } from '../fhirpath/expression.js';
import type { References } from './evidence.js';
import { holds } from './judge.js';

/** One decision while it is made: what its expressions are evaluated on, and what could not be worked out. */
export interface UnderWay {
  readonly scope: FactScope;
  /** Names of the facts that are not there. */
  readonly absent: ReadonlySet<string>;
  /** Every expression that fails is added. */
  readonly failures: Failure[];
  readonly references: References;
}

/** What a step gives; nothing where one of its expressions cannot be evaluated, which is told among the failures. */
export function tried<T>({ failures }: UnderWay, name: string, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionFailed)) throw error;
    failures.push({ name, expression: error.expression });
    return undefined;
  }
}

/** Whether a condition is true; nothing where it cannot be evaluated on this record. */
export function truthOf(underWay: UnderWay, name: string, when: Expression): boolean | undefined {
  return tried(underWay, name, () => holds(when, underWay.scope));
}

/** Whether one of these facts is not there. */
export function lacksAny({ absent }: UnderWay, variables: ReadonlySet<string>): boolean {
  if (absent.size === 0) return false;
  for (const name of variables) if (absent.has(name)) return true;
  return false;
}
