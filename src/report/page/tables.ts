import { sourceTold } from '../../cards/source-told.js';
import type { Score } from '../../schemas/verdict.js';
import { joined, type Markup, markup } from '../markup.js';
import type { Contact, Lane, Report, ScoreSeries, Timeline } from '../report.js';
import type { ReportWords } from '../report-words.js';
import type { TextKey } from '../text-keys.js';
import { whenTold } from './contact-words.js';

/** Every treatment of the timeline, also those that could not be drawn. */
export function treatmentsTable({ parts }: Timeline, words: ReportWords): Markup {
  const rows = parts.flatMap((part) =>
    part.lanes.flatMap((lane) =>
      grouped(lane).map((contacts) => {
        const name = words.term('disciplines', lane.discipline ?? 'unknown');
        return [
          name,
          words.term('sources', lane.source),
          whenAll(contacts, words),
          numberOf(contacts, words),
          words.term('standings', contacts[0]!.standing),
        ];
      }),
    ),
  );
  if (rows.length === 0) return markup`<p>${words.say('part-empty')}</p>`;
  const heads = ['column-provider', 'column-source', 'column-when', 'column-number', 'column-standing'] as const;
  return table(heads, rows, words);
}

/** Contacts of a lane on single days that stand alike make one row; a series is a row of its own. */
function grouped({ contacts }: Lane): readonly (readonly Contact[])[] {
  const alike = new Map<string, Contact[]>();
  for (const [index, contact] of contacts.entries()) {
    const key = contact.series ? `series ${index}` : contact.standing;
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [contact]);
    else group.push(contact);
  }
  return [...alike.values()];
}

function whenAll(contacts: readonly Contact[], words: ReportWords): string {
  return contacts.map((contact) => whenTold(contact, words)).join(', ');
}

function numberOf(contacts: readonly Contact[], words: ReportWords): string {
  const [first] = contacts;
  if (first?.series !== true) return String(contacts.length);
  return first.number === undefined ? words.say('not-recorded') : words.number(first.number);
}

/** Every score of the charts, from old to new, with what may be told about it. */
export function scoresTable({ charts }: Report, words: ReportWords): Markup {
  const series = charts.flatMap((chart) => chart.series);
  const rows = series.flatMap((one) =>
    [...one.otherScale, ...one.points].sort(byDate).map((score) => scoreRow(score, one, words)),
  );
  const heads = ['column-score', 'column-date', 'column-value', 'column-range', 'column-direction'] as const;
  const information = series.flatMap((one) =>
    one.information.map(
      ({ text, source }) =>
        markup`<li>${words.say('information', {
          score: words.score(one.score),
          text: text[words.language],
          source: typeof source === 'string' ? source : source[words.language],
        })}</li>`,
    ),
  );
  return markup`${rows.length === 0 ? markup`<p>${words.say('chart-empty')}</p>` : table(heads, rows, words)}
${
  information.length === 0
    ? ''
    : markup`<h4>${words.say('information-heading')}</h4>
<ul class="information">
${joined(information)}
</ul>`
}`;
}

function scoreRow(score: Score, series: ScoreSeries, words: ReportWords): Row {
  return [
    words.score(series.score),
    words.dayOr(score.date),
    words.number(score.value),
    words.range(score),
    words.direction(series.score, series.direction),
  ];
}

/** The answer to every criterion, with why and by which section. */
export function criteriaTable({ assessment }: Report, words: ReportWords): Markup {
  const rows = assessment.criteria.map((verdict) => {
    const { document, section } = sourceTold(words.library.terms, verdict.source, words.language);
    const readings = Object.entries(verdict.readings ?? {}).map(([reading, status]) => {
      const told = words.library.terms.readings[reading]?.[words.language] ?? reading;
      return markup`<li>${words.say('reading', { reading: told, status: words.status({ status }) })}</li>`;
    });
    const list =
      readings.length === 0
        ? ''
        : markup`<p class="readings">${words.say('readings-intro')}</p><ul class="readings">${joined(readings)}</ul>`;
    return [
      words.criterion(verdict.id),
      markup`<span class="answer ${verdict.status}">${words.status(verdict)}</span>`,
      markup`<div>${words.sentence(verdict, assessment)}${list}</div>`,
      markup`<span class="origin">${document}, ${section}</span>`,
    ];
  });
  return table(['column-criterion', 'column-status', 'column-why', 'column-source'], rows, words);
}

/** What stands in a row of a table, the first as its head. */
type Row = readonly (string | Markup)[];

/** Every cell names its column too: where the page is narrow the cells of a row stand below each other. */
function table(columns: readonly TextKey[], rows: readonly Row[], words: ReportWords): Markup {
  const heads = columns.map((key) => words.say(key));
  const lines = rows.map(([first, ...others]) => {
    const cells = others.map((cell, index) => markup`<td data-head="${heads[index + 1]}">${cell}</td>`);
    return markup`<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return markup`<table>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${joined(lines)}
</tbody>
</table>`;
}

function byDate(a: Score, b: Score): number {
  const [first, second] = [a.date ?? '', b.date ?? ''];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
