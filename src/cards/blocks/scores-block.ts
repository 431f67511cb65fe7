import { parameterOn } from '../../protocol/parameters.js';
import type { Score } from '../../schemas/verdict.js';
import { monthsBefore, monthsIn } from '../months-before.js';
import { showDay, showNumber } from '../values-in-words.js';
import { say } from '../message.js';
import { cautionsBlock } from './problems-block.js';
import type { Situation } from '../situation.js';

/** The scores as a table: value, range, direction and date, with the old ones marked; never a threshold. */
export function scoresBlock(situation: Situation): string {
  const { library, language, assessment } = situation;
  if (assessment.scores.length === 0) return '';
  const { columns, note } = library.general.file.scoreTable;
  const heads = [columns.score, columns.value, columns.range, columns.direction, columns.date].map(
    (head) => head[language],
  );
  const age = ageLimitOf(situation);
  const rows = assessment.scores.map((score) => cells(situation, score, age).join(' | '));
  const table = [heads.join(' | '), heads.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`);
  const cautions = cautionsBlock(situation);
  return [table.join('\n'), ...(cautions === '' ? [] : [cautions]), note[language]].join('\n\n');
}

/** After how many months a questionnaire is mentioned as old, and the first day that is not old yet. */
interface AgeLimit {
  readonly months: number;
  readonly oldBefore: string;
}

function cells(situation: Situation, score: Score, age: AgeLimit | undefined): readonly string[] {
  const { library, language } = situation;
  const { scoreTable } = library.general.file;
  const known = library.terms.scores[score.instrument];
  const { date } = score;
  const day = date === undefined ? scoreTable.dateUnknown[language] : showDay(date, language);
  const isOld = date !== undefined && age !== undefined && date < age.oldBefore.slice(0, date.length);
  const when = isOld ? `${day} (${say(library.general.scoreOld, language, { months: age.months }) ?? ''})` : day;
  const name = known?.term[language] ?? score.instrument;
  const direction = known?.direction?.[language];
  // Without a direction it is no scale: it is there, and that is all.
  if (direction === undefined) return [name, scoreTable.present[language], '–', '–', when];
  const range = say(library.general.scoreRange, language, {
    min: showNumber(score.min, language),
    max: showNumber(score.max, language),
  });
  return [name, showNumber(score.value, language), range ?? '–', direction, when];
}

function ageLimitOf({ library, protocol, assessment }: Situation): AgeLimit | undefined {
  const parameter = protocol.parameters.find(({ name }) => name === library.general.file.ageParameter);
  const age = parameter === undefined ? undefined : parameterOn(parameter, assessment.asOf);
  const months = typeof age === 'string' ? monthsIn(age) : undefined;
  return months === undefined ? undefined : { months, oldBefore: monthsBefore(assessment.asOf, months) };
}
