import { expect, it } from 'vitest';
import type { Language } from '../../src/schemas/service.js';
import { assessPatient, countingMaker } from './kit.js';

/** What is told beside the scores, as the page shows it. */
async function information(language: Language): Promise<readonly string[]> {
  const page = countingMaker().html(await assessPatient('all-met'), language);
  const [, list = ''] = /<ul class="information">(.*?)<\/ul>/s.exec(page) ?? [];
  return [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = '']) => line);
}

const WORDS: Readonly<Record<Language, RegExp>> = {
  nl: /\b(negative|search|computed|weights|version|scoring|programs|position|section|table|criterion)\b/i,
  en: /\b(standpunt|paragraaf|tabel|indicatiedocument|criterium|berekend|gewichten|versie|gezocht|scoreprogramma)\b/i,
};

it.each([
  [
    'nl',
    'PDI: Nederlandse IMSR-patiënten bij de start: gemiddeld 38,9. (standpunt Zorginstituut 14-4-2026, paragraaf 3.3.2, tabel 8)',
  ],
  [
    'en',
    'PDI: Dutch IMSR patients at the start: 38.9 on average. (position of the Zorginstituut 14 April 2026, section 3.3.2, table 8)',
  ],
] as const)('what is told of a score names its source in the language of the report: %s', async (language, line) => {
  const lines = await information(language);
  expect(lines).toContain(line);
  for (const one of lines) expect(one).not.toMatch(WORDS[language]);
});

it.each(['nl', 'en'] as const)('a source that reads the same in every language stands once: %s', async (language) => {
  expect((await information(language)).some((line) => line.endsWith('(PMC7053735; PMC4773997)'))).toBe(true);
});
