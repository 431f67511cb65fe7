import type { Questionnaire } from 'fhir/r4';
import type { HookName } from '../api/cds';
import type { Card, Coding, HookResponse, Service } from '../api/cds-types';
import type { Resource } from '../api/resource';
import { type Facts, factsAsRecorded } from '../chart/facts';
import type { Order } from '../orders/basket';
import type { Language } from '../words/translate';

export type Texts = Readonly<Record<Language, string>>;

/** A synthetic patient as `index.json` presents it. */
export interface PatientEntry {
  readonly id: string;
  readonly name: string;
  readonly title: Texts;
  /** What to look at. */
  readonly look: Texts;
  readonly service: string;
  /** Day for which the expected outcome holds. */
  readonly asOf: string;
}

/** Names of codes that travel in assessments. */
export type CriterionWords = Readonly<
  Record<
    'criteria' | 'missing' | 'documents' | 'sections' | 'readings' | 'regimes' | 'scores',
    Readonly<Record<string, Texts>>
  >
>;

/** One call and its answer, for the panel that shows what travels. */
export interface Exchange {
  readonly number: number;
  readonly label: string;
  readonly path: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly status: number;
  readonly ms: number;
}

/** What one service answered to the last hook. */
export interface ServiceAnswer {
  readonly service: Service;
  readonly response: HookResponse;
}

/** A card on the screen, with the service that it came from. */
export interface ShownCard {
  readonly card: Card;
  readonly serviceId: string;
}

/** What the physician did with a card. */
export interface Decision {
  readonly accepted: readonly string[];
  readonly overridden?: { readonly reason: Coding | undefined; readonly comment: string };
  /** Whether the service has taken in the last feedback. */
  readonly feedback: 'sending' | 'sent' | 'failed';
}

export interface OpenChart {
  readonly patient: PatientEntry;
  /** As the FHIR server has it, without drafts. */
  readonly record: readonly Resource[];
  readonly drafts: readonly Resource[];
}

export interface State {
  readonly language: Language;
  readonly services: readonly Service[];
  readonly patients: readonly PatientEntry[];
  /** Days on which an answer may turn. */
  readonly turningDays: readonly string[];
  readonly criterionWords: CriterionWords;
  readonly questionnaires: readonly Questionnaire[];
  readonly chart: OpenChart | undefined;
  readonly orders: readonly Order[];
  readonly facts: Facts;
  /** The hook that was fired last for this patient; asked again when something changes. */
  readonly hook: HookName | undefined;
  readonly answers: readonly ServiceAnswer[];
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly exchanges: readonly Exchange[];
  /** Number of the exchange that the panel shows; absent: the newest with an assessment. */
  readonly shownExchange: number | undefined;
  readonly busy: boolean;
  readonly fault: 'loading' | 'asking' | undefined;
}

export function initialState(language: Language): State {
  return {
    language,
    services: [],
    patients: [],
    turningDays: [],
    criterionWords: { criteria: {}, missing: {}, documents: {}, sections: {}, readings: {}, regimes: {}, scores: {} },
    questionnaires: [],
    chart: undefined,
    orders: [],
    facts: factsAsRecorded('2026-12-01'),
    hook: undefined,
    answers: [],
    decisions: {},
    exchanges: [],
    shownExchange: undefined,
    busy: false,
    fault: undefined,
  };
}

export function shownCards(state: State): readonly ShownCard[] {
  return state.answers.flatMap(({ service, response }) =>
    response.cards.map((card) => ({ card, serviceId: service.id })),
  );
}
