import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/schemas/verdict.js';
import { cardsFor, type Example, sandboxExample } from './examples.js';

/** The same assessment with another status for one part of the first line. */
function withPart(example: Example, id: string, status: Status, reason: string): Example {
  const criteria = example.assessment.criteria.map((verdict) =>
    verdict.id === id ? { ...verdict, status, reason } : verdict,
  );
  return { ...example, assessment: { ...example.assessment, criteria } };
}

function lineOf(example: Example, language: 'nl' | 'en', criterion: string): string {
  const lines = cardsFor(example, language).flatMap(({ card }) => card.detail!.split('\n'));
  return lines.find((line) => line.startsWith('  - ') && line.includes(`(${criterion};`))!;
}

const met = sandboxExample('all-met');
const PART = 'first-line-psychosomatic';

describe('a part of the first line tells its own status', () => {
  it.each([
    ['not-met', 'declared-none', '(voldoet niet, hier niet nodig)', '(not met, not needed here)'],
    ['unknown', 'not-recorded', '(onbekend, hier niet nodig)', '(unknown, not needed here)'],
    ['review', 'only-with-intake', '(te beoordelen, hier niet nodig)', '(to be judged, not needed here)'],
    ['met', 'thresholds-reached', '(voldoet)', '(met)'],
  ] as const)('%s, where the whole is met', (status, reason, nl, en) => {
    const example = withPart(met, PART, status, reason);
    expect(lineOf(example, 'nl', PART)).toContain(`** ${nl}: `);
    expect(lineOf(example, 'en', PART)).toContain(`** ${en}: `);
  });

  it.each(['four-sessions', 'two-readings', 'psychology-unknown'])(
    'and no more than that where it is not: %s',
    (id) => {
      const lines = cardsFor(sandboxExample(id), 'nl').flatMap(({ card }) => card.detail!.split('\n'));
      expect(lines.some((line) => /\((voldoet niet|onbekend)\): /.test(line))).toBe(true);
      expect(lines.join('\n')).not.toContain('niet nodig');
    },
  );
});
