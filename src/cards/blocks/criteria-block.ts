import type { Verdict } from '../../schemas/verdict.js';
import { say } from '../message.js';
import { sentenceFor, type Situation, titleOf } from '../situation.js';
import { sourceTold } from '../source-told.js';
import { partStatusWord } from '../status-word.js';

/**
 * A list of verdicts, each with its sentence and source. The parts of a composed criterion stand under it, each with the word for its
 * own status, which may be another than that of the whole.
 */
export function criteriaBlock(situation: Situation, verdicts: readonly Verdict[]): string {
  return verdicts
    .flatMap((verdict) => [
      `- ${criterionLine(situation, verdict, '')}`,
      ...partsOf(situation, verdict).map((part) => {
        const status = partStatusWord(situation.library, verdict.status, part.status, situation.language);
        return `  - ${criterionLine(situation, part, ` (${status})`)}`;
      }),
    ])
    .join('\n');
}

export function partsOf({ library, byId }: Situation, { id }: Verdict): readonly Verdict[] {
  return (library.criteria.get(id)?.parts ?? []).flatMap((part) => byId.get(part) ?? []);
}

/** Criterion, document and section, as they stand beside a sentence. */
export function citation({ library, language }: Situation, verdict: Verdict, id = verdict.id): string {
  return say(library.general.citation, language, { id, ...sourceTold(library.terms, verdict.source, language) }) ?? '';
}

function criterionLine(situation: Situation, verdict: Verdict, status: string): string {
  return `**${titleOf(situation, verdict.id)}**${status}: ${sentenceFor(situation, verdict)} ${citation(situation, verdict)}`;
}
