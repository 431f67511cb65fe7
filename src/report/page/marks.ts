import type { Mark } from '../../schemas/report-files.js';
import { type Markup, markup } from '../markup.js';
import { GREY, TEAL } from './colours.js';
import { rounded } from './time-scale.js';

/** One colour per mark; the shape alone tells them apart as well. Each has a contrast of at least 4.5 to 1 on white. */
const MARK_COLOURS: Readonly<Record<Mark, string>> = {
  bar: TEAL,
  'hollow-bar': GREY,
  cross: '#9b2c1f',
  diamond: '#8a5a00',
  triangle: '#5a3d99',
  ring: '#3f5f2a',
};

/** One contact: a shape centred on a point, some 14 units high. */
export function markShape(mark: Mark, x: number, y: number): Markup {
  const colour = MARK_COLOURS[mark];
  switch (mark) {
    case 'bar':
      return markup`<rect x="${rounded(x - 1.6)}" y="${y - 7}" width="3.2" height="14" fill="${colour}"/>`;
    case 'hollow-bar':
      return markup`<rect x="${rounded(x - 2.2)}" y="${y - 6.5}" width="4.4" height="13" fill="#fff" stroke="${colour}" stroke-width="1.1"/>`;
    case 'cross':
      return markup`<path d="M${rounded(x - 4)} ${y - 4}l8 8m0 -8l-8 8" fill="none" stroke="${colour}" stroke-width="1.8"/>`;
    case 'diamond':
      return markup`<path d="M${x} ${y - 6.5}l5.2 6.5l-5.2 6.5l-5.2 -6.5z" fill="#fff" stroke="${colour}" stroke-width="1.4"/>`;
    case 'triangle':
      return markup`<path d="M${x} ${y - 6}l5.6 11h-11.2z" fill="#fff" stroke="${colour}" stroke-width="1.4"/>`;
    case 'ring':
      return markup`<circle cx="${x}" cy="${y}" r="5" fill="#fff" stroke="${colour}" stroke-width="1.4"/>`;
  }
}

/** A stretch of treatment without its single days. */
export function markStretch(mark: Mark, from: number, to: number, y: number): Markup {
  const colour = MARK_COLOURS[mark];
  const width = rounded(Math.max(to - from, 2));
  if (mark === 'bar') return markup`<rect x="${from}" y="${y - 5}" width="${width}" height="10" fill="${colour}"/>`;
  const dash = mark === 'hollow-bar' ? '' : '4 2';
  const box = markup`<rect x="${from}" y="${y - 5}" width="${width}" height="10" fill="#fff" stroke="${colour}" stroke-width="1.2" stroke-dasharray="${dash === '' ? 'none' : dash}"/>`;
  return mark === 'hollow-bar' ? box : markup`${box}${markShape(mark, rounded(from + width / 2), y)}`;
}
