import type { Verdict } from '../../schemas/verdict.js';
import { say } from '../message.js';
import type { MissingDatum } from '../missing-data.js';
import { namesOf, type Situation } from '../situation.js';
import { citation } from './criteria-block.js';

/** What is missing, by who can supply it, with its sources; data that the same criteria wait for stand on one line. */
export function missingBlock(situation: Situation): string {
  return bySupplier(situation, (heading, data) => `**${heading}**\n\n${linesOf(situation, data).join('\n')}`);
}

/** The same by name alone, in one line for each who can supply it. */
export function missingNamesBlock(situation: Situation): string {
  return bySupplier(
    situation,
    (heading, data) => `**${heading}**\n\n${data.map((datum) => doubted(datum.term, datum)).join('; ')}`,
  );
}

function bySupplier(situation: Situation, told: (heading: string, data: readonly MissingDatum[]) => string): string {
  const { library, language, missing } = situation;
  return Object.entries(library.terms.suppliers)
    .flatMap(([supplier, heading]) => {
      const data = missing.filter((datum) => datum.supplier === supplier);
      if (data.length === 0) return [];
      const count = namesOf(situation, data).length;
      const counted = say(library.general.supplierHeading, language, { supplier: heading[language], count });
      return [told(counted ?? heading[language], data)];
    })
    .join('\n\n');
}

function doubted(name: string, { doubt }: MissingDatum): string {
  return doubt === undefined ? name : `${name} (${doubt})`;
}

function linesOf(situation: Situation, data: readonly MissingDatum[]): readonly string[] {
  const lines = new Map<string, { readonly terms: string[]; readonly datum: MissingDatum }>();
  for (const datum of data) {
    const key = datum.criteria.map(({ id }) => id).join(' ');
    const line = lines.get(key) ?? { terms: [], datum };
    line.terms.push(doubted(datum.term, datum));
    lines.set(key, line);
  }
  return [...lines.values()].map(
    ({ terms, datum }) => `- ${terms.join('; ')} ${citations(situation, datum.criteria).join(' ')}`,
  );
}

/** Each source once, with the criteria that stand there. */
function citations(situation: Situation, criteria: readonly Verdict[]): readonly string[] {
  const bySource = new Map<string, Verdict[]>();
  for (const verdict of criteria) {
    const { document, section } = verdict.source;
    const key = `${document} ${section}`;
    bySource.set(key, [...(bySource.get(key) ?? []), verdict]);
  }
  return [...bySource.values()].map((verdicts) =>
    citation(situation, verdicts[0]!, verdicts.map(({ id }) => id).join(', ')),
  );
}
