import { compileFact, type Compile } from '../facts/compile-facts.js';
import type { Fact } from '../facts/fact.js';
import { orderFacts } from '../facts/fact-order.js';
import { compileExpression } from '../fhirpath/compile.js';
import type { Expression } from '../fhirpath/expression.js';
import type { Protocol, ProtocolVersion } from '../protocol/protocol.js';
import { compileCriterion } from './compile-criterion.js';
import type { Criterion, Named } from './criterion.js';

/** What one phase asks: its criteria in order, and the facts they need, each after what it builds on. */
export interface PhasePlan {
  readonly criteria: readonly Criterion[];
  readonly facts: readonly Fact[];
}

/** A version of a protocol, compiled once at start. */
export interface CompiledVersion {
  readonly version: ProtocolVersion;
  readonly phases: ReadonlyMap<string, PhasePlan>;
  readonly regimes: readonly { readonly regime: string; readonly when: Expression }[];
  readonly transition: {
    readonly covered: Expression;
    readonly disputed: Expression;
    readonly figures: readonly Named[];
  };
  readonly facts: ReadonlyMap<string, Fact>;
  readonly criteria: readonly Criterion[];
  /** The expressions of regime and transition. */
  readonly rules: readonly Expression[];
  /** Every expression, for checks and benchmarks. */
  readonly expressions: readonly Expression[];
}

export type Engine = typeof compileExpression;

/** Compiles a version with the given engine: the fastest one, or the reference engine for comparison. */
export function compileVersion(
  protocol: Protocol,
  version: ProtocolVersion,
  engine: Engine = compileExpression,
): CompiledVersion {
  const cache = new Map<string, Expression>();
  const compile: Compile = (source, focusType) => {
    const key = `${focusType ?? ''}\n${source}`;
    let expression = cache.get(key);
    if (expression === undefined) {
      const options = { memberOf: protocol.memberOf, ...(focusType === undefined ? {} : { focusType }) };
      expression = engine(source, options);
      cache.set(key, expression);
    }
    return expression;
  };
  const facts = new Map([...version.facts].map(([name, fact]) => [name, compileFact(name, fact, compile)]));
  const criteria = version.criteria.map((criterion) => compileCriterion(criterion, version.ladders, compile));
  const { regime, transition } = version.file;
  const regimes = regime.answers.map((answer) => ({ regime: answer.regime, when: compile(answer.when) }));
  const rule = {
    covered: compile(transition.covered),
    disputed: compile(transition.disputed),
    figures: Object.entries(transition.figures ?? {}).map(([name, source]) => ({ name, expression: compile(source) })),
  };
  const always = [
    ...regimes.map(({ when }) => when),
    rule.covered,
    rule.disputed,
    ...rule.figures.map((f) => f.expression),
  ];
  const phases = new Map<string, PhasePlan>();
  for (const phase of version.file.phases) {
    const asked = criteria.filter((criterion) => criterion.phases.has(phase));
    const wanted = [...asked.flatMap(({ uses }) => [...uses]), ...always.flatMap(({ variables }) => [...variables])];
    phases.set(phase, { criteria: asked, facts: orderFacts(facts, wanted).order });
  }
  return {
    version,
    phases,
    regimes,
    transition: rule,
    facts,
    criteria,
    rules: always,
    expressions: [...cache.values()],
  };
}
