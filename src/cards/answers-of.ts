import { RULE_STATUSES } from '../logic/agreement.js';
import type { CriterionDefinition, LadderDefinition } from '../schemas/protocol.js';
import { EXPRESSION_FAILED, type Status } from '../schemas/verdict.js';
import { fillConstants } from '../verdicts/fill-constants.js';
import { RULE_REASONS } from '../verdicts/rule-reasons.js';

/** Everything that a criterion can say, as its definition has it. */
export interface Answered {
  readonly answers: readonly { readonly status: Status; readonly reason: string }[];
  readonly missing: ReadonlySet<string>;
  readonly resourceTypes: ReadonlySet<string>;
  readonly figures: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

/** What a criterion that is a rule over others can say; every reading of it is computed, and what they come to is told. */
const BY_READINGS: Answered['answers'] = RULE_STATUSES.flatMap((status) =>
  [...new Set(Object.values(RULE_REASONS[status]))].map((reason) => ({ status, reason })),
);

/**
 * Every answer that a criterion can give: those of its ladder, those of a record with gaps, and the one for an
 * expression that fails.
 *
 * @param gaps reasons for which part of a record can be absent
 */
export function answersOf(
  criterion: CriterionDefinition,
  ladders: ReadonlyMap<string, LadderDefinition>,
  gaps: readonly string[],
): Answered {
  const ladder = criterion.ladder === undefined ? undefined : ladders.get(criterion.ladder);
  const steps = ladder?.answers ?? criterion.answers ?? [];
  const last = ladder?.otherwise ?? criterion.otherwise;
  const ends = last === undefined ? [] : [last];
  const tellsOfGaps =
    steps.some(({ absence, status }) => absence === true || status === 'not-met') ||
    last?.absence === true ||
    last?.status === 'unknown';
  const answers: { status: Status; reason: string }[] = [
    ...[...steps, ...ends].map(({ status, reason }) => ({ status, reason })),
    ...(criterion.readings === undefined ? [] : BY_READINGS),
    ...(tellsOfGaps ? gaps.map((reason) => ({ status: 'unknown' as const, reason })) : []),
    { status: 'unknown', reason: EXPRESSION_FAILED },
  ];
  const constants = criterion.with ?? {};
  return {
    answers,
    missing: new Set([
      ...[...steps, ...ends].flatMap(({ missing }) => (missing ?? []).map((text) => fillConstants(text, constants))),
      ...Object.keys(criterion.parts ?? {}),
    ]),
    resourceTypes: new Set(tellsOfGaps ? criterion.needs : []),
    figures: new Set(Object.keys(criterion.figures ?? {})),
    notes: new Set((criterion.notes ?? []).map(({ note }) => note)),
  };
}
