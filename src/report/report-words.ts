import { showDay, showNumber } from '../cards/values-in-words.js';
import type { CardLibrary } from '../cards/library.js';
import { type MessageValues, say } from '../cards/message.js';
import { termOf } from '../cards/missing-data.js';
import { orderLabel } from '../cards/order-label.js';
import { sentenceFor } from '../cards/situation.js';
import { partStatusWord, statusWord } from '../cards/status-word.js';
import { boundsOf } from '../logic/calendar.js';
import type { Language } from '../schemas/service.js';
import type { Resource } from '../schemas/resource.js';
import type { Score, Verdict } from '../schemas/verdict.js';
import type { Gap, ReportField, ReportItem } from './report.js';
import type { ReportTexts } from './report-texts.js';
import type { TextKey } from './text-keys.js';

/** The words of a report in one language. What it gives back is plain text, to be escaped where it is put. */
export class ReportWords {
  constructor(
    readonly texts: ReportTexts,
    readonly library: CardLibrary,
    readonly language: Language,
  ) {}

  say(key: TextKey, values: MessageValues = {}): string {
    const message = this.texts.messages.get(key);
    const said = message === undefined ? undefined : say(message, this.language, values);
    if (said === undefined) throw new Error(`the report has no text ${key} for these values`);
    return said;
  }

  /** The word for a code; the code itself when it is one that nobody worded, for it may be the record's own. */
  term(group: string, code: string): string {
    const terms = this.texts.terms.get(group);
    return terms !== undefined && Object.hasOwn(terms, code) ? terms[code]![this.language] : code;
  }

  day(day: string): string {
    return showDay(day, this.language);
  }

  dayOr(day: string | undefined): string {
    return day === undefined ? this.say('no-date') : this.day(day);
  }

  /** The day of referral, or that it cannot be told. */
  referral(day: string | undefined): string {
    return day === undefined ? this.say('referral-unknown') : this.day(day);
  }

  number(value: number): string {
    return showNumber(value, this.language);
  }

  order(order: Resource): string {
    return orderLabel(order, this.library.orderNames[this.language]) ?? this.say('unnamed-order');
  }

  criterion(id: string): string {
    return this.library.criteria.get(id)?.title[this.language] ?? id;
  }

  status({ status }: Pick<Verdict, 'status'>): string {
    return statusWord(this.library, status, this.language);
  }

  /** The word for the status of a part, beside that of the criterion that weighs it. */
  part({ status }: Pick<Verdict, 'status'>, whole: Pick<Verdict, 'status'> | undefined): string {
    return partStatusWord(this.library, whole?.status, status, this.language);
  }

  /** What a verdict says, with its figures; the word for its status when there is no sentence. */
  sentence(verdict: Verdict, assessed: { readonly asOf: string; readonly referredOn: string }): string {
    const { library, language } = this;
    const values = { asOf: this.day(assessed.asOf), referredOn: this.day(assessed.referredOn) };
    // A text of the record's own is plain here: it is escaped for the page, not for Markdown.
    return sentenceFor({ library, language, values }, verdict, (text) => text);
  }

  score(id: string): string {
    return this.library.terms.scores[id]?.term[this.language] ?? id;
  }

  /** From the lowest score that there can be to the highest. */
  range({ min, max }: Pick<Score, 'min' | 'max'>): string {
    const { scoreRange } = this.library.general;
    return say(scoreRange, this.language, { min: this.number(min), max: this.number(max) })!;
  }

  /** What a higher score means. */
  direction(id: string, direction: string): string {
    return this.library.terms.scores[id]?.direction?.[this.language] ?? this.term('directions', direction);
  }

  missing(id: string): string {
    return termOf(this.library, id, this.language);
  }

  gap({ supplier, reason }: Gap): string {
    const who = this.term('suppliers', supplier);
    if (reason === 'not-recorded') return this.say('gap', { supplier: who });
    return this.say('gap-record', { reason: this.term('absences', reason), supplier: who });
  }

  /** That what there is of a type did not come in whole. */
  incomplete({ type, reason }: ReportField['incomplete'][number]): string {
    return this.say('incomplete-record', { what: this.term('types', type), reason: this.term('absences', reason) });
  }

  /** A value of an item as text. */
  value(item: Pick<ReportItem, 'as' | 'words'>, value: string | number | boolean, asOf: string): string {
    if (typeof value === 'boolean') return this.say(value ? 'yes' : 'no');
    if (typeof value === 'number') return this.number(value);
    if (item.as === 'age') return this.#age(value, asOf);
    if (item.as === 'day') return this.day(value);
    return item.as === 'code' && item.words !== undefined ? this.term(item.words, value) : value;
  }

  scoreValue(score: Score, direction: string): string {
    const day = this.dayOr(score.date);
    if (direction === 'none') return this.say('score-present', { day });
    return this.say('score-value', {
      value: this.number(score.value),
      min: this.number(score.min),
      max: this.number(score.max),
      direction: this.direction(score.instrument, direction),
      day,
    });
  }

  #age(birthDate: string, asOf: string): string {
    const { first, last } = boundsOf(birthDate);
    const [most, least] = [wholeYears(first, asOf), wholeYears(last, asOf)];
    if (most !== least) return this.say('age-between', { from: least, to: most });
    return this.say('age', { years: most });
  }
}

/** Birthdays passed; who was born on 29 February has one on 1 March in other years. */
function wholeYears(birthDate: string, asOf: string): number {
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return asOf.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
