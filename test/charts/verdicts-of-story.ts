import type { Outcome, Status } from '../../src/schemas/verdict.js';
import { addDays, yearsBefore } from '../records/calendar.js';
import type { Course, Discipline, Story } from './story.js';

/**
 * What the indication document of 17 April 2026 says of a story, worked out by hand from its text, the counting rules T1 to T15 and
 * the transition rules; it reads no file of `hooks/`.
 */
export interface Verdicts {
  readonly outcome: Outcome;
  readonly criteria: Readonly<Record<string, Status>>;
}

export type Phase = 'referral' | 'indication';

const DUTY_FROM = '2026-11-01';
const TRANSITION_ENDS = '2026-10-31';
const TWELVE_WEEKS = 84;

export type Part = 'physical' | 'psychological' | 'psychosomatic';

/** The part of the first line that a discipline is; none where it is no part of it. */
export const PART: Readonly<Record<Discipline, Part | undefined>> = {
  physiotherapy: 'physical',
  'exercise-therapy': 'physical',
  'occupational-therapy': 'physical',
  'psychosomatic-exercise-therapy': 'physical',
  psychologist: 'psychological',
  'poh-ggz': 'psychological',
  'psychosomatic-physiotherapy': 'psychosomatic',
  'psychosomatic-occupational-therapy': 'psychosomatic',
  other: undefined,
};

export const daysBetween = (first: string, last: string): number => (Date.parse(last) - Date.parse(first)) / 86_400_000;

/** Three calendar months later, on the last day of the month where there is no such day. */
export function monthsAfter(day: string, months: number): string {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  const next = at + 1;
  const end = Number(addDays(`${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`, -1).slice(8));
  return `${first}-${String(Math.min(Number(day.slice(8)), end)).padStart(2, '0')}`;
}

/** Where a course is told: session by session, or as a row of a form, which shows no intake and no pause inside it. */
export interface Source {
  readonly courses: readonly Course[];
  readonly bySession: boolean;
}

/** Where a chart tells of the first line. */
export interface Told {
  readonly sources: readonly Source[];
  /** Whether the referrer filled in the form. */
  readonly referralForm: boolean;
}

/** So many treatments between two days; one session is one of a day. */
interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly number: number;
}

/** At least six treatments, and twelve weeks from the first to the last; pauses of more than twelve weeks left out or not. */
function thresholds(part: Part, stretches: readonly Stretch[], pausesCount: boolean): boolean {
  const inOrder = [...stretches].sort((one, other) => (one.from < other.from ? -1 : 1));
  const number = inOrder.reduce((sum, one) => sum + one.number, 0);
  let [span, end] = [0, inOrder[0]?.from ?? ''];
  for (const { from, to } of inOrder) {
    const pause = from > end ? daysBetween(end, from) : 0;
    if (pausesCount || pause <= TWELVE_WEEKS) span += pause;
    const start = from > end ? from : end;
    if (to > start) [span, end] = [span + daysBetween(start, to), to];
    else end = start;
  }
  const [enough, long] = [number >= 6, span >= TWELVE_WEEKS];
  return part === 'psychological' ? enough || long : enough && long;
}

/** A way of reading what the document leaves open: together (T4), with intake (T6), with pauses (T8), with secondary care (T10), exercise as psychosomatic (T11). */
interface Reading {
  readonly together: boolean;
  readonly intake: boolean;
  readonly pauses: boolean;
  readonly secondary: boolean;
  readonly exercise: boolean;
}
const STRICT: Reading = { together: false, intake: false, pauses: false, secondary: false, exercise: false };
const READINGS: readonly Reading[] = Array.from({ length: 32 }, (_, at) => ({
  together: (at & 1) > 0,
  intake: (at & 2) > 0,
  pauses: (at & 4) > 0,
  secondary: (at & 8) > 0,
  exercise: (at & 16) > 0,
}));

/** What of a course lies in the two years before the referral (T1, T2). */
function inWindow(story: Story, course: Course, bySession: boolean, intake: boolean): readonly Stretch[] {
  const from = yearsBefore(story.referredOn, 2);
  const inside = (day: string) => day >= from && day <= story.referredOn;
  const days = course.days.filter(inside);
  if (bySession) {
    return [...(intake && course.intake !== undefined && inside(course.intake) ? [course.intake] : []), ...days].map(
      (day) => ({
        from: day,
        to: day,
        number: 1,
      }),
    );
  }
  if (days.length === 0) return [];
  return [{ from: course.days[0]! > from ? course.days[0]! : from, to: days.at(-1)!, number: days.length }];
}

function reaches(story: Story, { courses, bySession }: Source, part: Part, reading: Reading): boolean {
  const byDiscipline = new Map<string, Stretch[]>();
  for (const course of courses) {
    const ofPart =
      PART[course.discipline] === part ||
      (reading.exercise && part === 'psychosomatic' && course.discipline === 'psychosomatic-exercise-therapy');
    if (!ofPart || course.complaint === 'other' || (course.setting === 'secondary-care' && !reading.secondary))
      continue;
    const key = reading.together ? part : course.discipline;
    byDiscipline.set(key, [...(byDiscipline.get(key) ?? []), ...inWindow(story, course, bySession, reading.intake)]);
  }
  return [...byDiscipline.values()].some((stretches) => thresholds(part, stretches, reading.pauses));
}

function partVerdict(story: Story, sources: readonly Source[], part: Part): Status {
  if (sources.some((source) => reaches(story, source, part, STRICT))) return 'met';
  if (sources.some((source) => READINGS.some((reading) => reaches(story, source, part, reading)))) return 'review';
  const had = story.courses.some(({ discipline }) => PART[discipline] === part);
  return had || story.noOtherTreatment ? 'not-met' : 'unknown';
}

type Truth = boolean | undefined;
const and = (one: Truth, other: Truth): Truth =>
  one === false || other === false ? false : one === undefined || other === undefined ? undefined : true;
const or = (one: Truth, other: Truth): Truth =>
  one === true || other === true ? true : one === undefined || other === undefined ? undefined : false;

/** One reading of EN and Of, with judgements that may fall either way. */
function readingOf(parts: readonly Status[], rule: (a: Truth, b: Truth, c: Truth) => Truth): Status {
  const asked = (review: Truth) => {
    const [a, b, c] = parts.map((status) =>
      status === 'review' ? review : status === 'unknown' ? undefined : status === 'met',
    );
    return rule(a, b, c);
  };
  const settled = asked(undefined);
  if (settled !== undefined) return settled ? 'met' : 'not-met';
  return asked(true) !== undefined && asked(false) !== undefined ? 'review' : 'unknown';
}

export function steppedCare(a: Status, b: Status, c: Status): Status {
  const one = readingOf([a, b, c], (x, y, z) => or(and(x, y), z));
  const other = readingOf([a, b, c], (x, y, z) => and(x, or(y, z)));
  if (one === other) return one;
  return one === 'unknown' || other === 'unknown' ? 'unknown' : 'review';
}

/** A course tells a result of this first line where it was for this pain and did not end before the two years. */
const tellsResult = (story: Story) => (course: Course) =>
  PART[course.discipline] !== undefined &&
  course.complaint === 'this' &&
  course.days.at(-1)! >= yearsBefore(story.referredOn, 2);

function ineffective(story: Story): Status {
  const results = new Set(story.courses.filter(tellsResult(story)).map(({ result }) => result));
  if (story.firstLine === 'insufficient') return 'met';
  if (story.firstLine === 'sufficient') return results.has('insufficient') ? 'review' : 'not-met';
  if (results.size === 2) return 'review';
  return results.has('insufficient') ? 'met' : results.has('sufficient') ? 'not-met' : 'unknown';
}

/** Content, number and result told by the referrer, or that nothing was had; of a referrer without a form nobody knows what was in the letter. */
function information(story: Story, { referralForm }: Told, asOf: string): Status {
  if (story.referredOn < DUTY_FROM && asOf < DUTY_FROM) return 'not-applicable';
  if (story.courses.length > 0 || story.noOtherTreatment) return 'met';
  if (story.referredOn < DUTY_FROM) return 'review';
  return referralForm ? 'not-met' : 'unknown';
}

const EXCLUDED = new Set(['headache', 'abdomen', 'face']);
const CONDITIONAL = new Set(['postherpetic', 'pelvis']);

function place(story: Story): readonly [Status, Status] {
  if (EXCLUDED.has(story.pain)) return ['not-met', 'not-met'];
  if (!CONDITIONAL.has(story.pain)) return ['met', 'met'];
  if (story.movementInfluence === undefined) return ['review', 'review'];
  return story.movementInfluence ? ['met', 'met'] : ['not-met', 'not-met'];
}

function persistent(story: Story, on: string): Status {
  return story.recurs || monthsAfter(story.began, 3) < on ? 'met' : 'not-met';
}

const yes = (answer: boolean | undefined): Status => (answer === undefined ? 'unknown' : answer ? 'met' : 'not-met');
const no = (answer: boolean | undefined): Status => yes(answer === undefined ? undefined : !answer);
const whole = (...parts: readonly boolean[]): Status => (parts.every(Boolean) ? 'met' : 'unknown');

function medication({ answers }: Story): Status {
  if (answers['medication-impedes'] === false || answers['taper-possible'] === true) return 'met';
  if (answers['medication-impedes'] === undefined) return 'unknown';
  return answers['taper-possible'] === false ? 'not-met' : 'unknown';
}

function direction({ coreProblem, directions }: Story): Status {
  if (coreProblem === undefined || coreProblem === 'other' || directions.length === 0) return 'unknown';
  const table = {
    catastrophizing: ['pain-education', 'exposure-in-vivo'],
    avoidance: ['graded-activity'],
    'pain-control': ['pain-education'],
  };
  return directions.some((one) => table[coreProblem].includes(one)) ? 'met' : 'not-met';
}

function teamAdvice({ answers }: Story): Status {
  const both = [answers['psychologist-advice'], answers['other-therapist-advice']];
  if (both.includes(false)) return 'not-met';
  return both.includes(undefined) ? 'unknown' : 'met';
}

function deviation({ answers, texts }: Story): Status {
  if (answers['team-deviation'] === undefined) return 'unknown';
  return !answers['team-deviation'] || texts.includes('team-deviation-reason') ? 'met' : 'not-met';
}

function elsewhere({ answers, besides }: Story): Status {
  const needed = answers['other-treatment-needed'];
  if (needed !== undefined) return needed ? 'review' : 'met';
  return besides === 'parkinson' ? 'review' : 'met';
}

function psychiatry({ answers, besides }: Story): Status {
  const foreground = answers['psychiatric-foreground'];
  if (foreground === false) return 'met';
  if (foreground) return answers['mental-health-care-involved'] === true ? 'met' : 'review';
  if (besides === 'depression') return 'review';
  return answers['mental-health-care-involved'] === undefined ? 'met' : 'review';
}

function indicatedBy({ indicatedBy: by }: Story): Status {
  if (by === undefined) return 'unknown';
  return by === 'physiatrist' ? 'met' : by === 'other' ? 'not-met' : 'review';
}

/** The referrer's criteria, judged on the day of referral. */
function ofReferral(story: Story, told: Told, on: string): Record<string, Status> {
  const [musculoskeletal, excluded] = place(story);
  const [a, b, c] = (['physical', 'psychological', 'psychosomatic'] as const).map((part) =>
    partVerdict(story, told.sources, part),
  );
  return {
    adult: story.born <= yearsBefore(story.referredOn, 18) ? 'met' : 'not-met',
    'musculoskeletal-pain': musculoskeletal,
    'persistent-pain': persistent(story, on),
    'no-excluded-pain': excluded,
    'first-line-physical': a!,
    'first-line-psychological': b!,
    'first-line-psychosomatic': c!,
    'stepped-care': steppedCare(a!, b!, c!),
    'first-line-ineffective': ineffective(story),
    'referrer-information': information(story, told, on),
  };
}

function ofTeam(story: Story): Record<string, Status> {
  const { answers, scores, coreProblem } = story;
  const told = (...texts: Story['texts']) => texts.every((text) => story.texts.includes(text));
  return {
    'wpn-level': story.wpnLevel === undefined ? 'unknown' : story.wpnLevel >= 3 ? 'met' : 'not-met',
    'indicated-by-physiatrist': indicatedBy(story),
    'team-advice': teamAdvice(story),
    'team-deviation-explained': deviation(story),
    'movement-function-impaired': yes(answers['movement-function-impaired']),
    'cognitive-emotional-function-impaired': yes(answers['cognitive-emotional-function-impaired']),
    'activity-limitation': yes(answers['activity-limitation']),
    'participation-problem': story.participation === undefined ? 'unknown' : yes(story.participation !== 'none'),
    'cognitive-emotional-problem': yes(answers['cognitive-emotional-problem']),
    'limitations-recorded': whole(
      scores.generalPainQuestionnaire === true,
      scores.pdi !== undefined || scores.psk !== undefined,
      told('history-activities', 'physical-examination'),
    ),
    'quality-of-life-recorded': whole(scores.sf12 !== undefined, told('history-quality-of-life')),
    'participation-recorded': whole(
      scores.workAbility !== undefined,
      told('role-household', 'role-leisure', 'role-work-study', 'role-family'),
    ),
    'cognitive-emotional-recorded': whole(
      scores.hads !== undefined,
      scores.catastrophizing !== undefined,
      told('history-attributions', 'history-harm-beliefs', 'history-pain-fusion', 'history-control-expectation'),
    ),
    'report-complete': whole(
      story.painMechanism !== undefined,
      told('report.complaint', 'report.diagnostics', 'report.previous-treatments', 'report.limitations'),
      told('report.quality-of-life', 'report.participation', 'report.cognitive-emotional'),
      told('report.core-problem', 'report.main-goal', 'report.conclusion'),
    ),
    'core-problem-described': whole(
      (coreProblem !== undefined && coreProblem !== 'other') || told('core-problem-text'),
    ),
    'main-goal-described': whole(told('main-goal')),
    'treatment-direction-explained': whole(told('treatment-direction-rationale')),
    'treatment-direction-matches': direction(story),
    'first-line-adequate':
      answers['first-line-adequate'] === true && !told('first-line-adequate-rationale')
        ? 'unknown'
        : yes(answers['first-line-adequate']),
    'diagnostics-complete-patient': yes(answers['diagnostics-complete-patient']),
    'diagnostics-complete-physician': yes(answers['diagnostics-complete-physician']),
    'no-other-intervention': no(answers['other-intervention-promising']),
    'patient-willing': yes(answers['patient-willing']),
    'patient-able': yes(answers['patient-able']),
    'goal-functioning': yes(answers['goal-functioning']),
    'not-pain-relief-only': no(answers['pain-relief-only']),
    'sufficient-capacity': yes(answers['sufficient-capacity']),
    'no-impeding-medication': medication(story),
    'no-external-barriers': no(answers['external-barriers']),
    'no-condition-treated-elsewhere': elsewhere(story),
    'psychiatric-care-involved': psychiatry(story),
  };
}

/** Whether the transition rule holds for a patient who did not go through the first line. */
function transition({ referredOn, indicatedOn, treatmentStart, assessedOn }: Story): 'yes' | 'disputed' | 'no' {
  if (assessedOn > TRANSITION_ENDS) return 'no';
  const before = (day: string | undefined) => day !== undefined && day < '2026-04-14';
  const perhaps = (day: string | undefined) => day !== undefined && day < '2026-04-20';
  if (treatmentStart !== undefined && before(treatmentStart) && treatmentStart >= referredOn) return 'yes';
  return perhaps(treatmentStart) || perhaps(indicatedOn) ? 'disputed' : 'no';
}

const SIGNALS = new Set([
  'indicated-by-physiatrist',
  'team-advice',
  'team-deviation-explained',
  'treatment-direction-matches',
  'referrer-checked',
]);
const PARTS = new Set(['first-line-physical', 'first-line-psychological', 'first-line-psychosomatic']);
const REVIEW_AT_MOST = new Set(['no-condition-treated-elsewhere', 'psychiatric-care-involved']);

function outcomeOf(story: Story, phase: Phase, criteria: Readonly<Record<string, Status>>): Outcome {
  const weighed = Object.entries(criteria).filter(([id]) => !PARTS.has(id));
  const silent = new Set([...SIGNALS, ...REVIEW_AT_MOST]);
  const failing = weighed.filter(
    ([id, status]) => status === 'not-met' && !silent.has(id) && id !== 'referrer-information',
  );
  const rule = phase === 'indication' ? transition(story) : 'no';
  const forgiven = failing.length === 1 && failing[0]![0] === 'stepped-care' && rule !== 'no';
  if (failing.length > 0 && !forgiven) return 'not-met';
  if (forgiven && rule === 'yes') return 'transition';
  const open = weighed.some(
    ([id, status]) =>
      (status === 'unknown' && !silent.has(id) && id !== 'wpn-level') ||
      (id === 'referrer-information' && status === 'not-met'),
  );
  if (open) return 'unknown';
  return forgiven || weighed.some(([, status]) => status === 'review') ? 'review' : 'met';
}

/** What has to be said of a story that is told in full. */
export function verdictsOf(story: Story, phase: Phase, told: Told): Verdicts {
  const on = phase === 'referral' ? story.referredOn : story.assessedOn;
  const criteria =
    phase === 'referral'
      ? { ...ofReferral(story, told, on), 'referrer-checked': yes(story.exhausted) }
      : { ...ofReferral(story, told, on), ...ofTeam(story) };
  return { outcome: outcomeOf(story, phase, criteria), criteria };
}
