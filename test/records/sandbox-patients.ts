import {
  abdominalPain,
  fibromyalgia,
  lowBackPain,
  parkinson,
  postherpeticNeuralgia,
  shoulderComplaint,
  type Diagnoses,
} from './diagnoses.js';
import type { Encoding } from './encoding.js';
import { addDays } from './calendar.js';
import type { SyntheticPatient } from './synthetic-patient.js';
import { vignettes, type InstrumentFacts, type Series, type SeriesKind, type VignetteFacts } from './vignettes.js';
import type { Outcome } from '../../src/schemas/verdict.js';

interface Texts {
  readonly nl: string;
  readonly en: string;
}

/** One patient of the sandbox: what the record holds, and what a visitor should see. */
export interface SandboxPatient {
  readonly patient: SyntheticPatient;
  readonly encoding: Encoding;
  readonly service: 'imsr-referral' | 'imsr-indication';
  readonly title: Texts;
  readonly look: Texts;
  readonly outcome: Outcome;
  readonly regime: 'protocol' | 'started-before-publication' | 'indicated-before-publication' | 'uncertain';
}

function reference(): VignetteFacts {
  const first = vignettes[0];
  if (first === undefined) throw new Error('no vignettes');
  return first.facts;
}
const complete = reference();

/** Sessions at even distances: the first on `from`, the last exactly `days` later. */
function series(kind: SeriesKind, from: string, count: number, days: number): Series {
  const sessions = Array.from({ length: count }, (_, at) => addDays(from, Math.round((at * days) / (count - 1))));
  return { kind, sessions };
}
const physiotherapy = series('fysio', '2025-09-01', 12, 105);
const psychologist = series('psycholoog', '2026-02-02', 8, 98);
const physicalOnly = { series: [physiotherapy], declared_none: ['B', 'C'] } as const;

const earlierScores: InstrumentFacts = {
  pdi: 52,
  sf12: [5, 2, 1, 1, 1, 1, 1, 3, 6, 6, 3, 1],
  was: 2,
  hads: [12, 11],
  pcs: 38,
};
const noScores: InstrumentFacts = { avp: null, pdi: null, sf12: null, was: null, hads: null, pcs: null, nrs: 6 };

interface Told extends Omit<SandboxPatient, 'patient' | 'encoding' | 'service' | 'regime'> {
  readonly id: string;
  readonly family: string;
  readonly gender?: 'female' | 'male';
  readonly facts?: Partial<VignetteFacts>;
  readonly diagnoses?: Diagnoses;
  readonly asOf?: string;
  readonly referredOn?: string;
  readonly oxycodoneMg?: number;
  readonly earlier?: SyntheticPatient['earlier'];
  readonly encoding?: Partial<Encoding>;
  readonly service?: SandboxPatient['service'];
  readonly regime?: SandboxPatient['regime'];
}

function tell(told: Told): SandboxPatient {
  const service = told.service ?? 'imsr-indication';
  const asOf = told.asOf ?? '2026-12-01';
  return {
    patient: {
      id: told.id,
      family: told.family,
      gender: told.gender ?? 'female',
      facts: { ...complete, ...told.facts },
      diagnoses: told.diagnoses ?? { complaint: lowBackPain, others: [] },
      asOf,
      referredOn: told.referredOn ?? (service === 'imsr-referral' ? asOf : '2026-11-03'),
      ...(told.oxycodoneMg === undefined ? {} : { oxycodoneMg: told.oxycodoneMg }),
      ...(told.earlier === undefined ? {} : { earlier: told.earlier }),
    },
    encoding: {
      sessions: 'procedures',
      instruments: 'items',
      order: service === 'imsr-referral' ? 'referral' : 'based-on',
      ...told.encoding,
    },
    service,
    title: told.title,
    look: told.look,
    outcome: told.outcome,
    regime: told.regime ?? 'protocol',
  };
}

/** Days between which an answer may turn, for a visitor to choose: the last one of the transition rule, and the next. */
export const turningDays = ['2026-10-31', '2026-11-01'];

export const sandboxPatients: readonly SandboxPatient[] = [
  tell({
    id: 'all-met',
    family: 'Test-Amber',
    earlier: [{ on: '2026-03-10', instr: earlierScores }],
    title: { nl: 'Alles aanwezig', en: 'Everything in place' },
    look: {
      nl: 'Een kaart die zegt dat de patiënt volgens de gegevens voldoet; de arts beslist: 12 behandelingen fysiotherapie en 8 bij de psycholoog, alle scores en verslagdelen aanwezig.',
      en: 'A card that says that the patient qualifies according to the data; the physician decides: 12 physiotherapy sessions and 8 with the psychologist, every score and report field present.',
    },
    outcome: 'met',
  }),
  tell({
    id: 'four-sessions',
    family: 'Test-Beige',
    gender: 'male',
    facts: { series: [series('fysio', '2026-03-02', 4, 63), psychologist] },
    title: { nl: 'Te weinig fysiotherapie', en: 'Too little physiotherapy' },
    look: {
      nl: '4 behandelingen in 9 weken; 6 behandelingen en 12 weken zijn vereist. Voeg er drie toe en kijk opnieuw.',
      en: '4 sessions in 9 weeks where 6 sessions and 12 weeks are required. Add three and look again.',
    },
    outcome: 'not-met',
  }),
  tell({
    id: 'hads-missing',
    family: 'Test-Cyaan',
    facts: { instr: { ...complete.instr, hads: null } },
    title: { nl: 'HADS ontbreekt', en: 'HADS missing' },
    look: {
      nl: 'Geen afwijzing maar "onbekend": de kaart vraagt alleen de ontbrekende vragenlijst aan.',
      en: 'No rejection but "unknown": the card asks for the one missing questionnaire only.',
    },
    outcome: 'unknown',
  }),
  tell({
    id: 'psychology-unknown',
    family: 'Test-Donkerblauw',
    gender: 'male',
    facts: { series: [physiotherapy], declared_none: [] },
    title: { nl: 'Niets bekend over psychologische hulp', en: 'Nothing known of psychological care' },
    look: {
      nl: 'Geen gegeven is geen nee: de kaart zegt wie het kan aanvullen.',
      en: 'No datum is not a no: the card says who can supply it.',
    },
    outcome: 'unknown',
  }),
  tell({
    id: 'two-readings',
    family: 'Test-Emerald',
    facts: { series: [series('psf', '2026-01-05', 10, 100)], declared_none: ['A', 'B'] },
    encoding: { sessions: 'contained' },
    title: { nl: 'De regel is op twee manieren te lezen', en: 'The rule can be read in two ways' },
    look: {
      nl: 'Alleen psychosomatische fysiotherapie: de ene lezing van EN/Of is gehaald, de andere niet.',
      en: 'Psychosomatic physiotherapy only: one reading of EN/Of is met, the other is not.',
    },
    outcome: 'review',
  }),
  tell({
    id: 'influence-not-stated',
    family: 'Test-Fuchsia',
    diagnoses: { complaint: postherpeticNeuralgia, others: [] },
    title: { nl: 'Postherpetische pijn, invloed niet vastgelegd', en: 'Postherpetic pain, influence not recorded' },
    look: {
      nl: 'Of dit een uitsluiting is hangt af van de invloed op het bewegingsapparaat, en die staat nergens.',
      en: 'Whether this is an exclusion depends on the influence on the musculoskeletal system, which is recorded nowhere.',
    },
    outcome: 'review',
  }),
  tell({
    id: 'other-condition',
    family: 'Test-Goud',
    gender: 'male',
    diagnoses: { complaint: shoulderComplaint, others: [parkinson] },
    facts: { 'STD-1': 'O' },
    title: { nl: 'Schouderpijn naast de ziekte van Parkinson', en: "Shoulder pain beside Parkinson's disease" },
    look: {
      nl: 'Een signaal, geen afwijzing: de arts beoordeelt of de pijn door de andere aandoening komt.',
      en: 'A signal, not a rejection: the physician judges whether the other condition causes the pain.',
    },
    outcome: 'review',
  }),
  tell({
    id: 'transition-last-day',
    family: 'Test-Havana',
    facts: { ...physicalOnly, indicated: '2026-03-20', started: '2026-04-07' },
    referredOn: '2026-02-10',
    asOf: '2026-10-31',
    title: { nl: 'Laatste dag van de overgangsregeling', en: 'Last day of the transition rule' },
    look: {
      nl: 'Gestart vóór publicatie, eerste lijn niet doorlopen: mag tot en met 31 oktober 2026. Zet de dag op 1 november.',
      en: 'Started before publication without stepped care: allowed up to 31 October 2026. Move the day to 1 November.',
    },
    outcome: 'transition',
    regime: 'started-before-publication',
  }),
  tell({
    id: 'indicated-before',
    family: 'Test-Indigo',
    gender: 'male',
    facts: { ...physicalOnly, indicated: '2026-03-30', started: '2026-05-04' },
    referredOn: '2026-02-10',
    asOf: '2026-05-11',
    title: { nl: 'Geïndiceerd vóór, gestart na publicatie', en: 'Indicated before, started after publication' },
    look: {
      nl: 'Het standpunt spreekt zichzelf hier tegen; de kaart noemt de paragraaf en vraagt een oordeel.',
      en: 'The position contradicts itself here; the card names the section and asks for a judgement.',
    },
    outcome: 'review',
    regime: 'indicated-before-publication',
  }),
  tell({
    id: 'publication-week',
    family: 'Test-Jade',
    facts: { ...physicalOnly, indicated: '2026-04-16', started: '2026-05-04' },
    referredOn: '2026-02-10',
    asOf: '2026-06-01',
    title: { nl: 'Geïndiceerd in de week van publicatie', en: 'Indicated in the week of publication' },
    look: {
      nl: 'De publicatiedatum staat nergens: tussen 14 en 19 april 2026 is het regime onzeker.',
      en: 'The date of publication is stated nowhere: between 14 and 19 April 2026 the regime is uncertain.',
    },
    outcome: 'review',
    regime: 'uncertain',
  }),
  tell({
    id: 'abdominal-pain',
    family: 'Test-Kobalt',
    gender: 'male',
    diagnoses: { complaint: abdominalPain, others: [] },
    title: { nl: 'Buikpijn', en: 'Abdominal pain' },
    look: { nl: 'De hoofdreden is een uitsluiting.', en: 'The main reason is an exclusion.' },
    outcome: 'not-met',
  }),
  tell({
    id: 'medication-impedes',
    family: 'Test-Lila',
    facts: { med: { impeding: 'J', willing: 'N' } },
    oxycodoneMg: 40,
    title: { nl: 'Medicatie belemmert, afbouw niet mogelijk', en: 'Medication impedes, tapering not possible' },
    look: {
      nl: 'Het oordeel van de arts beslist; de dosis (120 mg OME per dag) is alleen informatie.',
      en: 'The judgement of the physician decides; the dose (120 mg OME a day) is information only.',
    },
    outcome: 'not-met',
  }),
  tell({
    id: 'referral-incomplete',
    family: 'Test-Magenta',
    service: 'imsr-referral',
    asOf: '2026-11-20',
    facts: { instr: noScores, wpn: null, refinfo_missing: ['inhoud', 'resultaat'] },
    title: { nl: 'Huisarts verwijst, gegevens ontbreken', en: 'GP refers, information missing' },
    look: {
      nl: 'Sinds 1 november 2026 horen inhoud, aantal en resultaat bij de verwijzing; inhoud en resultaat ontbreken.',
      en: 'Since 1 November 2026 a referral holds content, number and result; content and result are missing.',
    },
    outcome: 'unknown',
  }),
  tell({
    id: 'referral-met',
    family: 'Test-Nachtblauw',
    gender: 'male',
    service: 'imsr-referral',
    asOf: '2026-11-20',
    diagnoses: { complaint: fibromyalgia, others: [] },
    facts: { instr: noScores, wpn: null, series: [physiotherapy, series('poh', '2026-02-02', 6, 35)] },
    title: { nl: 'Huisarts verwijst, alles in orde', en: 'GP refers, all in order' },
    look: {
      nl: 'Fysiotherapie uit het dossier, POH-GGZ uit het verwijsformulier.',
      en: 'Physiotherapy from the record, the mental-health nurse from the referral form.',
    },
    outcome: 'met',
  }),
];
