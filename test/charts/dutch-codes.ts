import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { ICD10, ICPC, SNOMED } from '../records/codings.js';
import type { Discipline, Pain } from './story.js';

export const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
export const AGB = 'http://fhir.nl/fhir/NamingSystem/agb-z';

/** The code systems in which a diagnosis stands: that of the general practitioner, of the hospital, and of exchange. */
export const DIAGNOSIS_SYSTEMS = ['icpc', 'icd10', 'snomed'] as const;
export type DiagnosisSystem = (typeof DIAGNOSIS_SYSTEMS)[number];
const SYSTEM: Readonly<Record<DiagnosisSystem, string>> = { icpc: ICPC, icd10: ICD10, snomed: SNOMED };

/** A diagnosis in the words of a Dutch record, and its codes in each system; several are as ordinary as one. */
interface Diagnosis extends Readonly<Record<DiagnosisSystem, readonly string[]>> {
  readonly text: string;
  /** A code that tells no place, so that the place is told beside it (SNOMED CT body structure). */
  readonly site?: string;
}

export const PAINS: Readonly<Record<Pain, Diagnosis>> = {
  'low-back': {
    text: 'Lage rugpijn',
    icpc: ['L03', 'L86', 'L02', 'L84'],
    icd10: ['M54.5', 'M54.4', 'M51.1', 'M47.8'],
    snomed: ['278860009', '279039007', '134407002', '161891005'],
  },
  neck: { text: 'Nekpijn', icpc: ['L01', 'L83'], icd10: ['M54.2', 'M53.1', 'M50.1'], snomed: ['81680005'] },
  shoulder: { text: 'Schouderklachten', icpc: ['L08', 'L92'], icd10: ['M75.1', 'M75.0'], snomed: ['45326000'] },
  knee: { text: 'Knieklachten', icpc: ['L15', 'L90'], icd10: ['M17.1', 'M22.2'], snomed: ['30989003'] },
  hip: { text: 'Heupklachten', icpc: ['L13', 'L89'], icd10: ['M16.1'], snomed: ['49218002'] },
  widespread: { text: 'Fibromyalgie', icpc: ['L18.01', 'L18'], icd10: ['M79.7'], snomed: ['203082005'] },
  'back-without-name': {
    text: 'Chronische pijn in de rug',
    icpc: ['A01'],
    icd10: ['R52.2', 'F45.4'],
    snomed: ['82423001', '373621006'],
    site: '77568009',
  },
  headache: {
    text: 'Hoofdpijn',
    icpc: ['N01', 'N02', 'N89'],
    icd10: ['R51', 'G44.2', 'G43.9'],
    snomed: ['25064002', '37796009'],
  },
  abdomen: { text: 'Buikpijn', icpc: ['D01', 'D06'], icd10: ['R10.4', 'R10.1'], snomed: ['21522001'] },
  face: { text: 'Aangezichtspijn', icpc: ['N03', 'N92'], icd10: ['G50.1', 'G50.0'], snomed: ['95668009', '31681005'] },
  postherpetic: { text: 'Postherpetische neuralgie', icpc: ['S70'], icd10: ['B02.2', 'G53.0'], snomed: ['2177002'] },
  pelvis: { text: 'Bekkenpijn', icpc: [], icd10: ['R10.2', 'N80.9'], snomed: ['30473006'] },
};

/** What a course was for that was not for the pain of the story: pain of a limb that the story does not tell, or something of another organ. */
export const OTHERS: Readonly<Record<'ankle' | 'elbow' | 'incontinence', Diagnosis>> = {
  ankle: { text: 'Verstuikte enkel', icpc: ['L77'], icd10: ['S93.4'], snomed: ['44465007'] },
  elbow: { text: 'Tenniselleboog', icpc: ['L93'], icd10: ['M77.1'], snomed: ['202855006'] },
  incontinence: { text: 'Stress-incontinentie', icpc: ['U04'], icd10: ['N39.3'], snomed: [] },
};

export const BESIDES: Readonly<Record<'depression' | 'parkinson' | 'hypertension', Diagnosis>> = {
  depression: { text: 'Depressie', icpc: ['P76'], icd10: ['F32.1', 'F33.0'], snomed: ['35489007'] },
  parkinson: { text: 'Ziekte van Parkinson', icpc: ['N87'], icd10: ['G20'], snomed: ['49049000'] },
  hypertension: { text: 'Hypertensie', icpc: ['K86'], icd10: ['I10'], snomed: ['38341003'] },
};

/** A diagnosis as coded in some systems, with its words; `pick` chooses among the codes of one. */
export function coded(diagnosis: Diagnosis, systems: readonly DiagnosisSystem[], pick: number): CodeableConcept {
  const coding = systems.flatMap((system): Coding[] => {
    const codes = diagnosis[system];
    return codes.length === 0 ? [] : [{ system: SYSTEM[system], code: codes[pick % codes.length]! }];
  });
  return { ...(coding.length === 0 ? {} : { coding }), text: diagnosis.text };
}

/** How the register of providers names a discipline. */
export interface Provider {
  readonly title: string;
  /** Vektis COD016; none for who has no code of their own. */
  readonly vektis: readonly string[];
  readonly uzi: readonly string[];
  /** The treatment in SNOMED CT, where that names the discipline by itself. */
  readonly treatment?: string;
  /** What such a provider calls a session. */
  readonly session: string;
}

export const PROVIDERS: Readonly<Record<Discipline, Provider>> = {
  physiotherapy: {
    title: 'fysiotherapeut',
    vektis: ['0401', '0404', '0407', '0408', '0400'],
    uzi: ['04.000'],
    treatment: '91251008',
    session: 'Individuele zitting reguliere fysiotherapie',
  },
  'exercise-therapy': {
    title: 'oefentherapeut',
    vektis: ['0700', '0701', '0702'],
    uzi: ['93.000', '94.000'],
    session: 'Individuele zitting reguliere oefentherapie',
  },
  'occupational-therapy': {
    title: 'ergotherapeut',
    vektis: ['8800', '8801', '8802'],
    uzi: ['90.000'],
    treatment: '84478008',
    session: 'Ergotherapie',
  },
  psychologist: {
    title: 'psycholoog',
    vektis: ['9406', '9401', '9405', '9402', '9416', '9400'],
    uzi: ['25.000', '25.061', '16.000'],
    session: 'Cognitieve gedragstherapie',
  },
  'poh-ggz': { title: 'praktijkondersteuner huisartsenzorg ggz', vektis: [], uzi: [], session: 'Consult POH-GGZ' },
  'psychosomatic-physiotherapy': {
    title: 'psychosomatisch fysiotherapeut',
    vektis: ['0409'],
    uzi: [],
    session: 'Individuele zitting psychosomatische fysiotherapie',
  },
  'psychosomatic-occupational-therapy': {
    title: 'psychosomatisch ergotherapeut',
    vektis: [],
    uzi: [],
    session: 'Psychosomatische ergotherapie',
  },
  'psychosomatic-exercise-therapy': {
    title: 'psychosomatisch oefentherapeut',
    vektis: ['0704', '0707', '0708'],
    uzi: [],
    session: 'Individuele zitting psychosomatische oefentherapie',
  },
  other: { title: 'diëtist', vektis: ['2400'], uzi: ['89.000'], session: 'Dieetadvisering' },
};
