import { isObject } from '../../schemas/json-object.js';
import type { Resource } from '../../schemas/resource.js';
import type { Status, Verdict } from '../../schemas/verdict.js';
import type { SuggestionPlan } from '../library.js';
import { type Message, say } from '../message.js';
import { type Situation, titleOf } from '../situation.js';
import { statusWord } from '../status-word.js';
import type { Proposal } from './proposal.js';
import { findableName, isFindable } from './findable.js';
import { numbersIn } from './numbers-in.js';
import { withoutEmpty } from './without-empty.js';

/** What a reader of the note looks for first, and whether it is named or only counted. */
const STATUSES: readonly { readonly status: Status; readonly named: boolean }[] = [
  { status: 'not-met', named: true },
  { status: 'review', named: true },
  { status: 'unknown', named: true },
  { status: 'met', named: false },
  { status: 'not-applicable', named: false },
];

/**
 * The draft as it came in, but for what is empty in it, with a note that summarises the verdicts and references to the evidence. Nothing for a
 * draft that cannot be named, for one of which a number would come back in another way than it was written, and when a draft has these already.
 */
export function attachAssessment(
  situation: Situation,
  { messages }: Extract<SuggestionPlan, { build: 'attach-assessment' }>,
): Proposal | undefined {
  const { language, order, record, assessment, values } = situation;
  const notes = listIn(order['note']);
  const supporting = listIn(order['supportingInfo']);
  const own = findableName(order, record);
  if (own === undefined || notes === undefined || supporting === undefined || losesNumbers(situation)) return undefined;
  const text = say(messages['note']!, language, { ...values, lines: linesOf(situation, messages['line']!) });
  const description = say(messages['description']!, language, values);
  if (text === undefined || description === undefined) return undefined;
  const known = new Set<unknown>([own, assessment.subject, ...supporting.map((entry) => fieldOf(entry, 'reference'))]);
  const added = referencesIn(assessment.criteria).filter(
    (reference) => !known.has(reference) && isFindable(reference, record),
  );
  if (added.length === 0 && notes.some((note) => fieldOf(note, 'text') === text)) return undefined;
  const supportingInfo = [...supporting, ...added.map((reference) => ({ reference }))];
  const resource = {
    ...(withoutEmpty(order) as Resource),
    note: [...notes.filter((note) => fieldOf(note, 'text') !== text), { time: assessment.asOf, text }],
    ...(supportingInfo.length === 0 ? {} : { supportingInfo }),
  };
  return { actions: [{ type: 'update', description, resource }], values };
}

/** Whether a number of the order would come back otherwise than it was written; all others are looked for only where it holds any. */
function losesNumbers({ order, lostNumbers }: Situation): boolean {
  const numbers = numbersIn(order);
  if (numbers.length === 0) return false;
  const lost = lostNumbers?.();
  return numbers.some((number) => !Number.isFinite(number) || lost?.has(number) === true);
}

/** What the verdicts rest on, each once, in the order of the verdicts; of what is contained its container. */
function referencesIn(verdicts: readonly Verdict[]): readonly string[] {
  const references = new Set<string>();
  for (const { evidence } of verdicts) for (const { reference } of evidence) references.add(reference);
  return [...new Set(Array.from(references, containerIn))];
}

function containerIn(reference: string): string {
  return reference.split('#', 1)[0]!;
}

function linesOf(situation: Situation, line: Message): string {
  const { library, language, assessment } = situation;
  return STATUSES.flatMap(({ status, named }) => {
    // Parts are told by the criterion that they are parts of: one that was not needed is no shortcoming.
    const verdicts = assessment.criteria.filter((verdict) => verdict.status === status && verdict.effect !== 'part');
    if (verdicts.length === 0) return [];
    const titles = named ? { titles: verdicts.map(({ id }) => titleOf(situation, id)).join('; ') } : {};
    const word = statusWord(library, status, language);
    return say(line, language, { status: word, count: verdicts.length, ...titles }) ?? [];
  }).join('\n');
}

/** A list as it came in; an absent one is empty, and one of another form gives nothing, so that it is left alone. */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  return isObject(value) ? value[field] : undefined;
}
