import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkData } from '../check-data.js';
import { treesInUse } from '../fhirpath/parse.js';
import { CARDS_FOLDER, HOOKS_FOLDER } from '../package-root.js';
import { type Prepared, PREPARED_FILE, textHash } from '../prepared.js';
import { readYaml } from '../yaml/read-yaml.js';

/**
 * The last step of the build: reads the data files as a start does and writes down what took long. What is wrong with
 * them is left for the start to say.
 */
function prepare(): Prepared {
  const documents: Record<string, unknown> = {};
  for (const file of [HOOKS_FOLDER, CARDS_FOLDER].flatMap(yamlFiles)) {
    const text = readFileSync(file, 'utf8');
    const { value, findings } = readYaml(file, text);
    // What JSON cannot hold as it is has to be parsed each time.
    if (findings.length === 0 && isDeepStrictEqual(JSON.parse(JSON.stringify(value ?? null)), value)) {
      documents[textHash(text)] = value;
    }
  }
  checkData(HOOKS_FOLDER, CARDS_FOLDER);
  const { fhirpath, trees } = treesInUse();
  return { fhirpath, documents, trees: Object.fromEntries(trees) };
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

// What an earlier build prepared must not speak for this one.
writeFileSync(PREPARED_FILE, '{}');
writeFileSync(PREPARED_FILE, JSON.stringify(prepare()));
