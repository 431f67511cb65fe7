import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findingAt } from '../yaml/findings.js';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.js';

/** Every YAML file directly in a folder, by its name without `.yaml`, in alphabetical order. */
export function readFolder(root: string, folder: string): ReadonlyMap<string, YamlDocument> {
  const documents = new Map<string, YamlDocument>();
  const path = join(root, folder);
  if (!existsSync(path)) return documents;
  for (const name of readdirSync(path).sort()) {
    if (!name.endsWith('.yaml')) continue;
    documents.set(name.slice(0, -'.yaml'.length), readFile(root, join(folder, name)));
  }
  return documents;
}

/** One YAML file that has to be there; one that is not is a document with that finding and without a value. */
export function readFile(root: string, file: string): YamlDocument {
  const path = join(root, file);
  const name = relative(process.cwd(), path);
  if (existsSync(path)) return readYaml(name, readFileSync(path, 'utf8'));
  const empty = readYaml(name, '');
  return { ...empty, value: undefined, findings: [findingAt(empty, [], 'no such file', 'a file of this name')] };
}

/** Names of the folders in a folder, in alphabetical order. */
export function foldersIn(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => statSync(join(path, name)).isDirectory())
    .sort();
}
