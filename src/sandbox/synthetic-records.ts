import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isResource, type Resource } from '../schemas/resource.js';

/** The synthetic patients of the sandbox, with what a visitor is told about each. */
export interface SyntheticRecords {
  /** `index.json` of the folder as it stands. */
  readonly index: unknown;
  /** Every resource of every patient, drafts too, and the questionnaires that they answer. */
  readonly resources: readonly Resource[];
}

/**
 * Reads `index.json` and one Bundle per patient, and the Questionnaires beside them.
 *
 * @param patients folder with `index.json` and the Bundles
 * @param questionnaires folders with one Questionnaire per JSON file; one that is not there holds none
 * @throws when a file is missing or holds something else
 */
export function loadSyntheticRecords(patients: string, questionnaires: readonly string[]): SyntheticRecords {
  const index = readJson(join(patients, 'index.json')) as { patients: readonly { file: string }[] };
  const resources = index.patients.flatMap(({ file }) => resourcesIn(join(patients, file)));
  for (const folder of questionnaires.filter((each) => existsSync(each))) {
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith('.json')) continue;
      const questionnaire = readJson(join(folder, name));
      if (isResource(questionnaire)) resources.push(questionnaire);
    }
  }
  return { index, resources };
}

function resourcesIn(file: string): Resource[] {
  const bundle = readJson(file) as { entry: readonly { resource: unknown }[] };
  return bundle.entry.map(({ resource }) => resource).filter(isResource);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}
