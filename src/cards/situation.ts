import type { Verdict } from '../schemas/verdict.js';
import type { CardRequest } from './card-request.js';
import { showDay, showFigures } from './display.js';
import { escapeMarkdown } from './escape-markdown.js';
import { sentenceOf } from './library.js';
import { say, type Message, type MessageValues } from './message.js';
import { missingData, type MissingDatum, termOf } from './missing-data.js';
import { orderLabel, orderReference } from './order-label.js';
import { groupVerdicts, type VerdictGroups } from './verdict-groups.js';

/** An assessment made ready for cards: grouped, counted and in words. Made once per order. */
export interface Situation extends CardRequest {
  readonly groups: VerdictGroups;
  readonly byId: ReadonlyMap<string, Verdict>;
  readonly missing: readonly MissingDatum[];
  /** Values that every template may name. */
  readonly values: MessageValues;
}

export function situationOf(request: CardRequest): Situation {
  const { library, language, assessment, order, transition } = request;
  const groups = groupVerdicts(assessment.criteria);
  const byId = new Map(assessment.criteria.map((verdict) => [verdict.id, verdict]));
  const missing = missingData(library, groups.open, byId, language);
  const names = namesOf(request, missing);
  const values: Record<string, string | number> = {
    ...showFigures(transition, language),
    phase: assessment.phase,
    outcome: library.terms.outcomes[assessment.outcome]?.[language] ?? assessment.outcome,
    asOf: showDay(assessment.asOf, language),
    referredOn: showDay(assessment.referredOn, language),
    regime: library.terms.regimes[assessment.regime]?.[language] ?? assessment.regime,
    order: escapeMarkdown(orderLabel(order, orderNames(request)) ?? library.general.file.unnamedOrder[language]),
    orderReference: escapeMarkdown(orderReference(order)),
    criteria: assessment.criteria.length,
    met: assessment.criteria.filter(({ status }) => status === 'met').length,
    failing: groups.failing.length,
    attention: groups.attention.length,
    missing: names.length,
  };
  const first = (verdicts: readonly Verdict[], name: string): void => {
    const [verdict] = verdicts;
    if (verdict === undefined) return;
    values[`first${name}`] = library.criteria.get(verdict.id)?.short[language] ?? verdict.id;
    values[`more${name}`] = verdicts.length - 1;
  };
  first(groups.failing, 'Failing');
  first([...groups.judge, ...groups.failing], 'Judge');
  if (names[0] !== undefined) {
    values['firstMissing'] = names[0];
    values['moreMissing'] = names.length - 1;
  }
  return { ...request, groups, byId, missing, values };
}

/** The names of orders that have a known code and nothing else to be called by. */
export function orderNames({ library, language }: CardRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(library.terms.orders).map(([code, name]) => [code, name[language]]));
}

/** What is missing, counted as a reader would: the scores of one questionnaire are one thing. */
function namesOf({ library, language }: CardRequest, missing: readonly MissingDatum[]): readonly string[] {
  const nameOf = ({ questionnaire, term }: MissingDatum): string =>
    (questionnaire === undefined ? undefined : library.terms.questionnaires[questionnaire]?.term[language]) ?? term;
  return [...new Set(missing.map(nameOf))];
}

/** What a verdict says, with its figures; the word for its status when there is no sentence. */
export function sentenceFor(situation: Situation, verdict: Verdict): string {
  const { library, language } = situation;
  const texts = library.criteria.get(verdict.id);
  const message = texts === undefined ? undefined : sentenceOf(texts, verdict.status, verdict.reason);
  const said = message === undefined ? undefined : sayAbout(situation, message, verdict);
  return said ?? library.terms.statuses[verdict.status]?.[language] ?? verdict.status;
}

/** A message filled with a verdict's figures, its missing data and the values that every template has. */
export function sayAbout(situation: Situation, message: Message, verdict: Verdict): string | undefined {
  const { library, language, values } = situation;
  const [fullest] = message[language];
  if (fullest?.placeholders.length === 0) return fullest.format(values);
  const { asOf, referredOn } = values as { asOf: string; referredOn: string };
  const missing = verdict.missing.map((id) => termOf(library, id, language)).join('; ');
  return say(message, language, {
    asOf,
    referredOn,
    ...(missing === '' ? {} : { missing }),
    ...showFigures(verdict.figures, language),
  });
}

export function titleOf({ library, language }: CardRequest, id: string): string {
  return library.criteria.get(id)?.title[language] ?? id;
}
