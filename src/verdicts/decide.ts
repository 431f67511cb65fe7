import { computeFacts, type Failure } from '../facts/compute-facts.js';
import { define } from '../facts/fact.js';
import { Kept } from '../fhirpath/code/kept.js';
import { type Expression, ExpressionFailed, unlessFailed } from '../fhirpath/expression.js';
import type { Protocol } from '../protocol/protocol.js';
import { EXPRESSION_FAILED, type Figures, type Outcome, UNCERTAIN_REGIME, type Verdict } from '../schemas/verdict.js';
import type { CompiledVersion } from './compile-version.js';
import { type Criterion, isRule, type Named } from './criterion.js';
import { evidenceFrom, evidenceOf, isShowable, mergeEvidence, References } from './evidence.js';
import { holds, judge, type Judged, type Judgement, judgeReadings, type JudgeScope } from './judge.js';
import { type Matter, variablesOf } from './matter.js';
import { outcomeOf } from './outcome.js';

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
  const scope: JudgeScope = {
    record: matter.record,
    variables: variablesOf(protocol, matter),
    kept: new Kept(compiled.slots),
  };
  const { absent, failures } = computeFacts(plan.facts, scope);
  const found: Failure[] = [...failures];

  const judged = new Map<string, Judged>();
  const told = new Map<string, Verdict>();
  const references = new References(matter.record);
  for (const criterion of plan.partsFirst) {
    defineAll(scope, criterion.constants);
    const rule = isRule(criterion);
    const judgement = attempt(criterion, absent, found, () =>
      rule ? judgeReadings(criterion, scope, judged) : judge(criterion, scope),
    );
    judged.set(criterion.variable, { id: criterion.id, ...judgement });
    const verdict = tell(criterion, judgement, scope, absent, found, references);
    told.set(criterion.variable, rule ? { ...verdict, evidence: evidenceBehind(criterion, told) } : verdict);
  }
  const verdicts = plan.criteria.map(({ variable }) => told.get(variable)!);
  const regime = regimeOf(compiled, scope, found);
  define(scope, 'regime', regime);
  const { transition } = compiled;
  const outcome = outcomeOf(verdicts, {
    criterion: compiled.version.file.transition.criterion,
    ...transitionOf(transition, scope, found),
  });
  return {
    regime,
    outcome,
    verdicts,
    transition: figuresOf('transition', transition.figures, scope, absent, found),
    failures: found,
  };
}

/** The first regime that holds; where that cannot be worked out, none is taken for it. */
function regimeOf({ regimes, version }: CompiledVersion, scope: JudgeScope, failures: Failure[]): string {
  for (const { regime, when } of regimes) {
    const truth = truthOf('regime', when, scope, failures);
    if (truth === undefined) return UNCERTAIN_REGIME;
    if (truth) return regime;
  }
  return version.file.regime.otherwise;
}

/** Whether the transition rule covers the patient, or may; a rule that cannot be worked out is laid before a person. */
function transitionOf(
  { covered, disputed }: CompiledVersion['transition'],
  scope: JudgeScope,
  failures: Failure[],
): { readonly covered: boolean; readonly disputed: boolean } {
  const isCovered = truthOf('transition', covered, scope, failures);
  const isDisputed = truthOf('transition', disputed, scope, failures);
  return { covered: isCovered === true, disputed: isCovered === undefined || isDisputed !== false };
}

/** Nothing where the condition cannot be evaluated on this record, which is told among the failures. */
function truthOf(name: string, when: Expression, scope: JudgeScope, failures: Failure[]): boolean | undefined {
  return tried(name, failures, () => holds(when, scope));
}

/** What a step gives; nothing where one of its expressions cannot be evaluated, which is told among the failures. */
function tried<T>(name: string, failures: Failure[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionFailed)) throw error;
    failures.push({ name, expression: error.expression });
    return undefined;
  }
}

function defineAll(scope: JudgeScope, constants: Criterion['constants']): void {
  for (const name in constants) define(scope, name, constants[name]);
}

const FAILED: Judgement = { status: 'unknown', reason: EXPRESSION_FAILED, missing: [] };

/** A criterion that cannot be evaluated is unknown, never not met, and never keeps the others from being answered. */
function attempt(
  criterion: Criterion,
  absent: ReadonlySet<string>,
  failures: Failure[],
  run: () => Judgement,
): Judgement {
  if (usesAny(criterion.decidedBy, absent)) return FAILED;
  return tried(criterion.id, failures, run) ?? FAILED;
}

function tell(
  criterion: Criterion,
  judgement: Judgement,
  scope: JudgeScope,
  absent: ReadonlySet<string>,
  failures: Failure[],
  references: References,
): Verdict {
  define(scope, 'status', judgement.status);
  const together = absent.size === 0 ? toldTogether(criterion, scope, references) : undefined;
  const { evidence, notes, figures } = together ?? toldOneByOne(criterion, scope, absent, failures, references);
  const { id, effect, source } = criterion;
  const { status, reason, readings, missing, withheld } = judgement;
  if (withheld !== undefined)
    return { id, status, effect, reason, evidence, missing, withheld, notes, figures, source };
  if (readings === undefined) return { id, status, effect, reason, evidence, missing, notes, figures, source };
  return { id, status, effect, reason, readings, evidence, missing, notes, figures, source };
}

type Telling = Pick<Verdict, 'evidence' | 'notes' | 'figures'>;

function toldTogether(
  { together, notes, figures, evidence }: Criterion,
  scope: JudgeScope,
  references: References,
): Telling | undefined {
  return unlessFailed(() => {
    const found = together.evidence?.(scope);
    const told = found === undefined ? undefined : together.telling?.(scope);
    if (found === undefined || told === undefined) return undefined;
    return {
      evidence: evidenceFrom(evidence, found, references),
      notes: notes.length === 0 ? NO_NOTES : notes.filter((_, at) => told[at] === true).map(({ name }) => name),
      figures: figures.length === 0 ? NO_FIGURES : showable(figures, (at) => told[notes.length + at]),
    };
  });
}

const NO_FIGURES: Figures = {};
const NO_NOTES: readonly string[] = [];

/** What fails is told among the failures and keeps nothing else from being told. */
function toldOneByOne(
  criterion: Criterion,
  scope: JudgeScope,
  absent: ReadonlySet<string>,
  failures: Failure[],
  references: References,
): Telling {
  const { id } = criterion;
  const plans = criterion.evidence.filter(({ of }) => !usesAny(of.variables, absent));
  const evidence = tried(id, failures, () => evidenceOf(plans, scope, references)) ?? [];
  const notes = criterion.notes.filter(
    ({ expression }) => !usesAny(expression.variables, absent) && truthOf(id, expression, scope, failures) === true,
  );
  const figures = figuresOf(id, criterion.figures, scope, absent, failures);
  return { evidence, notes: notes.map(({ name }) => name), figures };
}

/** A rule over other criteria rests on what they rest on. */
function evidenceBehind(criterion: Criterion, told: ReadonlyMap<string, Verdict>): Verdict['evidence'] {
  return mergeEvidence([...criterion.decidedBy].flatMap((variable) => told.get(variable)?.evidence ?? []));
}

/** @param owner what the figures are told with, for the failures */
function figuresOf(
  owner: string,
  figures: readonly Named[],
  scope: JudgeScope,
  absent: ReadonlySet<string>,
  failures: Failure[],
): Figures {
  return showable(figures, (at) => {
    const { expression } = figures[at]!;
    if (usesAny(expression.variables, absent)) return undefined;
    return tried(owner, failures, () => expression.evaluate(scope)[0]);
  });
}

function showable(figures: readonly Named[], valueOf: (at: number) => unknown): Figures {
  const told: Record<string, string | number | boolean> = {};
  for (let at = 0; at < figures.length; at += 1) {
    const value = valueOf(at);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (isShowable(first)) told[figures[at]!.name] = first;
  }
  return told;
}

function usesAny(variables: ReadonlySet<string>, absent: ReadonlySet<string>): boolean {
  if (absent.size === 0) return false;
  for (const name of variables) if (absent.has(name)) return true;
  return false;
}
