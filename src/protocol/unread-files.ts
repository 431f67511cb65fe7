import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Finding, findingOfFile } from '../yaml/findings.js';

/** What a folder may hold. */
export interface Layout {
  /** Names of files, or `*.yaml` and the like. */
  readonly files?: readonly string[];
  /** Folders by name; `*` is every other one. */
  readonly folders?: Readonly<Record<string, Layout>>;
  /** The file without which nothing in the folder is read. */
  readonly needs?: string;
}

const YAML_FILES: Layout = { files: ['*.yaml'] };

/** `hooks/`: services beside protocols, in a protocol its versions. */
export const HOOKS_LAYOUT: Layout = {
  folders: {
    services: YAML_FILES,
    '*': {
      files: ['protocol.yaml'],
      folders: {
        parameters: YAML_FILES,
        'value-sets': YAML_FILES,
        instruments: YAML_FILES,
        cases: YAML_FILES,
        questionnaires: { files: ['*.json'] },
        '*': {
          needs: 'version.yaml',
          files: ['version.yaml', 'ladders.yaml', 'report.yaml'],
          folders: { facts: YAML_FILES, criteria: YAML_FILES },
        },
      },
    },
  },
};

/** `cards/` */
export const CARDS_LAYOUT: Layout = {
  files: ['general.yaml', 'choice.yaml', 'override-reasons.yaml'],
  folders: {
    criteria: YAML_FILES,
    sentences: YAML_FILES,
    suggestions: YAML_FILES,
    templates: YAML_FILES,
    terms: YAML_FILES,
    report: { files: ['*.yaml', 'report.css'] },
  },
};

/**
 * Files and folders that nothing reads: a `.yml`, a misspelt folder, a version without `version.yaml`. What is left out
 * without a word would pass for data. Notes (`.md`) are for people, and names with a dot in front belong to editors and
 * mounts.
 *
 * @param root folder that has this layout
 */
export function unreadFiles(root: string, layout: Layout): readonly Finding[] {
  if (!existsSync(root)) return [];
  const { files = [], folders = {}, needs } = layout;
  const entries = readdirSync(root, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && !name.endsWith('.md'),
  );
  const findings: Finding[] = [];
  const find = (path: string, found: string, expected: string): void => {
    findings.push(findingOfFile(relative(process.cwd(), path), [], found, expected));
  };
  if (needs !== undefined && !entries.some(({ name }) => name === needs)) {
    find(root, `a folder without ${needs}, which nothing reads`, `${needs} in it`);
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(root, entry.name);
    const isFolder =
      entry.isDirectory() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory());
    const inner = isFolder ? (folders[entry.name] ?? folders['*']) : undefined;
    if (inner !== undefined) findings.push(...unreadFiles(path, inner));
    else if (isFolder || !files.some((name) => fits(entry.name, name))) {
      const known = [...files, ...Object.keys(folders).map((name) => `${name}/`)];
      find(path, `a ${isFolder ? 'folder' : 'file'} that nothing reads`, `one of ${known.join(', ')}`);
    }
  }
  return findings;
}

function fits(name: string, wanted: string): boolean {
  return wanted.startsWith('*') ? name.endsWith(wanted.slice(1)) : name === wanted;
}
