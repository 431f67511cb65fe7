import type { ValueSetFile } from '../schemas/protocol.js';
import { parseUrl } from '../schemas/url.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';

/** A value set and where it stands. */
export interface PlacedValueSet {
  readonly document: YamlDocument;
  readonly path: readonly PathStep[];
  readonly file: ValueSetFile;
}

/** What is wrong with the members of a value set: none of these codes would ever be found, or one is told twice. */
export function checkMembers({ document, path, file }: PlacedValueSet): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [index, { system, aliases, members, except }] of file.systems.entries()) {
    const at = (steps: readonly PathStep[], found: string, expected: string): void => {
      findings.push(findingAt(document, [...path, 'systems', index, ...steps], found, expected));
    };
    const checkText = (steps: readonly PathStep[], text: string): void => {
      if (text !== text.trim()) at(steps, JSON.stringify(text), 'no spaces around it');
    };
    checkText(['system'], system);
    for (const [position, alias] of (aliases ?? []).entries()) checkText(['aliases', position], alias);
    for (const [position, code] of (except ?? []).entries()) checkText(['except', position], code);
    const known = new Set<string>();
    for (const [position, member] of members.entries()) {
      const steps = ['members', position];
      const [kind, value] =
        'code' in member ? ['code', member.code] : 'prefix' in member ? ['prefix', member.prefix] : [];
      if (kind !== undefined && value !== undefined) checkText([...steps, kind], value);
      if ('prefix' in member && member.length !== undefined && member.length < member.prefix.length) {
        at([...steps, 'length'], String(member.length), 'a length that has room for the prefix');
      }
      if ('from' in member && member.from > member.to) {
        at([...steps, 'from'], `${member.from} to ${member.to}`, 'a range that ends where it begins, or later');
      }
      const name = 'from' in member ? `from ${member.from} to ${member.to}` : `${kind!} ${value!}`;
      if (known.has(name)) at(steps, `${name} again`, 'every member once in one system');
      known.add(name);
    }
  }
  return findings;
}

/** The name of a code system where it stands, with the other names that it has there. */
export interface PlacedSystem {
  readonly name: string;
  readonly document: YamlDocument;
  readonly path: readonly PathStep[];
  readonly beside: readonly string[];
}

/** Every name of a system in a value set. */
export function systemsOf({ document, path, file }: PlacedValueSet): readonly PlacedSystem[] {
  return file.systems.flatMap(({ system, aliases = [] }, index) => {
    const beside = [system, ...aliases];
    const at = (...steps: PathStep[]): readonly PathStep[] => [...path, 'systems', index, ...steps];
    return beside.map((name, position) => ({
      name,
      document,
      path: position === 0 ? at('system') : at('aliases', position - 1),
      beside,
    }));
  });
}

/**
 * Names of systems that are no absolute URI, as R4 asks for, those of which the name differs from another only in `http` or `https` or in a slash at the
 * end, and those of which one sign differs from an address that the protocol names more often: what is coded in one is not found by the other. The name that
 * stands most often is taken for the right one. Names that stand together, the second as an alias, are meant.
 *
 * @param own of the protocol
 * @param ofSite of a site, whose own systems may well have names that are alike
 */
export function checkSystems(own: readonly PlacedSystem[], ofSite: readonly PlacedSystem[]): readonly Finding[] {
  const systems = [...own, ...ofSite];
  const counts = new Map<string, Map<string, number>>();
  for (const { name } of systems) {
    const key = bare(name);
    const spelt = counts.get(key) ?? new Map<string, number>();
    counts.set(key, spelt.set(name, (spelt.get(name) ?? 0) + 1));
  }
  const ofProtocol = new Set(own.map(({ name }) => bare(name)));
  return systems.flatMap(({ name, document, path, beside }) => {
    if (parseUrl(name) === undefined)
      return [findingAt(document, path, name, 'an absolute URI, such as https://… or urn:oid:…')];
    const key = bare(name);
    const slips = [...counts].filter(([other]) => ofProtocol.has(other) && isOneSlipAway(other, key));
    // Where as many stand for either, its own is right.
    const alike = [...counts.get(key)!, ...slips.flatMap(([, spelt]) => [...spelt])];
    const [usual] = alike.sort(([, one], [, other]) => other - one)[0]!;
    return beside.includes(usual) ? [] : [findingAt(document, path, name, `${usual}, as it is named elsewhere`)];
  });
}

function bare(system: string): string {
  return system
    .trim()
    .replace(/^https?:\/\//, '//')
    .replace(/\/+$/, '');
}

/** Whether two addresses differ in one sign that was changed, left out or added, or in two that changed places. A figure makes another edition; other URIs are figures. */
function isOneSlipAway(one: string, other: string): boolean {
  if (!one.startsWith('//') || !other.startsWith('//')) return false;
  const least = Math.min(one.length, other.length);
  let before = 0;
  while (before < least && one[before] === other[before]) before += 1;
  let after = 0;
  while (after < least - before && one.at(-1 - after) === other.at(-1 - after)) after += 1;
  const [here, there] = [one, other].map((text) => text.slice(before, text.length - after)) as [string, string];
  if (/\d/.test(here + there)) return false;
  return Math.max(here.length, there.length) === 1 || (here.length === 2 && here === there[1]! + there[0]!);
}
