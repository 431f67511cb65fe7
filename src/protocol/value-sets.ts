import { interned } from '../fhirpath/interned.js';
import type { MemberOf, Membership } from '../fhirpath/expression.js';
import type { ValueSetFile } from '../schemas/protocol.js';

/** What an entry of a value set lists, of one code system under all its names. */
interface Listed {
  readonly systems: readonly string[];
  readonly codes: ReadonlySet<string>;
  readonly prefixes: readonly { readonly prefix: string; readonly length?: number | undefined }[];
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  readonly except: readonly string[];
}

/** So many codes that patterns were asked about are kept; codes in a record repeat. */
const KNOWN_LIMIT = 5000;
/** No code system has longer codes; what a sender makes longer is not kept. */
const LONGEST_CODE = 200;

/**
 * What `memberOf('name')` means: membership by system and code together. A coding without a system, without a
 * code, or of a system that the value set does not list is not a member. A set that there is none of has no members.
 */
export function membershipOf(valueSets: ReadonlyMap<string, ValueSetFile>): MemberOf {
  const bySet = new Map([...valueSets].map(([name, file]) => [name, membersIn(file)]));
  return (valueSet) => bySet.get(valueSet) ?? NO_MEMBERS;
}

const NO_MEMBERS: Membership = () => false;

/** Looks at the code first: codes are short, and most are of no system that the set lists. */
function membersIn(file: ValueSetFile): Membership {
  const entries = file.systems.map(listedIn);
  const withPatterns = entries.filter(({ prefixes, ranges }) => prefixes.length + ranges.length > 0);
  const systemsWithPatterns = withPatterns.flatMap(({ systems }) => systems);
  const systemsOf = (code: string): readonly string[] =>
    entries.filter((entry) => isListed(entry, code)).flatMap(({ systems }) => systems);
  const known = new Map<string, readonly string[]>();
  for (const { codes } of entries) for (const code of codes) known.set(interned(code), systemsOf(code));
  const limit = known.size + KNOWN_LIMIT;
  const asked = (code: string): readonly string[] => {
    const systems = systemsOf(code);
    if (known.size < limit && code.length <= LONGEST_CODE) known.set(code, systems);
    return systems;
  };
  return (system, code) => {
    if (system === undefined || code === undefined) return false;
    // Codes of other systems are not kept: they would take the place of those that patterns are asked about.
    const systems = known.get(code) ?? (systemsWithPatterns.includes(system) ? asked(code) : NO_SYSTEMS);
    return systems.length > 0 && systems.includes(system);
  };
}

const NO_SYSTEMS: readonly string[] = [];

function listedIn({ system, aliases, members, except }: ValueSetFile['systems'][number]): Listed {
  return {
    systems: [system, ...(aliases ?? [])],
    codes: new Set(members.flatMap((member) => ('code' in member ? [member.code] : []))),
    prefixes: members.flatMap((member) => ('prefix' in member ? [member] : [])),
    ranges: members.flatMap((member) => ('from' in member ? [{ from: member.from, to: member.to }] : [])),
    except: except ?? [],
  };
}

function isListed({ codes, prefixes, ranges, except }: Listed, code: string): boolean {
  if (codes.has(code)) return true;
  if (except.some((prefix) => code.startsWith(prefix))) return false;
  const number = /^\d+$/.test(code) ? Number(code) : undefined;
  return (
    prefixes.some(
      ({ prefix, length }) => code.startsWith(prefix) && (length === undefined || code.length === length),
    ) || ranges.some(({ from, to }) => number !== undefined && from <= number && number <= to)
  );
}
