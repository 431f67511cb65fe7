import type { Assessed } from '../../src/assess.js';
import type { CardRequest } from '../../src/cards/card-request.js';
import type { RenderedCard } from '../../src/schemas/rendered-card.js';
import { loadCards } from '../../src/cards/load-cards.js';
import { renderCards } from '../../src/cards/render-cards.js';
import { type LoadedKnowledge, loadKnowledge } from '../../src/knowledge.js';
import type { Language } from '../../src/schemas/service.js';
import { bundleOf, patients } from '../records/sandbox-bundle.js';
import { assessBundle } from '../verdicts/assess-bundle.js';

const { value: knowledge, files } = loadKnowledge('hooks') as Required<LoadedKnowledge>;
export const { protocol, instruments } = knowledge.protocols.get('imsr')!;
export const { services } = knowledge;
/** What the texts are checked beside. */
export const along = { protocol, instruments, ...files.get('imsr')! };
export const library = loadCards('cards').value!;
export const REPORT = 'https://cds.example/report/signed';

export interface Example extends Assessed {
  readonly name: string;
}

/** Assesses the draft in a bundle. */
export function assess(name: string, bundle: object, service: string, asOf: string): Example {
  return { name, ...assessBundle(knowledge, bundle, asOf, service) };
}

/** A synthetic patient of the sandbox; another service or day than its own when given. */
export function sandboxExample(id: string, service?: string, asOf?: string): Example {
  const patient = patients.find((one) => one.id === id)!;
  return assess(id, bundleOf(id), service ?? patient.service, asOf ?? patient.asOf);
}

/** What a call would ask of the cards, with counted ids. */
export function requestFor(example: Example, language: Language, change: Partial<CardRequest> = {}): CardRequest {
  let count = 0;
  return {
    library,
    language,
    assessment: example.assessment,
    transition: example.transition,
    problems: example.scores.problems,
    record: example.record,
    order: example.order,
    referral: example.referral,
    referralUnknown: example.referralUnknown,
    protocol,
    newId: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
    reportUrl: REPORT,
    ...change,
  };
}

export function cardsFor(
  example: Example,
  language: Language,
  change: Partial<CardRequest> = {},
): readonly RenderedCard[] {
  return renderCards(requestFor(example, language, change));
}

/** What the cards say in full, one after another. */
export function detailsOf(example: Example, language: Language = 'nl'): string {
  return cardsFor(example, language)
    .map(({ card }) => card.detail)
    .join('\n');
}
