import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { figuresInWords, showDay, showNumber } from '../../src/cards/values-in-words.js';
import { escapeMarkdown, oneLine } from '../../src/cards/escape-markdown.js';
import { compileMessage, say } from '../../src/cards/message.js';
import { monthsBefore, monthsIn } from '../../src/cards/months-before.js';
import type { Language } from '../../src/schemas/service.js';
import { library, protocol } from './examples.js';

/** What a reader sees of escaped text: escapes and entities resolved as CommonMark does. */
function read(escaped: string): string {
  return escaped
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\u2060/g, '');
}

/** What stands in the text nodes of a renderer, which may look for links in these. */
function resolved(escaped: string): string {
  return escaped
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(lt|gt|amp);/g, (entity) => ({ '&lt;': '<', '&gt;': '>' })[entity] ?? '&');
}

/** Escaped text without its escapes: whatever is left here could be markup. */
function bare(escaped: string): string {
  return escaped.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/&(lt|gt|amp);/g, '');
}

describe('[row 87] text from the record', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(...'\\`*_{}[]()#+-.!|<>&~:@=^$ \n\r\t\u2028\u202Eab1'), maxLength: 200 }),
  );

  it('holds no markup, no HTML, no link and no line break, whatever comes in', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\n\r\u2028\u2029\p{Cc}]/u);
        expect(bare(escaped)).not.toMatch(/[\\`*_{}[\]()#+\-.!|~<>&:@]/);
      }),
    );
  });

  it('makes no link, also where a renderer looks for links after the escapes are resolved', () => {
    const renderer = new MarkdownIt({ linkify: true });
    const links = [
      'http://evil.example/a',
      'HTTPS://evil.nl',
      'ftp://evil.nl',
      '//evil.nl',
      'www.evil.nl',
      'WwW.evil.nl',
    ];
    const mails = ['x@evil.nl', 'mailto:x@evil.nl', 'xmpp:x@evil.nl/a', 'evil.nl'];
    for (const link of [...links, ...mails]) {
      for (const text of [link, `(${link})`, `zie ${link}, en ${link}`, `_${link}_`, `*${link}*`]) {
        const escaped = escapeMarkdown(text);
        // The patterns of mdast-util-gfm-autolink-literal 2.0.
        expect(resolved(escaped)).not.toMatch(/(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)/i);
        expect(resolved(escaped)).not.toMatch(/([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/u);
        expect(renderer.render(escaped)).not.toContain('<a ');
        expect(read(escaped)).toBe(text);
      }
    }
  });

  it('reads as it was, on one line and cut off', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(escapeMarkdown(text))).toBe(oneLine(text, 120));
      }),
    );
  });

  it.each([
    ['M54.5 | <script>alert(1)</script>', 'M54\\.5 \\| &lt;script&gt;alert\\(1\\)&lt;/script&gt;'],
    ['a\nb\u2028c', 'a b c'],
    ['www.example.org [x](http://y)', 'www\u2060\\.example\\.org \\[x\\]\\(http\\:/\u2060/y\\)'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['x'.repeat(200), `${'x'.repeat(119)}…`],
    // Of what a reader could never see nothing is gone through.
    ['é '.repeat(5_000), `${'é '.repeat(59)}é…`],
    [`é${' '.repeat(10_000)}b`, 'é…'],
    [' '.repeat(10_000), ''],
  ])('%j', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));
});

describe('days and numbers in the words of a language', () => {
  it.each([
    ['2026-11-03', 'nl', '3-11-2026'],
    ['2026-11-03', 'en', '3 November 2026'],
    ['2026-11', 'nl', 'november 2026'],
    ['2026-11', 'en', 'November 2026'],
    ['2026', 'nl', '2026'],
    ['2026-02-31', 'nl', '2026\\-02\\-31'],
  ] as const)('%s in %s', (day, language, shown) => expect(showDay(day, language)).toBe(shown));

  it.each([
    [30.67599, 'nl', '30,7'],
    [30.67599, 'en', '30.7'],
    [45, 'nl', '45'],
    [-0.04, 'en', '-0'],
    [12345.6, 'nl', '12345,6'],
  ] as const)('%d in %s', (value, language, shown) => expect(showNumber(value, language)).toBe(shown));

  it('a figure that is a text is escaped, a number stays a number, a boolean is left out', () => {
    const figures = { diagnosis: 'M54 | <b>', number: 4, first: '2026-03-02', recurrent: true };
    const values = figuresInWords(figures, 'nl');
    expect(values).toEqual({ diagnosis: 'M54 \\| &lt;b&gt;', number: 4, first: '2-3-2026' });
  });
});

describe('messages', () => {
  const sources = [
    'Plain text, 100%.',
    '{count, plural, =0 {none} one {# week} other {# weeks}} of {name}',
    '{kind, select, a {A {count, plural, one {one} other {#}}} other {rest}}',
    "Quoted '{braces}' and {name}",
  ];
  it.each(sources)('reads as the i18n library formats it: %s', (source) => {
    const { message } = compileMessage({ nl: source, en: source });
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 0, max: 100_000 }),
          name: fc.string(),
          kind: fc.constantFrom('a', 'b', '=0'),
        }),
        fc.constantFrom<Language>('nl', 'en'),
        (values, language) => {
          const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
          const expected = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true }).format(values);
          expect(say(message, language, values)).toBe(expected);
        },
      ),
    );
  });

  it('the first wording that has all its values is said, and none with an empty place', () => {
    const { message } = compileMessage({ nl: ['{number} in {weeks}', '{number}', 'iets'], en: '{number}' });
    expect(say(message, 'nl', { number: 4, weeks: 9 })).toBe('4 in 9');
    expect(say(message, 'nl', { number: 4 })).toBe('4');
    expect(say(message, 'nl', {})).toBe('iets');
    expect(say(message, 'en', {})).toBeUndefined();
    expect(say(message, 'en', { number: 0 })).toBe('0');
  });

  it('a message that cannot be parsed is refused', () => {
    expect(compileMessage({ nl: '{number, plural, one {x}}', en: 'x' }).faults).toEqual([
      { path: ['nl'], reason: expect.stringContaining('in "{number, plural, one {x}}"') },
    ]);
  });
});

describe('months before a day', () => {
  it.each([
    ['2026-12-01', 6, '2026-06-01'],
    ['2026-08-31', 6, '2026-02-28'],
    ['2024-08-31', 6, '2024-02-29'],
    ['2026-03-15', 3, '2025-12-15'],
    ['2026-01-31', 12, '2025-01-31'],
  ] as const)('%s less %d is %s', (day, months, before) => expect(monthsBefore(day, months)).toBe(before));

  it.each([
    ['6 months', 6],
    ['1 month', 1],
    ['6 weeks', undefined],
    ['', undefined],
  ] as const)('%j', (duration, months) => expect(monthsIn(duration)).toBe(months));
});

it('the source of a card leads to who published it, and the link says so', () => {
  const { documents, sourceUrl } = protocol.file;
  const hosts = new Map<string, string>();
  for (const { publisher, url } of Object.values(documents)) {
    expect(hosts.get(publisher) ?? new URL(url).host).toBe(new URL(url).host);
    hosts.set(publisher, new URL(url).host);
  }
  expect(sourceUrl).toBe(documents['indicatiedocument 2026-04-17']!.url);
  expect(new Set(hosts.values()).size).toBe(hosts.size);
  expect(library.general.file.sourceLink.nl).toBe('Uitgever van het indicatiedocument: VRA');
});
