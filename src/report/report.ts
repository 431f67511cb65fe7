import type { Mark, ReportPlanFile, ValueKind } from '../schemas/report-files.js';
import type { GapReason } from '../schemas/record.js';
import type { Assessment, EXPRESSION_FAILED, Figures, Score, Verdict } from '../schemas/verdict.js';
import type { Resource } from '../schemas/resource.js';
import type { Texts } from '../schemas/service.js';
import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import type { ScoringProblem } from '../instruments/problems.js';

/** Why a datum is not there: a gap in what was gathered, a rule that failed, or simply nothing recorded. */
export type Absence = GapReason | typeof EXPRESSION_FAILED | 'not-recorded';

export interface Gap {
  /** Code of who can supply it. */
  readonly supplier: string;
  readonly reason: Absence;
}

/** One value and where it stands. */
export interface Found {
  readonly value: string | number | boolean;
  /** `Type/id`, or the type alone when the resource has no id. */
  readonly reference: string;
  /** Element path in that resource. */
  readonly path: string;
  /** Calendar day (or month, or year) that the resource gives for itself. */
  readonly on: string | undefined;
}

export interface ReportItem {
  readonly id: string;
  readonly as: ValueKind;
  readonly words: string | undefined;
  readonly found: readonly Found[];
  /** Set when nothing was found and someone can be asked. */
  readonly gap: Gap | undefined;
}

export interface ReportScores {
  /** The term under which it is missed. */
  readonly id: string;
  readonly scores: readonly Score[];
  /** What belongs to these scores and could not be read as one. */
  readonly problems: readonly ScoringProblem[];
  readonly gap: Gap | undefined;
}

export interface ReportField {
  readonly id: string;
  /** Place in the list, from 1. */
  readonly number: number;
  readonly state: 'complete' | 'partial' | 'empty';
  readonly items: readonly ReportItem[];
  readonly scores: readonly ReportScores[];
  readonly criteria: readonly string[];
  readonly timeline: boolean;
  /** Resource types that did not come in whole, so that there may be more than is shown. */
  readonly incomplete: readonly { readonly type: string; readonly reason: GapReason }[];
}

/** Every score of one kind, on one range. */
export interface ScoreSeries {
  readonly score: string;
  readonly min: number;
  readonly max: number;
  readonly direction: ScoreDefinition['direction'];
  /** From old to new, all on this range; those without a date first. */
  readonly points: readonly Score[];
  /** On another range, so not to be drawn here. */
  readonly otherScale: readonly Score[];
  readonly information: Instrument['information'];
}

export interface ScoreChart {
  readonly id: string;
  readonly series: readonly ScoreSeries[];
  readonly problems: readonly ScoringProblem[];
}

/** One contact on a day, or one series. */
export interface Contact {
  /** Calendar days, months or years; both absent when no date was recorded. A contact has both the same. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Contacts that a series stands for; absent when not recorded. */
  readonly number: number | undefined;
  readonly series: boolean;
  readonly standing: string;
  readonly mark: Mark;
  readonly reference: string;
}

/** What the contacts of a lane that count add up to; lower bounds where something could not be told. */
export interface Course {
  readonly number: number;
  readonly numberKnown: boolean;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly spanDays: number | undefined;
  readonly spanKnown: boolean;
}

export interface Lane {
  readonly source: string;
  readonly discipline: string | undefined;
  /** From old to new; without a date first. */
  readonly contacts: readonly Contact[];
  readonly courses: readonly Course[];
}

export interface TimelinePart {
  readonly id: string;
  readonly criterion: string | undefined;
  readonly lanes: readonly Lane[];
}

export interface Timeline {
  readonly window: { readonly from: string; readonly to: string } | undefined;
  readonly onset: string | undefined;
  /** Absent when the day of referral cannot be told. */
  readonly referredOn: string | undefined;
  readonly asOf: string;
  readonly rulerDays: number | undefined;
  /** The criterion that weighs the parts together. */
  readonly criterion: string;
  readonly parts: readonly TimelinePart[];
  /** How contacts can stand, with the mark of each, in the order of the legend. */
  readonly standings: readonly { readonly is: string; readonly mark: Mark }[];
  readonly incomplete: ReportField['incomplete'];
  /** The table could not be worked out. */
  readonly failed: boolean;
}

/** Who the report is about: no more than is needed to know whose it is. */
export interface ReportPatient {
  readonly name?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly gender?: 'male' | 'female' | 'other' | 'unknown' | undefined;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  /** The record says of itself that it is test data. */
  readonly synthetic: boolean;
}

/** The report about one order as plain data, in no language. */
export interface Report {
  /** Dates that the transition rule turns on. */
  readonly transition: Figures;
  readonly assessment: Assessment;
  /** Those of the assessment, by criterion. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Absent when it cannot be told; the assessment then goes by a stand-in. */
  readonly referredOn: string | undefined;
  readonly protocol: {
    readonly title: Texts;
    readonly sourceLabel: Texts;
    readonly sourceUrl: string;
  };
  /** The order as it came in. */
  readonly order: Resource;
  readonly patient: ReportPatient;
  readonly fields: readonly ReportField[];
  readonly charts: readonly ScoreChart[];
  readonly timeline?: Timeline;
  /** Codes that each score goes by as an Observation. */
  readonly scoreCodes: Readonly<Record<string, readonly { readonly system: string; readonly code: string }[]>>;
  /** What a higher value of each score means. */
  readonly scoreDirections: Readonly<Record<string, ScoreSeries['direction']>>;
  /** Absent when no version of the protocol was in force. */
  readonly codes?: ReportCodes;
}

/** Code systems and codes of the FHIR document. */
export type ReportCodes = ReportPlanFile['document'];
