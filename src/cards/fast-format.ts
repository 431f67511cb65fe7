import type { MessageValues } from './message.js';
import { remember } from './remember.js';

/** An element of a parsed ICU message, as the parser of the i18n library gives it. */
export interface AstElement {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly unknown[] }>>;
  readonly offset?: number;
  readonly pluralType?: string;
}

export const ELEMENT = {
  literal: 0,
  argument: 1,
  number: 2,
  date: 3,
  time: 4,
  select: 5,
  plural: 6,
  pound: 7,
} as const;

type Piece = (values: MessageValues, counted: number) => string;

/**
 * The format function of a parsed message made of texts, values, cardinal plurals and selects; cards are rendered for
 * every order, and the library's own formatter looks everything up anew each time.
 *
 * @returns nothing for a message that has anything else, so that the library formats it
 */
export function fastFormat(ast: readonly unknown[], locale: string): ((values: MessageValues) => string) | undefined {
  const piece = join(ast as readonly AstElement[], wordsOf(locale));
  return piece === undefined ? undefined : (values) => piece(values, 0);
}

interface Words {
  shown(count: number): string;
  category(count: number): string;
}

/** By locale: the language's own rules are made once, and not for each of hundreds of messages. */
const words = new Map<string, Words>();

function wordsOf(locale: string): Words {
  let known = words.get(locale);
  if (known === undefined) {
    const rules = new Intl.PluralRules(locale);
    const numbers = new Intl.NumberFormat(locale);
    known = {
      shown: remember((count: number) => numbers.format(count)),
      category: remember((count: number) => rules.select(count)),
    };
    words.set(locale, known);
  }
  return known;
}

function join(elements: readonly AstElement[], words: Words): Piece | undefined {
  const pieces: Piece[] = [];
  for (const element of elements) {
    const piece = pieceOf(element, words);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  return (values, counted) => {
    let text = '';
    for (const piece of pieces) text += piece(values, counted);
    return text;
  };
}

function pieceOf(element: AstElement, words: Words): Piece | undefined {
  const name = String(element.value);
  if (element.type === ELEMENT.literal) return () => name;
  if (element.type === ELEMENT.argument) return (values) => String(values[name]);
  if (element.type === ELEMENT.pound) return (_, counted) => words.shown(counted);
  if (element.type !== ELEMENT.select && element.type !== ELEMENT.plural) return undefined;
  if ((element.offset ?? 0) !== 0 || element.pluralType === 'ordinal') return undefined;
  const options = new Map<string, Piece>();
  for (const [key, option] of Object.entries(element.options ?? {})) {
    const piece = join(option.value as readonly AstElement[], words);
    if (piece === undefined) return undefined;
    options.set(key, piece);
  }
  const other = options.get('other');
  if (other === undefined) return undefined;
  if (element.type === ELEMENT.select) {
    return (values, counted) => (options.get(String(values[name])) ?? other)(values, counted);
  }
  return (values) => {
    const count = Number(values[name]);
    return (options.get(`=${count}`) ?? options.get(words.category(count)) ?? other)(values, count);
  };
}
