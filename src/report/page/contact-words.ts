import type { Contact, Course } from '../report.js';
import type { ReportWords } from '../report-words.js';

/** When a contact or series was, in words; what is not known is said. */
export function whenTold({ from, to }: Pick<Contact, 'from' | 'to'>, words: ReportWords): string {
  if (from === undefined && to === undefined) return words.say('no-date');
  if (from === undefined) return words.say('period-open-start', { to: words.day(to!) });
  if (to === undefined) return words.say('period-open-end', { from: words.day(from) });
  return from === to ? words.day(from) : words.say('period', { from: words.day(from), to: words.day(to) });
}

export function contactTold(contact: Contact, words: ReportWords): string {
  const standing = words.term('standings', contact.standing);
  const when = whenTold(contact, words);
  if (!contact.series) return words.say('contact-told', { day: when, standing });
  return words.say('series-told', { when, number: contact.number ?? -1, standing });
}

/** What a course adds up to: number and duration, as far as they are known. */
export function courseTold(course: Course, words: ReportWords): readonly string[] {
  const { number, numberKnown, spanDays, spanKnown } = course;
  const told = words.say(numberKnown ? 'lane-number' : 'lane-number-least', { number });
  if (spanDays === undefined) return [told, words.say('lane-span-unknown')];
  const weeks = Math.floor(spanDays / 7);
  const known = spanKnown ? 'lane-span' : weeks === 0 ? 'lane-span-unknown' : 'lane-span-least';
  return [told, words.say(known, { weeks, days: spanDays % 7 })];
}
