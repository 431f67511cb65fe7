import path from 'node:path';
import { answersOf } from '../../src/cards/answers-of.js';
import { sentenceOf } from '../../src/cards/library.js';
import { checkData } from '../../src/check-data.js';
import type { CriterionDefinition } from '../../src/schemas/protocol.js';

/** Where the list of reasons stands. */
export const REASONS_FILE = path.resolve(import.meta.dirname, '..', '..', 'src', 'decisions', 'reasons.md');

const HEAD = `# The reasons that a verdict can give

\`reason\` in an assessment is one of these codes; a code keeps its meaning. The sentence is that of the English card, in its shortest
wording; \`{…}\` stands for a figure of the criterion. Written by \`npm run docs:reasons\` from \`hooks/\` and \`cards/\`; a test fails when it
is out of date.

`;
const COLUMNS = '| status | reason | sentence |\n| --- | --- | --- |\n';

/** The whole list as it should stand. */
export function reasonsTable(): string {
  const { value } = checkData('hooks', 'cards');
  const { knowledge, cards } = value!;
  let text = HEAD;
  for (const { protocol } of knowledge.protocols.values()) {
    for (const { file, criteria, ladders } of protocol.versions) {
      const gaps = Object.keys(cards.terms.gaps);
      const answers = criteria.map((criterion) => ({ criterion, ...answersOf(criterion, ladders, gaps) }));
      const everywhere = new Set(gaps);
      for (const { reason } of answers[0]!.answers) {
        if (answers.every((each) => each.answers.some((other) => other.reason === reason))) everywhere.add(reason);
      }
      text += `## ${protocol.file.id} ${file.version}\n\n### Every criterion\n\n${COLUMNS}`;
      for (const reason of everywhere) text += row('unknown', reason, sentenceIn(criteria[0]!, 'unknown', reason));
      for (const { criterion, answers: all } of answers) {
        text += `\n### ${criterion.id}\n\n${COLUMNS}`;
        for (const { status, reason } of all) {
          if (!everywhere.has(reason)) text += row(status, reason, sentenceIn(criterion, status, reason));
        }
      }
      text += '\n';
    }
  }
  return `${text.trimEnd()}\n`;

  function sentenceIn({ id }: CriterionDefinition, status: string, reason: string): string {
    const message = sentenceOf(cards.criteria.get(id)!, status as never, reason);
    return message?.en.at(-1)?.source ?? '';
  }
}

function row(status: string, reason: string, sentence: string): string {
  return `| ${status} | \`${reason}\` | ${sentence.replaceAll('|', '\\|').replaceAll('\n', ' ')} |\n`;
}
