import { computeFacts, type Failure } from '../facts/compute-facts.js';
import { define, type FactScope } from '../facts/fact.js';
import { Kept } from '../fhirpath/code/kept.js';
import type { Protocol } from '../protocol/protocol.js';
import { EXPRESSION_FAILED, type Figures, type Outcome, UNCERTAIN_REGIME, type Verdict } from '../schemas/verdict.js';
import type { CompiledVersion } from './compile-version.js';
import { type Criterion, isRule } from './criterion.js';
import { mergeEvidence, References } from './evidence.js';
import { judge, type Judged, type Judgement, judgeReadings } from './judge.js';
import { type Matter, variablesOf } from './matter.js';
import { outcomeOf } from './outcome.js';
import { figuresOf, tell } from './tell.js';
import { lacksAny, tried, truthOf, type UnderWay } from './under-way.js';

export interface Decision {
  readonly regime: string;
  readonly outcome: Outcome;
  readonly verdicts: readonly Verdict[];
  /** Dates that the transition rule turns on. */
  readonly transition: Figures;
  /** Expressions that could not be evaluated, for the log. */
  readonly failures: readonly Failure[];
}

/**
 * Decides one matter by one version of a protocol. Pure: the same matter and the same files give the same answer.
 */
export function decide(protocol: Protocol, compiled: CompiledVersion, matter: Matter): Decision {
  const plan = compiled.phases.get(matter.phase);
  if (plan === undefined) throw new Error(`the protocol knows no phase ${matter.phase}`);
  const scope: FactScope = {
    record: matter.record,
    variables: variablesOf(protocol, matter),
    kept: new Kept(compiled.slots),
  };
  const { absent, failures } = computeFacts(plan.facts, scope);
  const underWay: UnderWay = { scope, absent, failures: [...failures], references: new References(matter.record) };

  const judged = new Map<string, Judged>();
  const told = new Map<string, Verdict>();
  for (const criterion of plan.partsFirst) {
    for (const name in criterion.constants) define(scope, name, criterion.constants[name]);
    const rule = isRule(criterion);
    const judgement = attempt(criterion, underWay, () =>
      rule ? judgeReadings(criterion, scope, judged) : judge(criterion, scope),
    );
    judged.set(criterion.variable, { id: criterion.id, ...judgement });
    const verdict = tell(criterion, judgement, underWay);
    told.set(criterion.variable, rule ? { ...verdict, evidence: evidenceBehind(criterion, told) } : verdict);
  }
  const verdicts = plan.criteria.map(({ variable }) => told.get(variable)!);
  const regime = regimeOf(compiled, underWay);
  define(scope, 'regime', regime);
  const { transition } = compiled;
  const outcome = outcomeOf(verdicts, {
    criterion: compiled.version.file.transition.criterion,
    ...transitionOf(transition, underWay),
  });
  const figures = figuresOf('transition', transition.figures, underWay);
  return { regime, outcome, verdicts, transition: figures, failures: underWay.failures };
}

const FAILED: Judgement = { status: 'unknown', reason: EXPRESSION_FAILED, missing: [] };

/** A criterion that cannot be evaluated is unknown, never not met, and never keeps the others from being answered. */
function attempt(criterion: Criterion, underWay: UnderWay, run: () => Judgement): Judgement {
  if (lacksAny(underWay, criterion.decidedBy)) return FAILED;
  return tried(underWay, criterion.id, run) ?? FAILED;
}

/** A rule over other criteria rests on what they rest on. */
function evidenceBehind(criterion: Criterion, told: ReadonlyMap<string, Verdict>): Verdict['evidence'] {
  return mergeEvidence([...criterion.decidedBy].flatMap((variable) => told.get(variable)?.evidence ?? []));
}

/** The first regime that holds; where that cannot be worked out, none is taken for it. */
function regimeOf({ regimes, version }: CompiledVersion, underWay: UnderWay): string {
  for (const { regime, when } of regimes) {
    const truth = truthOf(underWay, 'regime', when);
    if (truth === undefined) return UNCERTAIN_REGIME;
    if (truth) return regime;
  }
  return version.file.regime.otherwise;
}

/** Whether the transition rule covers the patient, or may; a rule that cannot be worked out is laid before a person. */
function transitionOf(
  { covered, disputed }: CompiledVersion['transition'],
  underWay: UnderWay,
): { readonly covered: boolean; readonly disputed: boolean } {
  const isCovered = truthOf(underWay, 'transition', covered);
  const isDisputed = truthOf(underWay, 'transition', disputed);
  return { covered: isCovered === true, disputed: isCovered === undefined || isDisputed !== false };
}
