import { z } from 'zod';
import { anyObject } from './any-object.js';
import { listOf } from './list-of.js';

/** The most items of one batch. */
const MAX_FEEDBACK = 1_000;
/** The most suggestions of one card. */
const MAX_ACCEPTED = 100;

/** RFC 3339 §5.6 in UTC: fractions of any length, lower case letters allowed, and a leap second where RFC 3339 has one. */
const RFC3339_UTC = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:[Zz]|[+-]00:00)$/;

/**
 * The instant that an RFC 3339 timestamp in UTC names.
 *
 * @returns whole milliseconds since the epoch, or nothing when the text is no such timestamp, is not in UTC or names a
 * day or time that does not exist
 * @source https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function utcInstantMs(timestamp: string): number | undefined {
  const parts = RFC3339_UTC.exec(timestamp);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction] = parts;
  // Second 60 exists in the last minute of some months; the epoch has no place for it, so it counts as the next second.
  const leap = second === '60';
  const text = `${year}-${month}-${day}T${hour}:${minute}:${leap ? '59' : second}Z`;
  const epochMs = Date.parse(text);
  // Date.parse rolls 30 February over into March: what it read must be what was written.
  if (Number.isNaN(epochMs) || !new Date(epochMs).toISOString().startsWith(text.slice(0, -1))) return undefined;
  if (leap && !isMonthsLastSecond(epochMs)) return undefined;
  return epochMs + (leap ? 1000 : 0) + Math.floor(Number(fraction ?? 0) * 1000);
}

function isMonthsLastSecond(epochMs: number): boolean {
  const next = new Date(epochMs + 1000);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}

const outcomeTimestamp = z
  .string()
  .refine((text) => utcInstantMs(text) !== undefined, { error: 'an RFC 3339 timestamp in UTC' });

const acceptedSuggestion = z.object({ id: z.string().min(1) });

/** A Coding of which `display` and `system` may be absent: the specification's own example has no display. */
const reason = z.object({
  system: z.string().min(1).optional(),
  code: z.string().min(1),
  display: z.string().optional(),
});

const overrideReason = z.object({ reason: reason.optional(), userComment: z.string().optional() });

const common = {
  /** The uuid of the card that the feedback is about. */
  card: z.string().min(1),
  outcomeTimestamp,
  overrideReason: overrideReason.optional(),
  extension: anyObject.optional(),
};

/** What became of one card. `ignored` is never sent. */
const feedbackItemSchema = z.discriminatedUnion(
  'outcome',
  [
    z.object({
      ...common,
      outcome: z.literal('accepted'),
      acceptedSuggestions: listOf(acceptedSuggestion, 'an array of suggestions', MAX_ACCEPTED, 1),
    }),
    z.object({
      ...common,
      outcome: z.literal('overridden'),
      acceptedSuggestions: listOf(acceptedSuggestion, 'an array of suggestions', MAX_ACCEPTED).optional(),
    }),
  ],
  { error: '`accepted` or `overridden`' },
);

/**
 * The body of `POST {baseUrl}/cds-services/{id}/feedback`: an object with an array, never a bare item. Unknown fields are
 * accepted and nothing is coerced.
 *
 * @source https://cds-hooks.hl7.org/STU2/#feedback
 */
export const feedbackBodySchema = z.object({
  feedback: listOf(feedbackItemSchema, 'an array of feedback', MAX_FEEDBACK),
});

export type FeedbackItem = z.infer<typeof feedbackItemSchema>;
export type FeedbackBody = z.infer<typeof feedbackBodySchema>;
