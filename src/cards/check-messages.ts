import type { ProtocolVersion } from '../protocol/protocol.js';
import { LANGUAGES } from '../schemas/service.js';
import type { Finding } from '../yaml/findings.js';
import { checkPlaceholders } from './check-placeholders.js';
import { findInto } from './find-at-place.js';
import { certainOn, GIVEN_TO_GENERAL, givenToSuggestion } from './given-values.js';
import type { CardLibrary, Place } from './library.js';
import type { Message } from './message.js';
import { givenToTemplate, longest, unknownPlaceholders } from './placeholders.js';
import { SUMMARY_LIMIT } from './summary.js';

/**
 * What is wrong with the texts that stand on every card and on those of a template: placeholders that get no value, and
 * summaries that are too long. The figures of a transition rule are values too; what they are called the protocol says.
 */
export function checkMessages(
  library: CardLibrary,
  protocols: readonly { readonly versions: readonly Pick<ProtocolVersion, 'file'>[] }[],
): readonly Finding[] {
  const { templates, places, general } = library;
  const files = protocols.flatMap(({ versions }) => versions.map(({ file }) => file));
  const figures = new Set(files.flatMap(({ transition }) => Object.keys(transition.figures ?? {})));
  const phases = files.flatMap((file) => file.phases);
  const findings: Finding[] = [];
  const find = findInto(findings);
  const checkLength = (place: Place, key: string, summary: Message): void => {
    for (const language of LANGUAGES) {
      // One that names a brief sentence is passed over where it would be too long; it may not be the last.
      const certain = summary[language].filter(({ placeholders }) => !placeholders.includes('brief'));
      const length = Math.max(0, ...certain.map((wording) => longest(library, wording, language, { figures, phases })));
      if (length < SUMMARY_LIMIT) continue;
      const found = `a summary that can reach ${length} characters`;
      find(place, [key, language], found, `fewer than ${SUMMARY_LIMIT} in every case`);
    }
  };

  for (const key of ['header', 'footer'] as const) {
    for (const [index, message] of general[key].entries())
      checkPlaceholders(find, places.general, [key, index], message, givenToTemplate(figures));
  }
  for (const key of ['citation', 'partNotNeeded', 'supplierHeading', 'orderSuffix'] as const)
    checkPlaceholders(find, places.general, [key], general[key], GIVEN_TO_GENERAL[key]);
  checkPlaceholders(find, places.general, ['scoreTable', 'range'], general.scoreRange, GIVEN_TO_GENERAL.scoreRange);
  checkPlaceholders(find, places.general, ['scoreTable', 'old'], general.scoreOld, GIVEN_TO_GENERAL.scoreOld);
  for (const { file, messages, build } of library.suggestions) {
    const place = places.suggestions.get(file.id)!;
    for (const [key, message] of Object.entries(messages))
      checkPlaceholders(find, place, [key], message, givenToSuggestion(build, key, figures));
  }
  for (const [id, template] of templates) {
    const place = places.templates.get(id)!;
    const given = givenToTemplate(figures, certainOn(id, library.choices));
    for (const [index, block] of template.detail.entries()) {
      if ('text' in block) checkPlaceholders(find, place, ['detail', index, 'text'], block.text, given);
    }
    for (const key of ['summary', 'summaryBeside'] as const) {
      const summary = template[key];
      if (summary === undefined) continue;
      checkPlaceholders(find, place, [key], summary, given);
      const isKnown = LANGUAGES.every((language) => unknownPlaceholders(summary[language], given).length === 0);
      if (isKnown) checkLength(place, key, summary);
    }
  }
  return findings;
}
