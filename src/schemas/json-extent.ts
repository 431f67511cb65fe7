/** Deeper than any record; a text of a few MB that is nothing but nesting takes seconds to parse. */
export const DEEPEST = 500;
/**
 * More values than any record of the size that is read at all; a text of 16 MB may hold five million, which take seconds to parse and a
 * GB of memory.
 */
export const MOST_VALUES = 1_500_000;
/** Shorter texts are parsed in a fraction of a second, whatever is in them. */
const WORTH_LOOKING = 512 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const ESCAPE = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What is wrong with the extent of a JSON text. */
export type ExtentFault = 'too-deep' | 'too-many-values';

/**
 * Looks at a JSON text before it is parsed: lists and objects that stand deeper in each other than any record's do, or more values
 * than any record has.
 *
 * @param from shorter texts are not looked at, in bytes
 */
export function extentFault(json: Buffer, from = WORTH_LOOKING): ExtentFault | undefined {
  if (json.length < from) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === QUOTE) {
      // Past the text; an escaped sign ends none.
      for (at += 1; at < json.length && json[at] !== QUOTE; at += 1) if (json[at] === ESCAPE) at += 1;
    } else if (sign === COMMA) {
      values += 1;
    } else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      depth += 1;
      values += 1;
      if (depth > DEEPEST) return 'too-deep';
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1;
  }
  return values > MOST_VALUES ? 'too-many-values' : undefined;
}
