import { assessmentsText } from './assessment-text.js';
import type { HookResponse } from './card.js';

/** Key of the machine-readable result in the response's `extension` (contract §3). */
export const ASSESSMENT_EXTENSION = 'nl.imsr-cds.assessment';

const EXTENSION = `,"extension":{${JSON.stringify(ASSESSMENT_EXTENSION)}:`;

/** The answer to a call as the text that is sent. */
export function answerText({ assessments, ...answer }: HookResponse): string {
  if (assessments === undefined) return JSON.stringify(answer);
  return `{"cards":${JSON.stringify(answer.cards)}${EXTENSION}${assessmentsText(assessments)}}}`;
}
