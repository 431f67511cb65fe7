import type { GapReason } from '../schemas/record.js';
import { LANGUAGES } from '../schemas/service.js';
import type { Outcome, Status } from '../schemas/verdict.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import { GIVEN_TO_GENERAL, givenToSuggestion } from './given-values.js';
import { type CardLibrary, type Place, placeOfTerms } from './library.js';
import type { Message } from './message.js';
import { type Given, givenToTemplate, longest, uncertainPlaceholders, unknownPlaceholders } from './placeholders.js';
import { SUMMARY_LIMIT } from './summary.js';

/** Codes of the engine itself; each needs its word. */
export const OUTCOMES: readonly Outcome[] = ['met', 'not-met', 'unknown', 'review', 'transition'];
const STATUSES: readonly Status[] = ['met', 'not-met', 'unknown', 'review', 'not-applicable'];
const GAPS: readonly GapReason[] = ['not-gathered', 'fetch-failed', 'cut-short', 'unreadable'];

/** What is wrong between the files under `cards/`: names that lead nowhere, placeholders, summaries that are too long. */
export function crossChecks(library: CardLibrary): readonly Finding[] {
  const { templates, terms, criteria, places, overrideReasons, general, choices } = library;
  const findings: Finding[] = [];
  const find = ({ document, path: base }: Place, path: readonly PathStep[], found: string, expected: string): void => {
    findings.push(findingAt(document, [...base, ...path], found, expected));
  };
  const mustBe = (place: Place, path: readonly PathStep[], name: string, known: readonly string[]): void => {
    if (!known.includes(name)) find(place, path, name, known.join(' | '));
  };
  const checkMessage = (place: Place, path: readonly PathStep[], message: Message, given: Given): void => {
    for (const name of unknownPlaceholders(message, given)) {
      const known = [...given.always, ...given.sometimes].join(' | ');
      find(place, path, `the placeholder {${name}}`, known === '' ? 'a text without placeholders' : known);
    }
    for (const name of uncertainPlaceholders(message, given)) {
      find(place, path, `{${name}} in the last wording`, 'a last wording in which every value is always there');
    }
  };

  const engineCodes = { outcomes: OUTCOMES, statuses: STATUSES, gaps: GAPS } as const;
  for (const [map, codes] of Object.entries(engineCodes) as [keyof typeof engineCodes, readonly string[]][]) {
    for (const code of codes) {
      if (terms[map][code as never] === undefined)
        find(
          placeOfTerms(places, map),
          [map, code],
          `no ${map} term for ${code}`,
          'a term for every code of the service',
        );
    }
  }
  const suppliers = Object.keys(terms.suppliers);
  mustBe(places.general, ['gapSupplier'], general.file.gapSupplier, suppliers);
  for (const [id, { supplier, questionnaire }] of Object.entries(terms.missing)) {
    const place = places.terms.get(`missing/${id}`)!;
    mustBe(place, ['supplier'], supplier, suppliers);
    if (questionnaire !== undefined) mustBe(place, ['questionnaire'], questionnaire, Object.keys(terms.questionnaires));
  }
  for (const [id, { parts }] of criteria) {
    for (const [index, part] of parts.entries())
      mustBe(places.criteria.get(id)!, ['parts', index], part, [...criteria.keys()]);
  }
  for (const [index, { cards }] of choices.entries()) {
    for (const [position, { template }] of cards.entries())
      mustBe(places.choices, ['choices', index, 'cards', position, 'template'], template, [...templates.keys()]);
  }
  for (const [service, codes] of Object.entries(overrideReasons.services)) {
    for (const [index, code] of codes.entries())
      mustBe(places.overrideReasons, ['services', service, index], code, Object.keys(overrideReasons.reasons));
  }
  for (const key of ['header', 'footer'] as const) {
    for (const [index, message] of general[key].entries())
      checkMessage(places.general, [key, index], message, givenToTemplate());
  }
  checkMessage(places.general, ['citation'], general.citation, GIVEN_TO_GENERAL.citation);
  checkMessage(places.general, ['orderSuffix'], general.orderSuffix, GIVEN_TO_GENERAL.orderSuffix);
  checkMessage(places.general, ['scoreTable', 'range'], general.scoreRange, GIVEN_TO_GENERAL.scoreRange);
  checkMessage(places.general, ['scoreTable', 'old'], general.scoreOld, GIVEN_TO_GENERAL.scoreOld);
  for (const { file, messages, build } of library.suggestions) {
    const place = places.suggestions.get(file.id)!;
    for (const [key, message] of Object.entries(messages))
      checkMessage(place, [key], message, givenToSuggestion({ build }, key));
    if (file.build === 'ask-supplier') mustBe(place, ['supplier'], file.supplier, suppliers);
  }
  for (const [id, template] of templates) {
    const place = places.templates.get(id)!;
    const given = givenToTemplate(id);
    checkMessage(place, ['summary'], template.summary, given);
    for (const [index, block] of template.detail.entries()) {
      if ('text' in block) checkMessage(place, ['detail', index, 'text'], block.text, given);
    }
    if (unknownPlaceholders(template.summary, given).length > 0) continue;
    for (const language of LANGUAGES) {
      // One that names a brief sentence is passed over where it would be too long; it may not be the last.
      const certain = template.summary[language].filter(({ placeholders }) => !placeholders.includes('brief'));
      const length = Math.max(0, ...certain.map((wording) => longest(library, wording, language)));
      if (length >= SUMMARY_LIMIT) {
        find(
          place,
          ['summary', language],
          `a summary that can reach ${length} characters`,
          `fewer than ${SUMMARY_LIMIT} in every case`,
        );
      }
    }
  }
  return findings;
}
