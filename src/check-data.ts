import { checkCards } from './cards/check-cards.js';
import { checkChoices } from './cards/check-choices.js';
import { loadCards } from './cards/load-cards.js';
import type { CardLibrary } from './cards/library.js';
import { type Knowledge, loadKnowledge } from './knowledge.js';
import { loadReports, type Reports } from './report/load-reports.js';
import type { Finding } from './yaml/findings.js';

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
}

/** Reads and checks `hooks/` and `cards/`; all findings at once. */
export function checkData(hooksFolder: string, cardsFolder: string, siteCodesFile?: string): CheckedData {
  const knowledge = loadKnowledge(hooksFolder, { siteCodesFile });
  const cards = loadCards(cardsFolder);
  const findings = [...knowledge.findings, ...cards.findings];
  if (knowledge.value === undefined || cards.value === undefined) return { findings };
  const { services, protocols } = knowledge.value;
  for (const [name, { protocol, instruments }] of protocols) {
    findings.push(...checkCards(cards.value, protocol, { instruments, ...knowledge.files.get(name)! }));
  }
  findings.push(
    ...checkChoices(
      cards.value,
      services,
      [...protocols.values()].map(({ protocol }) => protocol),
    ),
  );
  const reports = loadReports(hooksFolder, cardsFolder, protocols, cards.value);
  findings.push(...reports.findings);
  if (findings.length > 0 || reports.value === undefined) return { findings };
  return { value: { knowledge: knowledge.value, cards: cards.value, reports: reports.value }, findings };
}
