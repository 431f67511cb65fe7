import { calls, canonical, type SyntaxNode } from '../parse.js';
import { holderUnder, isAtHome, type ReadOnce, type Start, type Value } from './scope.js';
import type { Writer } from './writer.js';

/**
 * What several places ask of the item that a node starts at, worked out where the item comes up.
 *
 * @param make writes what the node gives
 * @returns nothing where no place was kept for that, or where each place has to work it out after all
 */
export function sharedOnce(writer: Writer, node: SyntaxNode, start: Start, make: () => Value): Value | undefined {
  const once = onceOf(start);
  if (once === undefined || once.shared.size === 0) return undefined;
  const key = canonical(node);
  if (!once.shared.has(key)) return undefined;
  if (once.values.has(key)) return once.values.get(key);
  const lines: string[] = [];
  const made = writer.into(lines, make);
  // What stands in resources that references lead to is gone through one by one: that tells which of them holds it.
  const told = isAtHome(made) || !calls(node, 'resolve');
  if (told) once.place.push(...lines);
  once.values.set(key, told ? made : undefined);
  return told ? made : undefined;
}

/** What references of the item lead to, looked up where the item comes up; parameters and return as above. */
export function resolvedOnce(writer: Writer, node: SyntaxNode, start: Start, make: () => Value): Value | undefined {
  const once = onceOf(start);
  if (start === 'open' || once === undefined) return undefined;
  const key = canonical(node);
  let known = once.resolved.get(key);
  if (known === undefined) {
    // A contained resource is not where references inside it are looked up.
    known = { ...writer.into(once.place, make), homeless: true, within: holderUnder(start) };
    once.resolved.set(key, known);
  }
  return known;
}

function onceOf(start: Start): ReadOnce | undefined {
  return start === 'open' ? undefined : start.once;
}
