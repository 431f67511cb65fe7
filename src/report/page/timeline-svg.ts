import { addDays, boundsOf, daysBetween } from '../../logic/calendar.js';
import type { Verdict } from '../../schemas/verdict.js';
import { joined, type Markup, markup } from '../markup.js';
import type { Contact, Lane, Timeline } from '../report.js';
import type { ReportWords } from '../report-words.js';
import { GREY, INK, TEAL } from './colours.js';
import { contactTold, courseTold } from './contact-words.js';
import { markShape, markStretch } from './marks.js';
import { halfYears, middleOf, rounded, type TimeScale, timeScale } from './time-scale.js';
import { wrapped } from './wrapped.js';

const WIDTH = 720;
const LEFT = 172;
const RIGHT = 602;
const HEAD = 66;
const PART_HEIGHT = 20;
const LANE_HEIGHT = 32;
const FOOT = 22;
/** Width of a bold letter of a label, on the wide side. */
const LETTER = 6.5;

type Period = NonNullable<Timeline['window']>;

interface Drawing {
  readonly timeline: Timeline;
  readonly scale: TimeScale;
  readonly words: ReportWords;
}

/**
 * Treatment per part of the first line, discipline and source against the period that counts; where that cannot be told,
 * up to the day of the check.
 */
export function timelineSvg(timeline: Timeline, words: ReportWords, verdicts: ReadonlyMap<string, Verdict>): Markup {
  const scale = scaleOf(timeline, timeline.window ?? treatedUntil(timeline));
  const drawing: Drawing = { timeline, scale, words };
  let y = HEAD;
  const rows: Markup[] = [];
  for (const part of timeline.parts) {
    const verdict = part.criterion === undefined ? undefined : verdicts.get(part.criterion);
    // Only the word itself: more would run across the lines of referral and check. The list below says which part is not needed.
    rows.push(partHead(words.term('parts', part.id), verdict === undefined ? '' : words.status(verdict), y));
    y += PART_HEIGHT;
    if (part.lanes.length === 0) {
      rows.push(emptyLane(y, words));
      y += PART_HEIGHT;
    }
    for (const lane of part.lanes) {
      rows.push(laneRow(lane, y, drawing));
      y += LANE_HEIGHT;
    }
    y += 4;
  }
  const description = words.say('timeline-description', { from: words.day(scale.from), to: words.day(scale.to) });
  return markup`<svg viewBox="0 0 ${WIDTH} ${y + FOOT}" role="img" aria-labelledby="timeline-title timeline-desc" font-size="10">
<title id="timeline-title">${words.say('heading-timeline')}</title>
<desc id="timeline-desc">${description}</desc>
${timeline.window === undefined ? undefined : background(drawing, timeline.window, y)}
${joined(rows)}
${moments(drawing, y)}
${axis(drawing, y)}
</svg>`;
}

/** From the first contact to the day of the check: a year at least, and no more than leaves room for the rest. */
function treatedUntil(timeline: Timeline): Period {
  const { asOf } = timeline;
  const earliest = addDays(asOf, -4 * 365);
  const days = daysIn(timeline).map(({ first }) => first);
  const [from] = [...days.filter((day) => day >= earliest), addDays(asOf, -365)].sort();
  return { from: from!, to: asOf };
}

function daysIn(timeline: Timeline): readonly ReturnType<typeof boundsOf>[] {
  const contacts = timeline.parts.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.contacts));
  return contacts.flatMap((contact) =>
    [contact.from, contact.to].flatMap((day) => (day === undefined ? [] : [boundsOf(day)])),
  );
}

function scaleOf(timeline: Timeline, { from, to }: Period): TimeScale {
  const days = daysIn(timeline);
  // What lies very far back would leave no room for the rest; it stands in the table.
  const earliest = addDays(from, -daysBetween(from, to));
  const first = [from, ...days.map((day) => day.first)].filter((day) => day >= earliest).sort()[0]!;
  const latest = addDays(timeline.asOf, 60);
  const last = [to, timeline.asOf, timeline.referredOn ?? to, ...days.map((day) => day.last)]
    .filter((day) => day <= latest)
    .sort()
    .at(-1)!;
  const margin = Math.ceil(daysBetween(first, last) * 0.02);
  return timeScale(addDays(first, -margin), addDays(last, margin), LEFT, RIGHT);
}

function background({ scale, words }: Drawing, window: Period, bottom: number): Markup {
  const [from, to] = [scale.x(window.from), scale.x(window.to)];
  const label = words.say('window-label', { from: words.day(window.from), to: words.day(window.to) });
  return markup`<rect x="${from}" y="${HEAD - 20}" width="${rounded(to - from)}" height="${bottom - HEAD + 20}" fill="#e6f1f2"/>
<path d="M${from} ${HEAD - 20}V${bottom}" stroke="${TEAL}" stroke-width="0.8" stroke-dasharray="3 2"/>
<text x="${rounded((from + to) / 2)}" y="${HEAD - 8}" text-anchor="middle" fill="${TEAL}" font-weight="600">${label}</text>`;
}

/** Onset, referral and the day of the check, each a line with its date in words. */
function moments({ timeline, scale, words }: Drawing, bottom: number): Markup {
  const { onset, referredOn, asOf } = timeline;
  const line = (day: string, top: number, dash: string, colour: string): Markup =>
    markup`<path d="M${scale.x(middleOf(day))} ${top}V${bottom}" stroke="${colour}" stroke-width="1.3" stroke-dasharray="${dash}"/>`;
  const label = (day: string, y: number, text: string, colour: string): Markup => {
    const x = scale.x(middleOf(day));
    // A label that would run off the drawing stands left of every line.
    const left = x + 4 + LETTER * text.length > WIDTH;
    return markup`<text x="${left ? Math.min(x, scale.x(referredOn ?? asOf), scale.x(asOf)) - 4 : x + 4}" y="${y}" text-anchor="${left ? 'end' : 'start'}" fill="${colour}" font-weight="600">${text}</text>`;
  };
  const drawn: Markup[] = [];
  if (referredOn !== undefined) {
    drawn.push(
      line(referredOn, 4, 'none', INK),
      label(referredOn, 12, words.say('referral-label', { day: words.day(referredOn) }), INK),
    );
  }
  if (asOf !== referredOn) {
    drawn.push(
      line(asOf, 18, '2 2', GREY),
      label(asOf, 26, words.say('checked-label', { day: words.day(asOf) }), GREY),
    );
  }
  const red = '#8f2f4b';
  if (onset === undefined)
    drawn.push(markup`<text x="${LEFT}" y="40" fill="${red}" font-style="italic">${words.say('onset-unknown')}</text>`);
  else if (boundsOf(onset).last < scale.from) {
    drawn.push(
      markup`<text x="${LEFT}" y="40" fill="${red}" font-weight="600">${words.say('onset-earlier', { day: words.day(onset) })}</text>`,
    );
  } else
    drawn.push(line(onset, 32, '6 2', red), label(onset, 40, words.say('onset-label', { day: words.day(onset) }), red));
  return joined(drawn);
}

function axis({ scale, words }: Drawing, bottom: number): Markup {
  const ticks = halfYears(scale.from, scale.to).map((day) => {
    const x = scale.x(day);
    const anchor = x > RIGHT - 40 ? 'end' : x < LEFT + 40 ? 'start' : 'middle';
    return markup`<path d="M${x} ${bottom}v5" stroke="${GREY}"/><text x="${x}" y="${bottom + 16}" text-anchor="${anchor}" fill="${GREY}">${words.day(day.slice(0, 7))}</text>`;
  });
  return markup`<path d="M${LEFT} ${bottom}H${RIGHT}" stroke="${GREY}"/>${joined(ticks)}`;
}

function partHead(name: string, status: string, y: number): Markup {
  return markup`<rect x="0" y="${y}" width="${WIDTH}" height="${PART_HEIGHT}" fill="#fff"/>
<path d="M0 ${y}H${WIDTH}" stroke="#c9d2d7"/>
<text x="0" y="${y + 14}" font-weight="700" fill="${INK}" font-size="10.5">${name}</text>
<text x="${WIDTH}" y="${y + 14}" text-anchor="end" font-weight="700" fill="${INK}">${status}</text>`;
}

function emptyLane(y: number, words: ReportWords): Markup {
  return markup`<text x="${LEFT + 14}" y="${y + 10}" font-style="italic" fill="${INK}">${words.say('part-empty')}</text>`;
}

function laneRow(lane: Lane, y: number, drawing: Drawing): Markup {
  const { scale, words } = drawing;
  const middle = y + 12;
  const name = wrapped(words.term('disciplines', lane.discipline ?? 'unknown'), 30, 1)[0] ?? '';
  const isEarlier = (contact: Contact): boolean =>
    (contact.to ?? contact.from ?? scale.from) < scale.from.slice(0, (contact.to ?? contact.from ?? '').length);
  const undated = lane.contacts.filter(({ from, to }) => from === undefined && to === undefined);
  const earlier = lane.contacts.filter((contact) => !undated.includes(contact) && isEarlier(contact));
  const shown = lane.contacts.filter((contact) => !undated.includes(contact) && !earlier.includes(contact));
  const notes = [
    ...(undated.length === 0 ? [] : [words.say('lane-undated', { count: undated.length })]),
    ...(earlier.length === 0 ? [] : [words.say('lane-earlier', { count: earlier.length })]),
  ];
  const told = summary(lane, words);
  return markup`<text x="8" y="${middle}" fill="${INK}">${name}</text>
<text x="8" y="${middle + 11}" fill="${GREY}" font-size="9">${words.term('sources', lane.source)}</text>
<path d="M${LEFT} ${middle}H${RIGHT}" stroke="#9fb0b8" stroke-width="0.6"/>
${joined(lane.courses.map((course) => courseBars(course, middle, drawing)))}
${joined(shown.map((contact) => contactShape(contact, middle, drawing)))}
${notes.length === 0 ? '' : markup`<text x="${LEFT + 14}" y="${middle + 14}" font-size="9" font-style="italic" fill="${INK}">${notes.join('; ')}</text>`}
${joined(told.map((line, index) => markup`<text x="${RIGHT + 8}" y="${middle - 1 + index * 11}" fill="${INK}" font-size="${index === 0 ? 10 : 9}">${line}</text>`))}`;
}

function summary(lane: Lane, words: ReportWords): readonly string[] {
  if (lane.courses.length > 0) return lane.courses.flatMap((course) => courseTold(course, words)).slice(0, 4);
  const standings = [...new Set(lane.contacts.map(({ standing }) => standing))];
  return standings.length === 1 ? wrapped(words.term('standings', standings[0]!), 19, 3) : [];
}

/** Under the marks: from the first to the last that counts, and below it the length to hold beside it. */
function courseBars(
  { first, last }: Lane['courses'][number],
  middle: number,
  { scale, timeline, words }: Drawing,
): Markup {
  if (first === undefined || last === undefined) return markup``;
  const { rulerDays } = timeline;
  const [from, to] = [scale.x(first), scale.x(last)];
  const span = markup`<path d="M${from} ${middle + 11}H${Math.max(to, from + 1)}" stroke="${TEAL}" stroke-width="3"><title>${words.say('legend-span')}</title></path>`;
  if (rulerDays === undefined) return span;
  const end = scale.x(addDays(first, rulerDays));
  const ruler = markup`<path d="M${from} ${middle + 13.5}v5m0 -2.5H${end}m0 -2.5v5" fill="none" stroke="${INK}" stroke-width="1"><title>${rulerTold(rulerDays, words)}</title></path>`;
  return markup`${span}${ruler}`;
}

export function rulerTold(rulerDays: number, words: ReportWords): string {
  return words.say('legend-ruler', { weeks: rounded(rulerDays / 7) });
}

function contactShape(contact: Contact, middle: number, { scale, timeline: { window }, words }: Drawing): Markup {
  const start = contact.from ?? contact.to!;
  const end = contact.to ?? contact.from!;
  const title = contactTold(contact, words);
  if (start === end) {
    const { first, last } = boundsOf(start);
    const whisker =
      start.length === 10
        ? markup``
        : markup`<path d="M${scale.x(first)} ${middle}H${scale.x(last)}" stroke="${INK}" stroke-width="1"/>`;
    return markup`<g><title>${title}</title>${whisker}${markShape(contact.mark, scale.x(middleOf(start)), middle)}</g>`;
  }
  const [from, to] = [scale.x(boundsOf(start).first), scale.x(boundsOf(end).last)];
  if (contact.mark !== 'bar' || window === undefined)
    return markup`<g><title>${title}</title>${markStretch(contact.mark, from, to, middle)}</g>`;
  const [left, right] = [scale.x(window.from), scale.x(window.to)];
  // Of a series that counts, only what lies inside the period is drawn as counting.
  const before = from < left ? markStretch('hollow-bar', from, Math.min(left, to), middle) : undefined;
  const after = to > right ? markStretch('hollow-bar', Math.max(right, from), to, middle) : undefined;
  const inside = markStretch('bar', Math.max(from, left), Math.min(to, right), middle);
  return markup`<g><title>${title}</title>${joined([before, after, inside])}</g>`;
}
