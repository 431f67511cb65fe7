import { escaped, quotedOnce, textOf } from './json-text.js';
import type { Assessment, Evidence, Score, SourceReference, Verdict } from './verdict.js';

/**
 * Writes assessments as the JSON that CDS Hooks allows: what `JSON.stringify` gives, without what is null, "", [] or {}.
 *
 * An answer is mostly this text, and its form is known, so it is written from the fields in one pass. Every piece is added at
 * the end of all before it: a text that is put together in another order takes longer to send.
 * A verdict is read by the names of its properties only: they may be computed when they are asked for.
 *
 * @param before what stands before it in the same text
 */
export function withAssessments(before: string, assessments: readonly Assessment[]): string {
  if (assessments.length === 0) return `${before}[]`;
  return withList(before, '[', assessments, withAssessment);
}

/** One assessment as that JSON, in ASCII. */
export function assessmentText(assessment: Assessment): string {
  return withAssessment('', assessment);
}

function withAssessment(before: string, assessment: Assessment): string {
  const { schema, service, phase, protocol, subject, order, asOf, referredOn, regime, outcome } = assessment;
  const head = textOf({ schema, service, phase, protocol, subject, order, asOf, referredOn, regime, outcome })!;
  let text = before + head.slice(0, -1);
  text = withList(text, ',"criteria":[', assessment.criteria, withVerdict);
  text = withList(text, ',"scores":[', assessment.scores, withScore);
  return `${text}}`;
}

function withVerdict(before: string, verdict: Verdict): string {
  const { readings } = verdict;
  let text = `${before}{"id":${quotedOnce(verdict.id)}`;
  text += `,"status":${quotedOnce(verdict.status)}`;
  text += `,"effect":${quotedOnce(verdict.effect)}`;
  text += `,"reason":${quotedOnce(verdict.reason)}`;
  if (readings !== undefined) text = withMember(text, ',"readings":', readings);
  text = withList(text, ',"evidence":[', verdict.evidence, withEvidence);
  if (verdict.missing.length > 0) text = withMember(text, ',"missing":', verdict.missing);
  if (verdict.notes.length > 0) text = withMember(text, ',"notes":', verdict.notes);
  text = withMember(text, ',"figures":', verdict.figures);
  return `${text},"source":${sourceText(verdict.source)}}`;
}

function withEvidence(before: string, { reference, path, value }: Evidence): string {
  let text = `${before}{"reference":"${escaped(reference)}`;
  text += `","path":${quotedOnce(path)}`;
  if (typeof value === 'string' && value !== '') return `${text},"value":"${escaped(value)}"}`;
  if (value !== undefined) text = withMember(text, ',"value":', value);
  return `${text}}`;
}

function withScore(before: string, { instrument, value, min, max, date, reference }: Score): string {
  return before + textOf({ instrument, value, min, max, date, reference })!;
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

function withList<T>(
  before: string,
  head: string,
  list: readonly T[],
  withEntry: (before: string, entry: T) => string,
): string {
  let text = before;
  for (let at = 0; at < list.length; at += 1) text = withEntry(text + (at === 0 ? head : ','), list[at]!);
  return list.length === 0 ? text : `${text}]`;
}

function withMember(before: string, key: string, value: unknown): string {
  const text = textOf(value);
  return text === undefined ? before : before + key + text;
}
