import type { CodeableConcept, Encounter, PractitionerRole, Procedure, QuestionnaireResponseItem } from 'fhir/r4.js';
import { amsterdamInstant, yearsBefore } from '../records/calendar.js';
import { answer, COD016, SNOMED } from '../records/codings.js';
import { AGB, PROVIDERS, UZI } from './dutch-codes.js';
import type { Course, Story } from './story.js';
import { otherCode, otherOf, painCode, subject } from './tell-diagnoses.js';
import type { Telling } from './telling.js';
import type { Told } from './verdicts-of-story.js';

/** Whether a patient had both the general and the psychosomatic kind of a therapy. */
const bothKinds = ({ courses }: Story, { discipline }: Course): boolean =>
  courses.some((one) => one.discipline === `psychosomatic-${discipline}`);

/**
 * Who has no code in any register is told on a form alone, with the kind of therapist that could be taken for one; so is everything where
 * the chart holds no sessions.
 */
export const inRecord = (story: Story, { sessions }: Telling, course: Course): boolean =>
  (sessions === 'procedures' || sessions === 'contacts') &&
  PROVIDERS[course.discipline].vektis.length > 0 &&
  !(course.discipline === 'occupational-therapy' && bothKinds(story, course));

/** A register that does not know the discipline apart is not used for it. */
function providerOf(story: Story, { provider, sessions }: Telling, course: Course): Telling['provider'] {
  const { discipline } = course;
  const { uzi, treatment } = PROVIDERS[discipline];
  if (provider === 'uzi' && uzi.length === 0) return 'vektis';
  // Nothing but the specialisation tells the two kinds apart.
  if (provider !== 'contained' && bothKinds(story, course)) return 'vektis';
  // A contact is not a treatment with a code, nobody tells no place, and the number of a provider tells no specialisation.
  if (
    provider === 'treatment' &&
    (treatment === undefined || sessions === 'contacts' || course.setting === 'secondary-care')
  )
    return 'vektis';
  if (provider === 'number' && (discipline.startsWith('psychosomatic') || discipline === 'other')) return 'vektis';
  return provider;
}

function roleOf(story: Story, telling: Telling, course: Course): PractitionerRole {
  const { title, vektis, uzi } = PROVIDERS[course.discipline];
  const [system, codes] = providerOf(story, telling, course) === 'uzi' ? [UZI, uzi] : [COD016, vektis];
  return {
    resourceType: 'PractitionerRole',
    id: `role-${course.discipline}`,
    specialty: [{ coding: [{ system, code: codes[telling.pick % codes.length]! }], text: title }],
  };
}

/** Who gave a session: a role beside the session or inside it, a number in the register of providers, or nobody. */
function giver(story: Story, telling: Telling, course: Course) {
  switch (providerOf(story, telling, course)) {
    case 'treatment':
      return undefined;
    case 'number':
      return { identifier: { system: AGB, value: `${PROVIDERS[course.discipline].vektis[0]!.slice(0, 2)}001234` } };
    case 'contained':
      return { reference: `#role-${course.discipline}` };
    default:
      return { reference: `PractitionerRole/role-${course.discipline}` };
  }
}

function reasonOf(story: Story, telling: Telling, course: Course, intake: boolean) {
  const other = course.complaint === 'other';
  // An intake names what the patient came with.
  if (telling.link === 'form' && !mixed(story, course) && !intake) return {};
  if (telling.link === 'code')
    return { reasonCode: [other ? otherCode(story, telling, course) : painCode(story, telling)] };
  return { reasonReference: [{ reference: `Condition/${other ? otherOf(story, course) : 'pain'}` }] };
}

/** The form speaks for a discipline, so not where that treated two complaints. */
const mixed = ({ courses }: Story, { discipline }: Course): boolean =>
  new Set(courses.filter((one) => one.discipline === discipline).map(({ complaint }) => complaint)).size > 1;

function session(story: Story, telling: Telling, course: Course, id: string, day: string): Procedure | Encounter {
  const intake = day === course.intake;
  const { session: name, treatment } = PROVIDERS[course.discipline];
  const coding =
    providerOf(story, telling, course) === 'treatment' ? { coding: [{ system: SNOMED, code: treatment! }] } : {};
  const code: CodeableConcept = { ...coding, text: intake ? 'Intake en onderzoek na verwijzing' : name };
  const by = giver(story, telling, course);
  const shared = {
    id,
    subject,
    ...(providerOf(story, telling, course) === 'contained' ? { contained: [roleOf(story, telling, course)] } : {}),
    ...reasonOf(story, telling, course, intake),
  };
  const at = (time: string) => amsterdamInstant(day, time, telling.pick % 2 === 0 ? 'offset' : 'utc');
  if (telling.sessions === 'contacts') {
    return {
      ...shared,
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      type: [code],
      ...(by === undefined ? {} : { participant: [{ individual: by }] }),
      period: telling.hours ? { start: at('10:00:00'), end: at('10:30:00') } : { start: day, end: day },
      ...(course.setting === 'secondary-care'
        ? { serviceProvider: { display: 'Ziekenhuis De Proef (synthetisch)' } }
        : {}),
    };
  }
  const institution = { onBehalfOf: { display: 'Ziekenhuis De Proef (synthetisch)' } };
  return {
    ...shared,
    resourceType: 'Procedure',
    status: 'completed',
    code,
    ...(by === undefined
      ? {}
      : { performer: [{ actor: by, ...(course.setting === 'secondary-care' ? institution : {}) }] }),
    performedDateTime: telling.hours ? at('00:30:00') : day,
    ...(telling.results === 'outcomes' && !intake ? { outcome: { coding: [answer(course.result)] } } : {}),
  };
}

/** Every session as a resource, with the roles of who gave them; nothing where forms tell it all. */
export function tellSessions(story: Story, telling: Telling): readonly (Procedure | Encounter | PractitionerRole)[] {
  const courses = story.courses.filter((course) => inRecord(story, telling, course));
  const roles = new Map(courses.map((course) => [course.discipline, roleOf(story, telling, course)]));
  const sessions = courses.flatMap((course, at) =>
    [...(course.intake === undefined ? [] : [course.intake]), ...course.days].map((day, number) =>
      session(story, telling, course, `course-${at}-${number}`, day),
    ),
  );
  return [...roles.values(), ...sessions];
}

/** The days of a course in the two years before the referral. */
const recent = ({ referredOn }: Story, { days }: Course): readonly string[] =>
  days.filter((day) => day >= yearsBefore(referredOn, 2) && day <= referredOn);

/** Whether a form gives the days of a course: where it is the only one to tell of it, where it is of long ago, and where the referrer knows them. */
export const daysOnForm = (story: Story, telling: Telling, course: Course): boolean =>
  !inRecord(story, telling, course) || recent(story, course).length === 0 || telling.rows === 'with-days';

/** Where the courses are told with their days; each place is counted by itself. */
export const toldOf = (story: Story, telling: Telling): Told => ({
  sources: [
    { courses: story.courses.filter((course) => inRecord(story, telling, course)), bySession: true },
    { courses: story.courses.filter((course) => daysOnForm(story, telling, course)), bySession: false },
  ],
  referralForm: telling.sessions !== 'intake-form',
});

/** A course as a row of a form, which asks for the number in the two years before the referral. */
export function tellRow(story: Story, telling: Telling, course: Course): QuestionnaireResponseItem {
  const days = daysOnForm(story, telling, course);
  const item = (name: string, value: object) => ({ linkId: `treatment.${name}`, answer: [value] });
  return {
    linkId: 'treatment',
    item: [
      item('discipline', { valueCoding: answer(course.discipline) }),
      item('sessions', { valueInteger: recent(story, course).length }),
      ...(days ? [item('start', { valueDate: course.days[0] }), item('end', { valueDate: course.days.at(-1) })] : []),
      item('content', { valueString: `${PROVIDERS[course.discipline].session} (synthetisch)` }),
      item('result', { valueCoding: answer(course.result) }),
      item('current-complaint', { valueBoolean: course.complaint === 'this' }),
      item('setting', { valueCoding: answer(course.setting) }),
    ],
  };
}
