import type { RequestIssue } from '../errors.js';
import { maskCredentials } from './mask.js';
import { type Setting, type SettingName, settings, type SettingValues } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the text of a file; throws when it cannot be read. */
export type ReadFile = (path: string) => string;

/** One setting as it stands now, fit to show. */
export interface EffectiveSetting {
  readonly name: SettingName;
  /** The text with credentials masked; absent when there is none. */
  readonly shown?: string;
  readonly from: 'default' | 'environment' | 'file';
  readonly meaning: string;
}

export interface ReadSettings {
  /** Complete only when there are no issues. */
  readonly values: SettingValues;
  readonly effective: readonly EffectiveSetting[];
  readonly issues: readonly RequestIssue[];
}

const SECRET_SHOWN = '(set, not shown)';

/**
 * Reads every setting from the environment, and secrets from the files that `<NAME>_FILE` names.
 * Text is trimmed; an empty variable is one that is not set (compose files pass those).
 */
export function readSettings(env: Environment, readFile: ReadFile): ReadSettings {
  const values: Partial<Record<SettingName, unknown>> = {};
  const effective: EffectiveSetting[] = [];
  const issues: RequestIssue[] = [];
  for (const [name, setting] of Object.entries(settings) as readonly (readonly [SettingName, Setting])[]) {
    const { text: given, from, variable, issue } = givenText(name, setting, env, readFile);
    if (issue !== undefined) issues.push(issue);
    const text = given ?? setting.default;
    if (text !== undefined) {
      const read = setting.form.schema.safeParse(text);
      if (read.success) values[name] = read.data;
      else issues.push({ path: variable, expected: setting.form.expected, ...foundIn(setting, text) });
    }
    effective.push({
      name,
      ...(text === undefined ? {} : { shown: shownText(setting, text) }),
      from,
      meaning: setting.meaning,
    });
  }
  return { values: values as SettingValues, effective, issues };
}

interface Given {
  readonly text: string | undefined;
  readonly from: EffectiveSetting['from'];
  /** The variable that gave the text. */
  readonly variable: string;
  /** What is wrong with how it was given. */
  readonly issue?: RequestIssue;
}

function givenText(name: string, setting: Setting, env: Environment, readFile: ReadFile): Given {
  const text = nonEmpty(env[name]);
  const variable = `${name}_FILE`;
  const file = setting.secret !== false ? nonEmpty(env[variable]) : undefined;
  if (file === undefined) return { text, from: text === undefined ? 'default' : 'environment', variable: name };
  const wrong = (expected: string, given?: string): Given => ({
    text: given,
    from: given === undefined ? 'file' : 'environment',
    variable: name,
    issue: { path: variable, expected },
  });
  if (text !== undefined) return wrong(`either ${name} or ${variable}, not both`, text);
  try {
    const content = nonEmpty(readFile(file));
    return content === undefined ? wrong('a file that is not empty') : { text: content, from: 'file', variable };
  } catch {
    return wrong('a file that can be read');
  }
}

/** What was found: nothing of a secret, nor of what may be a URL with one in it. */
function foundIn({ secret }: Setting, text: string): Pick<RequestIssue, 'found'> {
  return secret !== false || /[:/@]/.test(text) ? {} : { found: JSON.stringify(text) };
}

function shownText(setting: Setting, text: string): string {
  if (setting.secret === 'whole') return SECRET_SHOWN;
  return setting.secret === 'credentials' ? maskCredentials(text) : text;
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
