import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
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

/** One YAML file; a file that is not there is an empty document, which its schema will refuse by name. */
export function readFile(root: string, file: string): YamlDocument {
  const path = join(root, file);
  return readYaml(relative(process.cwd(), path), existsSync(path) ? readFileSync(path, 'utf8') : '');
}

/** Names of the folders in a folder, in alphabetical order. */
export function foldersIn(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => statSync(join(path, name)).isDirectory())
    .sort();
}
