import { checkCards } from './cards/check-cards.js';
import { checkChoices } from './cards/check-choices.js';
import { checkMessages } from './cards/check-messages.js';
import { loadCards } from './cards/load-cards.js';
import type { CardLibrary } from './cards/library.js';
import { type Knowledge, loadKnowledge } from './knowledge.js';
import { loadReports, type Reports } from './report/load-reports.js';
import { type Finding, formatFinding } from './yaml/findings.js';

/** Everything that the service answers with: rules and cards, checked together. */
export interface DataFiles {
  readonly knowledge: Knowledge;
  readonly cards: CardLibrary;
  readonly reports: Reports;
}

export interface CheckedData {
  /** Absent when anything was found; then the service does not start. */
  readonly value?: DataFiles;
  readonly findings: readonly Finding[];
  /** Whether everything was looked at; what builds on a file with a finding was not, and more may follow. */
  readonly complete: boolean;
}

/** What is said beside findings when not everything was looked at. */
export const MORE_MAY_FOLLOW =
  'More may follow once these are mended: what builds on them (names, cards, reports) was not checked.';

/** All findings, one a line, and whether more may follow. */
export function linesOf({ findings, complete }: Pick<CheckedData, 'findings' | 'complete'>): readonly string[] {
  return [...findings.map(formatFinding), ...(complete ? [] : [MORE_MAY_FOLLOW])];
}

/**
 * Reads and checks `hooks/` and `cards/`; all findings at once. Rules and cards are checked together only when neither
 * has findings by itself.
 */
export function checkData(hooksFolder: string, cardsFolder: string, siteCodesFile?: string): CheckedData {
  const knowledge = loadKnowledge(hooksFolder, { siteCodesFile });
  const cards = loadCards(cardsFolder);
  const findings = [...knowledge.findings, ...cards.findings];
  if (knowledge.value === undefined || cards.value === undefined) return { findings, complete: false };
  const { services, protocols } = knowledge.value;
  const along = new Map(
    [...protocols].map(([name, { protocol, instruments }]) => [
      name,
      { protocol, instruments, ...knowledge.files.get(name)! },
    ]),
  );
  findings.push(...checkCards(cards.value, [...along.values()]));
  const all = [...protocols.values()].map(({ protocol }) => protocol);
  findings.push(...checkMessages(cards.value, all), ...checkChoices(cards.value, services, all));
  const reports = loadReports(hooksFolder, cardsFolder, along, cards.value);
  findings.push(...reports.findings);
  if (findings.length > 0 || reports.value === undefined) return { findings, complete: true };
  return {
    value: { knowledge: knowledge.value, cards: cards.value, reports: reports.value },
    findings,
    complete: true,
  };
}
