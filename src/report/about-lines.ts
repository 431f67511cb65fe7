import type { Report } from './report.js';
import type { ReportWords } from './report-words.js';

/** What is said of a report itself: its standing, what missing means in it, which days it holds for, and by which source. */
export function aboutLines({ assessment, referredOn, protocol }: Report, words: ReportWords): readonly string[] {
  return [
    words.say('about-status'),
    words.say('about-missing'),
    words.say('about-data', { asOf: words.day(assessment.asOf), referredOn: words.referral(referredOn) }),
    words.say('about-source', { source: protocol.sourceLabel[words.language] }),
  ];
}
