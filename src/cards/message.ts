import { IntlMessageFormat } from 'intl-messageformat';
import type { MessagesFile } from '../schemas/card-files.js';
import { LANGUAGES, type Language } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import { type AstElement, ELEMENT, fastFormat } from './fast-format.js';
import { LOCALES } from './locales.js';

export type MessageValues = Readonly<Record<string, string | number>>;

/** One wording, compiled: a fixed text, or a message with placeholders. */
export interface Wording {
  readonly source: string;
  readonly placeholders: readonly string[];
  /** Values that a placeholder is told apart by (`select`), for checks. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  format(values: MessageValues): string;
}

/** A message in every language; each has one or more wordings, the fullest first. */
export type Message = Readonly<Record<Language, readonly Wording[]>>;

/** A wording that cannot be parsed: where it stands in its message, and what is wrong with it in one line. */
export interface MessageFault {
  readonly path: readonly PathStep[];
  readonly reason: string;
}

/** A message without the wordings that are no ICU message, and what is wrong with those, in all languages. */
export interface CompiledMessage {
  readonly message: Message;
  readonly faults: readonly MessageFault[];
}

/** Compiles a message once, at start. */
export function compileMessage(file: MessagesFile): CompiledMessage {
  const faults: MessageFault[] = [];
  const compiled = LANGUAGES.map((language) => {
    const sources = file[language];
    const listed = Array.isArray(sources);
    const wordings = (listed ? sources : [sources]).flatMap((source, index) => {
      try {
        return [compileWording(source, language)];
      } catch (error) {
        const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        const told = `${reason} in ${JSON.stringify(source)}`;
        faults.push({ path: listed ? [language, index] : [language], reason: told });
        return [];
      }
    });
    return [language, wordings];
  });
  return { message: Object.fromEntries(compiled) as Record<Language, readonly Wording[]>, faults };
}

/**
 * The first wording of which every placeholder has a value, filled in. A value that is not there never becomes an
 * empty place in a sentence.
 *
 * @param below a wording that comes to this many UTF-16 units or more is passed over
 * @returns nothing when every wording names something that has no value, or is too long
 */
export function say(
  message: Message,
  language: Language,
  values: MessageValues,
  below = Number.POSITIVE_INFINITY,
): string | undefined {
  for (const wording of message[language]) {
    if (!hasAll(values, wording.placeholders)) continue;
    const text = wording.format(values);
    if (text.length < below) return text;
  }
  return undefined;
}

function hasAll(values: MessageValues, names: readonly string[]): boolean {
  for (const name of names) if (values[name] === undefined) return false;
  return true;
}

function compileWording(source: string, language: Language): Wording {
  const placeholders = new Set<string>();
  const options = new Map<string, readonly string[]>();
  const compiled = new IntlMessageFormat(source, LOCALES[language], undefined, { ignoreTag: true });
  const ast = compiled.getAst();
  collect(ast, placeholders, options);
  mustHaveForms(ast as readonly AstElement[], LOCALES[language]);
  const names = [...placeholders];
  const constant = names.length === 0 ? String(compiled.format({})) : undefined;
  const format = fastFormat(ast, LOCALES[language]) ?? ((values) => String(compiled.format({ ...values })));
  return { source, placeholders: names, options, format: constant === undefined ? format : () => constant };
}

const NAMING: ReadonlySet<number> = new Set([
  ELEMENT.argument,
  ELEMENT.number,
  ELEMENT.date,
  ELEMENT.time,
  ELEMENT.select,
  ELEMENT.plural,
]);

function collect(
  elements: readonly unknown[],
  placeholders: Set<string>,
  options: Map<string, readonly string[]>,
): void {
  for (const element of elements as readonly AstElement[]) {
    if (NAMING.has(element.type)) placeholders.add(String(element.value));
    if (element.options === undefined) continue;
    if (element.type === ELEMENT.select) options.set(String(element.value), Object.keys(element.options));
    for (const option of Object.values(element.options)) collect(option.value, placeholders, options);
  }
}

/** Throws for a plural with a form that the language never asks for, or with one form for all: it would say "1 weeks". */
function mustHaveForms(elements: readonly AstElement[], locale: string): void {
  for (const { type, value, options = {}, pluralType } of elements) {
    if (type === ELEMENT.plural) {
      const rules = new Intl.PluralRules(locale, { type: pluralType === 'ordinal' ? 'ordinal' : 'cardinal' });
      const asked: readonly string[] = rules.resolvedOptions().pluralCategories;
      const forms = Object.keys(options);
      if (forms.length === 1 || forms.some((form) => !form.startsWith('=') && !asked.includes(form))) {
        const has = `${asked.join(', ')} and numbers such as =0`;
        throw new Error(`the plural of {${String(value)}} with ${forms.join(', ')}, where it has ${has},`);
      }
    }
    for (const option of Object.values(options)) mustHaveForms(option.value as readonly AstElement[], locale);
  }
}
