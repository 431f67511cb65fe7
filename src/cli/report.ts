import { parseArgs } from 'node:util';
import type { Assessed } from '../assess.js';
import { CdsError } from '../errors.js';
import type { Knowledge } from '../knowledge.js';
import type { Language } from '../schemas/service.js';
import { type AskedDayAndLanguage, askedDayAndLanguage, type NothingAsked } from './asked-day-and-language.js';
import { assessFile, serviceNamed } from './assess-file.js';
import { readJsonFile } from './read-json-file.js';
import { sentenceOf } from './sentence-of.js';
import { printable } from './text-table.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';
import { writePrivateFile } from './write-private-file.js';

export const REPORT_USAGE = `imsr-cds report FILE [--service ID] [--order Type/id] [--as-of YYYY-MM-DD] [--lang nl|en] [--html | --fhir] [--out FILE]

Makes the report about the draft order in FILE: a FHIR Bundle (type collection) with the record and the draft
ServiceRequest, or a CDS Hooks request with prefetch. Nothing is fetched. --html (the default) gives a page that prints
on A4, --fhir a FHIR R4 document. Without --lang the language is DEFAULT_LANGUAGE.
Exit code: 0 the report was made; 1 it could not be; 2 wrong use.
`;

export interface ReportParts extends NothingAsked {
  readonly knowledge: Knowledge;
  /** The report about an assessed order, as a page or as a FHIR document. */
  html(assessed: Assessed, language: Language): string;
  document(assessed: Assessed, language: Language): unknown;
}

interface Asked extends AskedDayAndLanguage {
  readonly file: string;
  readonly serviceId: string | undefined;
  readonly order: string | undefined;
  readonly fhir: boolean;
  readonly out: string | undefined;
}

/** `imsr-cds report`: the report about the order in a file. */
export async function reportCommand(parts: ReportParts, args: readonly string[], write: Write): Promise<number> {
  const asked = askedOf(() => readArguments(parts, args), REPORT_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  let made: string;
  try {
    const content = readJsonFile(asked.file);
    const assessed = theOne(await assessFile(content, { knowledge: parts.knowledge, ...asked }), asked.order);
    made = asked.fhir
      ? `${JSON.stringify(parts.document(assessed, asked.language), null, 2)}\n`
      : parts.html(assessed, asked.language);
  } catch (error) {
    write(`${asked.file}: ${sentenceOf(error)}\n`, 'stderr');
    return 1;
  }
  if (asked.out === undefined) {
    write(made);
    return 0;
  }
  try {
    // Readable by no one else: it is about a patient.
    writePrivateFile(asked.out, made);
    return 0;
  } catch (error) {
    write(`${asked.out}: ${sentenceOf(error)}\n`, 'stderr');
    return 1;
  }
}

/** @throws REQUEST_INVALID when the file holds several orders and none was named: a report is about one */
function theOne(assessed: readonly Assessed[], order: string | undefined): Assessed {
  const named = order === undefined ? assessed : assessed.filter(({ assessment }) => assessment.order === order);
  const [one, another] = named;
  if (one !== undefined && another === undefined) return one;
  const there = [
    ...new Set(assessed.map(({ assessment }) => `${printable(assessment.order)} (${assessment.service})`)),
  ].join(', ');
  const wanted =
    one === undefined ? 'There is no such order' : 'There are several orders; name one with --order or --service';
  throw new CdsError('REQUEST_INVALID', `${wanted}. The file holds: ${there}.`);
}

function readArguments(parts: ReportParts, args: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      order: { type: 'string' },
      'as-of': { type: 'string' },
      lang: { type: 'string' },
      html: { type: 'boolean', default: false },
      fhir: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const [file, another] = positionals;
  if (file === undefined || another !== undefined) return 'Name one file.';
  const dayAndLanguage = askedDayAndLanguage(values, parts);
  if (values.html && values.fhir) return 'Choose --html or --fhir.';
  if (values.service !== undefined) serviceNamed(parts.knowledge, values.service);
  const { service: serviceId, order, fhir, out } = values;
  return { ...dayAndLanguage, file, serviceId, order, fhir, out };
}
