import { joined, type Markup, markup } from '../markup.js';
import type { Report, ReportField, ScoreChart, Timeline } from '../report.js';
import type { ReportWords } from '../report-words.js';
import { INK, TEAL } from './colours.js';
import { problemTold } from './field-section.js';
import { markShape } from './marks.js';
import { chartPeriod, scoreChartSvg, seriesKey } from './score-chart-svg.js';
import { rulerTold, timelineSvg } from './timeline-svg.js';

/** The timeline with its legend, and under it what each part says in words. */
export function timelineFigure(timeline: Timeline, { assessment, verdicts }: Report, words: ReportWords): Markup {
  const svg = timeline.failed ? undefined : timelineSvg(timeline, words, verdicts);
  const whole = verdicts.get(timeline.criterion);
  const told = [timeline, ...timeline.parts].flatMap(({ criterion }) => {
    const verdict = criterion === undefined ? undefined : verdicts.get(criterion);
    if (verdict === undefined) return [];
    const status = words.part(verdict, whole);
    return [
      markup`<li><strong>${words.criterion(verdict.id)}</strong> <span class="answer ${verdict.status}">${status}</span> ${words.sentence(verdict, assessment)}</li>`,
    ];
  });
  return markup`<section class="figure" aria-labelledby="heading-timeline">
<h2 id="heading-timeline">${words.say('heading-timeline')}</h2>
<figure class="timeline" tabindex="0" aria-labelledby="heading-timeline">
${svg ?? markup`<p class="note warning">${words.say('timeline-failed')}</p>`}
${svg === undefined ? '' : legend(timeline, words)}
</figure>
${warnings(timeline.incomplete, words)}
<ul class="parts">
${joined(told)}
</ul>
</section>`;
}

function legend({ standings, rulerDays }: Timeline, words: ReportWords): Markup {
  const marks = standings.map(
    ({ is, mark }) =>
      markup`<li><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${markShape(mark, 8, 8)}</svg> ${words.term('standings', is)}</li>`,
  );
  const span = markup`<li><svg viewBox="0 0 26 16" width="26" height="16" aria-hidden="true"><path d="M1 8h24" stroke="${TEAL}" stroke-width="3"/></svg> ${words.say('legend-span')}</li>`;
  const ruler =
    rulerDays === undefined
      ? undefined
      : markup`<li><svg viewBox="0 0 26 16" width="26" height="16" aria-hidden="true"><path d="M1 5.5v5m0 -2.5h24m0 -2.5v5" fill="none" stroke="${INK}"/></svg> ${rulerTold(rulerDays, words)}</li>`;
  return markup`<figcaption><ul class="legend">
${joined([...marks, span, ruler])}
</ul></figcaption>`;
}

/** Said beside a figure, for what did not come in looks there like what never was. */
function warnings(incomplete: ReportField['incomplete'], words: ReportWords): Markup {
  const told = incomplete.map((one) => words.incomplete(one));
  return joined([...new Set(told)].map((line) => markup`<p class="note warning">${line}</p>`));
}

/** Every panel on the same stretch of time. */
export function chartFigures({ charts, assessment, fields }: Report, words: ReportWords): Markup {
  const period = chartPeriod(charts, assessment.asOf);
  const incomplete = fields.filter(({ scores }) => scores.length > 0).flatMap((field) => field.incomplete);
  return markup`<section class="figure" aria-labelledby="heading-charts">
<h2 id="heading-charts">${words.say('heading-charts')}</h2>
<div class="charts">
${joined(charts.map((chart) => chartFigure(chart, period, words)))}
</div>
${warnings(incomplete, words)}
<p class="note">${words.say('about-scores')}</p>
</section>`;
}

function chartFigure(chart: ScoreChart, period: { from: string; to: string }, words: ReportWords): Markup {
  const keys = chart.series.map((series, index) => {
    const latest = series.points.at(-1);
    const range = words.say('score-range', { min: words.number(series.min), max: words.number(series.max) });
    const value =
      latest === undefined
        ? words.say('chart-empty')
        : words.say('score-latest', { value: words.number(latest.value), day: words.dayOr(latest.date) });
    return markup`<li>${seriesKey(index)} <strong>${words.score(series.score)}</strong> <span class="latest">${value}</span><br/><span class="range">${range}; ${arrow(series.direction)} ${words.direction(series.score, series.direction)}</span></li>`;
  });
  const undated = chart.series.flatMap(({ points }) => points.filter(({ date }) => date === undefined)).length;
  const other = chart.series.flatMap(({ otherScale }) => otherScale).length;
  const notes = [
    ...(undated === 0 ? [] : [words.say('score-undated', { count: undated })]),
    ...(other === 0 ? [] : [words.say('score-other-scale', { count: other })]),
    ...chart.problems.map((problem) => problemTold(problem, words)),
  ];
  return markup`<figure>
<figcaption>${words.term('charts', chart.id)}</figcaption>
${scoreChartSvg(chart, period, words)}
<ul class="keys">${joined(keys)}</ul>
${joined(notes.map((note) => markup`<p class="note">${note}</p>`))}
</figure>`;
}

function arrow(direction: string): Markup {
  return markup`<span aria-hidden="true">${direction === 'none' ? '' : '↑'}</span>`;
}
