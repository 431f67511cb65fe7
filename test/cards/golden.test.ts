import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RenderedCard } from '../../src/schemas/rendered-card.js';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, type Example, library, sandboxExample } from './examples.js';

/** One synthetic patient for each template. */
const EXAMPLES: Readonly<Record<string, () => Example>> = {
  approval: () => sandboxExample('all-met'),
  'not-met': () => sandboxExample('four-sessions'),
  missing: () => sandboxExample('psychology-unknown'),
  review: () => sandboxExample('two-readings'),
  transition: () => sandboxExample('transition-last-day'),
  overview: () => sandboxExample('hads-missing', 'imsr-overview'),
  'protocol-not-in-force': () => sandboxExample('all-met', undefined, '2026-04-19'),
};

/** A card as a person reads it. */
function page({ kind, card }: RenderedCard): string {
  const offers = (card.suggestions ?? []).flatMap(({ label, isRecommended, actions }) => [
    `- ${label}${isRecommended === true ? ' (recommended)' : ''}`,
    ...(actions ?? []).map(({ type, description }) => `  - ${type}: ${description}`),
  ]);
  const lists = [
    ['Suggestions', card.selectionBehavior === undefined ? offers : [...offers, '', `(${card.selectionBehavior})`]],
    ['Override reasons', (card.overrideReasons ?? []).map(({ code, display }) => `- ${code}: ${display ?? ''}`)],
    ['Links', (card.links ?? []).map(({ label, url }) => `- ${label}: ${url}`)],
  ] as const;
  return [
    `# ${kind} (${card.indicator})`,
    `> ${card.summary}`,
    card.detail ?? '',
    ...lists.flatMap(([heading, lines]) => (lines.length === 0 ? [] : [`---\n\n**${heading}**`, lines.join('\n')])),
    `Source: ${card.source.label}, ${card.source.url ?? ''}, ${card.source.topic?.code ?? ''}`,
  ].join('\n\n');
}

it('every template has its page', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...library.templates.keys()].sort());
});

describe.each(Object.entries(EXAMPLES))('%s', (template, example) => {
  it.each(LANGUAGES)('reads in %s as agreed', (language) => {
    const card = cardsFor(example(), language).find(({ kind }) => kind === template);
    const file = `test/golden/cards/${template}.${language}.md`;
    const text = `${page(card!)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
  });
});
