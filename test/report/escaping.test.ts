import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { escapeText, markup } from '../../src/report/markup.js';
import { r4Errors } from '../records/r4-validator.js';
import { assessBundle, countingMaker, MADE_AT } from './kit.js';
import { bundleOf, type PatientBundle } from '../records/sandbox-bundle.js';

const MARKER = `<script src="x"></script><b onclick='y'>&lt;&amp;"'</b>`;
/** Texts for people; everything else is structure. */
const TEXTS = new Set(['text', 'display', 'valueString', 'family', 'reasonText']);
/** Without these a resource is no longer the same resource. */
const STRUCTURE = new Set(['resourceType', 'id', 'reference', 'linkId', 'questionnaire', 'status']);

function changed(value: unknown, change: (key: string, text: string) => string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => changed(inner, change, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner, change, name)]));
  }
  return typeof value === 'string' ? change(key, value) : value;
}

function tagsIn(html: string): number {
  return html.match(/</g)?.length ?? 0;
}

describe('a text from the record', () => {
  it.each(LANGUAGES)('is never markup, in %s, wherever it stands', async (language) => {
    const with_ = (marker: string) =>
      changed(bundleOf('all-met'), (key, text) => (TEXTS.has(key) ? `${marker} ${text}` : text)) as PatientBundle;
    const hostile = await assessBundle(with_(MARKER));
    const page = countingMaker().html(hostile, language);
    expect(page).toContain('&lt;script src=&quot;x&quot;&gt;');
    expect(page).not.toContain('<script');
    // As many tags as with a harmless text in the same places.
    expect(tagsIn(page)).toBe(tagsIn(countingMaker().html(await assessBundle(with_('x')), language)));
    const document = countingMaker().document(hostile, language, MADE_AT);
    expect(r4Errors(document)).toEqual([]);
    expect(divsOf(document).filter((div) => div.includes('<script') || div.includes('<b '))).toEqual([]);
    expect(divsOf(document).some((div) => div.includes('&lt;script'))).toBe(true);
  });

  it('of any kind and in any place makes no script and no failure, and the document stays valid', async () => {
    const bundle = bundleOf('four-sessions');
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.integer({ min: 0, max: 19 })),
        fc.oneof(
          fc.constant(MARKER),
          fc.string({ unit: 'binary' }),
          fc.constant('</style></svg><script>'),
          fc.constant(''),
        ),
        async (dice, text) => {
          const record = changed(bundle, (key, old) =>
            !STRUCTURE.has(key) && dice.next().value === 0 ? text : old,
          ) as PatientBundle;
          // The draft stays what it is, or there would be nothing to report on.
          record.entry.splice(
            0,
            record.entry.length,
            ...record.entry.map((entry, index) =>
              entry.resource.resourceType === 'ServiceRequest' ? bundle.entry[index]! : entry,
            ),
          );
          const assessed = await assessBundle(record);
          const page = countingMaker().html(assessed, 'nl');
          expect(page).not.toContain('<script');
          expect(page.match(/<\/style>/g)).toHaveLength(1);
          expect(r4Errors(countingMaker().document(assessed, 'nl', MADE_AT))).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('markup', () => {
  it('escapes every inserted value, in content and in attributes', () => {
    expect(markup`<a title="${`"'<`}">${'&<>'}${3}${undefined}${[markup`<i/>`, '<']}</a>`.text).toBe(
      '<a title="&quot;&#39;&lt;">&amp;&lt;&gt;3<i/>&lt;</a>',
    );
  });

  it('drops what XML cannot hold and what turns the direction of a text', () => {
    expect(escapeText('a\u0000b\u0008c\u001bd\ufffee\ud800f\u202eg\nh\ti')).toBe('abcdefg\nh\ti');
  });

  it('keeps letters of every script', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N} ]*$/u), (text) => {
        expect(escapeText(text)).toBe(text);
      }),
    );
  });
});

function divsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(divsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'div' && typeof inner === 'string' ? [inner] : divsOf(inner),
  );
}
