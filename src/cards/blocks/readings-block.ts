import type { Situation } from '../situation.js';

/** Every reading of an ambiguous text with its result, for criteria of which the readings do not agree. */
export function readingsBlock({ library, language, assessment }: Situation): string {
  const { reading, result } = library.general.file.readingTable;
  const tables: string[] = [];
  for (const { readings } of assessment.criteria) {
    const entries = Object.entries(readings ?? {});
    if (entries.every(([, status]) => status === entries[0]?.[1])) continue;
    const rows = entries.map(([name, status]) => {
      const words = library.terms.readings[name]?.[language] ?? name;
      return `| ${words} | ${library.terms.statuses[status]?.[language] ?? status} |`;
    });
    tables.push([`| ${reading[language]} | ${result[language]} |`, '| --- | --- |', ...rows].join('\n'));
  }
  return tables.join('\n\n');
}
