import type { Suggestion } from '../../schemas/card.js';
import type { SuggestionPlan, Template } from '../library.js';
import { say } from '../message.js';
import type { Situation } from '../situation.js';
import { askSupplier } from './ask-supplier.js';
import { attachAssessment } from './attach-assessment.js';
import type { Proposal } from './proposal.js';
import { referBack } from './refer-back.js';
import { requestQuestionnaires } from './request-questionnaires.js';

/**
 * The suggestions of a card, each offered once per order.
 *
 * @param offered ids of suggestions on earlier cards about the same order; this card's are added
 */
export function suggest(situation: Situation, template: Template, offered: Set<string>): readonly Suggestion[] {
  const { library, language, assessment, newId } = situation;
  const suggestions: Suggestion[] = [];
  let recommended = false;
  for (const plan of library.suggestions) {
    const { file, messages } = plan;
    if (offered.has(file.id) || !file.on.includes(template.id) || !file.phases.includes(assessment.phase)) continue;
    const proposal = propose(situation, plan);
    const label = proposal === undefined ? undefined : say(messages['label']!, language, proposal.values);
    if (proposal === undefined || label === undefined) continue;
    offered.add(file.id);
    // Where only one can be taken, only one can be recommended (CDS Hooks, invariant cds-resp-1).
    const isRecommended: boolean = file.recommended && (template.selectionBehavior === 'any' || !recommended);
    recommended ||= isRecommended;
    suggestions.push({ label, uuid: newId(), ...(isRecommended ? { isRecommended } : {}), actions: proposal.actions });
  }
  return suggestions;
}

function propose(situation: Situation, plan: SuggestionPlan): Proposal | undefined {
  switch (plan.build) {
    case 'request-questionnaires':
      return requestQuestionnaires(situation, plan);
    case 'attach-assessment':
      return attachAssessment(situation, plan);
    case 'refer-back':
      return referBack(situation, plan);
    case 'ask-supplier':
      return askSupplier(situation, plan);
  }
}
