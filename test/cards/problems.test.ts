import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, type ScoringProblem } from '../../src/instruments/problems.js';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, type Example, sandboxExample } from './examples.js';

const base = sandboxExample('all-met');

/** The base patient with some scores missing, and what stood in their way. */
function lacking(missing: readonly string[]): Example {
  const criteria = base.assessment.criteria.map((verdict) =>
    verdict.id === 'quality-of-life-recorded'
      ? { ...verdict, status: 'unknown' as const, reason: 'incomplete', missing: [...missing] }
      : verdict,
  );
  const scores = base.assessment.scores.filter(({ instrument }) => !missing.includes(instrument));
  return { ...base, assessment: { ...base.assessment, outcome: 'unknown', criteria, scores } };
}

function detail(missing: readonly string[], problems: readonly ScoringProblem[], language: 'nl' | 'en' = 'nl'): string {
  return cardsFor(lacking(missing), language, { problems })[0]?.card.detail ?? '';
}

const SF12 = ['sf12-physical', 'sf12-mental'];
const form = { instrument: 'sf-12', reference: 'QuestionnaireResponse/sf', date: '2026-11-20' };

describe('a questionnaire that was filled in and gave no score', () => {
  it('one line for the scores of one form', () => {
    const problems = SF12.map((score) => ({
      ...form,
      score,
      problem: 'incomplete' as const,
      detail: { answered: 11, expected: 12 },
    }));
    expect(detail(SF12, problems).match(/^- SF-12: .*$/gm)).toEqual([
      '- SF-12: 11 van de 12 vragen leesbaar beantwoord (20-11-2026). Zonder de rest is er geen score.',
    ]);
    expect(detail(SF12, problems, 'en')).toContain('- SF-12: 11 of 12 questions answered readably (20 November 2026).');
  });

  it('a score by its own name where the rest of the form is complete', () => {
    const problem = {
      instrument: 'hads',
      score: 'hads-anxiety',
      reference: 'QuestionnaireResponse/h',
      problem: 'incomplete' as const,
      detail: { answered: 6, expected: 7 },
    };
    expect(detail(['hads-anxiety'], [problem])).toContain('- HADS angst: 6 van de 7 vragen leesbaar beantwoord.');
  });

  it('the parts of a score are told by the whole', () => {
    const about = {
      instrument: 'pain-catastrophizing-scale',
      reference: 'QuestionnaireResponse/p',
      problem: 'incomplete' as const,
    };
    const problems = [
      { ...about, score: 'pain-catastrophizing', detail: { answered: 12, expected: 13 } },
      { ...about, score: 'pain-catastrophizing-rumination', detail: { answered: 3, expected: 4 } },
    ];
    const lines = detail(['pain-catastrophizing', 'pain-catastrophizing-rumination'], problems).match(
      /^- Pijn Catastroferen Schaal: .*$/gm,
    );
    expect(lines?.[0]).toContain('12 van de 13');
    expect(lines).toHaveLength(1);
  });

  it('another version', () => {
    expect(detail(SF12, [{ ...form, problem: 'other-version', detail: {} }])).toContain(
      '- SF-12 (20-11-2026): een andere versie van de vragenlijst.',
    );
  });

  it('says nothing of questionnaires that are not missing, nor of a score that is there', () => {
    const pdi = {
      instrument: 'pdi',
      score: 'pdi',
      reference: 'QuestionnaireResponse/x',
      problem: 'not-completed' as const,
      detail: {},
    };
    expect(detail(SF12, [pdi])).not.toMatch(/zonder score/);
    const mental = { ...form, score: 'sf12-mental', problem: 'no-value' as const, detail: {} };
    expect(detail(['sf12-physical'], [mental])).not.toMatch(/zonder score/);
    expect(detail(SF12, [mental])).toMatch(/zonder score/);
  });

  it.each(PROBLEM_CODES)('%s has a sentence in both languages', (problem) => {
    for (const language of LANGUAGES) {
      const line = detail(SF12, [{ ...form, problem, detail: {} }], language).match(/^- SF-12(:| \().*$/gm);
      expect(line).toHaveLength(1);
      expect(line?.[0]).not.toMatch(/undefined|[{}]|voldoet|not met/);
    }
  });
});

it('how a score has to be read stands with the scores', () => {
  const used = base.assessment.scores.find(({ instrument }) => instrument === 'pdi')!;
  const problem: ScoringProblem = {
    instrument: 'psk',
    score: 'psk',
    reference: used.reference,
    problem: 'read-as-sum',
    detail: { min: 0, max: 50 },
  };
  const text = (problems: readonly ScoringProblem[]): string =>
    cardsFor(base, 'nl', { problems })[0]?.card.detail ?? '';
  expect(text([problem])).toContain('- PSK: gelezen als som, met bereik 0 tot 50.');
  expect(text([{ ...problem, reference: 'Observation/older' }])).not.toContain('gelezen als som');
});
