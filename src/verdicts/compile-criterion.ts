import type { Compile } from '../facts/compile-facts.js';
import { usageOf } from '../facts/usage.js';
import { answersOf, evaluatedOn, firstTrue } from '../fhirpath/code/sequence.js';
import type { Expression } from '../fhirpath/expression.js';
import { criterionVariable } from '../protocol/criterion-variable.js';
import type { CriterionDefinition, LadderDefinition } from '../schemas/protocol.js';
import type { Criterion, Named, Otherwise, Step } from './criterion.js';
import { fillConstants } from './fill-constants.js';

/** Used where a criterion rests on readings alone; it is never reached. */
const NO_LADDER: Otherwise = { status: 'unknown', reason: 'not-recorded', absence: false, missing: [] };

/** The resource types that an expression rests on, in whatever fact. */
export type TypesBehind = (expression: Expression) => ReadonlySet<string>;

/** Makes a criterion from its definition and the shared ladder that it may name. */
export function compileCriterion(
  definition: CriterionDefinition,
  ladders: ReadonlyMap<string, LadderDefinition>,
  compile: Compile,
  typesBehind: TypesBehind,
): Criterion {
  const shared = definition.ladder === undefined ? undefined : ladders.get(definition.ladder);
  const constants: Readonly<Record<string, string | number | boolean>> = definition.with ?? {};
  const fill = (texts: readonly string[] | undefined): readonly string[] =>
    (texts ?? []).map((text) => fillConstants(text, constants));
  const answers = (shared?.answers ?? definition.answers ?? []).map((answer): Step => ({
    status: answer.status,
    reason: answer.reason,
    when: compile(answer.when),
    absence: answer.absence === true || answer.status === 'not-met',
    missing: fill(answer.missing),
  }));
  const last = shared?.otherwise ?? definition.otherwise;
  const named = (record: Readonly<Record<string, string>> | undefined): Named[] =>
    Object.entries(record ?? {}).map(([name, source]) => ({ name, expression: compile(source) }));
  const parts = named(definition.parts).map((part) => {
    const types = typesBehind(part.expression);
    return { ...part, needs: definition.needs.filter((type) => types.has(type)) };
  });
  const readings = named(definition.readings);
  const readingInForce = definition.readingInForce === undefined ? undefined : compile(definition.readingInForce);
  const figures = named(definition.figures);
  const notes = (definition.notes ?? []).map(({ note, when }) => ({ name: note, expression: compile(when) }));
  const evidence = (definition.evidence ?? []).map(({ of: source, path, value }) => {
    const of = compile(source);
    return { of, path, value: value === undefined ? undefined : compile(value, undefined, of.gives) };
  });
  const deciding = [
    ...answers.map(({ when }) => when),
    ...[...parts, ...readings].map(({ expression }) => expression),
    ...(readingInForce === undefined ? [] : [readingInForce]),
  ];
  const decided = usageOf(deciding);
  const telling = [
    ...[...figures, ...notes].map(({ expression }) => expression),
    ...evidence.flatMap(({ of, value }) => (value === undefined ? [of] : [of, value])),
  ];
  return {
    id: definition.id,
    variable: criterionVariable(definition.id),
    phases: new Set(definition.phases),
    effect: definition.effect,
    source: definition.source,
    needs: definition.needs,
    constants,
    answers,
    otherwise:
      last === undefined
        ? NO_LADDER
        : { status: last.status, reason: last.reason, absence: last.absence === true, missing: fill(last.missing) },
    parts,
    readings,
    readingInForce,
    evidence,
    figures,
    notes,
    uses: usageOf([...deciding, ...telling]).uses,
    decidedBy: decided.uses,
    readsTypes: decided.resourceTypes,
    together: {
      parts: answersOf(parts.map(({ expression }) => expression)),
      answer: firstTrue(answers.map(({ when }) => when)),
      evidence: evaluatedOn(evidence),
      telling: answersOf([...notes, ...figures].map(({ expression }) => expression)),
    },
  };
}
