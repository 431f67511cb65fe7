import { histories } from '../records/encode-forms.js';

/** Who treats in the first line, in the words of the forms; `other` is no part of it. */
export type Discipline =
  | 'physiotherapy'
  | 'exercise-therapy'
  | 'occupational-therapy'
  | 'psychologist'
  | 'poh-ggz'
  | 'psychosomatic-physiotherapy'
  | 'psychosomatic-occupational-therapy'
  | 'psychosomatic-exercise-therapy'
  | 'other';

export type Result = 'insufficient' | 'sufficient';

/** One course of treatment, as it was given. */
export interface Course {
  readonly discipline: Discipline;
  /** Every day of treatment, the first first; an intake is none of them. */
  readonly days: readonly string[];
  /** The day of an intake that was no treatment. */
  readonly intake?: string;
  /** For the pain of the story, or for something else. */
  readonly complaint: 'this' | 'other';
  readonly setting: 'primary-care' | 'secondary-care';
  readonly result: Result;
}

/** Pain as a patient tells it, with what the indication document makes of it. */
export type Pain =
  | 'low-back'
  | 'neck'
  | 'shoulder'
  | 'knee'
  | 'hip'
  | 'widespread'
  | 'back-without-name'
  | 'headache'
  | 'abdomen'
  | 'face'
  | 'postherpetic'
  | 'pelvis';

/** Questions of the intake form that are answered with yes or no. */
export const QUESTIONS = [
  'movement-function-impaired',
  'cognitive-emotional-function-impaired',
  'activity-limitation',
  'cognitive-emotional-problem',
  'first-line-adequate',
  'diagnostics-complete-patient',
  'diagnostics-complete-physician',
  'other-intervention-promising',
  'patient-willing',
  'patient-able',
  'goal-functioning',
  'pain-relief-only',
  'sufficient-capacity',
  'medication-impedes',
  'taper-possible',
  'external-barriers',
  'other-treatment-needed',
  'psychiatric-foreground',
  'mental-health-care-involved',
  'psychologist-advice',
  'other-therapist-advice',
  'team-deviation',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** What the team writes down in words. */
export const TEXTS = [
  ...histories,
  'core-problem-text',
  'main-goal',
  'treatment-direction-rationale',
  'first-line-adequate-rationale',
  'team-deviation-reason',
  'report.complaint',
  'report.diagnostics',
  'report.previous-treatments',
  'report.limitations',
  'report.quality-of-life',
  'report.participation',
  'report.cognitive-emotional',
  'report.core-problem',
  'report.main-goal',
  'report.conclusion',
] as const;
export type Text = (typeof TEXTS)[number];

/** Totals as the patient's questionnaires give them; absent where one was not taken. */
export interface Scores {
  readonly generalPainQuestionnaire?: true;
  /** 0 to 70. */
  readonly pdi?: number;
  /** 0 to 10, one for each activity. */
  readonly psk?: readonly number[];
  /** The twelve printed answers. */
  readonly sf12?: readonly number[];
  /** 0 to 10. */
  readonly workAbility?: number;
  /** Anxiety and depression, 0 to 21 each. */
  readonly hads?: readonly [number, number];
  /** 0 to 52. */
  readonly catastrophizing?: number;
}

/** What happened to one invented person, whoever wrote it down and in whatever way. Days are `YYYY-MM-DD`. */
export interface Story {
  readonly born: string;
  readonly sex: 'female' | 'male';
  readonly pain: Pain;
  /** Whether the pain influences the musculoskeletal system, where that was asked. */
  readonly movementInfluence?: boolean;
  /** The first day of the pain. */
  readonly began: string;
  readonly recurs: boolean;
  readonly referredOn: string;
  readonly referrer: 'general-practitioner' | 'orthopaedist' | 'anaesthetist';
  /** The referrer went over what was done in the first line. */
  readonly exhausted?: boolean;
  readonly courses: readonly Course[];
  /** Somebody asked whether there was any other treatment in the first line, and there was none. */
  readonly noOtherTreatment: boolean;
  /** The result of the first line as a whole, where somebody judged that. */
  readonly firstLine?: Result;
  /** Something else that the patient has, and had treated or not. */
  readonly besides?: 'depression' | 'parkinson' | 'hypertension';
  /** From here on: the rehabilitation team. */
  readonly assessedOn: string;
  readonly answers: Readonly<Partial<Record<Question, boolean>>>;
  readonly texts: readonly Text[];
  readonly scores: Scores;
  readonly participation?: 'present' | 'threatened' | 'none';
  readonly coreProblem?: 'catastrophizing' | 'avoidance' | 'pain-control' | 'other';
  readonly directions: readonly ('pain-education' | 'exposure-in-vivo' | 'graded-activity' | 'other')[];
  readonly painMechanism?: 'nociceptive' | 'neuropathic' | 'nociplastic' | 'mixed';
  readonly wpnLevel?: number;
  readonly indicatedBy?: 'physiatrist' | 'nurse-specialist' | 'physician-assistant' | 'other';
  readonly indicatedOn?: string;
  readonly treatmentStart?: string;
}
