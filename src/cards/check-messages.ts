import type { ProtocolVersion } from '../protocol/protocol.js';
import { LANGUAGES } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import type { Finding } from '../yaml/findings.js';
import { findInto } from './find-at-place.js';
import { certainOn, GIVEN_TO_GENERAL, givenToSuggestion } from './given-values.js';
import type { CardLibrary, Place } from './library.js';
import type { Message } from './message.js';
import { type Given, givenToTemplate, longest, uncertainPlaceholders, unknownPlaceholders } from './placeholders.js';
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
  const checkMessage = (place: Place, path: readonly PathStep[], message: Message, given: Given): void => {
    const known = [...given.always, ...given.sometimes].join(' | ');
    for (const language of LANGUAGES) {
      const at = [...path, language];
      for (const name of unknownPlaceholders(message[language], given))
        find(place, at, `the placeholder {${name}}`, known === '' ? 'a text without placeholders' : known);
      for (const name of uncertainPlaceholders(message[language], given))
        find(place, at, `{${name}} in the last wording`, 'a last wording in which every value is always there');
    }
  };

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
      checkMessage(places.general, [key, index], message, givenToTemplate(figures));
  }
  for (const key of ['citation', 'partNotNeeded', 'supplierHeading', 'orderSuffix'] as const)
    checkMessage(places.general, [key], general[key], GIVEN_TO_GENERAL[key]);
  checkMessage(places.general, ['scoreTable', 'range'], general.scoreRange, GIVEN_TO_GENERAL.scoreRange);
  checkMessage(places.general, ['scoreTable', 'old'], general.scoreOld, GIVEN_TO_GENERAL.scoreOld);
  for (const { file, messages, build } of library.suggestions) {
    const place = places.suggestions.get(file.id)!;
    for (const [key, message] of Object.entries(messages))
      checkMessage(place, [key], message, givenToSuggestion(build, key, figures));
  }
  for (const [id, template] of templates) {
    const place = places.templates.get(id)!;
    const given = givenToTemplate(figures, certainOn(id, library.choices));
    for (const [index, block] of template.detail.entries()) {
      if ('text' in block) checkMessage(place, ['detail', index, 'text'], block.text, given);
    }
    for (const key of ['summary', 'summaryBeside'] as const) {
      const summary = template[key];
      if (summary === undefined) continue;
      checkMessage(place, [key], summary, given);
      const isKnown = LANGUAGES.every((language) => unknownPlaceholders(summary[language], given).length === 0);
      if (isKnown) checkLength(place, key, summary);
    }
  }
  return findings;
}
