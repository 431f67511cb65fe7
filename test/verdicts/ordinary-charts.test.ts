import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../charts/answered-story.js';
import { arbitraryStory } from '../charts/arbitrary-story.js';
import type { Story } from '../charts/story.js';
import { toldOf } from '../charts/tell-courses.js';
import { arbitraryTelling, phaseOf, type Telling } from '../charts/telling.js';
import { type Verdicts, verdictsOf } from '../charts/verdicts-of-story.js';

/** Invented patients, told as the EHR of a Dutch general practice or hospital would: the verdicts follow from what happened, not from how it is told. */
const SEED = 20260417;

const inForce = (story: Story, telling: Telling): boolean =>
  phaseOf(telling) === 'indication' || story.referredOn >= '2026-04-20';

async function said(story: Story, telling: Telling): Promise<Verdicts> {
  const { outcome, criteria } = await answered(story, telling);
  return { outcome, criteria: Object.fromEntries(criteria.map(({ id, status }) => [id, status])) };
}

const expected = (story: Story, telling: Telling): Verdicts =>
  verdictsOf(story, phaseOf(telling), toldOf(story, telling));

describe('an ordinary chart that tells all of a story', () => {
  const chart = fc
    .record({ story: arbitraryStory, telling: arbitraryTelling })
    .filter(({ story, telling }) => inForce(story, telling));

  it('gives the verdicts that the indication document gives of the story', async () => {
    await fc.assert(
      fc.asyncProperty(chart, async ({ story, telling }) => {
        expect(await said(story, telling)).toEqual(expected(story, telling));
      }),
      { seed: SEED, numRuns: 120 },
    );
  });

  it('gives the same verdicts as another one, told in another way', async () => {
    const twice = fc
      .record({ story: arbitraryStory, one: arbitraryTelling, other: arbitraryTelling })
      .map(({ story, one, other }) => ({
        story,
        one,
        other: { ...other, asked: one.asked, sessions: one.sessions, rows: one.rows },
      }))
      .filter(({ story, one }) => inForce(story, one));
    await fc.assert(
      fc.asyncProperty(twice, async ({ story, one, other }) => {
        expect(await said(story, one)).toEqual(await said(story, other));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
