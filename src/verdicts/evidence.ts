import { first } from '../fhirpath/collection.js';
import { nameIn } from '../record/containers.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource } from '../schemas/resource.js';
import type { Evidence } from '../schemas/verdict.js';
import type { FactScope, Row } from '../facts/fact.js';
import type { EvidencePlan } from './criterion.js';

/** More than this says no more to a reader; the figures tell the totals. */
const EVIDENCE_LIMIT = 40;

/**
 * What the pieces of one decision refer to. Each resource is named by one text, however many pieces name it: the same text is
 * quicker to compare and to look up than one that is equal.
 */
export class References {
  readonly #ofResources = new Map<object, string>();

  constructor(private readonly record: GatheredRecord) {}

  /** The name of a resource, or of the one that a row was read from: `Type/id`, or `Type/id#id` of what that contains. */
  of(item: unknown): string | undefined {
    if (typeof item !== 'object' || item === null) return undefined;
    const known = this.#ofResources.get(item);
    if (known !== undefined) return known;
    if (!isResource(item)) return (item as Partial<Row>).reference;
    const reference = nameIn(this.record, item);
    this.#ofResources.set(item, reference);
    return reference;
  }
}

/** Which resources, elements and values a criterion rests on; ordered by value and reference, never by record order. */
export function evidenceOf(
  plans: readonly EvidencePlan[],
  scope: FactScope,
  references: References,
): readonly Evidence[] {
  const found: unknown[] = [];
  for (const [number, { of, value }] of plans.entries()) {
    for (const item of of.evaluate(scope)) {
      if (references.of(item) === undefined) continue;
      found.push(number, item, value?.answer({ ...scope, focus: item, container: item }));
    }
  }
  return evidenceFrom(plans, found, references);
}

/** @param found for each piece: the number of its plan, what was found, and the answer about it */
export function evidenceFrom(
  plans: readonly EvidencePlan[],
  found: readonly unknown[],
  references: References,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (let at = 0; at < found.length; at += 3) {
    const { path, value } = plans[found[at] as number]!;
    const shown = first(found[at + 2]);
    if (value !== undefined && shown === undefined) continue;
    const told = isShowable(shown) ? shown : undefined;
    // Of thousands of pieces most come after the last one that is kept.
    if (evidence.length === EVIDENCE_LIMIT && textOf(told) > textOf(evidence.at(-1)!.value)) continue;
    const item = found[at + 1];
    const reference = references.of(item);
    if (reference !== undefined) insert(evidence, pieceAt(reference, path ?? pathOf(item), told));
  }
  return evidence;
}

/** Puts a piece where it belongs in the order, and drops what then is one too many. */
function insert(evidence: Evidence[], piece: Evidence): void {
  let at = evidence.length;
  while (at > 0 && byValue(evidence[at - 1]!, piece) > 0) at -= 1;
  if (at === evidence.length) {
    if (at < EVIDENCE_LIMIT) evidence.push(piece);
    return;
  }
  evidence.splice(at, 0, piece);
  if (evidence.length > EVIDENCE_LIMIT) evidence.pop();
}

/** Evidence of several criteria together, each piece once, in the same order and within the same limit. */
export function mergeEvidence(pieces: readonly Evidence[]): readonly Evidence[] {
  const sorted = [...pieces].sort(byValue);
  return sorted
    .filter((piece, index) => index === 0 || byValue(sorted[index - 1]!, piece) !== 0)
    .slice(0, EVIDENCE_LIMIT);
}

function byValue(a: Evidence, b: Evidence): number {
  if (a.value !== b.value) {
    const [first, second] = [textOf(a.value), textOf(b.value)];
    if (first !== second) return first < second ? -1 : 1;
  }
  if (a.reference !== b.reference) return a.reference < b.reference ? -1 : 1;
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}

function textOf(value: Evidence['value']): string {
  return typeof value === 'string' ? value : String(value ?? '');
}

function pieceAt(reference: string, path: string, value: Evidence['value']): Evidence {
  return value === undefined ? { reference, path } : { reference, path, value };
}

function pathOf(item: unknown): string {
  return (isResource(item) ? undefined : (item as Row).path) ?? 'value';
}

/** A longer text is no value that anybody reads, and would stand in the answer once for each order and criterion. */
const LONGEST_SHOWN = 1_000;

export function isShowable(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return value.length <= LONGEST_SHOWN;
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
