import type { Verdict } from '../../schemas/verdict.js';
import { say } from '../message.js';
import { sentenceFor, type Situation, titleOf } from '../situation.js';
import { sourceTold } from '../source-told.js';

/** A list of verdicts, each with its sentence and source; the parts of a composed criterion stand under it. */
export function criteriaBlock(situation: Situation, verdicts: readonly Verdict[]): string {
  return verdicts
    .flatMap((verdict) => [
      criterionLine(situation, verdict, ''),
      ...partsOf(situation, verdict).map((part) => criterionLine(situation, part, '  ')),
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

function criterionLine(situation: Situation, verdict: Verdict, indent: string): string {
  return `${indent}- **${titleOf(situation, verdict.id)}**: ${sentenceFor(situation, verdict)} ${citation(situation, verdict)}`;
}
