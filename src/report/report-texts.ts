import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../cards/message.js';
import { readMessage } from '../cards/read-message.js';
import { readFolder } from '../protocol/read-folder.js';
import { reportTextsSchema } from '../schemas/report-files.js';
import { LANGUAGES, type Texts } from '../schemas/service.js';
import { type Finding, findingAt, findingOfFile, validate } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { REPORT_TEXTS, type TextKey } from './text-keys.js';

/** Every word of a report, compiled once at start. */
export interface ReportTexts {
  readonly messages: ReadonlyMap<TextKey, Message>;
  readonly terms: ReadonlyMap<string, Readonly<Record<string, Texts>>>;
  readonly stylesheet: string;
  /** How a Content-Security-Policy names the style sheet. */
  readonly stylesheetHash: string;
}

export interface LoadedTexts {
  readonly value: ReportTexts;
  readonly findings: readonly Finding[];
}

const FOLDER = 'report';
const STYLESHEET = 'report.css';

/**
 * Reads `cards/report/`: messages, terms and the style sheet of the page. Every text that a report needs must be
 * there, with no placeholder that it gets no value for, and none that it does not know.
 */
export function loadReportTexts(cardsRoot: string): LoadedTexts {
  const findings: Finding[] = [];
  const messages = new Map<TextKey, Message>();
  const terms = new Map<string, Readonly<Record<string, Texts>>>();
  for (const [, document] of readFolder(cardsRoot, FOLDER)) {
    const { value, findings: wrong } = validate(reportTextsSchema, document);
    findings.push(...wrong);
    for (const [key, file] of Object.entries(value?.texts ?? {})) {
      const path = ['texts', key];
      if (!isTextKey(key)) findings.push(findingAt(document, path, key, 'a text that a report uses'));
      else if (messages.has(key)) findings.push(findingAt(document, path, `${key} again`, 'every text once'));
      else {
        const { value: message, findings: faults } = readMessage(file, document, path);
        findings.push(...faults);
        if (message === undefined) continue;
        messages.set(key, message);
        findings.push(...strayPlaceholders(document, key, message));
      }
    }
    for (const [group, entries] of Object.entries(value?.terms ?? {})) {
      if (terms.has(group)) findings.push(findingAt(document, ['terms', group], `${group} again`, 'every group once'));
      terms.set(group, entries);
    }
  }
  const folder = join(cardsRoot, FOLDER);
  for (const key of Object.keys(REPORT_TEXTS)) {
    if (!messages.has(key as TextKey))
      findings.push(findingOfFile(folder, ['texts', key], 'nothing', `the text ${key}`));
  }
  const stylesheet = readStylesheet(join(folder, STYLESHEET));
  if (stylesheet === undefined)
    findings.push(findingOfFile(folder, [], `no ${STYLESHEET}`, 'the style sheet of the page'));
  const hash = createHash('sha256')
    .update(stylesheet ?? '')
    .digest('base64');
  const value = { messages, terms, stylesheet: stylesheet ?? '', stylesheetHash: `sha256-${hash}` };
  return { value, findings };
}

function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(REPORT_TEXTS, key);
}

function strayPlaceholders(document: YamlDocument, key: TextKey, message: Message): readonly Finding[] {
  const given: readonly string[] = REPORT_TEXTS[key];
  return LANGUAGES.flatMap((language) =>
    message[language].flatMap(({ placeholders }) =>
      placeholders
        .filter((name) => !given.includes(name))
        .map((name) =>
          findingAt(document, ['texts', key, language], `{${name}}`, `placeholders among: ${given.join(', ')}`),
        ),
    ),
  );
}

/** Without what would end the style element, whose content HTML does not escape. */
function readStylesheet(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return text.includes('</') ? undefined : text;
}
