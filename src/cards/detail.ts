import type { BlockName } from '../schemas/card-files.js';
import type { Verdict } from '../schemas/verdict.js';
import { criteriaBlock } from './blocks/criteria-block.js';
import { missingBlock, missingNamesBlock } from './blocks/missing-block.js';
import { notesBlock } from './blocks/notes-block.js';
import { problemsBlock } from './blocks/problems-block.js';
import { readingsBlock } from './blocks/readings-block.js';
import { scoresBlock } from './blocks/scores-block.js';
import type { Template } from './library.js';
import { say } from './message.js';
import type { Situation } from './situation.js';

/** The blocks that tell the same thing in part. */
const SAME_MATTER: Partial<Record<BlockName, BlockName>> = {
  'also-missing': 'attention',
  'missing-names': 'missing',
};

/**
 * The detail of a card, in GitHub Flavored Markdown: which order, what the template shows, dates, closing line.
 *
 * @param shown blocks that cards about the same order have shown; this card's are added
 */
export function detailOf(situation: Situation, template: Template, shown: Set<BlockName>): string {
  const { library, language, values } = situation;
  const parts: string[] = [];
  const add = (text: string | undefined): void => {
    if (text !== undefined && text !== '') parts.push(text);
  };
  for (const message of library.general.header) add(say(message, language, values));
  for (const block of template.detail) {
    if ('text' in block) {
      add(say(block.text, language, values));
      continue;
    }
    const matter = SAME_MATTER[block.show] ?? block.show;
    if (block.once && shown.has(matter)) continue;
    const body = bodyOf(situation, block.show);
    if (body === '') continue;
    shown.add(matter);
    add(block.heading === undefined ? body : `**${block.heading[language]}**\n\n${body}`);
  }
  for (const message of library.general.footer) add(say(message, language, values));
  return parts.join('\n\n');
}

function bodyOf(situation: Situation, block: BlockName): string {
  const { groups, assessment, library } = situation;
  const composed = (): readonly Verdict[] =>
    assessment.criteria.filter(({ id }) => (library.criteria.get(id)?.parts.length ?? 0) > 0);
  switch (block) {
    case 'failing':
    case 'open':
    case 'judge':
    case 'attention':
      return criteriaBlock(situation, groups[block]);
    case 'also-missing':
      return criteriaBlock(
        situation,
        groups.attention.filter(({ status }) => status === 'unknown'),
      );
    case 'composed':
      return criteriaBlock(situation, composed());
    case 'composed-open':
      return criteriaBlock(
        situation,
        composed().filter((verdict) => groups.open.includes(verdict)),
      );
    case 'missing':
      return missingBlock(situation);
    case 'missing-names':
      return missingNamesBlock(situation);
    case 'withheld':
      return criteriaBlock(
        situation,
        groups.open.filter(({ withheld }) => withheld !== undefined),
      );
    case 'problems':
      return problemsBlock(situation);
    case 'readings':
      return readingsBlock(situation);
    case 'notes':
      return notesBlock(situation);
    case 'scores':
      return scoresBlock(situation);
  }
}
