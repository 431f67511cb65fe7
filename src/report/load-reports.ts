import { join } from 'node:path';
import type { CardLibrary } from '../cards/library.js';
import type { Forms } from '../protocol/forms.js';
import type { Protocol } from '../protocol/protocol.js';
import { readFile } from '../protocol/read-folder.js';
import type { Instrument } from '../schemas/instrument.js';
import { type ReportPlanFile, reportPlanSchema } from '../schemas/report-files.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt, validate } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { checkReport } from './check-report.js';
import { compileReportPlan, type ReportPlan } from './report-plan.js';
import { loadReportTexts, type ReportTexts } from './report-texts.js';

/** Plans per protocol folder and version, and the texts of every report. */
export interface Reports {
  readonly plans: ReadonlyMap<string, ReadonlyMap<string, ReportPlan>>;
  readonly texts: ReportTexts;
}

export interface LoadedReports {
  /** Absent when anything was found. */
  readonly value?: Reports;
  readonly findings: readonly Finding[];
}

interface ReportedProtocol {
  readonly protocol: Protocol;
  readonly instruments: readonly Instrument[];
  /** The items of its forms, where they are known. */
  readonly forms?: Forms | undefined;
}

/**
 * Reads `hooks/<protocol>/<version>/report.yaml` of every version, and `cards/report/`; checks that every expression
 * can be evaluated and that everything named has its words in both languages. All findings at once.
 */
export function loadReports(
  hooksRoot: string,
  cardsRoot: string,
  protocols: ReadonlyMap<string, ReportedProtocol>,
  library: CardLibrary,
): LoadedReports {
  const { value: texts, findings: wrong } = loadReportTexts(cardsRoot);
  const findings: Finding[] = [...wrong];
  const plans = new Map<string, Map<string, ReportPlan>>();
  for (const [name, { protocol, instruments, forms }] of protocols) {
    const versions = new Map<string, ReportPlan>();
    plans.set(name, versions);
    for (const version of protocol.versions) {
      const document = readFile(join(hooksRoot, name), join(version.file.version, 'report.yaml'));
      const { value: file, findings: refused } = validate(reportPlanSchema, document);
      findings.push(...refused);
      if (file === undefined) continue;
      const found = [
        ...checkReport(file, document, { protocol, version, instruments, forms }),
        ...checkWords(file, document, texts, library),
      ];
      findings.push(...found);
      if (found.length === 0) versions.set(version.file.version, compileReportPlan(file, protocol));
    }
  }
  return findings.length > 0 ? { findings } : { value: { plans, texts }, findings };
}

/** Everything that a report names has a word. */
function checkWords(
  file: ReportPlanFile,
  document: YamlDocument,
  texts: ReportTexts,
  library: CardLibrary,
): readonly Finding[] {
  const findings: Finding[] = [];
  const demand = (group: string, code: string, path: readonly PathStep[]): void => {
    if (texts.terms.get(group)?.[code] === undefined) {
      findings.push(findingAt(document, path, code, `a term in the group ${group} under cards/report/`));
    }
  };
  for (const [index, field] of file.fields.entries()) {
    demand('fields', field.id, ['fields', index, 'id']);
    for (const type of field.needs) demand('types', type, ['fields', index, 'needs']);
    for (const [place, item] of field.items.entries()) {
      const path = ['fields', index, 'items', place];
      demand('items', item.id, [...path, 'id']);
      if (item.gap !== undefined) demand('suppliers', item.gap, [...path, 'gap']);
      if (item.words !== undefined && !texts.terms.has(item.words)) {
        findings.push(findingAt(document, [...path, 'words'], item.words, 'a group of terms under cards/report/'));
      }
    }
    for (const [place, { id, gap }] of (field.scores ?? []).entries()) {
      demand('suppliers', gap, ['fields', index, 'scores', place, 'gap']);
      if (library.terms.missing[id] === undefined) {
        findings.push(
          findingAt(document, ['fields', index, 'scores', place, 'id'], id, 'a missing datum under cards/terms/'),
        );
      }
    }
  }
  for (const [index, { id }] of file.charts.entries()) demand('charts', id, ['charts', index, 'id']);
  for (const [index, { id }] of file.timeline.parts.entries()) demand('parts', id, ['timeline', 'parts', index, 'id']);
  for (const [index, { is }] of file.timeline.standings.entries())
    demand('standings', is, ['timeline', 'standings', index, 'is']);
  demand('standings', file.timeline.otherwise.is, ['timeline', 'otherwise', 'is']);
  demand('standings', file.timeline.cannotTell.is, ['timeline', 'cannotTell', 'is']);
  demand('document', file.document.type.code, ['document', 'type', 'code']);
  return findings;
}
