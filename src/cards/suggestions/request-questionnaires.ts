import type { Action } from '../../schemas/card.js';
import type { SuggestionPlan } from '../library.js';
import { say } from '../message.js';
import type { Situation } from '../situation.js';
import { findableName } from './findable.js';
import type { Proposal } from './proposal.js';

/**
 * One Task for each questionnaire of which a score is missing; nothing when none is.
 *
 * @source FHIR R4 Task; HL7 Structured Data Capture, SDC Task: code and input, without a focus
 */
export function requestQuestionnaires(
  { library, language, missing, assessment, order, record }: Situation,
  { file, messages }: Extract<SuggestionPlan, { build: 'request-questionnaires' }>,
): Proposal | undefined {
  const wanted = new Set(missing.flatMap(({ questionnaire }) => questionnaire ?? []));
  const reference = findableName(order, record);
  const actions = [...wanted].flatMap((id): readonly Action[] => {
    const questionnaire = library.terms.questionnaires[id];
    if (questionnaire === undefined) return [];
    const description = say(messages['description']!, language, { questionnaire: questionnaire.term[language] }) ?? id;
    const resource = {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      code: { coding: [file.code] },
      description,
      for: { reference: assessment.subject },
      authoredOn: assessment.asOf,
      ...(reference === undefined ? {} : { reasonReference: { reference } }),
      input: [{ type: { coding: [file.input] }, valueCanonical: questionnaire.canonical }],
    };
    return [{ type: 'create', description, resource }];
  });
  return actions.length === 0 ? undefined : { actions, values: { count: actions.length } };
}
