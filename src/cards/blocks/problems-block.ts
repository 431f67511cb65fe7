import type { ScoringProblem } from '../../instruments/problems.js';
import { showDay } from '../values-in-words.js';
import { say } from '../message.js';
import type { Situation } from '../situation.js';

/**
 * What was filled in for a questionnaire that is missing, and why it gave no score: one short line each. What is wrong
 * with other questionnaires is of no use here.
 */
export function problemsBlock(situation: Situation): string {
  const { library, missing, assessment } = situation;
  const asked = new Set(missing.map(({ questionnaire }) => questionnaire));
  const scored = new Set(assessment.scores.map(({ instrument }) => instrument));
  const wanted = situation.problems.filter(
    ({ instrument, score }) =>
      asked.has(library.terms.instruments[instrument]?.questionnaire ?? instrument) &&
      (score === undefined || !scored.has(score)),
  );
  return linesOf(situation, wanted);
}

/** What has to be known to read the scores that are shown: a sum where a mean is usual. */
export function cautionsBlock(situation: Situation): string {
  const used = new Set(situation.assessment.scores.map(({ reference }) => reference));
  return linesOf(
    situation,
    situation.problems.filter(({ problem, reference }) => USED.has(problem) && used.has(reference)),
  );
}

/** Problems of scores that are used all the same. */
const USED: ReadonlySet<ScoringProblem['problem']> = new Set(['read-as-sum']);

function linesOf(situation: Situation, problems: readonly ScoringProblem[]): string {
  return [...new Set(problems.flatMap((problem) => lineOf(situation, problem, problems) ?? []))].join('\n');
}

function lineOf(situation: Situation, problem: ScoringProblem, all: readonly ScoringProblem[]): string | undefined {
  const { library, language } = situation;
  const message = library.terms.problems[problem.problem];
  const name = nameOf(situation, problem, all);
  if (message === undefined || name === undefined) return undefined;
  const said = say(message, language, {
    name,
    ...(problem.date === undefined ? {} : { date: showDay(problem.date, language) }),
    ...problem.detail,
  });
  return said === undefined ? undefined : `- ${said}`;
}

/** The instrument where all of it has the same problem, else the score. A part of a score is told by the whole. */
function nameOf(
  { library, language }: Situation,
  problem: ScoringProblem,
  all: readonly ScoringProblem[],
): string | undefined {
  const beside = all.filter(
    (other) =>
      other.instrument === problem.instrument &&
      other.reference === problem.reference &&
      other.problem === problem.problem,
  );
  const asks = ({ detail }: ScoringProblem): number => detail['expected'] ?? 0;
  if (beside.some((other) => asks(other) > asks(problem))) return undefined;
  const instrument = library.terms.instruments[problem.instrument]?.term[language];
  const peers = beside.filter((other) => asks(other) === asks(problem));
  const alike = peers.every(({ detail }) => detail['answered'] === problem.detail['answered']);
  if (problem.score === undefined || (alike && (peers.length > 1 || peers.length < beside.length))) return instrument;
  return library.terms.scores[problem.score]?.term[language] ?? instrument;
}
