import { groupVerdicts } from '../cards/verdict-groups.js';
import type { Verdict } from '../schemas/verdict.js';
import type { Report } from './report.js';
import type { ReportWords } from './report-words.js';

/** Which criteria the outcome turns on, where some are not met or for a person to judge: a line for each of these. */
export function turningLines({ assessment }: Report, words: ReportWords): readonly string[] {
  const { failing, judge } = groupVerdicts(assessment.criteria);
  const told = (key: 'result-failing' | 'result-judge', verdicts: readonly Verdict[]): readonly string[] =>
    verdicts.length === 0
      ? []
      : [words.say(key, { criteria: verdicts.map(({ id }) => words.criterion(id)).join('; ') })];
  return [...told('result-failing', failing), ...told('result-judge', judge)];
}
