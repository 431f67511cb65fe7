import { parseArgs } from 'node:util';
import type { Assessed } from '../assess.js';
import type { Knowledge } from '../knowledge.js';
import { isReferralDayTold } from '../orders/original-referral.js';
import { assessmentText } from '../schemas/assessment-text.js';
import type { RenderedCard } from '../schemas/rendered-card.js';
import type { Language } from '../schemas/service.js';
import { type AskedDayAndLanguage, askedDayAndLanguage, type NothingAsked } from './asked-day-and-language.js';
import { assessFile, serviceNamed } from './assess-file.js';
import { plainText } from './plain-text.js';
import { readJsonFile } from './read-json-file.js';
import { sentenceOf } from './sentence-of.js';
import { printable, textTable } from './text-table.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';

export const ASSESS_USAGE = `imsr-cds assess FILE... [--service ID] [--as-of YYYY-MM-DD] [--lang nl|en] [--json]

Assesses the draft order in each FILE: a FHIR Bundle (type collection) with the record and the draft ServiceRequest, or
a CDS Hooks request with prefetch. Nothing is fetched. --json prints one assessment per line, as
a call would be answered with it. --lang is the language of the cards, without it DEFAULT_LANGUAGE; what stands above
them are codes and English words, whatever the language.
Exit code: 0 every file was assessed, whatever the outcome; 1 a file could not be; 2 wrong use.
`;

export interface AssessParts extends NothingAsked {
  readonly knowledge: Knowledge;
  render(assessed: Assessed, language: Language): readonly RenderedCard[];
}

interface Asked extends AskedDayAndLanguage {
  readonly files: readonly string[];
  readonly serviceId: string | undefined;
  readonly json: boolean;
}

/** `imsr-cds assess`: what the service would say about the order in a file. */
export async function assessCommand(parts: AssessParts, args: readonly string[], write: Write): Promise<number> {
  const asked = askedOf(() => readArguments(parts, args), ASSESS_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  let failed = 0;
  for (const file of asked.files) {
    try {
      const content = readJsonFile(file);
      const assessed = await assessFile(content, { knowledge: parts.knowledge, ...asked });
      for (const one of assessed) {
        write(
          asked.json ? `${assessmentText(one.assessment)}\n` : textOf(file, one, parts.render(one, asked.language)),
        );
      }
    } catch (error) {
      failed += 1;
      write(`${file}: ${sentenceOf(error)}\n`, 'stderr');
    }
  }
  return failed === 0 ? 0 : 1;
}

function readArguments(parts: AssessParts, args: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      'as-of': { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) return 'Name at least one file.';
  const dayAndLanguage = askedDayAndLanguage(values, parts);
  if (values.service !== undefined) serviceNamed(parts.knowledge, values.service);
  return { ...dayAndLanguage, files: positionals, serviceId: values.service, json: values.json };
}

function textOf(file: string, assessed: Assessed, cards: readonly RenderedCard[]): string {
  const { assessment } = assessed;
  const { order, service, asOf, referredOn, regime, outcome, protocol } = assessment;
  const referred = isReferralDayTold(assessed) ? `referred on ${referredOn}` : 'day of referral unknown';
  const head = `${file}: ${printable(order)}\n${service}, protocol ${protocol.id} ${protocol.version ?? '(not in force)'}\nas of ${asOf}, ${referred}, regime ${regime}\noutcome: ${outcome}\n`;
  const rows = assessment.criteria.map(({ id, status, reason, missing }) => [status, id, reason, missing.join(', ')]);
  const table = rows.length === 0 ? '' : `\n${textTable(['status', 'criterion', 'reason', 'missing'], rows)}`;
  const texts = cards.map(({ card }) => `\n[${card.indicator}] ${card.summary}\n\n${plainText(card.detail ?? '')}\n`);
  return `${head}${table}${texts.join('')}\n`;
}
