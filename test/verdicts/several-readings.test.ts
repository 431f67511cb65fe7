import { describe, expect, it } from 'vitest';
import { AGB, type Change, judged, PHYSIOTHERAPY, role } from './base-patient.js';

/** Each counting rule that the sources leave open asks for a judgement; where no one of them is enough and several are, so do these (T4, T6, T10, T11). */
const REVIEW = 'review: only-by-several-readings';
const BELOW = 'not-met: below-threshold';
const ROLES = [
  role('physio', AGB, '0401'),
  role('exercise', AGB, '0700'),
  role('psf', AGB, '0409'),
  role('pse', AGB, '0704'),
];

const by = (name: string, place?: string) => ({
  performer: [{ actor: { reference: `PractitionerRole/${name}` }, ...(place && { onBehalfOf: { display: place } }) }],
});
const PHYSIO = by('physio');
const EXERCISE = by('exercise');
const IN_HOSPITAL = by('physio', 'UMC Noord');
const EXERCISE_IN_HOSPITAL = by('exercise', 'UMC Noord');
const INTAKE_IN_HOSPITAL = { ...IN_HOSPITAL, code: { text: 'Intake en onderzoek na verwijzing' } };
const INTAKE = { ...PHYSIO, code: { text: 'Intake en onderzoek na verwijzing' } };
const EXERCISE_INTAKE = { ...EXERCISE, code: { text: 'Intake en onderzoek na verwijzing' } };

/** Every other session of the twelve becomes one of these, in their order; the rest was not given. */
const given =
  (...kinds: readonly object[]): Change =>
  (session, number) => {
    if (number > PHYSIOTHERAPY) return session;
    const kind = number % 2 === 1 ? kinds[(number - 1) / 2] : undefined;
    return kind === undefined ? { ...session, status: 'not-done' } : { ...session, ...kind };
  };

describe('physical treatment of which six count by several readings alone', () => {
  it.each<[string, readonly object[], string]>([
    ['with an intake and in hospital', [INTAKE, PHYSIO, PHYSIO, PHYSIO, PHYSIO, IN_HOSPITAL], REVIEW],
    ['in hospital, with its intake', [INTAKE_IN_HOSPITAL, ...Array<object>(5).fill(IN_HOSPITAL)], REVIEW],
    ['one fewer in hospital, with its intake', [INTAKE_IN_HOSPITAL, ...Array<object>(4).fill(IN_HOSPITAL)], BELOW],
    ['by two disciplines, in hospital', [PHYSIO, PHYSIO, PHYSIO, EXERCISE, EXERCISE, EXERCISE_IN_HOSPITAL], REVIEW],
    ['by two disciplines, with an intake', [PHYSIO, PHYSIO, PHYSIO, EXERCISE_INTAKE, EXERCISE, EXERCISE], REVIEW],
    ['one fewer with an intake and in hospital', [INTAKE, PHYSIO, PHYSIO, PHYSIO, IN_HOSPITAL], BELOW],
    ['one fewer by two disciplines, in hospital', [PHYSIO, PHYSIO, PHYSIO, EXERCISE, EXERCISE_IN_HOSPITAL], BELOW],
    // One reading is enough.
    ['with an intake', [INTAKE, PHYSIO, PHYSIO, PHYSIO, PHYSIO, PHYSIO], 'review: only-with-intake'],
    ['by two disciplines', [PHYSIO, PHYSIO, PHYSIO, EXERCISE, EXERCISE, EXERCISE], 'review: disciplines-only-together'],
    ['in hospital', [PHYSIO, PHYSIO, PHYSIO, PHYSIO, PHYSIO, IN_HOSPITAL], 'review: only-with-secondary-care'],
  ])('%s', (_, kinds, expected) => {
    expect(judged(given(...kinds), ROLES)['first-line-physical']).toBe(expected);
  });
});

describe('psychosomatic treatment of which six count with exercise therapy alone', () => {
  const [PSF, PSE] = [by('psf'), by('pse')];

  it.each<[string, readonly object[], string]>([
    ['six by two kinds of therapist', [PSF, PSF, PSF, PSF, PSF, PSE], REVIEW],
    ['five', [PSF, PSF, PSF, PSF, PSE], BELOW],
    ['six by the exercise therapist', [PSE, PSE, PSE, PSE, PSE, PSE], 'review: psychosomatic-exercise-therapy'],
  ])('%s', (_, kinds, expected) => {
    expect(judged(given(...kinds), ROLES)['first-line-psychosomatic']).toBe(expected);
  });
});
