import type { Instrument } from '../schemas/instrument.js';
import type { AskedCodes, ValueSetFile } from '../schemas/protocol.js';
import type { Service, ServiceFile } from './protocol.js';

/** What the codes of a search come from; each with a site's own. */
interface CodeSources {
  readonly instruments: readonly Instrument[];
  readonly valueSets: ReadonlyMap<string, ValueSetFile>;
}

/**
 * A service whose prefetch templates ask by code for what is counted. The codes stand only where they are counted, so
 * that none is counted and never asked for.
 */
export function askingByCode({ prefetch, ...service }: ServiceFile, sources: CodeSources): Service {
  const templates = prefetch.map(({ codes, template, ...entry }) =>
    codes === undefined
      ? { ...entry, template }
      : { ...entry, template: `${template}&code=${tokensOf(codes, sources).join(',')}` },
  );
  return { ...service, prefetch: templates };
}

function tokensOf(codes: AskedCodes, { instruments, valueSets }: CodeSources): readonly string[] {
  const scores = codes.scores === true ? instruments.flatMap((instrument) => instrument.scores) : [];
  const members = (codes.valueSets ?? []).flatMap((name) => membersOf(valueSets.get(name)?.systems ?? []));
  return [...new Set([...scores.flatMap((score) => score.codes), ...members].map(searchToken))];
}

/** A search knows no prefixes and no ranges: where a value set has them, every code of that system is asked for. */
function membersOf(systems: ValueSetFile['systems']): readonly AskedCoding[] {
  return systems.flatMap(({ system, aliases, members }) =>
    [system, ...(aliases ?? [])].flatMap((name) =>
      members.map((member) => ({ system: name, code: 'code' in member ? member.code : '' })),
    ),
  );
}

interface AskedCoding {
  readonly system: string;
  readonly code: string;
}

/**
 * `system|code`, or `system|` for every code of a system. What a search would read otherwise is escaped, and
 * percent-encoded as far as a query needs it.
 * @source https://hl7.org/fhir/R4/search.html#token
 * @source https://hl7.org/fhir/R4/search.html#escaping
 */
function searchToken({ system, code }: AskedCoding): string {
  return `${encoded(system)}|${encoded(code)}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/[\\$,|]/g, String.raw`\$&`)).replaceAll(/%3A|%2F/g, decodeURIComponent);
}
