import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

export const root = new URL('../../', import.meta.url);
export const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Every document of a YAML file, anchors and merges resolved. */
export function readYamlFile<T>(path: string): readonly T[] {
  const documents = parseAllDocuments(readText(path), { merge: true, strict: true, uniqueKeys: true });
  return [...documents].map((document) => {
    const fault = document.errors[0];
    if (fault !== undefined) throw fault;
    return document.toJS() as T;
  });
}

export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, per stage; what stands before the first FROM is stage 0. */
export function readStages(path: string): readonly (readonly Instruction[])[] {
  const lines = readText(path)
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const stages: Instruction[][] = [[]];
  for (const line of lines) {
    const [keyword = '', ...rest] = line.split(/\s+/);
    if (keyword === 'FROM') stages.push([]);
    stages.at(-1)?.push({ keyword, rest: rest.join(' ') });
  }
  return stages;
}
