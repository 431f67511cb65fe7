import type { Day } from '../clock.js';
import { isDay } from '../logic/calendar.js';
import type { HookRequest } from '../schemas/hook-request.js';

/** Key in a request's `extension` by which a visitor of the sandbox names the day to answer for. */
const AS_OF_EXTENSION = 'nl.imsr-cds.asOf';

/**
 * The day that a call of the sandbox wants to be answered for, so that a visitor sees what a rule with a date does.
 * Outside the sandbox nobody asks, and the day is always today.
 *
 * @returns nothing when the call names no existing day
 */
export function askedDay(request: HookRequest): Day | undefined {
  const day = request.extension?.[AS_OF_EXTENSION];
  return typeof day === 'string' && isDay(day) ? day : undefined;
}
