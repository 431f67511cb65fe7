import type { Assessed } from '../assess.js';
import type { CardLibrary } from '../cards/library.js';
import type { NewId } from '../ids.js';
import type { Knowledge } from '../knowledge.js';
import type { Log } from '../schemas/log.js';
import type { Language } from '../schemas/service.js';
import { buildReport } from './build-report.js';
import { type DocumentBundle, reportDocument } from './document/report-document.js';
import type { Reports } from './load-reports.js';
import { reportHtml, type ReportLinks } from './page/report-html.js';
import type { Report } from './report.js';
import { ReportWords } from './report-words.js';

/** What it takes to make reports of assessed orders. */
export interface ReportMaker {
  report(assessed: Assessed): Report;
  words(language: Language): ReportWords;
  html(assessed: Assessed, language: Language, links?: ReportLinks): string;
  /** @param madeAt instant, ISO 8601 */
  document(assessed: Assessed, language: Language, madeAt: string): DocumentBundle;
}

/**
 * Makes reports from the plans, texts and protocols that were loaded at start.
 *
 * @param log told of each rule of a report that could not be evaluated
 */
export function createReportMaker(
  knowledge: Knowledge,
  library: CardLibrary,
  reports: Reports,
  newId: NewId,
  log: Pick<Log, 'error'>,
): ReportMaker {
  const words: Readonly<Record<Language, ReportWords>> = {
    nl: new ReportWords(reports.texts, library, 'nl'),
    en: new ReportWords(reports.texts, library, 'en'),
  };
  const report = (assessed: Assessed): Report => {
    const { service } = assessed;
    const { protocol, versions, instruments } = knowledge.protocols.get(service.protocol)!;
    const named = assessed.assessment.protocol.version;
    const version = versions.find((compiled) => compiled.version.file.version === named);
    const plan = named === undefined ? undefined : reports.plans.get(service.protocol)?.get(named);
    return buildReport({
      protocol,
      instruments,
      inForce: version === undefined || plan === undefined ? undefined : { version, plan },
      ...assessed,
      failed: ({ name, expression }) => log.error({ name, expression }, 'a rule of a report could not be evaluated'),
    });
  };
  return {
    report,
    words: (language) => words[language],
    html: (assessed, language, links) => reportHtml(report(assessed), words[language], links),
    document: (assessed, language, madeAt) => reportDocument(report(assessed), words[language], { newId, madeAt }),
  };
}
