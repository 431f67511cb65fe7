import type { MemberOf, Membership as IsMember } from '../fhirpath/expression.js';
import type { ValueSetFile } from '../schemas/protocol.js';

/** What one code system contributes to one value set. */
interface Membership {
  readonly codes: ReadonlySet<string>;
  readonly prefixes: readonly { readonly prefix: string; readonly length?: number | undefined }[];
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  readonly except: readonly string[];
  /** Answers already given for prefixes and ranges; codes in a record repeat. */
  readonly known: Map<string, boolean>;
}

const KNOWN_LIMIT = 5000;
/** No code system has longer codes; what a sender makes longer is not kept. */
const LONGEST_CODE = 200;

/** Membership of value sets, for one that is looked up beforehand and for one that is named each time. */
export interface ValueSets {
  /** A set that there is none of has no members. */
  readonly membersOf: (valueSet: string) => IsMember;
  readonly memberOf: MemberOf;
}

/**
 * Builds what `memberOf('name')` means: membership by system and code together. A coding without a system, without a
 * code, or of a system that the value set does not list is not a member.
 */
export function buildValueSets(valueSets: ReadonlyMap<string, ValueSetFile>): ValueSets {
  const bySet = new Map([...valueSets].map(([name, file]) => [name, membersIn(file)]));
  const membersOf = (valueSet: string): IsMember => bySet.get(valueSet) ?? NO_MEMBERS;
  return { membersOf, memberOf: (valueSet, system, code) => membersOf(valueSet)(system, code) };
}

const NO_MEMBERS: IsMember = () => false;

function membersIn(file: ValueSetFile): IsMember {
  const systems = bySystem(file);
  return (system, code) => {
    if (system === undefined || code === undefined) return false;
    const memberships = systems.get(system);
    if (memberships === undefined) return false;
    for (let at = 0; at < memberships.length; at += 1) if (isMember(memberships[at]!, code)) return true;
    return false;
  };
}

/** A system may be listed more than once, by the protocol and by a site. */
function bySystem(file: ValueSetFile): ReadonlyMap<string, readonly Membership[]> {
  const systems = new Map<string, Membership[]>();
  for (const entry of file.systems) {
    const membership: Membership = {
      codes: new Set(entry.members.flatMap((member) => ('code' in member ? [member.code] : []))),
      prefixes: entry.members.flatMap((member) => ('prefix' in member ? [member] : [])),
      ranges: entry.members.flatMap((member) => ('from' in member ? [{ from: member.from, to: member.to }] : [])),
      except: entry.except ?? [],
      known: new Map(),
    };
    for (const system of [entry.system, ...(entry.aliases ?? [])]) {
      const listed = systems.get(system);
      if (listed === undefined) systems.set(system, [membership]);
      else listed.push(membership);
    }
  }
  return systems;
}

function isMember(membership: Membership, code: string): boolean {
  if (membership.codes.has(code)) return true;
  if (membership.prefixes.length === 0 && membership.ranges.length === 0) return false;
  const known = membership.known.get(code);
  if (known !== undefined) return known;
  const number = /^\d+$/.test(code) ? Number(code) : undefined;
  const member =
    !membership.except.some((prefix) => code.startsWith(prefix)) &&
    (membership.prefixes.some(
      ({ prefix, length }) => code.startsWith(prefix) && (length === undefined || code.length === length),
    ) ||
      membership.ranges.some(({ from, to }) => number !== undefined && from <= number && number <= to));
  if (membership.known.size < KNOWN_LIMIT && code.length <= LONGEST_CODE) membership.known.set(code, member);
  return member;
}
