import type { Json } from './json-object.js';

const ESCAPED = /["\\\u0000-\u001f\u007f-\uffff]/;

/** A string as JSON in ASCII. */
function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** The same without its quotation marks. */
export function escaped(text: string): string {
  return ESCAPED.test(text) ? inAscii(JSON.stringify(text)).slice(1, -1) : text;
}

const BEYOND_ASCII = /[\u007f-\uffff]/g;

/** The same JSON with everything beyond ASCII escaped: such a text can be sent as it lies in memory. */
export function inAscii(json: string): string {
  return json.replace(BEYOND_ASCII, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const REMEMBERED = 2000;
const LONGEST = 200;
const texts = new Map<string, string>();

/** A string of a protocol's own (a code, a key, a path) as JSON; there are a few hundred, so each is quoted once. */
export function quotedOnce(text: string): string {
  if (text.length > LONGEST) return quoted(text);
  let known = texts.get(text);
  if (known === undefined) {
    known = quoted(text);
    if (texts.size >= REMEMBERED) texts.clear();
    texts.set(text, known);
  }
  return known;
}

/**
 * A JSON value as text, without what CDS Hooks does not allow in a response: attributes that are null, "", [] or {}.
 *
 * @returns nothing when nothing is left
 * @source https://cds-hooks.hl7.org/STU2/#use-of-json
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : quoted(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return undefined;
  let text = '';
  if (Array.isArray(value)) {
    for (const entry of value) {
      const one = textOf(entry);
      if (one !== undefined) text += text === '' ? one : `,${one}`;
    }
    return text === '' ? undefined : `[${text}]`;
  }
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const one = textOf((value as Json)[key]);
    if (one !== undefined) text += `${text === '' ? '' : ','}${quotedOnce(key)}:${one}`;
  }
  return text === '' ? undefined : `{${text}}`;
}
