/** Signs that JSON escapes, and halves of signs, which `JSON.stringify` escapes too. */

const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON. */
export function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
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
    const one = textOf((value as Readonly<Record<string, unknown>>)[key]);
    if (one !== undefined) text += `${text === '' ? '' : ','}${quotedOnce(key)}:${one}`;
  }
  return text === '' ? undefined : `{${text}}`;
}
