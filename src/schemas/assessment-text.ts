import { quoted, quotedOnce, textOf } from './json-text.js';
import type { Assessment, Evidence, Score, SourceReference, Verdict } from './verdict.js';

/**
 * Assessments as the JSON that CDS Hooks allows: the same text as `JSON.stringify` gives, without what is null, "", []
 * or {}. An answer is mostly this text, and its form is known, so it is written from the fields in one pass.
 *
 * A verdict is read by the names of its properties only: they may be computed when they are asked for.
 */
export function assessmentsText(assessments: readonly Assessment[]): string {
  let text = '';
  for (const assessment of assessments) text += `${text === '' ? '[' : ','}${assessmentText(assessment)}`;
  return text === '' ? '[]' : `${text}]`;
}

function assessmentText(assessment: Assessment): string {
  const { schema, service, phase, protocol, subject, order, asOf, referredOn, regime, outcome } = assessment;
  const head = textOf({ schema, service, phase, protocol, subject, order, asOf, referredOn, regime, outcome })!;
  const criteria = listOf(assessment.criteria, verdictText);
  const scores = listOf(assessment.scores, scoreText);
  return `${head.slice(0, -1)}${member(',"criteria":', criteria)}${member(',"scores":', scores)}}`;
}

function verdictText(verdict: Verdict): string {
  const { readings } = verdict;
  return (
    `{"id":${quotedOnce(verdict.id)},"status":${quotedOnce(verdict.status)},"effect":${quotedOnce(verdict.effect)}` +
    `,"reason":${quotedOnce(verdict.reason)}` +
    (readings === undefined ? '' : member(',"readings":', textOf(readings))) +
    member(',"evidence":', listOf(verdict.evidence, evidenceText)) +
    member(',"missing":', verdict.missing.length === 0 ? undefined : textOf(verdict.missing)) +
    member(',"notes":', verdict.notes.length === 0 ? undefined : textOf(verdict.notes)) +
    member(',"figures":', textOf(verdict.figures)) +
    `,"source":${sourceText(verdict.source)}}`
  );
}

function evidenceText({ reference, path, value }: Evidence): string {
  const head = `{"reference":${quoted(reference)},"path":${quotedOnce(path)}`;
  return `${head}${value === undefined ? '' : member(',"value":', textOf(value))}}`;
}

function scoreText({ instrument, value, min, max, date, reference }: Score): string {
  return textOf({ instrument, value, min, max, date, reference })!;
}

const sourceTexts = new WeakMap<SourceReference, string>();

/** A criterion's source is one object for every call. */
function sourceText(source: SourceReference): string {
  let text = sourceTexts.get(source);
  if (text === undefined) {
    text = textOf({ document: source.document, section: source.section })!;
    sourceTexts.set(source, text);
  }
  return text;
}

function listOf<T>(list: readonly T[], write: (entry: T) => string): string | undefined {
  let text = '';
  for (const entry of list) text += text === '' ? write(entry) : `,${write(entry)}`;
  return text === '' ? undefined : `[${text}]`;
}

function member(key: string, text: string | undefined): string {
  return text === undefined ? '' : key + text;
}
