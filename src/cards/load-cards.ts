import { readFile, readFolder } from '../protocol/read-folder.js';
import { CARDS_LAYOUT, unreadFiles } from '../protocol/unread-files.js';
import {
  choiceFileSchema,
  type GeneralFile,
  generalSchema,
  type MessagesFile,
  overrideReasonsSchema,
} from '../schemas/card-files.js';
import type { Language, Texts } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import type { Finding } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { CardReader } from './card-reader.js';
import { crossChecks } from './cross-checks.js';
import type { CardLibrary, General } from './library.js';
import type { Message } from './message.js';
import { readCriteria } from './read-criteria.js';
import { readSuggestions } from './read-suggestions.js';
import { readTemplates } from './read-templates.js';

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

  const { criteria, places: criterionPlaces, shared, sharedBy } = readCriteria(root, reader);
  const { terms, places: termPlaces } = reader.terms(readFolder(root, 'terms'));
  const { templates, places: templatePlaces, names } = readTemplates(root, reader);
  const { suggestions, places: suggestionPlaces } = readSuggestions(root, reader, names);
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
    suggestions,
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
    partNotNeeded: message(file.partNotNeeded, 'partNotNeeded'),
    supplierHeading: message(file.supplierHeading, 'supplierHeading'),
    orderSuffix: message(file.orderSuffix, 'orderSuffix'),
    scoreRange: message(file.scoreTable.range, 'scoreTable', 'range'),
    scoreOld: message(file.scoreTable.old, 'scoreTable', 'old'),
  };
}

function namesIn(terms: Readonly<Record<string, Texts>>, language: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(terms).map(([code, name]) => [code, name[language]]));
}
