import { compileFact, type Compile } from '../facts/compile-facts.js';
import type { Fact } from '../facts/fact.js';
import { type FactStep, inSteps } from '../facts/fact-steps.js';
import { orderFacts } from '../facts/fact-order.js';
import { compileExpression } from '../fhirpath/compile.js';
import { Slots } from '../fhirpath/code/kept.js';
import type { VariableShape } from '../fhirpath/code/shape.js';
import type { Expression } from '../fhirpath/expression.js';
import { GIVEN_VARIABLES } from '../protocol/given-variables.js';
import type { Protocol, ProtocolVersion } from '../protocol/protocol.js';
import { compileCriterion } from './compile-criterion.js';
import { type Criterion, isRule, type Named } from './criterion.js';
import { typesBehind } from './types-behind.js';

/** What one phase asks: its criteria in order, and the facts they need, each after what it builds on. */
export interface PhasePlan {
  readonly criteria: readonly Criterion[];
  /** The same, rules over other criteria after all that are none. */
  readonly partsFirst: readonly Criterion[];
  readonly facts: readonly FactStep[];
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
  /** Numbers that its expressions know variables by. */
  readonly slots: Slots;
}

export type Engine = typeof compileExpression;

/** Compiles a version with the given engine: the fastest one, or the reference engine for comparison. */
export function compileVersion(
  protocol: Protocol,
  version: ProtocolVersion,
  engine: Engine = compileExpression,
): CompiledVersion {
  const cache = new Map<string, Expression>();
  const slots = new Slots();
  /** Facts of which compiling has begun, so that a circle among them ends. */
  const opened = new Set<string>();
  const compile: Compile = (source, focusType, focusShape) => {
    const key = [focusType, typeof focusShape === 'object' ? focusShape.resource : focusShape, source].join('\n');
    let expression = cache.get(key);
    if (expression === undefined) {
      expression = engine(source, {
        memberOf: protocol.memberOf,
        slots,
        variableShapes,
        focusShape,
        ...(focusType === undefined ? {} : { focusType }),
      });
      cache.set(key, expression);
    }
    return expression;
  };
  const compiledFacts = new Map<string, Fact>();
  const facts = new Map([...version.facts.keys()].map((name) => [name, factOf(name)!]));
  const criteria = version.criteria.map((criterion) =>
    compileCriterion(criterion, version.ladders, compile, (expression) => typesBehind(facts, expression)),
  );
  const { regime, transition } = version.file;
  const regimes = regime.answers.map((answer) => ({ regime: answer.regime, when: compile(answer.when) }));
  const rule = {
    covered: compile(transition.covered),
    disputed: compile(transition.disputed),
    figures: Object.entries(transition.figures ?? {}).map(([name, source]) => ({ name, expression: compile(source) })),
  };
  const rules = [
    ...regimes.map(({ when }) => when),
    rule.covered,
    rule.disputed,
    ...rule.figures.map((f) => f.expression),
  ];
  const phases = new Map<string, PhasePlan>();
  for (const phase of version.file.phases) {
    const asked = criteria.filter((criterion) => criterion.phases.has(phase));
    const wanted = [...asked.flatMap(({ uses }) => [...uses]), ...rules.flatMap(({ variables }) => [...variables])];
    const partsFirst = [...asked].sort((a, b) => Number(isRule(a)) - Number(isRule(b)));
    phases.set(phase, { criteria: asked, partsFirst, facts: inSteps(orderFacts(facts, wanted).order) });
  }
  const expressions = [...cache.values()];
  return { version, phases, regimes, transition: rule, facts, criteria, rules, expressions, slots };

  /** Facts are compiled after those that they build on, since what these hold bears on how they are compiled. */
  function factOf(name: string): Fact | undefined {
    const definition = version.facts.get(name);
    if (definition !== undefined && !opened.has(name)) {
      opened.add(name);
      compiledFacts.set(name, compileFact(name, definition, compile));
    }
    return compiledFacts.get(name);
  }

  /** What is neither a fact nor given is a parameter or a constant of a criterion. */
  function variableShapes(name: string): VariableShape | undefined {
    return version.facts.has(name) ? factOf(name)?.holds : (GIVEN_VARIABLES.get(name) ?? 'value');
  }
}
