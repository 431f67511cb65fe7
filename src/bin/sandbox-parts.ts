import { join } from 'node:path';
import type { CardLibrary } from '../cards/library.js';
import type { AppParts } from '../http/app-parts.js';
import { sandboxPages } from '../http/routes/sandbox.js';
import { HOOKS_FOLDER, PACKAGE_ROOT } from '../package-root.js';
import { criterionWords } from '../sandbox/criterion-words.js';
import { loadSyntheticRecords } from '../sandbox/synthetic-records.js';

/**
 * The pages of the sandbox, from the built page, the words of the cards and the synthetic patients that come with the
 * project.
 *
 * @param protocols names of the folders of the protocols
 */
export function sandboxParts(protocols: readonly string[], cards: CardLibrary): NonNullable<AppParts['pages']> {
  return [
    sandboxPages({
      page: join(PACKAGE_ROOT, 'dist', 'web'),
      records: loadSyntheticRecords(
        join(PACKAGE_ROOT, 'docker', 'patients'),
        protocols.map((name) => join(HOOKS_FOLDER, name, 'questionnaires')),
      ),
      words: criterionWords(cards),
    }),
  ];
}
