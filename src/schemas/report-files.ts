import { z } from 'zod';
import { messagesSchema, textsSchema } from './card-files.js';
import { codeName, variableName } from './protocol.js';

/** The form of `hooks/<protocol>/<version>/report.yaml` and of the files under `cards/report/`; every object is strict. */

const text = z.string().min(1);
const typeName = z.string().regex(/^[A-Z]\w*$/, 'an R4 resource type');

/** How a value is to be read and shown. */
const VALUE_KINDS = ['text', 'code', 'yes-no', 'day', 'age', 'number'] as const;

/** The marks that a timeline can draw, each another shape. */
const MARKS = ['bar', 'hollow-bar', 'cross', 'diamond', 'triangle', 'ring'] as const;

const origin = z.union([
  /** An answer in a form: the first form (in the order given) that has one. */
  z.strictObject({ in: text, linkId: text }),
  /** A value in a resource: the first resource that has one. */
  z.strictObject({ of: text, type: typeName, path: text, value: text }),
  /** The same value in every one of these resources. */
  z.strictObject({ each: text, type: typeName, path: text, value: text }),
  /** A value in every row of a table of facts; each row knows where it was read. */
  z.strictObject({ rows: text, value: text }),
]);

const item = z.strictObject({
  id: codeName,
  as: z.enum(VALUE_KINDS),
  /** Group of terms in which a code is looked up. */
  words: codeName.optional(),
  /** More than one answer may be given. */
  several: z.boolean().optional(),
  /** Who can supply it; without it nothing is said when the item is not there. */
  gap: codeName.optional(),
  /** Everything found is shown, each with where it stands. */
  from: z.array(origin).min(1),
});

const scores = z.strictObject({
  /** The term under which it is missed. */
  id: codeName,
  /** One of these is enough. */
  of: z.array(codeName).min(1),
  gap: codeName,
});

const field = z.strictObject({
  id: codeName,
  /** Resource types without which an absence says nothing. */
  needs: z.array(typeName).min(1),
  items: z.array(item).min(1),
  scores: z.array(scores).optional(),
  /** Criteria of which the answer belongs here. */
  criteria: z.array(codeName).optional(),
  /** The timeline tells the rest. */
  timeline: z.boolean().optional(),
});

const chart = z.strictObject({
  id: codeName,
  scores: z.array(codeName).min(1).max(3),
});

const timeline = z.strictObject({
  /** Name of the table of contacts and series. */
  rows: variableName,
  /** Name of the table of what those that count add up to. */
  courses: variableName,
  window: z.strictObject({ from: text, to: text }),
  onset: text,
  /** The criterion that weighs the parts together. */
  criterion: codeName,
  /** FHIRPath giving a number of days: a bar to hold beside each course. */
  ruler: text,
  needs: z.array(typeName).min(1),
  /** Groups of lanes in order; the last takes what belongs to no other. */
  parts: z.array(z.strictObject({ id: codeName, criterion: codeName.optional() })).min(1),
  /** FHIRPath on a row; the first that holds says how the contact stands. */
  standings: z.array(z.strictObject({ is: codeName, mark: z.enum(MARKS), when: text })).min(1),
  otherwise: z.strictObject({ is: codeName, mark: z.enum(MARKS) }),
  /** A contact on which a condition cannot be evaluated. */
  cannotTell: z.strictObject({ is: codeName, mark: z.enum(MARKS) }),
});

export const reportPlanSchema = z.strictObject({
  document: z.strictObject({
    type: z.strictObject({ system: z.url(), code: codeName }),
    sections: z.url(),
    observationCategory: z.strictObject({ system: z.url(), code: codeName }),
  }),
  fields: z.array(field).min(1),
  charts: z.array(chart).min(1),
  timeline,
  /** Kinds of information about a score that may stand beside it; an unverified statement never does. */
  information: z.array(z.enum(['band', 'reference-value', 'relevant-change', 'note'])),
});

/** `cards/report/<name>.yaml`: messages by key, and words for codes by group. */
export const reportTextsSchema = z.strictObject({
  texts: z.record(codeName, messagesSchema).optional(),
  terms: z.record(codeName, z.record(z.union([codeName, typeName]), textsSchema)).optional(),
});

export type ReportPlanFile = z.infer<typeof reportPlanSchema>;
export type ReportItemDefinition = z.infer<typeof item>;
export type ReportOriginDefinition = z.infer<typeof origin>;
export type ValueKind = (typeof VALUE_KINDS)[number];
export type Mark = (typeof MARKS)[number];
