import { withAssessments } from './assessment-text.js';
import type { HookResponse } from './card.js';
import { inAscii } from './json-text.js';

/** Key of the machine-readable result in the response's `extension`. */
export const ASSESSMENT_EXTENSION = 'nl.imsr-cds.assessment';

const EXTENSION = `,"extension":{${JSON.stringify(ASSESSMENT_EXTENSION)}:`;

/** The answer to a call as the text that is sent, in ASCII. */
export function answerText(answer: HookResponse): string {
  const { assessments } = answer;
  if (assessments === undefined) return inAscii(JSON.stringify(answer));
  return `${withAssessments(`{"cards":${inAscii(JSON.stringify(answer.cards))}${EXTENSION}`, assessments)}}}`;
}
