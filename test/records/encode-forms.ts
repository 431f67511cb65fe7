import type { QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4.js';
import { yearsBefore } from './calendar.js';
import { BASE, answer, disciplines } from './codings.js';
import type { Encoding } from './encoding.js';
import { onFormsOnly } from './encode-sessions.js';
import { subjectOf, type SyntheticPatient } from './synthetic-patient.js';
import type { Mark, MarkedFact, Series } from './vignettes.js';

type Items = readonly QuestionnaireResponseItem[];

function item(linkId: string, value: QuestionnaireResponseItemAnswer | undefined): Items {
  return value === undefined ? [] : [{ linkId, answer: [value] }];
}
const choice = (linkId: string, code: string | undefined): Items =>
  item(linkId, code === undefined ? undefined : { valueCoding: answer(code) });
const text = (linkId: string, what: string | undefined): Items =>
  item(linkId, what === undefined ? undefined : { valueString: `${what} (synthetisch)` });
const date = (linkId: string, day: string | null | undefined): Items =>
  item(linkId, day ? { valueDate: day } : undefined);
const truth = (linkId: string, value: boolean | undefined): Items =>
  item(linkId, value === undefined ? undefined : { valueBoolean: value });
/** J is true, N is false, everything else leaves the item out. */
const marked = (linkId: string, mark: Mark): Items =>
  truth(linkId, mark === 'J' ? true : mark === 'N' ? false : undefined);
const opposite = (mark: Mark): Mark => (mark === 'J' ? 'N' : mark === 'N' ? 'J' : mark);

const result = (mark: Mark): string | undefined =>
  mark === 'J' ? 'insufficient' : mark === 'N' ? 'sufficient' : undefined;

interface RowParts {
  readonly number: boolean;
  readonly dates: boolean;
  readonly content: boolean;
  readonly result: boolean;
}

/** One treatment series as a row: number and dates as far as they lie in the two years before the referral. */
function row(patient: SyntheticPatient, series: Series, parts: RowParts): QuestionnaireResponseItem {
  const discipline = disciplines[series.kind];
  const windowStart = yearsBefore(patient.referredOn, 2);
  const recent = series.sessions?.filter((day) => day >= windowStart && day <= patient.referredOn);
  const told = recent !== undefined && recent.length > 0 ? recent : series.sessions;
  return {
    linkId: 'treatment',
    item: [
      ...choice('treatment.discipline', discipline.onForm),
      ...(parts.number && recent !== undefined ? item('treatment.sessions', { valueInteger: recent.length }) : []),
      ...(parts.dates ? date('treatment.start', told?.[0] ?? series.first) : []),
      ...(parts.dates ? date('treatment.end', told?.at(-1) ?? series.last) : []),
      ...(parts.content ? text('treatment.content', discipline.content) : []),
      ...(parts.result ? choice('treatment.result', result(patient.facts['INC-5.E'])) : []),
      ...truth('treatment.current-complaint', true),
      ...choice('treatment.setting', 'primary-care'),
    ],
  };
}

const declared = { A: 'physical', B: 'psychological', C: 'psychosomatic' } as const;
const notHad = (patient: SyntheticPatient): Items =>
  patient.facts.declared_none.length === 0
    ? []
    : [
        {
          linkId: 'no-treatment',
          answer: patient.facts.declared_none.map((part) => ({ valueCoding: answer(declared[part]) })),
        },
      ];

function response(patient: SyntheticPatient, form: string, authored: string, items: Items): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    id: form,
    questionnaire: `${BASE}/Questionnaire/${form}`,
    status: 'completed',
    subject: subjectOf(patient),
    authored,
    item: [...items],
  };
}

/** A row has dates in the one place where its series is told in full; elsewhere it only informs. */
export function encodeReferralForm(patient: SyntheticPatient, encoding: Encoding): QuestionnaireResponse {
  const missing = new Set(patient.facts.refinfo_missing);
  const toldHere = (series: Series) =>
    encoding.sessions === 'referral-form' || (onFormsOnly(series) && encoding.sessions !== 'intake-form');
  return response(patient, 'imsr-referral-form', patient.referredOn, [
    ...patient.facts.series.map((series) =>
      row(patient, series, {
        number: !missing.has('aantal'),
        dates: toldHere(series),
        content: !missing.has('inhoud'),
        result: !missing.has('resultaat'),
      }),
    ),
    ...(encoding.sessions === 'intake-form' ? [] : notHad(patient)),
    ...(encoding.order === 'referral' && !missing.has('resultaat')
      ? choice('first-line-result', result(patient.facts['INC-5.E']))
      : []),
    ...truth('movement-influence', patient.diagnoses.movementInfluence),
    ...truth('first-line-exhausted', true),
  ]);
}

const reportFields: Readonly<Record<string, { readonly linkId: string; readonly code?: string }>> = {
  klacht: { linkId: 'report.complaint' },
  diagnostiek: { linkId: 'report.diagnostics' },
  pijnmechanisme: { linkId: 'report.pain-mechanism', code: 'nociplastic' },
  behandelingen: { linkId: 'report.previous-treatments' },
  beperkingen: { linkId: 'report.limitations' },
  'kwaliteit van leven': { linkId: 'report.quality-of-life' },
  participatie: { linkId: 'report.participation' },
  'cognitief-emotioneel': { linkId: 'report.cognitive-emotional' },
  kernproblematiek: { linkId: 'report.core-problem' },
  hoofddoel: { linkId: 'report.main-goal' },
  conclusie: { linkId: 'report.conclusion' },
};

function report(missing: readonly string[]): Items {
  for (const name of missing) if (!(name in reportFields)) throw new RangeError(`no report field ${name}`);
  return Object.entries(reportFields).flatMap(([name, { linkId, code }]) => {
    if (missing.includes(name)) return [];
    return code === undefined ? text(linkId, `Verslag: ${name}`) : choice(linkId, code);
  });
}

/** What the history-taking is written down under, by linkId of the intake form. */
export const histories = [
  'history-activities',
  'physical-examination',
  'history-quality-of-life',
  'role-household',
  'role-leisure',
  'role-work-study',
  'role-family',
  'history-attributions',
  'history-harm-beliefs',
  'history-pain-fusion',
  'history-control-expectation',
] as const;

const judgements: readonly (readonly [string, MarkedFact, 'as-is' | 'opposite'])[] = [
  ['movement-function-impaired', 'INC-1.3', 'as-is'],
  ['cognitive-emotional-function-impaired', 'INC-1.4', 'as-is'],
  ['activity-limitation', 'INC-2.1', 'as-is'],
  ['cognitive-emotional-problem', 'INC-2.3', 'as-is'],
  ['diagnostics-complete-patient', 'INC-6.1', 'as-is'],
  ['diagnostics-complete-physician', 'INC-6.2', 'as-is'],
  ['other-intervention-promising', 'INC-7', 'opposite'],
  ['patient-willing', 'INC-8.1', 'as-is'],
  ['patient-able', 'INC-8.2', 'as-is'],
  ['goal-functioning', 'INC-8.3', 'as-is'],
  ['pain-relief-only', 'EXC-2', 'as-is'],
  ['sufficient-capacity', 'EXC-3', 'opposite'],
  ['external-barriers', 'EXC-5', 'as-is'],
  ['other-treatment-needed', 'STD-1', 'as-is'],
  ['psychiatric-foreground', 'STD-2', 'as-is'],
  ['first-line-adequate', 'INC-5.F', 'as-is'],
];

const participation = { J: 'present', N: 'none', threatened: 'threatened', O: undefined, B: undefined } as const;

/** The rehabilitation physician's form. A fact that was not recorded leaves its item out. */
export function encodeIntakeForm(patient: SyntheticPatient, encoding: Encoding): QuestionnaireResponse {
  const { facts } = patient;
  const when = (fact: MarkedFact, what: string) => (facts[fact] === 'J' ? what : undefined);
  const inFull: RowParts = { number: true, dates: true, content: true, result: true };
  return response(patient, 'imsr-intake-form', patient.asOf, [
    ...(encoding.sessions === 'intake-form'
      ? [...facts.series.map((series) => row(patient, series, inFull)), ...notHad(patient)]
      : []),
    ...choice('first-line-result', result(facts['INC-5.E'])),
    ...truth('movement-influence', patient.diagnoses.movementInfluence),
    ...judgements.flatMap(([linkId, fact, sense]) =>
      marked(linkId, sense === 'as-is' ? facts[fact] : opposite(facts[fact])),
    ),
    ...text('first-line-adequate-rationale', facts['INC-5.F'] === 'O' ? undefined : 'Oordeel over de eerste lijn'),
    ...choice('participation-problem', participation[facts.participation]),
    ...histories.flatMap((linkId) => text(linkId, 'Uitgevraagd')),
    ...(facts.wpn === null || encoding.instruments === 'totals' ? [] : item('wpn-level', { valueInteger: facts.wpn })),
    ...choice('core-problem', when('INC-3.1', 'avoidance')),
    ...text('core-problem-text', when('INC-3.1', 'Vermijdt bewegen uit angst voor schade')),
    ...text('main-goal', when('INC-3.2', 'Weer halve dagen werken')),
    ...choice('treatment-direction', when('INC-4.1', 'graded-activity')),
    ...text('treatment-direction-rationale', when('INC-4.1', 'Vermijden vraagt om opbouw van activiteiten')),
    ...marked('medication-impedes', facts.med.impeding),
    ...marked('taper-possible', facts.med.willing),
    ...truth('psychologist-advice', true),
    ...truth('other-therapist-advice', true),
    ...truth('team-deviation', false),
    ...date('indicated-on', facts.indicated),
    ...choice('indicated-by', 'physiatrist'),
    ...date('treatment-start', facts.started),
    ...report(facts.template_missing),
  ]);
}
