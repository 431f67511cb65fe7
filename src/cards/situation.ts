import { tellsNoDay } from '../orders/original-referral.js';
import type { Verdict } from '../schemas/verdict.js';
import type { CardRequest } from './card-request.js';
import { figuresInWords, showDay } from './values-in-words.js';
import { escapeMarkdown } from './escape-markdown.js';
import { answerKey, sentenceOf } from './library.js';
import { say, type Message, type MessageValues } from './message.js';
import { missingData, type MissingDatum, termOf } from './missing-data.js';
import { orderLabel } from './order-label.js';
import { regimeWords } from './regime-words.js';
import { statusWord } from './status-word.js';
import { turningPart } from './turning-part.js';
import { countedOf, groupVerdicts, type VerdictGroups } from './verdict-groups.js';
import { withheldIn } from './withheld.js';

/** An assessment made ready for cards: grouped, counted and in words. Made once per order. */
export interface Situation extends CardRequest {
  readonly groups: VerdictGroups;
  readonly byId: ReadonlyMap<string, Verdict>;
  readonly missing: readonly MissingDatum[];
  /** Values that every template may name. */
  readonly values: MessageValues;
}

export function situationOf(request: CardRequest): Situation {
  const { library, language, assessment, order, transition } = request;
  const groups = groupVerdicts(assessment.criteria);
  const byId = new Map(assessment.criteria.map((verdict) => [verdict.id, verdict]));
  const missing = missingData(library, groups.open, byId, language);
  const names = namesOf(request, missing);
  const dates = figuresInWords(transition, language);
  const values: Record<string, string | number> = {
    phase: assessment.phase,
    outcome: library.terms.outcomes[assessment.outcome]?.[language] ?? assessment.outcome,
    asOf: showDay(assessment.asOf, language),
    referredOn: showDay(assessment.referredOn, language),
    referralDay: referralDayOf(request),
    regime: regimeWords(library, assessment.regime, language, dates),
    order: escapeMarkdown(
      orderLabel(order, library.orderNames[language]) ?? library.general.file.unnamedOrder[language],
    ),
    orderReference: escapeMarkdown(assessment.order),
    ...countedOf(assessment.criteria),
    failing: groups.failing.length,
    judge: groups.judge.length,
    attention: groups.attention.length,
    missing: names.length,
    ...dates,
  };
  const { failing, judge } = groups;
  const shortOf = (verdict: Verdict): string => library.criteria.get(verdict.id)?.short[language] ?? verdict.id;
  if (failing[0] !== undefined) {
    values['firstFailing'] = shortOf(failing[0]);
    values['moreFailing'] = failing.length - 1;
    const brief = failing.length === 1 ? briefOf(request, byId, failing[0]) : undefined;
    if (brief !== undefined) values['brief'] = brief;
  }
  const firstJudge = judge[0] ?? failing[0];
  if (firstJudge !== undefined) {
    values['firstJudge'] = shortOf(firstJudge);
    values['moreJudge'] = judge.length + failing.length - 1;
  }
  if (names[0] !== undefined) {
    values['firstMissing'] = names[0];
    values['moreMissing'] = names.length - 1;
  }
  return { ...request, groups, byId, missing, values };
}

/**
 * Whether the day of referral is known, cannot be told, is that of the order since no referral was found, or that of the
 * call since neither tells one.
 */
function referralDayOf({ referral, order, referralUnknown }: CardRequest): 'known' | 'unknown' | 'order' | 'call' {
  if (referralUnknown) return 'unknown';
  if (tellsNoDay(referral ?? order)) return 'call';
  return referral === undefined ? 'order' : 'known';
}

/** What keeps an order back, in a few words: of the verdict, or of the part on which it turns. */
function briefOf(
  { library, language }: CardRequest,
  byId: ReadonlyMap<string, Verdict>,
  failing: Verdict,
): string | undefined {
  const verdict = turningPart({ library, byId }, failing) ?? failing;
  const message = library.criteria.get(verdict.id)?.brief.get(answerKey(verdict.status, verdict.reason));
  return message && say(message, language, figuresInWords(verdict.figures, language, library.terms.figures));
}

/** What is missing, counted as a reader would: the scores of one questionnaire are one thing. */
export function namesOf({ library, language }: CardRequest, missing: readonly MissingDatum[]): readonly string[] {
  const nameOf = ({ questionnaire, term }: MissingDatum): string =>
    (questionnaire === undefined ? undefined : library.terms.questionnaires[questionnaire]?.term[language]) ?? term;
  return missing.length === 0 ? [] : [...new Set(missing.map(nameOf))];
}

/** What a sentence about a verdict is made with: beside the texts the days of the check and of the referral, in words. */
type Telling = Pick<Situation, 'library' | 'language' | 'values'>;

/**
 * What a verdict says, with its figures; the word for its status when there is no sentence.
 *
 * @param escape how a text of the record's own is made plain where the sentence is put
 */
export function sentenceFor(situation: Telling, verdict: Verdict, escape = escapeMarkdown): string {
  const texts = situation.library.criteria.get(verdict.id);
  const message = texts === undefined ? undefined : sentenceOf(texts, verdict.status, verdict.reason);
  const against = withheldIn(verdict);
  const finding = against === undefined ? {} : { finding: sentenceFor(situation, against, escape) };
  const said = message === undefined ? undefined : sayAbout(situation, message, verdict, finding, escape);
  return said ?? statusWord(situation.library, verdict.status, situation.language);
}

/** A message filled with a verdict's figures, its missing data, the values that every template has, and more. */
export function sayAbout(
  situation: Telling,
  message: Message,
  verdict: Verdict,
  more: MessageValues = {},
  escape = escapeMarkdown,
): string | undefined {
  const { library, language, values } = situation;
  const [fullest] = message[language];
  if (fullest?.placeholders.length === 0) return fullest.format(values);
  const { asOf, referredOn } = values as { asOf: string; referredOn: string };
  const missing = verdict.missing.map((id) => termOf(library, id, language)).join('; ');
  return say(message, language, {
    asOf,
    referredOn,
    ...more,
    ...(missing === '' ? {} : { missing }),
    ...figuresInWords(verdict.figures, language, library.terms.figures, escape),
  });
}

export function titleOf({ library, language }: CardRequest, id: string): string {
  return library.criteria.get(id)?.title[language] ?? id;
}
