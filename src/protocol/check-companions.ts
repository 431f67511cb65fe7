import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Finding, findingAt, findingOfFile } from '../yaml/findings.js';
import { readYaml } from '../yaml/read-yaml.js';
import { checkQuestionnaire, type Questionnaire } from './questionnaire.js';
import { type Forms, itemsOf } from './forms.js';
import { readFolder } from './read-folder.js';

/** What stands beside a protocol. */
export interface Companions {
  /** Its forms that can be read, where they stand. */
  readonly questionnaires: readonly Questionnaire[];
  /** The items of its forms; absent where there are no forms, or one of them cannot be read. */
  readonly forms?: Forms | undefined;
  readonly findings: readonly Finding[];
}

/**
 * What stands beside a protocol and no verdict needs: cases for the tests, questionnaires for the sandbox. The rules ask
 * for the items of these forms by name.
 */
export function checkCompanions(root: string): Companions {
  const cases = [...readFolder(root, 'cases').values()].flatMap(({ findings }) => findings);
  const folder = join(root, 'questionnaires');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const forms = names.sort().map((name) => readForm(join(folder, name)));
  const readable = forms.flatMap(({ form }) => (form === undefined ? [] : [form]));
  const known = forms.length > 0 && readable.length === forms.length;
  return {
    questionnaires: readable,
    forms: known ? itemsOf(readable) : undefined,
    findings: [...cases, ...forms.flatMap(({ findings }) => findings), ...readable.flatMap(checkQuestionnaire)],
  };
}

function readForm(path: string): { readonly form?: Questionnaire; readonly findings: readonly Finding[] } {
  const text = readFileSync(path, 'utf8');
  const file = relative(process.cwd(), path);
  const wrong = (key: readonly string[], found: string): Finding =>
    findingOfFile(file, key, found, 'a Questionnaire in JSON');
  try {
    const value = JSON.parse(text) as { readonly resourceType?: unknown } | null;
    // JSON is YAML too, which knows the places.
    const find: Questionnaire['find'] = (...said) => findingAt(readYaml(file, text), ...said);
    if (value?.resourceType === 'Questionnaire') return { form: { value, find }, findings: [] };
    return { findings: [wrong(['resourceType'], 'another resource, or none')] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The parser tells the place by its offset, or not at all.
    const before = text.slice(0, Number(/position (\d+)/.exec(error.message)?.[1] ?? 0)).split('\n');
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    return { findings: [{ ...wrong([], error.message), ...place }] };
  }
}
