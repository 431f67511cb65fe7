/** Text that is markup already. Only {@link markup} and {@link joined} make it, so nothing else can pass for it. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Inserted = string | number | Markup | readonly (string | number | Markup)[] | undefined;

/** What XML may not hold at all: control characters, lone surrogates and non-characters. */
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;
/** Marks that turn the direction of a text, which could make a page read otherwise than it was written. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as content or attribute of HTML, SVG and XHTML alike. */
export function escapeText(text: string): string {
  return text
    .replace(UNWANTED, '')
    .replace(DIRECTION, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

/** A template in which every inserted value is escaped, unless it is markup itself. Nothing inserted is nothing. */
export function markup(parts: TemplateStringsArray, ...inserted: readonly Inserted[]): Markup {
  let text = parts[0]!;
  for (const [index, value] of inserted.entries()) text += show(value) + parts[index + 1]!;
  return new Markup(text);
}

/** Pieces after one another, with a line between them. */
export function joined(pieces: readonly (Markup | undefined)[]): Markup {
  return new Markup(
    pieces.flatMap((piece) => (piece === undefined || piece.text === '' ? [] : [piece.text])).join('\n'),
  );
}

function show(value: Inserted): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(show).join('');
  return escapeText(String(value));
}
