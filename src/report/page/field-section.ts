import { joined, type Markup, markup } from '../markup.js';
import type { Found, Report, ReportField, ReportItem, ReportScores } from '../report.js';
import type { ReportWords } from '../report-words.js';

/** One of the fields: what was found, each with where it stands, and what is missing with who can supply it. */
export function fieldSection(field: ReportField, report: Report, words: ReportWords): Markup {
  const title = words.term('fields', field.id);
  return markup`<section class="field ${field.state}" aria-labelledby="field-${field.id}">
<h3 id="field-${field.id}"><span class="number">${field.number}</span> ${title}<span class="state">${words.term('states', field.state)}</span></h3>
<dl>
${joined(field.items.map((item) => itemRow(item, report, words)))}
${joined(field.scores.map((scores) => scoresRow(scores, report, words)))}
</dl>
${joined(notesOf(field, report, words).map((note) => markup`<p class="note">${note}</p>`))}
</section>`;
}

/** What belongs to a field and is no value: the answers of criteria, and what did not come in whole. */
export function notesOf(field: ReportField, { assessment, verdicts }: Report, words: ReportWords): readonly string[] {
  const told = field.criteria.flatMap((id) => {
    const verdict = verdicts.get(id);
    if (verdict === undefined) return [];
    const sentence = words.sentence(verdict, assessment);
    return [words.say('criterion-told', { criterion: words.criterion(id), sentence })];
  });
  const incomplete = field.incomplete.map((one) => words.incomplete(one));
  return [...told, ...(field.timeline ? [words.say('see-timeline')] : []), ...incomplete];
}

function itemRow(item: ReportItem, report: Report, words: ReportWords): Markup | undefined {
  if (item.found.length === 0 && item.gap === undefined) return undefined;
  const values =
    item.gap === undefined
      ? item.found.map(
          (found) =>
            markup`<dd><span class="value">${valueTold(item, found, report, words)}</span> ${origin(found, words)}</dd>`,
        )
      : [markup`<dd class="gap">${gapMark(words)} ${words.gap(item.gap)}</dd>`];
  return markup`<div><dt>${words.term('items', item.id)}</dt>${joined(values)}</div>`;
}

/** An age is told with the day it was counted from. */
export function valueTold(item: ReportItem, { value }: Found, report: Report, words: ReportWords): string {
  const told = words.value(item, value, report.assessment.asOf);
  return item.as === 'age' ? `${told} (${words.day(String(value))})` : told;
}

function scoresRow(scores: ReportScores, report: Report, words: ReportWords): Markup {
  const there = scores.scores.map(
    (score) =>
      markup`<dd><span class="value">${words.score(score.instrument)}: ${words.scoreValue(score, report.scoreDirections[score.instrument] ?? 'none')}</span> ${reference(score.reference)}</dd>`,
  );
  const problems = scores.problems.map((problem) => markup`<dd class="problem">${problemTold(problem, words)}</dd>`);
  const gap =
    scores.gap === undefined ? undefined : markup`<dd class="gap">${gapMark(words)} ${words.gap(scores.gap)}</dd>`;
  return markup`<div><dt>${words.missing(scores.id)}</dt>${joined([...there, gap, ...problems])}</div>`;
}

export function problemTold(problem: ReportScores['problems'][number], words: ReportWords): string {
  return words.say('score-problem', {
    what: words.score(problem.score ?? problem.instrument),
    when: words.dayOr(problem.date),
    problem: words.term('score-problems', problem.problem),
  });
}

/** Told by sign and word, not by colour. */
function gapMark(words: ReportWords): Markup {
  return markup`<strong class="gap-mark">${words.say('gap-mark')}</strong>`;
}

function origin(found: Found, words: ReportWords): Markup {
  const on = found.on === undefined ? '' : `${words.day(found.on)}, `;
  return reference(`${on}${found.reference}`);
}

function reference(text: string): Markup {
  return markup`<span class="origin">[${text}]</span>`;
}
