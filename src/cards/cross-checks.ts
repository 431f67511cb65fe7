import { GAP_REASONS } from '../schemas/record.js';
import { OUTCOMES, STATUSES } from '../schemas/verdict.js';
import type { Finding } from '../yaml/findings.js';
import { demandWith, findInto } from './find-at-place.js';
import { type CardLibrary, placeOfTerms } from './library.js';

/** Codes of the engine itself; each needs its word. */
const ENGINE_CODES = { outcomes: OUTCOMES, statuses: STATUSES, gaps: GAP_REASONS } as const;

/** What is wrong between the files under `cards/`: names that lead nowhere. */
export function crossChecks(library: CardLibrary): readonly Finding[] {
  const { templates, terms, criteria, places, overrideReasons, general, choices } = library;
  const findings: Finding[] = [];
  const find = findInto(findings);
  const mustBe = demandWith(find);

  for (const [map, codes] of Object.entries(ENGINE_CODES) as [keyof typeof ENGINE_CODES, readonly string[]][]) {
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
      mustBe(places.criteria.get(id)!, ['parts', index], part, criteria.keys());
  }
  for (const [index, { cards }] of choices.entries()) {
    for (const [position, { template }] of cards.entries())
      mustBe(places.choices, ['choices', index, 'cards', position, 'template'], template, templates.keys());
  }
  for (const [service, codes] of Object.entries(overrideReasons.services)) {
    for (const [index, code] of codes.entries())
      mustBe(places.overrideReasons, ['services', service, index], code, Object.keys(overrideReasons.reasons));
  }
  for (const [code, named] of Object.entries(overrideReasons.only ?? {})) {
    mustBe(places.overrideReasons, ['only', code], code, Object.keys(overrideReasons.reasons));
    for (const [index, template] of named.entries())
      mustBe(places.overrideReasons, ['only', code, index], template, templates.keys());
  }
  for (const [index, code] of (overrideReasons.whereReadingsDiffer ?? []).entries())
    mustBe(places.overrideReasons, ['whereReadingsDiffer', index], code, Object.keys(overrideReasons.reasons));
  for (const code of Object.keys(overrideReasons.until ?? {}))
    mustBe(places.overrideReasons, ['until', code], code, Object.keys(overrideReasons.reasons));
  for (const { file, build } of library.suggestions) {
    const place = places.suggestions.get(file.id)!;
    if (build === 'ask-supplier') mustBe(place, ['supplier'], file.supplier, suppliers);
  }
  return findings;
}
