import { define } from '../facts/fact.js';
import { first } from '../fhirpath/collection.js';
import { unlessFailed } from '../fhirpath/expression.js';
import type { Figures, Verdict } from '../schemas/verdict.js';
import type { Criterion, Named } from './criterion.js';
import { evidenceFrom, evidenceOf, isShowable } from './evidence.js';
import type { Judgement } from './judge.js';
import { lacksAny, tried, truthOf, type UnderWay } from './under-way.js';

/** The verdict on a criterion: what it came to, what that rests on, and what is worth knowing beside it. */
export function tell(criterion: Criterion, judgement: Judgement, underWay: UnderWay): Verdict {
  define(underWay.scope, 'status', judgement.status);
  const together = underWay.absent.size === 0 ? toldTogether(criterion, underWay) : undefined;
  const { evidence, notes, figures } = together ?? toldOneByOne(criterion, underWay);
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
  { scope, references }: UnderWay,
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
function toldOneByOne(criterion: Criterion, underWay: UnderWay): Telling {
  const { id } = criterion;
  const { scope, references } = underWay;
  const plans = criterion.evidence.filter(({ of }) => !lacksAny(underWay, of.variables));
  const evidence = tried(underWay, id, () => evidenceOf(plans, scope, references)) ?? [];
  const notes = criterion.notes.filter(
    ({ expression }) => !lacksAny(underWay, expression.variables) && truthOf(underWay, id, expression) === true,
  );
  const figures = figuresOf(id, criterion.figures, underWay);
  return { evidence, notes: notes.map(({ name }) => name), figures };
}

/**
 * The figures that can be worked out and shown.
 *
 * @param owner what they are told with, for the failures
 */
export function figuresOf(owner: string, figures: readonly Named[], underWay: UnderWay): Figures {
  return showable(figures, (at) => {
    const { expression } = figures[at]!;
    if (lacksAny(underWay, expression.variables)) return undefined;
    return tried(underWay, owner, () => expression.evaluate(underWay.scope)[0]);
  });
}

function showable(figures: readonly Named[], valueOf: (at: number) => unknown): Figures {
  const told: Record<string, string | number | boolean> = {};
  for (let at = 0; at < figures.length; at += 1) {
    const value = first(valueOf(at));
    if (isShowable(value)) told[figures[at]!.name] = value;
  }
  return told;
}
