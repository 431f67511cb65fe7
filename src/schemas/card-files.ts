import { z } from 'zod';
import { codeName, documentName, statusSchema, variableName } from './protocol.js';
import { OUTCOMES } from './verdict.js';

/** The form of the files under `cards/`. Every object is strict: an unknown key is a finding. */

/** Ids of missing data may have a dot between their parts. */
const datumName = z.string().regex(/^[a-z0-9]+([-.][a-z0-9]+)*$/, 'a name in kebab-case');
const text = z.string().min(1);

/** An ICU message, or several: the first of which every placeholder has a value is shown. */
const message = z.union([text, z.array(text).min(1)]);

/** A message in every language. */
export const messagesSchema = z.strictObject({ nl: message, en: message });

const fixedText = text.refine((fixed) => !/[{}]/.test(fixed), 'a fixed text, without placeholders');

/** A fixed text in every language. */
export const textsSchema = z.strictObject({ nl: fixedText, en: fixedText });

const sentences = z.partialRecord(statusSchema, z.record(codeName, messagesSchema));

/** `cards/sentences/<name>.yaml`: sentences by status and reason that several criteria share. */
export const sentencesFileSchema = z.strictObject({ sentences });

/** `cards/criteria/<name>.yaml`: how criteria are named and what each answer says. */
const criterionTextsSchema = z.strictObject({
  title: textsSchema,
  /** The title in a few words, for summaries. */
  short: textsSchema,
  /** Other criteria whose sentences belong under this one. */
  parts: z.array(codeName).min(1).optional(),
  /** The figure that names the one of its parts on which a `not-met` turns; without a value no single part decides. */
  turnsOn: variableName.optional(),
  /** A file under `sentences/` for the answers that are not worded here. */
  shared: codeName.optional(),
  sentences: sentences.optional(),
  /** The same answers in a few words, for a summary that is about this criterion alone. */
  brief: sentences.optional(),
});
export const criterionTextsFileSchema = z.strictObject({ criteria: z.record(codeName, criterionTextsSchema) });

/** `cards/terms/<name>.yaml`: the words for codes in assessments; every map may be spread over several files. */
export const termsFileSchema = z.strictObject({
  missing: z
    .record(datumName, z.strictObject({ term: textsSchema, supplier: codeName, questionnaire: codeName.optional() }))
    .optional(),
  /** What a FHIR resource type holds, for data that could not be gathered. */
  resourceTypes: z.record(z.string().regex(/^[A-Z]\w*$/), textsSchema).optional(),
  /** Why something could not be gathered. */
  gaps: z.record(codeName, textsSchema).optional(),
  /** Why what is there does not tell it, by the reason of a verdict; who can supply it is the same. */
  doubts: z.record(codeName, textsSchema).optional(),
  suppliers: z.record(codeName, textsSchema).optional(),
  notes: z.record(codeName, messagesSchema).optional(),
  /** May name the figures of the transition rule. */
  regimes: z.record(codeName, messagesSchema).optional(),
  documents: z.record(documentName, textsSchema).optional(),
  /** Sections of documents, by what a criterion cites. */
  sections: z.record(text, textsSchema).optional(),
  readings: z.record(codeName, textsSchema).optional(),
  outcomes: z.record(codeName, textsSchema).optional(),
  statuses: z.partialRecord(statusSchema, textsSchema).optional(),
  scores: z.record(codeName, z.strictObject({ term: textsSchema, direction: textsSchema.optional() })).optional(),
  /** What an order is called that has a code of the project and no name. */
  orders: z.record(codeName, textsSchema).optional(),
  questionnaires: z.record(codeName, z.strictObject({ canonical: z.url(), term: textsSchema })).optional(),
  /** Instruments by id; `questionnaire` is what is asked for when this one gave no score, its own id when left out. */
  instruments: z.record(codeName, z.strictObject({ term: textsSchema, questionnaire: codeName.optional() })).optional(),
  /** Why something that belongs to an instrument gave no score, or one to read with care. */
  problems: z.record(codeName, messagesSchema).optional(),
  /** Words for figures that are codes, by the figure's name. */
  figures: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.record(codeName, textsSchema)).optional(),
});

const BLOCKS = [
  'failing',
  'open',
  'judge',
  'attention',
  'composed',
  'composed-open',
  'missing',
  'missing-names',
  'withheld',
  'also-missing',
  'problems',
  'readings',
  'notes',
  'scores',
] as const;

const block = z.union([
  z.strictObject({ text: messagesSchema }),
  z.strictObject({
    show: z.enum(BLOCKS),
    heading: textsSchema.optional(),
    /** Left out when an earlier card about the same order has it. */
    once: z.boolean().optional(),
  }),
]);

/** `cards/templates/<id>.yaml`: one kind of card. `critical` is not among the indicators. */
export const templateSchema = z.strictObject({
  id: codeName,
  indicator: z.enum(['info', 'warning']),
  summary: messagesSchema,
  /** The summary where another card about the same order comes first, which has said what the outcome is. */
  summaryBeside: messagesSchema.optional(),
  detail: z.array(block).min(1),
  /** Whether the physician may say why this advice is not followed. */
  overridable: z.boolean(),
  selectionBehavior: z.enum(['at-most-one', 'any']),
});

/** `cards/general.yaml`: what every card has. */
export const generalSchema = z.strictObject({
  /** Above the detail of every card. */
  header: z.array(messagesSchema).min(1),
  /** Below the detail of every card; the last one is the fixed closing line. */
  footer: z.array(messagesSchema).min(1),
  /** Beside a sentence: criterion and source. */
  citation: messagesSchema,
  /** Beside a part that is not met and that the whole, which is met, does without; `{status}` is its own. */
  partNotNeeded: messagesSchema,
  /** Above what one supplier can give, with the number of those data. */
  supplierHeading: messagesSchema,
  /** Behind the summary when several orders are in the call. */
  orderSuffix: messagesSchema,
  unnamedOrder: textsSchema,
  sourceLink: textsSchema,
  reportLink: textsSchema,
  scoreTable: z.strictObject({
    columns: z.strictObject({
      score: textsSchema,
      value: textsSchema,
      range: textsSchema,
      direction: textsSchema,
      date: textsSchema,
    }),
    range: messagesSchema,
    dateUnknown: textsSchema,
    /** Said of a score older than the parameter allows; `{months}` is that parameter. */
    old: messagesSchema,
    /** Said of something that is there or not and has no value. */
    present: textsSchema,
    note: textsSchema,
  }),
  readingTable: z.strictObject({ reading: textsSchema, result: textsSchema }),
  /** Parameter of the protocol that says after how long a questionnaire is mentioned as old. */
  ageParameter: z.string().min(1),
  /** Who sees to what could not be gathered or worked out. */
  gapSupplier: codeName,
});

const choice = z.strictObject({
  when: z.strictObject({
    service: codeName.optional(),
    outcome: z.enum(OUTCOMES).optional(),
    regime: codeName.optional(),
  }),
  cards: z
    .array(
      z.strictObject({
        template: codeName,
        /** The card comes only when there is something in this group. */
        needs: z.enum(['open', 'judge', 'failing-or-judge']).optional(),
        /** In place of the template's own indicator. */
        indicator: z.enum(['info', 'warning']).optional(),
      }),
    )
    .min(1)
    .max(3),
});

/** `cards/choice.yaml`: which cards an assessment gets; the first choice that fits holds. */
export const choiceFileSchema = z.strictObject({ choices: z.array(choice).min(1) });

/** `cards/override-reasons.yaml` */
export const overrideReasonsSchema = z.strictObject({
  system: z.url(),
  reasons: z.record(codeName, textsSchema),
  /** Cards on which a reason can be true, by template; a reason that is not named here goes with every card. */
  only: z.record(codeName, z.array(codeName).min(1)).optional(),
  /** Reasons that can be true only where the readings of a text come out differently. */
  whereReadingsDiffer: z.array(codeName).min(1).optional(),
  /** The figure of the transition rules that is the last day of assessment on which a reason can be true. */
  until: z.record(codeName, text).optional(),
  services: z.record(codeName, z.array(codeName).min(1)),
});

const coding = z.strictObject({ system: z.url(), code: text, display: text.optional() });

const suggestionBase = {
  id: codeName,
  /** Templates it goes with; it is offered once per order, on the first of these cards. */
  on: z.array(codeName).min(1),
  phases: z.array(codeName).min(1),
  recommended: z.boolean(),
  label: messagesSchema,
};

/** `cards/suggestions/<id>.yaml`: one click that repairs something. */
export const suggestionSchema = z.discriminatedUnion('build', [
  z.strictObject({
    ...suggestionBase,
    /** One Task per missing questionnaire. */
    build: z.literal('request-questionnaires'),
    description: messagesSchema,
    code: coding,
    input: coding,
  }),
  z.strictObject({
    ...suggestionBase,
    /** The draft as it came in, with a note and the evidence. */
    build: z.literal('attach-assessment'),
    description: messagesSchema,
    note: messagesSchema,
    line: messagesSchema,
  }),
  z.strictObject({
    ...suggestionBase,
    /** The draft withdrawn, and a new request in its place. */
    build: z.literal('refer-back'),
    /** Only when this criterion is not met. */
    criterion: codeName,
    deleteDescription: messagesSchema,
    createDescription: messagesSchema,
    code: textsSchema,
    note: messagesSchema,
  }),
  z.strictObject({
    ...suggestionBase,
    /** A request to someone for data that only they have. */
    build: z.literal('ask-supplier'),
    supplier: codeName,
    description: messagesSchema,
    reason: textsSchema,
    message: messagesSchema,
  }),
]);

export type MessagesFile = z.infer<typeof messagesSchema>;
export type SentencesFile = z.infer<typeof sentencesFileSchema>;
export type TermsFile = z.infer<typeof termsFileSchema>;
export type BlockName = (typeof BLOCKS)[number];
export type GeneralFile = z.infer<typeof generalSchema>;
export type ChoiceFile = z.infer<typeof choiceFileSchema>;
export type OverrideReasonsFile = z.infer<typeof overrideReasonsSchema>;
export type SuggestionFile = z.infer<typeof suggestionSchema>;
