import type { Criterion } from '../api/cds-types';

export interface CriterionWithParts {
  readonly criterion: Criterion;
  readonly parts: readonly Criterion[];
}

export interface CriterionGroup {
  readonly key: string;
  readonly kind: 'criterion' | 'exclusion' | 'other';
  /** Of the criterion in the indication document. */
  readonly number?: number;
  readonly criteria: readonly CriterionWithParts[];
}

/** Criteria by the section they come from; parts stand under the criterion that is made of them. */
export function groupCriteria(criteria: readonly Criterion[]): readonly CriterionGroup[] {
  const groups = new Map<string, Criterion[]>();
  for (const criterion of criteria) {
    const key = keyOf(criterion);
    groups.set(key, [...(groups.get(key) ?? []), criterion]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const number = /^1-(\d+)$/.exec(key)?.[1];
      return {
        key,
        kind: key.startsWith('1') ? 'criterion' : key === '2' ? 'exclusion' : 'other',
        ...(number === undefined ? {} : { number: Number(number) }),
        criteria: withParts(members),
      };
    });
}

/** Sorts as the document does: criteria 1 to 8, exclusions, the rest. */
function keyOf({ source }: Criterion): string {
  const match = /^(exclusie)?criterium (\d+)/.exec(source.section);
  if (match?.[1] !== undefined) return '2';
  return match?.[2] === undefined ? '3' : `1-${match[2]}`;
}

function withParts(members: readonly Criterion[]): readonly CriterionWithParts[] {
  const parts = members.filter(({ effect }) => effect === 'part');
  const whole = members.find(({ readings }) => readings !== undefined);
  if (whole === undefined) return members.map((criterion) => ({ criterion, parts: [] }));
  return [whole, ...members.filter((member) => member !== whole && !parts.includes(member))].map((criterion) => ({
    criterion,
    parts: criterion === whole ? parts : [],
  }));
}
