import { addDays, boundsOf } from '../../logic/calendar.js';
import type { Score } from '../../schemas/verdict.js';
import { joined, type Markup, markup } from '../markup.js';
import type { ScoreChart, ScoreSeries } from '../report.js';
import type { ReportWords } from '../report-words.js';
import { GREY, INK, TEAL } from './colours.js';
import { middleOf, rounded, type TimeScale, timeScale } from './time-scale.js';

const WIDTH = 230;
const HEIGHT = 138;
const LEFT = 26;
const RIGHT = 218;
const TOP = 16;
const BOTTOM = 112;
/** Width of a letter of a date, on the wide side. */
const LETTER = 5.4;
/** Series differ in colour, in the shape of their points and in their line. */
const STYLES = [
  { colour: TEAL, dash: 'none' },
  { colour: '#9a4a00', dash: '5 3' },
  { colour: '#5a3d99', dash: '2 2' },
] as const;

type Dated = Score & { readonly date: string };

interface Axis {
  readonly min: number;
  readonly max: number;
}

interface Place {
  readonly score: Dated;
  readonly x: number;
  readonly y: number;
}

/** The stretch of time that all charts of a report share, so that they can be read beside each other. */
export function chartPeriod(
  charts: readonly ScoreChart[],
  asOf: string,
): { readonly from: string; readonly to: string } {
  const firsts = charts.flatMap(({ series }) =>
    series.flatMap(({ points }) => points.filter(isDated).map(({ date }) => boundsOf(date).first)),
  );
  const first = firsts.sort()[0];
  const aYearAgo = addDays(asOf, -365);
  return { from: addDays(first === undefined || first > aYearAgo ? aYearAgo : first, -14), to: asOf };
}

/** One panel: the scores on the whole range of the instrument, and no line at any value. */
export function scoreChartSvg(chart: ScoreChart, period: { from: string; to: string }, words: ReportWords): Markup {
  const scale = timeScale(period.from, period.to, LEFT + 6, RIGHT);
  const titleId = `chart-${chart.id}-title`;
  const descId = `chart-${chart.id}-desc`;
  // Series of one panel share one axis, so that the same height is the same figure.
  const axis = {
    min: Math.min(...chart.series.map(({ min }) => min)),
    max: Math.max(...chart.series.map(({ max }) => max)),
  };
  const drawn = chart.series.map((series) => series.points.filter(isDated));
  const places = drawn.map((points) => points.map((score) => placeOf(score, axis, scale)).sort((a, b) => a.x - b.x));
  const empty = drawn.every((points) => points.length === 0);
  const none = chart.series.every(({ points, otherScale }) => points.length + otherScale.length === 0);
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${titleId} ${descId}" font-size="9">
<title id="${titleId}">${words.term('charts', chart.id)}</title>
<desc id="${descId}">${chart.series.map((series) => `${describe(series, words)} `).join('')}</desc>
<rect x="${LEFT}" y="${TOP}" width="${RIGHT - LEFT + 6}" height="${BOTTOM - TOP}" fill="#f4f7f8"/>
${joined((empty ? [0, 1] : [0, 0.5, 1]).map((share) => gridLine(share, axis, words)))}
${empty ? emptyNote(words.say(none ? 'chart-empty' : 'chart-none-drawn')) : dateLabels(drawn.flat(), scale, words)}
${joined(chart.series.map((series, index) => seriesShape(series, places, index, scale, words)))}
</svg>`;
}

/** The point of a series as it stands in the legend. */
export function seriesKey(index: number): Markup {
  const { colour, dash } = STYLES[index % STYLES.length]!;
  return markup`<svg viewBox="0 0 26 12" width="26" height="12" aria-hidden="true"><path d="M1 6h24" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${dash}"/>${point(index, 13, 6)}</svg>`;
}

function describe(series: ScoreSeries, words: ReportWords): string {
  const points = series.points.map(({ value, date }) =>
    words.say('chart-point', { value: words.number(value), day: words.dayOr(date) }),
  );
  return words.say('chart-description', {
    score: words.score(series.score),
    points: points.length === 0 ? words.say('chart-empty') : points.join('; '),
    min: words.number(series.min),
    max: words.number(series.max),
    direction: words.direction(series.score, series.direction),
  });
}

/** Lines at both ends and in the middle of the range only, so that none can pass for a limit. */
function gridLine(share: number, axis: Axis, words: ReportWords): Markup {
  const y = rounded(BOTTOM - share * (BOTTOM - TOP));
  const line = markup`<path d="M${LEFT} ${y}H${RIGHT + 6}" stroke="#c9d2d7" stroke-width="0.8"/>`;
  if (share === 0.5) return line;
  const value = words.number(axis.min + share * (axis.max - axis.min));
  return markup`${line}<text x="${LEFT - 4}" y="${y + 3}" text-anchor="end" fill="${GREY}">${value}</text>`;
}

function emptyNote(note: string): Markup {
  return markup`<text x="${(LEFT + RIGHT) / 2}" y="${(TOP + BOTTOM) / 2 + 3}" text-anchor="middle" font-size="10" font-style="italic" fill="${INK}">${note}</text>`;
}

function dateLabels(points: readonly Dated[], scale: TimeScale, words: ReportWords): Markup {
  const dates = [...new Set(points.map(({ date }) => date))].sort((a, b) => (middleOf(a) < middleOf(b) ? -1 : 1));
  const ticks = dates.map(
    (date) => markup`<path d="M${scale.x(middleOf(date))} ${BOTTOM}v4" stroke="${GREY}" stroke-width="0.8"/>`,
  );
  const last = dates.at(-1)!;
  const lastX = scale.x(middleOf(last));
  const firstX = scale.x(middleOf(dates[0]!));
  const label = (date: string, x: number, anchor: string): Markup =>
    markup`<text x="${x}" y="${BOTTOM + 14}" text-anchor="${anchor}" fill="${GREY}">${words.day(date)}</text>`;
  // Of the two ends both are told where they fit side by side, each over its own tick.
  const lastStart = Math.min(lastX + 6, RIGHT + 8) - widthOf(words.day(last));
  const firstWidth = widthOf(words.day(dates[0]!));
  const firstStart = Math.min(firstX - 6, lastStart - 8 - firstWidth);
  const labels = [label(last, Math.min(lastX + 6, RIGHT + 8), 'end')];
  if (dates.length > 1 && firstStart >= 0 && firstStart + firstWidth >= firstX)
    labels.unshift(label(dates[0]!, rounded(firstStart), 'start'));
  else if (lastX < 90) labels[0] = label(last, Math.max(lastX - 6, 0), 'start');
  return joined([...ticks, ...labels]);
}

function widthOf(text: string): number {
  return LETTER * text.length;
}

function seriesShape(
  series: ScoreSeries,
  all: readonly (readonly Place[])[],
  index: number,
  scale: TimeScale,
  words: ReportWords,
): Markup {
  const { colour, dash } = STYLES[index % STYLES.length]!;
  const own = all[index]!;
  const line = own.map(({ x, y }, step) => `${step === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const shapes = own.map((place, step) => {
    const { score, x, y } = place;
    const told = words.say('chart-point', { value: words.number(score.value), day: words.day(score.date) });
    const isEnd = step === 0 || step === own.length - 1;
    const label = markup`<text x="${x}" y="${labelHeight(place, all, index)}" text-anchor="middle" font-weight="600" font-size="10" fill="${colour}">${words.number(score.value)}</text>`;
    return markup`<g><title>${words.score(series.score)}: ${told}</title>${whisker(score.date, y, scale, colour)}${point(index, x, y)}${isEnd ? label : ''}</g>`;
  });
  const path =
    own.length < 2
      ? markup``
      : markup`<path d="${line}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${dash}"/>`;
  return joined([path, ...shapes]);
}

/** Above the point, or below it where another series is higher on about the same day. */
function labelHeight({ x, y }: Place, all: readonly (readonly Place[])[], index: number): number {
  const isUnder = all.some((places, other) =>
    places.some(
      (place) => other !== index && Math.abs(place.x - x) < 24 && (place.y < y || (place.y === y && other < index)),
    ),
  );
  return rounded(isUnder ? Math.min(y + 13, BOTTOM + 2) : Math.max(y - 6, TOP - 5));
}

function placeOf(score: Dated, { min, max }: Axis, scale: TimeScale): Place {
  const y = rounded(BOTTOM - ((score.value - min) / (max - min)) * (BOTTOM - TOP));
  return { score, x: scale.x(middleOf(score.date)), y };
}

/** A month or a year instead of a day: the stretch in which it was measured. */
function whisker(date: string, y: number, scale: TimeScale, colour: string): Markup {
  if (date.length === 10) return markup``;
  const { first, last } = boundsOf(date);
  return markup`<path d="M${scale.x(first)} ${y}H${scale.x(last)}" stroke="${colour}" stroke-width="1"/>`;
}

function point(index: number, x: number, y: number): Markup {
  const { colour } = STYLES[index % STYLES.length]!;
  if (index === 0) return markup`<circle cx="${x}" cy="${y}" r="3.4" fill="${colour}"/>`;
  if (index === 1)
    return markup`<rect x="${rounded(x - 3.2)}" y="${rounded(y - 3.2)}" width="6.4" height="6.4" fill="#fff" stroke="${colour}" stroke-width="1.6"/>`;
  return markup`<path d="M${x} ${rounded(y - 4)}l4 7h-8z" fill="${colour}"/>`;
}

function isDated(score: Score): score is Dated {
  return score.date !== undefined;
}
