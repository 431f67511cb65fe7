import fc from 'fast-check';
import { addDays, yearsBefore } from '../records/calendar.js';
import {
  type Course,
  type Discipline,
  type Pain,
  QUESTIONS,
  type Question,
  type Scores,
  type Story,
  TEXTS,
} from './story.js';
import { monthsAfter } from './verdicts-of-story.js';

/** Days on which something changes, and days around them: the duty to inform, and the end of the transition. */
const referralDay = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-04-20', days)) },
  { weight: 2, arbitrary: fc.constantFrom('2026-04-20', '2026-10-31', '2026-11-01', '2026-11-02', '2028-02-29') },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }).map((days) => addDays('2026-04-20', -days)) },
);

const age = (referredOn: string) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 18 * 366, max: 32000 }).map((days) => addDays(referredOn, -days)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(-400, -1, 0, 1, 30).map((days) => addDays(yearsBefore(referredOn, 18), -days)),
    },
  );

/** Most have had pain for years; some for just about three months before either day of judging. */
const beginOfPain = (referredOn: string, assessedOn: string) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 120, max: 4000 }).map((days) => addDays(referredOn, -days)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(referredOn, assessedOn), fc.integer({ min: -2, max: 2 }))
        .map(([day, days]) => addDays(monthsAfter(day, -3), days))
        .filter((day) => day <= referredOn),
    },
    { weight: 1, arbitrary: fc.integer({ min: 3, max: 80 }).map((days) => addDays(referredOn, -days)) },
  );

const discipline = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Discipline>('physiotherapy', 'psychologist') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Discipline>(
      'exercise-therapy',
      'occupational-therapy',
      'poh-ggz',
      'psychosomatic-physiotherapy',
      'psychosomatic-occupational-therapy',
      'psychosomatic-exercise-therapy',
      'other',
    ),
  },
);

/** The days of a course: so many, over so many days, the last so long before the referral. */
function daysOfCourse(number: number, span: number, last: string): readonly string[] {
  const first = addDays(last, -span);
  const days = Array.from({ length: number }, (_, at) =>
    addDays(first, number === 1 ? 0 : Math.round((span * at) / (number - 1))),
  );
  return [...new Set(days)];
}

/** Pain that is itself coded as one of another organ system: what was for another complaint cannot be told from it by its code. */
const NO_OTHER: ReadonlySet<Pain> = new Set(['headache', 'abdomen', 'face', 'postherpetic', 'pelvis']);

const course = (kind: Pain, referredOn: string, began: string, recurs: boolean): fc.Arbitrary<Course | undefined> =>
  fc
    .record({
      discipline,
      number: fc.oneof(fc.constantFrom(5, 6, 7), fc.integer({ min: 1, max: 24 })),
      span: fc.oneof(fc.constantFrom(83, 84, 85), fc.integer({ min: 0, max: 400 })),
      last: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 500 }).map((days) => addDays(referredOn, -days)) },
        {
          weight: 1,
          arbitrary: fc.integer({ min: -2, max: 120 }).map((days) => addDays(yearsBefore(referredOn, 2), days)),
        },
      ),
      withIntake: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 3, max: 20 }) },
      ),
      complaint: NO_OTHER.has(kind)
        ? fc.constant('this' as const)
        : fc.oneof(
            { weight: 6, arbitrary: fc.constant('this' as const) },
            { weight: 1, arbitrary: fc.constant('other' as const) },
          ),
      setting: fc.oneof(
        { weight: 9, arbitrary: fc.constant('primary-care' as const) },
        { weight: 1, arbitrary: fc.constant('secondary-care' as const) },
      ),
      result: fc.constantFrom(
        'insufficient' as const,
        'insufficient' as const,
        'insufficient' as const,
        'sufficient' as const,
      ),
    })
    .map(({ number, span, last, withIntake, ...rest }): Course | undefined => {
      // Treatment of a pain comes after its begin, but for earlier bouts of pain that comes back.
      const floor = rest.complaint === 'this' && !recurs ? began : '0000';
      const days = daysOfCourse(number, number === 1 ? 0 : span, last).filter((day) => day >= floor);
      if (days.length === 0) return undefined;
      const intake = addDays(days[0]!, -withIntake);
      return { ...rest, days, ...(withIntake > 0 && intake >= floor ? { intake } : {}) };
    });

const score = (max: number) => fc.integer({ min: 0, max });
/** Nearly always present; now and then forgotten. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 12 });

const sf12Answer = (at: number) => fc.integer({ min: 1, max: [5, 3, 3, 2, 2, 2, 2, 5, 6, 6, 6, 5][at]! });
const scores: fc.Arbitrary<Scores> = fc
  .record({
    generalPainQuestionnaire: mostly(fc.constant(true as const)),
    pdi: fc.option(score(70), { nil: undefined, freq: 2 }),
    psk: fc.option(fc.array(score(10), { minLength: 1, maxLength: 5 }), { nil: undefined, freq: 2 }),
    sf12: mostly(fc.tuple(...Array.from({ length: 12 }, (_, at) => sf12Answer(at)))),
    workAbility: mostly(score(10)),
    hads: mostly(fc.tuple(score(21), score(21))),
    catastrophizing: mostly(score(52)),
  })
  .map(withoutUndefined);

/** What a chart that leads to an indication answers; a story turns a few of these round, or leaves them out. */
const FAVOURABLE: ReadonlySet<Question> = new Set([
  'movement-function-impaired',
  'cognitive-emotional-function-impaired',
  'activity-limitation',
  'cognitive-emotional-problem',
  'first-line-adequate',
  'diagnostics-complete-patient',
  'diagnostics-complete-physician',
  'patient-willing',
  'patient-able',
  'goal-functioning',
  'sufficient-capacity',
  'psychologist-advice',
  'other-therapist-advice',
]);
/** Asked only where another answer gives reason to. */
const SELDOM: ReadonlySet<Question> = new Set(['taper-possible', 'mental-health-care-involved']);
const answer = (question: Question): fc.Arbitrary<boolean | undefined> => {
  const plain = SELDOM.has(question) ? undefined : FAVOURABLE.has(question);
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(plain) },
    { weight: 1, arbitrary: fc.constantFrom(true, false, undefined) },
  );
};
const answers = fc
  .record(
    Object.fromEntries(QUESTIONS.map((question) => [question, answer(question)])) as Record<
      Question,
      fc.Arbitrary<boolean | undefined>
    >,
  )
  .map(withoutUndefined) as fc.Arbitrary<Story['answers']>;

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

const texts = fc
  .tuple(...TEXTS.map((text) => fc.integer({ min: 0, max: 40 }).map((pick) => (pick === 0 ? [] : [text]))))
  .map((all) => all.flat());

const team = fc
  .record({
    answers,
    texts,
    scores,
    participation: mostly(fc.constantFrom('present' as const, 'threatened' as const, 'none' as const)),
    coreProblem: mostly(
      fc.constantFrom('catastrophizing' as const, 'avoidance' as const, 'pain-control' as const, 'other' as const),
    ),
    directions: fc.subarray(['pain-education', 'exposure-in-vivo', 'graded-activity', 'other'] as const),
    painMechanism: mostly(
      fc.constantFrom('nociceptive' as const, 'neuropathic' as const, 'nociplastic' as const, 'mixed' as const),
    ),
    wpnLevel: mostly(fc.constantFrom(3, 4, 4, 3, 4, 2, 1)),
    indicatedBy: mostly(
      fc.constantFrom(
        'physiatrist' as const,
        'physiatrist' as const,
        'nurse-specialist' as const,
        'physician-assistant' as const,
        'other' as const,
      ),
    ),
  })
  .map(withoutUndefined);

const pain = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'low-back' as const,
      'neck' as const,
      'shoulder' as const,
      'knee' as const,
      'hip' as const,
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('widespread' as const, 'back-without-name' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'headache' as const,
      'abdomen' as const,
      'face' as const,
      'postherpetic' as const,
      'pelvis' as const,
    ),
  },
);

/** An invented person, with plain values and now and then one at a boundary. */
export const arbitraryStory: fc.Arbitrary<Story> = fc
  .record({
    referredOn: referralDay,
    wait: fc.oneof(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 30 })),
    pain,
    recurs: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .chain(({ referredOn, wait, pain: kind, recurs }) => {
    const inForce = (day: string) => (day < '2026-04-20' ? '2026-04-20' : day);
    const assessedOn = inForce(addDays(referredOn, wait));
    return beginOfPain(referredOn, assessedOn).chain((began) =>
      fc
        .record({
          person: fc.record({
            born: age(referredOn),
            sex: fc.constantFrom('female' as const, 'male' as const),
            pain: fc.constant(kind),
            began: fc.constant(began),
            recurs: fc.constant(recurs),
            referredOn: fc.constant(referredOn),
            assessedOn: fc.constant(assessedOn),
            referrer: fc.constantFrom(
              'general-practitioner' as const,
              'orthopaedist' as const,
              'anaesthetist' as const,
            ),
            noOtherTreatment: fc.oneof(
              { weight: 3, arbitrary: fc.constant(true) },
              { weight: 1, arbitrary: fc.constant(false) },
            ),
          }),
          perhaps: fc
            .record({
              movementInfluence: fc.option(fc.boolean(), { nil: undefined, freq: 3 }),
              exhausted: mostly(fc.constantFrom(true, true, true, false)),
              firstLine: fc.option(
                fc.constantFrom('insufficient' as const, 'insufficient' as const, 'sufficient' as const),
                {
                  nil: undefined,
                  freq: 2,
                },
              ),
              besides: fc.oneof(
                { weight: 3, arbitrary: fc.constant(undefined) },
                {
                  weight: 1,
                  arbitrary: fc.constantFrom('depression' as const, 'parkinson' as const, 'hypertension' as const),
                },
              ),
              indicatedOn: fc.option(
                fc.integer({ min: 0, max: 30 }).map((days) => inForceBefore(assessedOn, -days, referredOn)),
                {
                  nil: undefined,
                  freq: 3,
                },
              ),
            })
            .map(withoutUndefined),
          courses: fc
            .array(course(kind, referredOn, began, recurs), { minLength: 0, maxLength: 4 })
            .map((all) => all.filter((one) => one !== undefined)),
          team,
        })
        .map(
          ({ person, perhaps, courses, team: judged }): Story =>
            ({ ...person, ...perhaps, courses, ...judged }) as Story,
        ),
    );
  });

/** A day so long before the assessment, and not before the referral. */
function inForceBefore(assessedOn: string, days: number, referredOn: string): string {
  const day = addDays(assessedOn, days);
  return day < referredOn ? referredOn : day;
}
