import { type FactDefinition, ORIGIN } from '../schemas/protocol.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { Provenance } from './load-protocol.js';
import type { ProtocolVersion } from './protocol.js';

type Table = Extract<FactDefinition, { rows: unknown }>;

/**
 * What must hold for the tables of a version: a tally adds up a table, and the columns by which rows are grouped or put in
 * order are columns of it. By one that no row has, every row would lie outside each group without a word.
 */
export function checkTables({ facts }: ProtocolVersion, { facts: files, names }: Provenance): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, fact] of facts) {
    const at = (path: readonly (string | number)[], found: string, expected: string): void => {
      findings.push(findingAt(files.get(name)!, ['facts', name, ...path], found, expected));
    };
    if ('rows' in fact && fact.newestFirst !== undefined) {
      const columns = columnsOf(fact);
      if (!columns.includes(fact.newestFirst)) at(['newestFirst'], fact.newestFirst, oneOf(columns));
    }
    if (!('tally' in fact)) continue;
    const table = facts.get(fact.tally);
    // A fact of which the form is wrong has its own finding.
    if (table === undefined && names.facts.has(fact.tally)) continue;
    if (table === undefined || !('rows' in table)) {
      at(['tally'], fact.tally, 'the name of a table of rows');
      continue;
    }
    const columns = columnsOf(table);
    for (const [index, column] of fact.by.entries()) {
      if (!columns.includes(column)) at(['by', index], column, oneOf(columns));
    }
  }
  return findings;
}

/** The columns that some row of a table may have. */
function columnsOf({ rows }: Table): readonly string[] {
  return [...new Set([...ORIGIN, ...rows.flatMap(({ columns }) => Object.keys(columns))])];
}

function oneOf(columns: readonly string[]): string {
  return `a column of the table: ${columns.join(', ')}`;
}
