/** More of a text from the record than this says no more on a card. */
const LONGEST = 120;

/** A record may hold a text of megabytes: no more of it is gone through than this many times what is shown. */
const READ = 64;

/** Printable ASCII with single spaces inside: most of what comes, and on one line already. */
const PLAIN = /^[!-~]+( [!-~]+)*$/;

/**
 * Inside what a renderer would make a link of without being asked: `//`, `www.` and `@`. Some look for these after the
 * escapes are resolved (mdast-util-gfm-autolink-literal), so that an escape alone does not help. Word joiner: no width, and
 * no place to break a line.
 */
const LINK_INSIDES = /(?<=\/)(?=\/)|(?<=www)(?=\.)|(?=@)/gi;
const WORD_JOINER = '\u2060';

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/**
 * A text from the record as plain words inside GitHub Flavored Markdown: nothing in it is markup, a link, a table
 * border or HTML, and it stays on one line.
 *
 * `<`, `>` and `&` become entities, which are safe even where Markdown is not rendered at all.
 * @source CommonMark 0.29, sections 2.4 (backslash escapes) and 6.2 (entities); GFM 0.29, 6.9 (extended autolinks)
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text, LONGEST)
    .replace(LINK_INSIDES, WORD_JOINER)
    .replace(/[\\`*_{}[\]()#+\-.!|~:@=^$]/g, '\\$&')
    .replace(/[<>&]/g, (sign) => ENTITIES[sign]!);
}

/** A text from the record on one line, without control characters, cut off at a number of characters. */
export function oneLine(text: string, longest: number): string {
  if (text.length <= longest && PLAIN.test(text)) return text;
  const read = text.slice(0, READ * longest);
  const line = read.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim();
  const characters = [...line];
  if (line === '' || (read === text && characters.length <= longest)) return line;
  const shown = characters.slice(0, longest - 1).join('');
  return `${shown.trimEnd()}…`;
}
