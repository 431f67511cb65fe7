import { type Assessment, assessmentsIn, type HookResponse } from '../api/cds-types';
import type { Exchange, State } from './state';

/** The newest assessment of the order in hand. */
export function assessmentShown(state: State): Assessment | undefined {
  return state.answers.flatMap(({ response }) => assessmentsIn(response))[0];
}

/** The exchange that the panel shows: the chosen one, else the newest hook call with an assessment, else the newest. */
export function exchangeShown({ exchanges, shownExchange }: State): Exchange | undefined {
  const chosen = exchanges.find(({ number }) => number === shownExchange);
  if (chosen !== undefined) return chosen;
  const calls = exchanges.filter(({ label }) => !label.startsWith('feedback'));
  const newestFirst = [...calls].reverse();
  return newestFirst.find(hasAssessment) ?? newestFirst[0] ?? exchanges.at(-1);
}

/** The assessments in the answer of an exchange. */
export function assessmentsOf(exchange: Exchange | undefined): readonly Assessment[] {
  const response = exchange?.response;
  return typeof response === 'object' && response !== null && 'cards' in response
    ? assessmentsIn(response as HookResponse)
    : [];
}

function hasAssessment(exchange: Exchange): boolean {
  return assessmentsOf(exchange).length > 0;
}
