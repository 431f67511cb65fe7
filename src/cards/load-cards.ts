import { readFile, readFolder } from '../protocol/read-folder.js';
import { CARDS_LAYOUT, unreadFiles } from '../protocol/unread-files.js';
import {
  choiceFileSchema,
  criterionTextsFileSchema,
  type GeneralFile,
  generalSchema,
  type MessagesFile,
  overrideReasonsSchema,
  sentencesFileSchema,
  suggestionSchema,
  templateSchema,
  type TextsFile,
} from '../schemas/card-files.js';
import type { Language } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import type { Finding } from '../yaml/findings.js';
import { namedAfterId } from '../yaml/named-after-id.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { CardReader } from './card-reader.js';
import { crossChecks } from './cross-checks.js';
import {
  type CardLibrary,
  type CriterionTexts,
  FOR_ALL,
  type General,
  type Place,
  type Sentences,
  type SuggestionPlan,
  type Template,
} from './library.js';
import type { Message } from './message.js';

export interface LoadedCards {
  /** Absent when anything was found. */
  readonly value?: CardLibrary;
  readonly findings: readonly Finding[];
}

/** Reads, checks and compiles everything under `cards/`; all findings at once. */
export function loadCards(root: string): LoadedCards {
  const reader = new CardReader();
  reader.findings.push(...unreadFiles(root, CARDS_LAYOUT));
  const generalDocument = readFile(root, 'general.yaml');
  const generalFile = reader.take(generalSchema, generalDocument);
  const general = generalFile && generalOf(generalFile, generalDocument, reader);
  const choicesDocument = readFile(root, 'choice.yaml');
  const choices = reader.take(choiceFileSchema, choicesDocument);
  const reasonsDocument = readFile(root, 'override-reasons.yaml');
  const overrideReasons = reader.take(overrideReasonsSchema, reasonsDocument);

  const shared = new Map<string, { document: YamlDocument; sentences: Sentences }>();
  const sentenceFiles = readFolder(root, 'sentences');
  for (const [name, document] of sentenceFiles) {
    const file = reader.take(sentencesFileSchema, document);
    if (file !== undefined)
      shared.set(name, { document, sentences: reader.sentences(document, ['sentences'], file.sentences) });
  }
  const criteria = new Map<string, CriterionTexts>();
  const criterionPlaces = new Map<string, Place>();
  const sharedBy = new Map<string, string>();
  for (const [, document] of readFolder(root, 'criteria')) {
    for (const [id, texts] of Object.entries(reader.take(criterionTextsFileSchema, document)?.criteria ?? {})) {
      const path = ['criteria', id];
      if (criteria.has(id)) reader.find(document, path, `${id} again`, 'every criterion once');
      const own = reader.sentences(document, [...path, 'sentences'], texts.sentences ?? {});
      const named = texts.shared === undefined ? undefined : shared.get(texts.shared);
      if (texts.shared !== undefined) sharedBy.set(id, texts.shared);
      // A file with a fault has its own finding.
      if (texts.shared !== undefined && !sentenceFiles.has(texts.shared)) {
        reader.find(document, [...path, 'shared'], texts.shared, 'the name of a file under sentences/');
      }
      const sentences = [own, named?.sentences, shared.get(FOR_ALL)?.sentences].filter((one) => one !== undefined);
      const brief = reader.sentences(document, [...path, 'brief'], texts.brief ?? {});
      criteria.set(id, { title: texts.title, short: texts.short, parts: texts.parts ?? [], sentences, brief });
      criterionPlaces.set(id, { document, path });
    }
  }
  const { terms, places: termPlaces } = reader.terms(readFolder(root, 'terms'));
  const templates = new Map<string, Template>();
  const templatePlaces = new Map<string, Place>();
  const templateFiles = readFolder(root, 'templates');
  for (const document of templateFiles.values()) {
    const file = reader.take(templateSchema, document);
    if (file === undefined) continue;
    reader.findings.push(...namedAfterId(document, file.id));
    const detail = file.detail.map((block, index) =>
      'text' in block
        ? { text: reader.message(document, ['detail', index, 'text'], block.text) }
        : { show: block.show, heading: block.heading, once: block.once === true },
    );
    const summary = reader.message(document, ['summary'], file.summary);
    const beside = file.summaryBeside;
    const summaryBeside = beside === undefined ? undefined : reader.message(document, ['summaryBeside'], beside);
    templates.set(file.id, { ...file, summary, summaryBeside, detail });
    templatePlaces.set(file.id, { document, path: [] });
  }
  const suggestions: SuggestionPlan[] = [];
  const suggestionPlaces = new Map<string, Place>();
  for (const document of readFolder(root, 'suggestions').values()) {
    const file = reader.take(suggestionSchema, document);
    if (file === undefined) continue;
    reader.findings.push(...namedAfterId(document, file.id));
    suggestionPlaces.set(file.id, { document, path: [] });
    const messages: Record<string, Message> = {};
    for (const [key, value] of Object.entries(file)) {
      if (isMessages(value)) messages[key] = reader.message(document, [key], value);
    }
    suggestions.push({ build: file.build, file, messages } as SuggestionPlan);
    for (const [index, id] of file.on.entries()) {
      if (!templateFiles.has(id)) reader.find(document, ['on', index], id, [...templateFiles.keys()].join(' | '));
    }
  }
  if (general === undefined || choices === undefined || overrideReasons === undefined || reader.findings.length > 0) {
    return { findings: reader.findings };
  }
  const library: CardLibrary = {
    general,
    choices: choices.choices,
    overrideReasons,
    templates,
    criteria,
    terms,
    // What is recommended comes first on a card.
    suggestions: suggestions.sort((a, b) => Number(b.file.recommended) - Number(a.file.recommended)),
    orderNames: { nl: namesIn(terms.orders, 'nl'), en: namesIn(terms.orders, 'en') },
    supplierRank: new Map(Object.keys(terms.suppliers).map((supplier, rank) => [supplier, rank])),
    hash: reader.hash.digest('hex'),
    places: {
      criteria: criterionPlaces,
      shared,
      sharedBy,
      terms: termPlaces,
      templates: templatePlaces,
      suggestions: suggestionPlaces,
      general: { document: generalDocument, path: [] },
      choices: { document: choicesDocument, path: [] },
      overrideReasons: { document: reasonsDocument, path: [] },
    },
  };
  const findings = crossChecks(library);
  return findings.length === 0 ? { value: library, findings } : { findings };
}

function generalOf(file: GeneralFile, document: YamlDocument, reader: CardReader): General {
  const message = (value: MessagesFile, ...path: PathStep[]): Message => reader.message(document, path, value);
  return {
    file,
    header: file.header.map((value, index) => message(value, 'header', index)),
    footer: file.footer.map((value, index) => message(value, 'footer', index)),
    citation: message(file.citation, 'citation'),
    orderSuffix: message(file.orderSuffix, 'orderSuffix'),
    scoreRange: message(file.scoreTable.range, 'scoreTable', 'range'),
    scoreOld: message(file.scoreTable.old, 'scoreTable', 'old'),
  };
}

function namesIn(terms: Readonly<Record<string, TextsFile>>, language: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(terms).map(([code, name]) => [code, name[language]]));
}

function isMessages(value: unknown): value is MessagesFile {
  return typeof value === 'object' && value !== null && 'nl' in value && 'en' in value;
}
