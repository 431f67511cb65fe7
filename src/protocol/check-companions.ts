import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../yaml/findings.js';
import { readFolder } from './read-folder.js';

/** What stands beside a protocol and no verdict needs: cases for the tests, questionnaires for the sandbox. */
export function checkCompanions(root: string): readonly Finding[] {
  const cases = [...readFolder(root, 'cases').values()].flatMap(({ findings }) => findings);
  const folder = join(root, 'questionnaires');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return [...cases, ...names.sort().flatMap((name) => questionnaireFaults(join(folder, name)))];
}

function questionnaireFaults(path: string): readonly Finding[] {
  const text = readFileSync(path, 'utf8');
  const at = { file: relative(process.cwd(), path), line: 1, column: 1, expected: 'a Questionnaire in JSON' };
  try {
    const value = JSON.parse(text) as { readonly resourceType?: unknown } | null;
    if (value?.resourceType === 'Questionnaire') return [];
    return [{ ...at, key: 'resourceType', found: 'another resource, or none' }];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The parser tells the place by its offset, or not at all.
    const before = text.slice(0, Number(/position (\d+)/.exec(error.message)?.[1] ?? 0)).split('\n');
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    return [{ ...at, ...place, key: '(document)', found: error.message }];
  }
}
