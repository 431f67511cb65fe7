import type { Coding } from 'fhir/r4.js';
import type { SeriesKind } from './vignettes.js';

/** Canonical base of the project's own FHIR artefacts. */
export const BASE = 'https://imsr-cds.example/fhir';
/** Where the synthetic records pretend to be kept; only used to build fullUrls. */
export const EHR = 'https://ehr.example/fhir';

export const SNOMED = 'http://snomed.info/sct';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10-nl';
export const ICPC = 'http://hl7.org/fhir/sid/icpc-1-nl';
export const ATC = 'http://www.whocc.no/atc';
export const COD016 = 'urn:oid:2.16.840.1.113883.2.4.6.7';
export const ORDINAL_VALUE = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

export const order = (code: 'imsr-referral' | 'imsr-treatment'): Coding => ({
  system: `${BASE}/CodeSystem/imsr-order`,
  code,
});
export const score = (code: string): Coding => ({ system: `${BASE}/CodeSystem/imsr-score`, code });
export const answer = (code: string): Coding => ({ system: `${BASE}/CodeSystem/imsr-answer`, code });

interface Discipline {
  /** The choice on the project's forms; absent when the discipline was not recorded. */
  readonly onForm?: string;
  /** Vektis COD016; absent for who has no code of their own. */
  readonly specialty?: Coding;
  readonly procedure?: Coding;
  readonly content: string;
}

const sct = (code: string, display: string): Coding => ({ system: SNOMED, code, display });
const vektis = (code: string, display: string): Coding => ({ system: COD016, code, display });

export const disciplines: Readonly<Record<SeriesKind, Discipline>> = {
  fysio: {
    onForm: 'physiotherapy',
    specialty: vektis('0401', 'Fysiotherapie'),
    procedure: sct('91251008', 'Physical therapy procedure'),
    content: 'Oefentherapie en pijneducatie door fysiotherapeut (synthetisch)',
  },
  psf: {
    onForm: 'psychosomatic-physiotherapy',
    specialty: vektis('0409', 'Psychosomatische fysiotherapie'),
    procedure: sct('91251008', 'Physical therapy procedure'),
    content: 'Psychosomatische fysiotherapie (synthetisch)',
  },
  oefen: {
    onForm: 'exercise-therapy',
    specialty: vektis('0700', 'Oefentherapie'),
    procedure: sct('229065009', 'Exercise therapy'),
    content: 'Oefentherapie (synthetisch)',
  },
  ergo: {
    onForm: 'occupational-therapy',
    specialty: vektis('8800', 'Ergotherapie'),
    procedure: sct('84478008', 'Occupational therapy'),
    content: 'Ergotherapie (synthetisch)',
  },
  psycholoog: {
    onForm: 'psychologist',
    specialty: vektis('9406', 'Gz-psychologie'),
    procedure: sct('304891004', 'Cognitive behavioural therapy'),
    content: 'Cognitieve gedragstherapie (synthetisch)',
  },
  poh: { onForm: 'poh-ggz', content: 'Gesprekken met de POH-GGZ (synthetisch)' },
  unknown: { content: 'Behandeling, discipline niet vastgelegd (synthetisch)' },
};
