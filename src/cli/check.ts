import { parseArgs } from 'node:util';
import { linesOf } from '../check-data.js';
import type { Finding } from '../yaml/findings.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';

export const CHECK_USAGE = `imsr-cds check [--json]

Checks every data file under hooks/ and cards/: form, FHIRPath, R4 paths, parameters, value sets, texts in both
languages, dates without gaps or overlaps. Of hooks/*/cases only that they are YAML: their form is that of the tests. Lists all findings with file, line and what was expected, and says when more
may follow once these are mended; the service refuses to start on the same findings. Exit code: 0 nothing found, 1 findings, 2 wrong use.
`;

/** What was looked at, for the closing line, and which expressions are slow. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Whether everything was looked at. */
  readonly complete: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** Expressions that only the reference engine can run: a hundred times slower. */
  readonly onReferenceEngine: readonly string[];
  /** Expressions that are compiled, but not to a function of their own: several times slower, with all that hangs on them. */
  readonly withoutFunction: readonly string[];
}

/** `imsr-cds check`: everything that is wrong with the data files, at once. */
export function checkCommand(check: () => Checked, args: readonly string[], write: Write): number {
  const options = { json: { type: 'boolean', default: false } } as const;
  const asked = askedOf(() => parseArgs({ args: [...args], options }).values, CHECK_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  const { findings, complete, counts, onReferenceEngine, withoutFunction } = check();
  if (asked.json) {
    write(`${JSON.stringify({ findings, complete, counts, onReferenceEngine, withoutFunction })}\n`);
  } else {
    for (const line of linesOf({ findings, complete })) write(`${line}\n`);
    for (const expression of onReferenceEngine) write(`runs on the reference engine: ${expression}\n`);
    for (const expression of withoutFunction) write(`is not made a function: ${expression}\n`);
    const looked = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
    const told = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    write(findings.length === 0 ? `No findings in ${looked.join(', ')}.\n` : `${told}.\n`);
  }
  return findings.length === 0 ? 0 : 1;
}
