import type { GapReason } from '../schemas/record.js';
import type { Outcome, Status } from '../schemas/verdict.js';
import { LANGUAGES } from '../schemas/service.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { CardLibrary, Place } from './library.js';
import type { Message } from './message.js';
import { longest, uncertainPlaceholders, unknownPlaceholders } from './placeholders.js';
import { SUMMARY_LIMIT } from './summary.js';

/** Codes of the engine itself; each needs its word. */
const OUTCOMES: readonly Outcome[] = ['met', 'not-met', 'unknown', 'review', 'transition'];
const STATUSES: readonly Status[] = ['met', 'not-met', 'unknown', 'review', 'not-applicable'];
const GAPS: readonly GapReason[] = ['not-gathered', 'fetch-failed', 'cut-short', 'unreadable'];

/** What is wrong between the files under `cards/`: names that lead nowhere, placeholders, summaries that are too long. */
export function crossChecks(library: CardLibrary): readonly Finding[] {
  const { templates, terms, criteria, places, overrideReasons, general, choices } = library;
  const findings: Finding[] = [];
  const find = (
    place: Place | undefined,
    path: readonly (string | number)[],
    found: string,
    expected: string,
  ): void => {
    const { document, path: base } = place ?? { document: places.general, path: [] };
    findings.push(findingAt(document, [...base, ...path], found, expected));
  };
  const mustBe = (
    place: Place | undefined,
    path: readonly (string | number)[],
    name: string,
    known: readonly string[],
  ): void => {
    if (!known.includes(name)) find(place, path, name, known.join(' | '));
  };
  const checkMessage = (
    place: Place | undefined,
    path: readonly (string | number)[],
    message: Message,
    template: string,
  ): void => {
    for (const name of unknownPlaceholders(message))
      find(place, path, `the placeholder {${name}}`, 'a value that templates have');
    for (const name of uncertainPlaceholders(message, template)) {
      find(place, path, `{${name}} in the last wording`, 'a last wording in which every value is always there');
    }
  };

  for (const code of OUTCOMES) mustBe(undefined, ['terms', 'outcomes'], code, Object.keys(terms.outcomes));
  for (const code of STATUSES) mustBe(undefined, ['terms', 'statuses'], code, Object.keys(terms.statuses));
  for (const code of GAPS) mustBe(undefined, ['terms', 'gaps'], code, Object.keys(terms.gaps));
  const suppliers = Object.keys(terms.suppliers);
  mustBe(undefined, ['gapSupplier'], general.file.gapSupplier, suppliers);
  for (const [id, { supplier, questionnaire }] of Object.entries(terms.missing)) {
    const place = places.terms.get(`missing/${id}`);
    mustBe(place, ['supplier'], supplier, suppliers);
    if (questionnaire !== undefined) mustBe(place, ['questionnaire'], questionnaire, Object.keys(terms.questionnaires));
  }
  for (const [id, { parts }] of criteria) {
    for (const [index, part] of parts.entries())
      mustBe(places.criteria.get(id), ['parts', index], part, [...criteria.keys()]);
  }
  for (const { cards } of choices) {
    for (const { template } of cards) mustBe(undefined, ['choices'], template, [...templates.keys()]);
  }
  for (const codes of Object.values(overrideReasons.services)) {
    for (const code of codes) mustBe(undefined, ['overrideReasons'], code, Object.keys(overrideReasons.reasons));
  }
  for (const message of [...general.header, ...general.footer]) checkMessage(undefined, ['header'], message, '');
  for (const [id, template] of templates) {
    const place = places.templates.get(id);
    checkMessage(place, ['summary'], template.summary, id);
    for (const [index, block] of template.detail.entries()) {
      if ('text' in block) checkMessage(place, ['detail', index, 'text'], block.text, id);
    }
    if (unknownPlaceholders(template.summary).length > 0) continue;
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
