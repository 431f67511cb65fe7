import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.js';
import { checkInstrument } from './instrument-checks.js';
import { codeName, texts } from './protocol.js';

const text = z.string().min(1);
const coding = z.strictObject({ system: text, code: text });

/** How far a statement may be relied on: verified in its source, stated by the protocol's sources, or unverified. */
const certainty = z.enum(['V', 'S', 'U']);

/** Items that share one range of answers; both ends belong to it. */
const itemGroup = z.strictObject({ linkIds: z.array(text).min(1), min: z.int(), max: z.int() });

/** What the codes of one code system stand for as an answer to some items. */
const answerCodes = z.strictObject({
  system: text,
  linkIds: z.array(text).min(1),
  values: z.record(text, z.int()),
});

const questionnaire = z.strictObject({
  canonical: z.url(),
  /** Regular expressions over the whole canonical: forms that look alike and may not be scored by these rules. */
  refused: z.array(text).optional(),
});

/** How item answers become a score. Every method but `mean-of-group` needs all of its items answered. */
const method = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sum'), items: z.array(text).min(1) }),
  z.strictObject({
    kind: z.literal('weights'),
    constant: z.number(),
    /** Digits behind the point that the weights have; the score has as many. */
    decimals: z.int().min(0).max(9),
    /** Per item the contribution of each answer, from the item's lowest answer upward. */
    table: z.record(text, z.array(z.number()).min(2)),
  }),
  z.strictObject({
    kind: z.literal('mean-of-group'),
    /** linkId of the repeating group and of the scored item in it. */
    group: text,
    item: text,
    decimals: z.int().min(0).max(9),
  }),
  /** Whether it is there at all, as 1. */
  z.strictObject({
    kind: z.literal('presence'),
    /** Codes that say that it is there, and that it is not, where a value is one. */
    present: z.array(coding).optional(),
    absent: z.array(coding).optional(),
  }),
  /** No form to score; only an Observation can hold it. */
  z.strictObject({ kind: z.literal('total-only') }),
]);

const score = z.strictObject({
  id: codeName,
  title: texts,
  method,
  min: z.number(),
  max: z.number(),
  direction: z.enum(['higher-is-worse', 'higher-is-better', 'none']),
  /** Codes of an Observation (or component of one) that holds this score as a total. */
  codes: z.array(coding).min(1),
  /** Wider scales for a total that does not fit the score's own; it is then reported with this code and this scale. */
  otherTotals: z
    .array(z.strictObject({ min: z.number(), max: z.number(), problem: z.enum(['read-as-sum']) }))
    .optional(),
});

/** How an Observation must look to hold a total of this instrument. */
const observation = z.strictObject({
  /** Written units that mean "points", besides UCUM `1` and annotations such as `{score}`. */
  units: z.array(text),
  /** Accepted methods; an Observation without method is accepted, one with another method is not. */
  methods: z.array(coding).optional(),
  /** A code beside the score's own that says that another scale was used. */
  refusedCodes: z.array(coding).optional(),
});

/** Something to tell a reader about a score; never a threshold that decides. */
const information = z.strictObject({
  kind: z.enum(['band', 'reference-value', 'relevant-change', 'note']),
  score: text.optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  text: texts,
  certainty,
  /** One text where it reads the same in every language, as a number of an article does. */
  source: z.union([text, texts]),
});

/** On what ground a part of this file stands. */
const ground = z.strictObject({
  about: z.enum(['items', 'range', 'direction', 'reversal', 'weights', 'missing', 'codes', 'requirement']),
  certainty,
  source: text,
});

const fields = z.strictObject({
  id: codeName,
  title: texts,
  questionnaire: questionnaire.optional(),
  items: z.array(itemGroup).optional(),
  /** What an answer outside its range does: leave the item unanswered, or refuse the form as another version. */
  outOfRange: z.enum(['unanswered', 'other-version']),
  answerCodes: z.array(answerCodes).optional(),
  scores: z.array(score).min(1),
  observation,
  protection: z.strictObject({ itemTexts: z.enum(['protected', 'none']), note: texts }),
  information: z.array(information),
  grounds: z.array(ground).min(1),
});

/** `hooks/imsr/instruments/<id>.yaml`: a measurement instrument, its items by number only, and how it is scored. */
export const instrumentSchema = fields.superRefine((instrument, context) => {
  for (const { path, message } of checkInstrument(instrument)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

export type Instrument = DeepReadonly<z.infer<typeof fields>>;
export type ScoreDefinition = Instrument['scores'][number];
