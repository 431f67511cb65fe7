import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, sandboxExample } from './examples.js';

const example = sandboxExample('all-met');

/** Everything that a physician, or the one who is asked, reads of a card. */
function textsOf(referralUnknown: boolean, language: 'nl' | 'en', referral = example.referral): string {
  return JSON.stringify(cardsFor({ ...example, referral, referralUnknown }, language));
}

describe.each(LANGUAGES)('the day of referral on a card (%s)', (language) => {
  const day = language === 'nl' ? /verwijsdatum 3-11-2026/ : /date of referral 3 November 2026/;
  const untold = language === 'nl' ? /de verwijsdatum is niet te bepalen/ : /the date of referral cannot be told/;

  it('is told where it is known', () => {
    expect(textsOf(false, language)).toMatch(day);
    expect(textsOf(false, language)).not.toMatch(untold);
  });

  it('is never the day that stands in for it', () => {
    expect(textsOf(true, language)).toMatch(untold);
    expect(textsOf(true, language)).not.toMatch(day);
  });

  it('is not said to be that of the call where the referral tells none', () => {
    const undated = language === 'nl' ? /er is geen verwijsdatum/ : /there is no date of referral/;
    const { authoredOn, ...without } = example.referral!;
    expect(textsOf(false, language, without)).toMatch(undated);
    expect(textsOf(false, language, without)).not.toMatch(day);
    expect(textsOf(false, language, { ...without, authoredOn })).not.toMatch(undated);
    // Who signs a referral now refers today.
    expect(textsOf(false, language, { ...without, status: 'draft' })).not.toMatch(undated);
  });
});
