import { type Answer, asAnswer } from '../fhirpath/expression.js';
import { calendarDay } from '../logic/calendar.js';

/** The calendar days among the values of an answer; what is no readable date falls out. */
export function days(answer: Answer): Answer {
  if (Array.isArray(answer)) return asAnswer(answer.flatMap((value) => calendarDay(value) ?? []));
  return answer === undefined ? undefined : calendarDay(answer);
}
