import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Effect, Evidence } from '../../src/schemas/verdict.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import { base } from './base-patient.js';

/** What the contract says of every criterion: in which phases it is told, and what it does to the outcome. */
const CRITERIA: readonly (readonly [id: string, phases: 'both' | 'indication' | 'referral', effect: Effect])[] = [
  ['adult', 'both', 'blocking'],
  ['wpn-level', 'indication', 'blocking-if-not-met'],
  ['indicated-by-physiatrist', 'indication', 'signal'],
  ['team-advice', 'indication', 'signal'],
  ['team-deviation-explained', 'indication', 'signal'],
  ['musculoskeletal-pain', 'both', 'blocking'],
  ['persistent-pain', 'both', 'blocking'],
  ['movement-function-impaired', 'indication', 'blocking'],
  ['cognitive-emotional-function-impaired', 'indication', 'blocking'],
  ['no-excluded-pain', 'both', 'blocking'],
  ['activity-limitation', 'indication', 'blocking'],
  ['participation-problem', 'indication', 'blocking'],
  ['cognitive-emotional-problem', 'indication', 'blocking'],
  ['limitations-recorded', 'indication', 'completeness'],
  ['quality-of-life-recorded', 'indication', 'completeness'],
  ['participation-recorded', 'indication', 'completeness'],
  ['cognitive-emotional-recorded', 'indication', 'completeness'],
  ['report-complete', 'indication', 'completeness'],
  ['core-problem-described', 'indication', 'completeness'],
  ['main-goal-described', 'indication', 'completeness'],
  ['treatment-direction-explained', 'indication', 'completeness'],
  ['treatment-direction-matches', 'indication', 'signal'],
  ['first-line-physical', 'both', 'part'],
  ['first-line-psychological', 'both', 'part'],
  ['first-line-psychosomatic', 'both', 'part'],
  ['stepped-care', 'both', 'blocking'],
  ['first-line-ineffective', 'both', 'blocking'],
  ['first-line-adequate', 'indication', 'blocking'],
  ['referrer-information', 'both', 'completeness'],
  ['diagnostics-complete-patient', 'indication', 'blocking'],
  ['diagnostics-complete-physician', 'indication', 'blocking'],
  ['no-other-intervention', 'indication', 'blocking'],
  ['patient-willing', 'indication', 'blocking'],
  ['patient-able', 'indication', 'blocking'],
  ['goal-functioning', 'indication', 'blocking'],
  ['not-pain-relief-only', 'indication', 'blocking'],
  ['sufficient-capacity', 'indication', 'blocking'],
  ['no-impeding-medication', 'indication', 'blocking'],
  ['no-external-barriers', 'indication', 'blocking'],
  ['no-condition-treated-elsewhere', 'indication', 'review-at-most'],
  ['psychiatric-care-involved', 'indication', 'review-at-most'],
  ['referrer-checked', 'referral', 'signal'],
];

/** What each criterion of the indication rests on for the base patient, of whom everything is in order. */
const EVIDENCE: Readonly<Record<string, readonly string[]>> = {
  adult: ['Patient: birthDate'],
  'wpn-level': ['intake: wpn-level'],
  'indicated-by-physiatrist': ['intake: indicated-by'],
  'team-advice': ['intake: other-therapist-advice', 'intake: psychologist-advice'],
  'team-deviation-explained': ['intake: team-deviation'],
  'musculoskeletal-pain': ['Condition: code'],
  'persistent-pain': ['Condition: onset'],
  'movement-function-impaired': ['intake: movement-function-impaired'],
  'cognitive-emotional-function-impaired': ['intake: cognitive-emotional-function-impaired'],
  'no-excluded-pain': ['Condition: code'],
  'activity-limitation': ['intake: activity-limitation'],
  'participation-problem': ['intake: participation-problem'],
  'cognitive-emotional-problem': ['intake: cognitive-emotional-problem'],
  'limitations-recorded': [
    'answers-general-pain-questionnaire: value',
    'answers-pdi: value',
    'intake: history-activities',
    'intake: physical-examination',
  ],
  'quality-of-life-recorded': ['answers-sf-12: value', 'intake: history-quality-of-life'],
  'participation-recorded': [
    'answers-work-ability: value',
    'intake: role-family',
    'intake: role-household',
    'intake: role-leisure',
    'intake: role-work-study',
  ],
  'cognitive-emotional-recorded': [
    'answers-hads: value',
    'answers-pain-catastrophizing-scale: value',
    'intake: history-attributions',
    'intake: history-control-expectation',
    'intake: history-harm-beliefs',
    'intake: history-pain-fusion',
  ],
  'report-complete': [
    'intake: report.cognitive-emotional',
    'intake: report.complaint',
    'intake: report.conclusion',
    'intake: report.core-problem',
    'intake: report.diagnostics',
    'intake: report.limitations',
    'intake: report.main-goal',
    'intake: report.pain-mechanism',
    'intake: report.participation',
    'intake: report.previous-treatments',
    'intake: report.quality-of-life',
  ],
  'core-problem-described': ['intake: core-problem', 'intake: core-problem-text'],
  'main-goal-described': ['intake: main-goal'],
  'treatment-direction-explained': ['intake: treatment-direction-rationale'],
  'treatment-direction-matches': ['intake: treatment-direction'],
  'first-line-physical': ['Procedure: performed', 'referral: treatment'],
  'first-line-psychological': ['Procedure: performed', 'referral: treatment'],
  'first-line-psychosomatic': ['referral: no-treatment'],
  'stepped-care': ['Procedure: performed', 'referral: no-treatment', 'referral: treatment'],
  'first-line-ineffective': ['intake: first-line-result', 'referral: treatment'],
  'first-line-adequate': ['intake: first-line-adequate'],
  'referrer-information': ['referral: treatment'],
  'diagnostics-complete-patient': ['intake: diagnostics-complete-patient'],
  'diagnostics-complete-physician': ['intake: diagnostics-complete-physician'],
  'no-other-intervention': ['intake: other-intervention-promising'],
  'patient-willing': ['intake: patient-willing'],
  'patient-able': ['intake: patient-able'],
  'goal-functioning': ['intake: goal-functioning'],
  'not-pain-relief-only': ['intake: pain-relief-only'],
  'sufficient-capacity': ['intake: sufficient-capacity'],
  'no-impeding-medication': ['intake: medication-impedes'],
  'no-external-barriers': ['intake: external-barriers'],
  'no-condition-treated-elsewhere': ['intake: other-treatment-needed'],
  'psychiatric-care-involved': ['intake: psychiatric-foreground'],
};

const knowledge = loadKnowledge('hooks').value!;
const toldBy = (service: string) =>
  assessBundle(knowledge, encodeVignette(base), base.asOf, service).assessment.criteria;
const [indication, referral] = [toldBy('imsr-indication'), toldBy('imsr-referral')];

/** A resource by its kind or form, and the element or the question. */
function named({ reference, path }: Evidence): string {
  const resource = reference
    .replace(/^QuestionnaireResponse\/(imsr-)?/, '')
    .replace(/-form$/, '')
    .replace(/^(Patient|Condition|Procedure)\/.*/, '$1');
  return `${resource}: ${path.replace(/^item\((.*)\)$/, '$1')}`;
}

describe('every criterion', () => {
  it.each([
    ['indication', indication, 'referral'],
    ['referral', referral, 'indication'],
  ] as const)('of the %s has the effect that the contract gives it, and there is no other', (_, told, other) => {
    const expected = CRITERIA.filter(([, phases]) => phases !== other).map(([id, , effect]) => [id, effect]);
    expect(Object.fromEntries(told.map(({ id, effect }) => [id, effect]))).toEqual(Object.fromEntries(expected));
  });

  it.each(Object.entries(EVIDENCE))('names what %s rests on', (id, pieces) => {
    const { evidence } = indication.find((verdict) => verdict.id === id)!;
    expect([...new Set(evidence.map(named))].sort()).toEqual(pieces);
  });
});
