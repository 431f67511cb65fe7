import { sayAbout, type Situation, titleOf } from '../situation.js';

/** The notes of all verdicts as short sentences, the same sentence once. */
export function notesBlock(situation: Situation): string {
  const lines = new Set<string>();
  for (const verdict of situation.assessment.criteria) {
    for (const note of verdict.notes) {
      const message = situation.library.terms.notes[note];
      const said = message === undefined ? undefined : sayAbout(situation, message, verdict);
      if (said !== undefined) lines.add(`- ${titleOf(situation, verdict.id)}: ${said}`);
    }
  }
  return [...lines].join('\n');
}
