/** Deeper than any record; a body of a few MB that is nothing but nesting takes seconds to parse. */
export const DEEPEST = 500;
/** Shorter bodies are parsed in a fraction of a second, however deep they are. */
const WORTH_LOOKING = 512 * 1024;

const QUOTE = 0x22;
const ESCAPE = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Whether lists and objects in this JSON stand deeper in each other than any record's do. */
export function isTooDeep(json: Buffer): boolean {
  if (json.length < WORTH_LOOKING) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === QUOTE) {
      // Past the text; an escaped sign ends none.
      for (at += 1; at < json.length && json[at] !== QUOTE; at += 1) if (json[at] === ESCAPE) at += 1;
    } else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}
