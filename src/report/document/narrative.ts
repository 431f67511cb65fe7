import { aboutLines } from '../about-lines.js';
import { joined, type Markup, markup } from '../markup.js';
import { notesOf, problemTold, valueTold } from '../page/field-section.js';
import { criteriaTable, scoresTable, treatmentsTable } from '../page/tables.js';
import type { Report, ReportField } from '../report.js';
import type { ReportWords } from '../report-words.js';
import { turningLines } from '../turning-lines.js';

/** Text for a person, as FHIR wants it: XHTML without scripts, styles or references. */
export interface Narrative {
  readonly status: 'generated';
  readonly div: string;
}

/** @source FHIR R4, Narrative: what elements and attributes may stand in it */
function narrative(content: Markup, words: ReportWords): Narrative {
  const { language } = words;
  const { text } =
    markup`<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">${content}</div>`;
  return { status: 'generated', div: text.replaceAll(/\n+/g, ' ') };
}

/** What a field holds and misses, in words. */
export function fieldNarrative(field: ReportField, report: Report, words: ReportWords): Narrative {
  const items = field.items.flatMap((item) => {
    const label = words.term('items', item.id);
    if (item.gap !== undefined) return [markup`<li>${label}: <i>${words.gap(item.gap)}</i></li>`];
    return item.found.map(
      (found) => markup`<li>${label}: ${valueTold(item, found, report, words)} (${found.reference})</li>`,
    );
  });
  const scores = field.scores.flatMap(({ id, scores: there, problems, gap }) => [
    ...there.map((score) => {
      const value = words.scoreValue(score, report.scoreDirections[score.instrument] ?? 'none');
      return markup`<li>${words.score(score.instrument)}: ${value} (${score.reference})</li>`;
    }),
    ...(gap === undefined ? [] : [markup`<li>${words.missing(id)}: <i>${words.gap(gap)}</i></li>`]),
    ...problems.map((problem) => markup`<li>${problemTold(problem, words)}</li>`),
  ]);
  const notes = notesOf(field, report, words).map((note) => markup`<p>${note}</p>`);
  const list = [...items, ...scores];
  const told = list.length === 0 ? markup`<p>${words.say('no-items')}</p>` : markup`<ul>${joined(list)}</ul>`;
  const table = field.timeline && report.timeline !== undefined ? treatmentsTable(report.timeline, words) : undefined;
  return narrative(joined([told, ...notes, table]), words);
}

export function criteriaNarrative(report: Report, words: ReportWords): Narrative {
  return narrative(criteriaTable(report, words), words);
}

export function scoresNarrative(report: Report, words: ReportWords): Narrative {
  return narrative(joined([scoresTable(report, words), markup`<p>${words.say('about-scores')}</p>`]), words);
}

/** The whole in a few lines: whose report, what came out, and that a physician decides. */
export function summaryNarrative(report: Report, words: ReportWords): Narrative {
  const { assessment, patient } = report;
  const lines = [
    ...(patient.synthetic ? [words.say('synthetic')] : []),
    words.say('page-subject', { name: patient.name ?? words.say('no-name') }),
    `${words.say('label-result')}: ${words.term('outcomes', assessment.outcome)}. ${words.say('physician-decides')}`,
    ...turningLines(report, words),
    ...aboutLines(report, words),
  ];
  return narrative(joined(lines.map((line) => markup`<p>${line}</p>`)), words);
}
