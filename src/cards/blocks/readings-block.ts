import type { Verdict } from '../../schemas/verdict.js';
import type { Situation } from '../situation.js';
import { statusWord } from '../status-word.js';

/** Whether the readings of the text come out differently, so that which one is followed matters. */
export function readingsDiffer({ readings }: Pick<Verdict, 'readings'>): boolean {
  return new Set(Object.values(readings ?? {})).size > 1;
}

/** Every reading of an ambiguous text with its result, for criteria of which the readings do not agree. */
export function readingsBlock({ library, language, assessment }: Situation): string {
  const { reading, result } = library.general.file.readingTable;
  const tables: string[] = [];
  for (const { readings } of assessment.criteria.filter(readingsDiffer)) {
    const rows = Object.entries(readings ?? {}).map(([name, status]) => {
      const words = library.terms.readings[name]?.[language] ?? name;
      return `| ${words} | ${statusWord(library, status, language)} |`;
    });
    tables.push([`| ${reading[language]} | ${result[language]} |`, '| --- | --- |', ...rows].join('\n'));
  }
  return tables.join('\n\n');
}
