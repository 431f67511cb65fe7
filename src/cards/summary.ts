import type { Template } from './library.js';
import { say } from './message.js';
import { orderLabel } from './order-label.js';
import type { Situation } from './situation.js';

/** One more than the longest summary that CDS Hooks allows, in UTF-16 units. */
export const SUMMARY_LIMIT = 140;

const LONGEST_ORDER = 24;

/**
 * One sentence of plain text; with the name of its order when there are several and it fits.
 *
 * @param beside another card about the same order comes first
 */
export function summaryOf(situation: Situation, template: Template, beside: boolean): string {
  const { library, language, values, order, assessment, oneOfSeveral } = situation;
  const summary =
    say((beside ? template.summaryBeside : undefined) ?? template.summary, language, values, SUMMARY_LIMIT) ?? '';
  if (oneOfSeveral !== true) return summary;
  const name = orderLabel(order, library.orderNames[language], LONGEST_ORDER);
  for (const label of [name, assessment.order]) {
    if (label === undefined) continue;
    const named = `${summary}${say(library.general.orderSuffix, language, { order: label }) ?? ''}`;
    if (named.length < SUMMARY_LIMIT) return named;
  }
  return summary;
}
