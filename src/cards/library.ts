import type {
  BlockName,
  ChoiceFile,
  GeneralFile,
  OverrideReasonsFile,
  SuggestionFile,
  TermsFile,
} from '../schemas/card-files.js';
import type { Language, Texts } from '../schemas/service.js';
import type { Status } from '../schemas/verdict.js';
import type { PathStep } from '../yaml/document.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import type { Message } from './message.js';

/** Sentences by `status/reason`. */
export type Sentences = ReadonlyMap<string, Message>;

/** The name of the shared sentences that every criterion has. */
export const FOR_ALL = 'general';

export interface CriterionTexts {
  readonly title: Texts;
  readonly short: Texts;
  readonly parts: readonly string[];
  /** The figure that names the one of its parts on which a `not-met` turns. */
  readonly turnsOn: string | undefined;
  /** Its own sentences, then those it shares, then those that every criterion has. */
  readonly sentences: readonly Sentences[];
  /** Its answers in a few words, for a summary. */
  readonly brief: Sentences;
}

export type Block =
  | { readonly text: Message }
  | { readonly show: BlockName; readonly heading: Texts | undefined; readonly once: boolean };

export interface Template {
  readonly id: string;
  readonly indicator: 'info' | 'warning';
  readonly summary: Message;
  /** For a card that comes beside another one about the same order. */
  readonly summaryBeside: Message | undefined;
  readonly detail: readonly Block[];
  readonly overridable: boolean;
  readonly selectionBehavior: 'at-most-one' | 'any';
}

type Compiled<T> = T extends { build: infer Build }
  ? { readonly build: Build; readonly file: T; readonly messages: Readonly<Record<string, Message>> }
  : never;

/** A suggestion's file with its messages compiled, by key. */
export type SuggestionPlan = Compiled<SuggestionFile>;

/** The words for codes; every map is there, possibly empty. */
export type Terms = { readonly [Key in Exclude<keyof TermsFile, MessageTerms>]-?: NonNullable<TermsFile[Key]> } & {
  readonly [Key in MessageTerms]: Readonly<Record<string, Message>>;
};

/** The maps of terms that hold messages. */
const MESSAGE_TERMS = ['notes', 'problems', 'regimes'] as const;
type MessageTerms = (typeof MESSAGE_TERMS)[number];

export function isMessageTerms(map: string): map is MessageTerms {
  return MESSAGE_TERMS.some((known) => known === map);
}

export interface General {
  readonly file: GeneralFile;
  readonly header: readonly Message[];
  readonly footer: readonly Message[];
  readonly citation: Message;
  readonly partNotNeeded: Message;
  readonly supplierHeading: Message;
  readonly orderSuffix: Message;
  readonly scoreRange: Message;
  readonly scoreOld: Message;
}

/** Everything under `cards/`, checked and compiled once at start. */
export interface CardLibrary {
  readonly general: General;
  readonly choices: ChoiceFile['choices'];
  readonly overrideReasons: OverrideReasonsFile;
  readonly templates: ReadonlyMap<string, Template>;
  readonly criteria: ReadonlyMap<string, CriterionTexts>;
  readonly terms: Terms;
  readonly suggestions: readonly SuggestionPlan[];
  /** Names of orders by code. */
  readonly orderNames: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  /** Place of each supplier in the order in which a card names them. */
  readonly supplierRank: ReadonlyMap<string, number>;
  /** SHA-256 over every file, in a fixed order, for receipts. */
  readonly hash: string;
  /** Where things stand, for later checks. */
  readonly places: Places;
}

export interface Place {
  readonly document: YamlDocument;
  readonly path: readonly PathStep[];
}

export interface Places {
  readonly criteria: ReadonlyMap<string, Place>;
  /** Shared sentences by file name. */
  readonly shared: ReadonlyMap<string, { readonly document: YamlDocument; readonly sentences: Sentences }>;
  /** Which shared file a criterion names. */
  readonly sharedBy: ReadonlyMap<string, string>;
  /** Terms by `map/key`. */
  readonly terms: ReadonlyMap<string, Place>;
  readonly templates: ReadonlyMap<string, Place>;
  /** Suggestions by id. */
  readonly suggestions: ReadonlyMap<string, Place>;
  readonly general: Place;
  readonly choices: Place;
  readonly overrideReasons: Place;
}

/** Where the terms of a map stand, for one that is not among them. */
export function placeOfTerms({ terms, general }: Places, map: string): Place {
  for (const [key, { document }] of terms) if (key.startsWith(`${map}/`)) return { document, path: [] };
  return general;
}

/** The key of a sentence. */
export function answerKey(status: Status, reason: string): string {
  return `${status}/${reason}`;
}

/** The sentence for an answer: the criterion's own, or one that it shares. */
export function sentenceOf(texts: CriterionTexts, status: Status, reason: string): Message | undefined {
  const key = answerKey(status, reason);
  for (const sentences of texts.sentences) {
    const message = sentences.get(key);
    if (message !== undefined) return message;
  }
  return undefined;
}
