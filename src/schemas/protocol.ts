import { z } from 'zod';
import { HOOKS } from './service.js';
import { EFFECTS, STATUSES } from './verdict.js';

/** The form of the files under `hooks/<protocol>/`. Every object is strict: an unknown key is a finding. */

/** A day that exists: 2027-02-30 is none. */
const day = z.string().refine((text) => z.regexes.date.test(text), 'an existing calendar day, YYYY-MM-DD');
export const codeName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name in kebab-case');
export const variableName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name in camelCase');
const expression = z.string().min(1);
/** A text in both languages. */
export const texts = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) });
/** How a document is named in an assessment: with the day of its version, where it has one. */
export const documentName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*( \d{4}-\d{2}-\d{2})?$/, 'a name in kebab-case, perhaps with the day of the version');
const source = z.strictObject({ document: documentName, section: z.string().min(1) });

const documentSchema = z.strictObject({
  title: texts,
  publisher: z.string().min(1),
  version: z.string().min(1),
  status: texts.optional(),
  url: z.url({ protocol: /^https$/ }),
});

/** `hooks/<protocol>/protocol.yaml`: what the protocol is and the documents it rests on. */
export const protocolSchema = z.strictObject({
  id: codeName,
  title: texts,
  sourceLabel: texts,
  sourceUrl: z.url({ protocol: /^https$/ }),
  topic: z.strictObject({ system: z.url(), code: codeName, display: texts }),
  documents: z.record(documentName, documentSchema),
  /** Names of the rules by which treatment is counted, of which a parameter may be the choice. */
  countingRules: z.array(z.string().min(1)).optional(),
});

/** `hooks/<protocol>/parameters/<name>.yaml`: one value with its whole history. */
export const parameterSchema = z.strictObject({
  description: z.string().min(1),
  /** The counting rule that it settles, one of `protocol.yaml`. */
  rule: z.string().optional(),
  /** What form the values have: `duration`, `calendar day`, `choice`, `code` and the like, or the unit of an amount. */
  unit: z.string().min(1),
  /** All values that a choice may have. */
  choices: z.array(z.string().min(1)).min(2).optional(),
  /** An amount by several sources: a list of decimals, each as a text. */
  several: z.literal(true).optional(),
  values: z.record(
    day,
    z.strictObject({
      /** Null ends it. One that is not there is told by the form that the unit asks for. */
      value: z.union([z.string().min(1), z.number(), z.boolean(), z.array(z.string()), z.null()]).optional(),
      source,
      note: z.string().optional(),
    }),
  ),
});

/** V verified, S from a source document, U unverified, D doubtful. */
const certainty = z.enum(['V', 'S', 'U', 'D']);

const member = z.union([
  z.strictObject({ code: z.string().min(1), display: z.string().optional(), certainty }),
  z.strictObject({
    prefix: z.string().min(1),
    /** Of so many characters alone; what is cut short is no code. */
    length: z.number().int().min(1).optional(),
    display: z.string().optional(),
    certainty,
  }),
  z.strictObject({
    from: z.number().int(),
    to: z.number().int(),
    display: z.string().optional(),
    certainty,
  }),
]);

/** `hooks/<protocol>/value-sets/<name>.yaml`: codes by system; a code without its system is never a member. */
export const valueSetSchema = z.strictObject({
  description: z.string().min(1),
  source: z.string().min(1),
  systems: z
    .array(
      z.strictObject({
        system: z.string().min(1),
        /** Other names that the same code system goes by. */
        aliases: z.array(z.string().min(1)).optional(),
        members: z.array(member).min(1),
        /** Codes or prefixes that are not members although a prefix above would take them in. */
        except: z.array(z.string().min(1)).optional(),
      }),
    )
    .min(1),
});

const column = z.union([
  expression,
  z.strictObject({ expression, as: z.literal('day').optional(), perValue: z.boolean().optional() }),
]);

/** What every row of a table says of where it was read, beside its own columns. */
export const ORIGIN = ['source', 'reference', 'path'] as const;

/** What a tally says of every group, beside the columns that it groups by and those that it derives. */
export const TALLIED = [
  'number',
  'numberKnown',
  'numberAtMost',
  'spanKnown',
  'first',
  'last',
  'spanDays',
  'activeDays',
  'longestPauseDays',
] as const;

const rowSource = z.strictObject({
  source: codeName,
  /** FHIRPath on the record: the resources that hold the rows. */
  of: expression,
  /** R4 type of those resources. */
  type: z.string().min(1),
  /** FHIRPath on the resource: the elements that are rows; absent: the resource is the row. */
  each: expression.optional(),
  /** R4 path type of a row, when `each` is given. */
  eachType: z.string().optional(),
  /** Path named in the evidence. */
  path: z.string().min(1),
  /** FHIRPath from the row, by the name that stands for it in the columns and in the names after it, outside criteria: `%name`. */
  let: z.record(variableName, expression).optional(),
  columns: z.record(variableName, column),
});

const factSchema = z.union([
  z.strictObject({
    description: z.string().optional(),
    expression,
    /** `day`: every value becomes a calendar day. */
    as: z.literal('day').optional(),
  }),
  z.strictObject({
    description: z.string().optional(),
    newest: expression,
    type: z.string().min(1),
    on: expression,
    /** FHIRPath that gives a calendar day: what is dated before that day falls out. */
    since: expression.optional(),
    /** FHIRPath that gives a calendar day: what is dated after that day falls out. */
    until: expression.optional(),
    /** Only the newest, with those of which it cannot be told that they are older; or only those with a date that can be read; absent: all. */
    keep: z.enum(['perhaps-newest', 'dated']).optional(),
  }),
  z.strictObject({
    description: z.string().optional(),
    rows: z.array(rowSource).min(1),
    /** FHIRPath on a row: whether it stays. */
    keep: expression.optional(),
    /** Column that holds a calendar day; rows come newest first. */
    newestFirst: variableName.optional(),
  }),
  z.strictObject({
    description: z.string().optional(),
    tally: variableName,
    where: expression.optional(),
    by: z.array(variableName).min(1),
    within: z.strictObject({ from: expression, to: expression }).optional(),
    /** A pause of more than this many days is not treatment time. */
    pause: expression,
    derive: z.record(variableName, expression).optional(),
  }),
]);

export const factFileSchema = z.strictObject({ facts: z.record(variableName, factSchema) });

export const statusSchema = z.enum(STATUSES);

const answerSchema = z.strictObject({
  status: statusSchema,
  reason: codeName,
  when: expression,
  /** The answer rests on something not being there, so it needs a record without gaps, like every `not-met`. */
  absence: z.boolean().optional(),
  missing: z.array(z.string().min(1)).optional(),
});

const otherwiseSchema = z
  .strictObject({
    status: z.enum(['unknown', 'review', 'met', 'not-applicable']),
    reason: codeName,
    absence: z.boolean().optional(),
    missing: z.array(z.string().min(1)).optional(),
  })
  // An empty record comes to it, and one of which nothing could be had looks the same.
  .refine(({ status, absence }) => (status !== 'met' && status !== 'not-applicable') || absence === true, {
    path: ['absence'],
    error: 'true, where nothing found is no obstacle',
  });

const ladderSchema = z.strictObject({ answers: z.array(answerSchema).min(1), otherwise: otherwiseSchema });

const evidenceSchema = z.strictObject({
  /** FHIRPath: resources, or rows of a table. */
  of: expression,
  path: z.string().min(1).optional(),
  /** FHIRPath on that resource or row. */
  value: expression.optional(),
});

const effectSchema = z.enum(EFFECTS);

const criterionSchema = z.strictObject({
  id: codeName,
  phases: z.array(codeName).min(1),
  effect: effectSchema,
  source,
  /** Resource types that must have come in whole before anything is concluded from an absence. */
  needs: z.array(z.string().min(1)),
  /** Constants that the ladder's expressions may use as variables. */
  with: z.record(variableName, z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Name of a shared ladder in `ladders.yaml`, instead of answers of its own. */
  ladder: codeName.optional(),
  answers: z.array(answerSchema).min(1).optional(),
  otherwise: otherwiseSchema.optional(),
  /** Named data that must all be there; `%complete` tells whether they are, the missing ones are listed. */
  parts: z.record(codeName, expression).optional(),
  /** Readings of an ambiguous text, each a FHIRPath rule over other criteria (`%{camelCase id}`). */
  readings: z.record(codeName, expression).optional(),
  /** FHIRPath giving the one reading to follow, or `both`. */
  readingInForce: expression.optional(),
  evidence: z.array(evidenceSchema).optional(),
  figures: z.record(variableName, expression).optional(),
  notes: z.array(z.strictObject({ note: codeName, when: expression })).optional(),
});

export const criteriaFileSchema = z.strictObject({ criteria: z.array(criterionSchema).min(1) });
export const laddersFileSchema = z.strictObject({ ladders: z.record(codeName, ladderSchema) });

/** `hooks/<protocol>/<version>/version.yaml`: when this version holds and how it decides. */
export const versionSchema = z.strictObject({
  version: z.string().min(1),
  validFrom: day,
  validTo: day.optional(),
  /** Last day on which a person compared this version with its source. */
  checkedOn: day,
  source,
  phases: z.array(codeName).min(1),
  /** Files under `criteria/`, in the order in which their verdicts are given. */
  criteria: z.array(codeName).min(1),
  regime: z.strictObject({
    answers: z.array(z.strictObject({ regime: codeName, when: expression })).min(1),
    otherwise: codeName,
  }),
  transition: z.strictObject({
    /** The one criterion whose failure the transition rule may cover. */
    criterion: codeName,
    covered: expression,
    /** The text can be read both ways: the failure is laid before a person. */
    disputed: expression,
    figures: z.record(variableName, expression).optional(),
  }),
});

/** The codes that a search is narrowed to: those of every score and those of value sets. */
const askedCodes = z
  .strictObject({
    scores: z.literal(true).optional(),
    valueSets: z.array(codeName).min(1).optional(),
  })
  .refine((codes) => Object.keys(codes).length > 0, 'codes of some kind');

/** `hooks/services/<id>.yaml` */
export const serviceSchema = z.strictObject({
  id: codeName,
  hook: z.enum(HOOKS),
  phase: codeName,
  protocol: codeName,
  title: texts,
  description: texts,
  usageRequirements: texts,
  /** FHIRPath on a ServiceRequest: is it an order this service speaks to? */
  fires: expression,
  /** FHIRPath on a ServiceRequest: is it the referral that started the matter? */
  referral: expression,
  /** FHIRPath on a ServiceRequest: may it be that referral, for what it does not tell or what cannot be read of it? */
  perhapsReferral: expression.optional(),
  /** Where references to whoever gave care stand; roles that are not in the record are read one by one. */
  roles: z.array(z.strictObject({ type: z.string().min(1), path: z.string().min(1) })),
  prefetch: z.record(
    variableName,
    z.strictObject({
      template: z.string().min(1),
      types: z.array(z.string().min(1)).min(1),
      required: z.boolean(),
      /** Added to the template as its `code` when everything is read. */
      codes: askedCodes.optional(),
    }),
  ),
});

export type AskedCodes = z.infer<typeof askedCodes>;
export type ProtocolFile = z.infer<typeof protocolSchema>;
export type ParameterFile = z.infer<typeof parameterSchema>;
export type ValueSetFile = z.infer<typeof valueSetSchema>;
export type FactDefinition = z.infer<typeof factSchema>;
export type RowSourceDefinition = z.infer<typeof rowSource>;
export type CriterionDefinition = z.infer<typeof criterionSchema>;
export type LadderDefinition = z.infer<typeof ladderSchema>;
export type VersionFile = z.infer<typeof versionSchema>;
