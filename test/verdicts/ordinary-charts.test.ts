import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered } from '../charts/answered-story.js';
import { arbitraryStory } from '../charts/arbitrary-story.js';
import { type Loss, LOSSES } from '../charts/losses.js';
import type { Story } from '../charts/story.js';
import { toldOf } from '../charts/tell-courses.js';
import { arbitraryTelling, phaseOf, type Telling } from '../charts/telling.js';
import { type Verdicts, verdictsOf } from '../charts/verdicts-of-story.js';

/** Invented patients, told as the EHR of a Dutch general practice or hospital would: the verdicts follow from what happened, not from how it is told. */
const SEED = 20260417;

const inForce = (story: Story, telling: Telling): boolean =>
  phaseOf(telling) === 'indication' || story.referredOn >= '2026-04-20';

async function said(story: Story, telling: Telling, lost?: Loss): Promise<Verdicts> {
  const { outcome, criteria } = await answered(story, telling, lost);
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
      { seed: SEED, numRuns: 100 },
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
      { seed: SEED, numRuns: 40 },
    );
  });
});

/** Of what is lost nothing is made up, but for what is said here. */
const MAY_CHANGE: Readonly<Record<string, readonly string[]>> = {
  // The contract takes the day of the call for that of the referral.
  'the day of the referral': ['adult: not-met, met'],
  // Where a form told that the first line helped, the sessions that did not are all that is left.
  'the results on the forms': ['first-line-ineffective: review, met'],
};
/** That the referrer did not tell it is what is to be said. */
const TOLD_BY_REFERRER = 'referrer-information';

describe('an ordinary chart of which something is lost', () => {
  const chart = fc
    .record({ story: arbitraryStory, telling: arbitraryTelling, loss: fc.constantFrom(...Object.keys(LOSSES)) })
    // An order in words alone may be none of IMSR.
    .map(({ telling, ...rest }) => ({ ...rest, telling: { ...telling, order: 'own-code' as const } }))
    .filter(({ story, telling }) => inForce(story, telling));

  it('never says more of the story than all of it says, and leaves the rest open', async () => {
    await fc.assert(
      fc.asyncProperty(chart, async ({ story, telling, loss }) => {
        const truth = expected(story, telling).criteria;
        const { criteria } = await said(story, telling, LOSSES[loss]);
        const turned = Object.entries(criteria)
          .filter(
            ([id, status]) =>
              status !== truth[id] && status !== 'unknown' && status !== 'review' && id !== TOLD_BY_REFERRER,
          )
          .map(([id, status]) => `${id}: ${truth[id]}, ${status}`);
        expect({ loss, turned: turned.filter((one) => !(MAY_CHANGE[loss] ?? []).includes(one)) }).toEqual({
          loss,
          turned: [],
        });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
