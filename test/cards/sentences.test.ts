import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersOf } from '../../src/cards/answers-of.js';
import { sentenceOf } from '../../src/cards/library.js';
import { sentenceFor, situationOf } from '../../src/cards/situation.js';
import { LANGUAGES, type Language } from '../../src/schemas/service.js';
import type { Figures, Status, Verdict } from '../../src/schemas/verdict.js';
import { library, protocol, requestFor, sandboxExample } from './examples.js';

const version = protocol.versions[0]!;
const gaps = Object.keys(library.terms.gaps);
const answers = version.criteria.flatMap((criterion) =>
  answersOf(criterion, version.ladders, gaps).answers.map((answer) => ({ ...answer, criterion })),
);
const example = sandboxExample('all-met');

/** Words that only a criterion that is not met may use. */
const REFUSING: Readonly<Record<Language, RegExp>> = {
  nl: /voldoet (volgens de gegevens )?niet|niet voldaan|niet doorlopen|is in het indicatiedocument uitgesloten|afgewezen|afkeuren/i,
  en: /not met|does not (meet|qualify)|not (been )?gone through|is excluded in|rejected|refused/i,
};
/** Words that say that all is well. */
const APPROVING: Readonly<Record<Language, RegExp>> = {
  nl: /^(is voldaan|voldoet)|goedgekeurd|akkoord/i,
  en: /^(is met|qualifies)|approved/i,
};
/** Words that no sentence may use: the service does not decide. */
const DECIDING: Readonly<Record<Language, RegExp>> = {
  nl: /wij (wijzen|keuren)|afgewezen|goedgekeurd|moet u\b|verplicht u/i,
  en: /\bwe (reject|approve|refuse)|rejected|approved|you must/i,
};

/** A verdict as the engine would give it, with or without figures. */
function verdictOf({ criterion, status, reason }: (typeof answers)[number], figures: Figures): Verdict {
  const missing = status === 'met' || status === 'not-applicable' ? [] : ['pain-onset'];
  return {
    id: criterion.id,
    status,
    effect: criterion.effect,
    reason,
    evidence: [],
    missing,
    notes: [],
    figures,
    source: criterion.source,
  };
}

describe.each(LANGUAGES)('every answer of every criterion, in %s', (language) => {
  const situation = situationOf(requestFor(example, language));
  it.each(answers.map((answer) => [`${answer.criterion.id} ${answer.status} ${answer.reason}`, answer] as const))(
    '%s has a sentence that claims no more than its verdict',
    (_, answer) => {
      expect(sentenceOf(library.criteria.get(answer.criterion.id)!, answer.status, answer.reason)).toBeDefined();
      const figures = Object.fromEntries(Object.keys(answer.criterion.figures ?? {}).map((name) => [name, 3]));
      for (const given of [figures, {}]) {
        const sentence = sentenceFor(situation, verdictOf(answer, given));
        expect(sentence).toMatch(/^\S.+[.?]$/s);
        expect(sentence).not.toMatch(/undefined|null|NaN|[{}<>]/);
        expect(sentence).not.toMatch(DECIDING[language]);
        if (answer.status !== 'not-met' && answer.reason !== 'readings-differ')
          expect(sentence).not.toMatch(REFUSING[language]);
        if (answer.status !== 'met' && answer.status !== 'review') expect(sentence).not.toMatch(APPROVING[language]);
      }
    },
  );
});

it('a reading that differs says both results', () => {
  const sentences = sentenceOf(library.criteria.get('stepped-care')!, 'review', 'readings-differ')!;
  expect(sentences.nl[0]!.source).toMatch(/de ene lezing voldoet .*de andere niet/);
  expect(sentences.en[0]!.source).toMatch(/one reading the patient qualifies, by the other not/);
});

it('that the patient is under age is laid to the document that speaks of adults, and to no other', () => {
  const { nl, en } = sentenceOf(library.criteria.get('adult')!, 'not-met', 'under-age')!;
  for (const { source } of nl)
    expect(source).toMatch(/Het standpunt gaat over volwassenen; het indicatiedocument noemt geen leeftijd\.$/);
  for (const { source } of en)
    expect(source).toMatch(/position of the Zorginstituut is about adults; the indication document names no age\.$/);
});

it('a day of which only the month or the year may be known stands in a sentence that holds for these too', () => {
  const texts = readdirSync('cards', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  expect(texts.length).toBeGreaterThan(10);
  for (const file of texts)
    expect(readFileSync(join('cards', file), 'utf8'), file).not.toMatch(
      /\b(op|on) \{(onset|treatmentStart|indicatedOn)\}/,
    );
});

it('the position of the Zorginstituut is never called the position paper, which is another document', () => {
  const texts = readdirSync('cards', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  expect(texts.length).toBeGreaterThan(10);
  for (const file of texts) expect(readFileSync(join('cards', file), 'utf8'), file).not.toMatch(/position paper/i);
});

it('every sentence exists in both languages with the same placeholders', () => {
  const keys = new Set<`${Status}/${string}`>(answers.map(({ status, reason }) => `${status}/${reason}` as const));
  for (const texts of library.criteria.values()) {
    for (const sentences of texts.sentences) {
      for (const [key, message] of sentences) {
        if (!keys.has(key as `${Status}/${string}`)) continue;
        const [nl, en] = LANGUAGES.map((language) =>
          message[language].map(({ placeholders }) => [...placeholders].sort()),
        );
        expect(nl, key).toEqual(en);
      }
    }
  }
});

it('the numbers of a part that falls short are told with their dates and what is required', () => {
  const four = sandboxExample('four-sessions');
  const part = four.assessment.criteria.find(({ id }) => id === 'first-line-physical')!;
  expect(sentenceFor(situationOf(requestFor(four, 'nl')), part)).toBe(
    '4 behandelingen fysiotherapie in 9 weken (63 dagen, 2-3-2026 t/m 4-5-2026); vereist zijn 6 behandelingen én 12 weken.',
  );
  expect(sentenceFor(situationOf(requestFor(four, 'en')), part)).toBe(
    '4 sessions of physiotherapy in 9 weeks (63 days, 2 March 2026 to 4 May 2026); required are 6 sessions and 12 weeks.',
  );
});
