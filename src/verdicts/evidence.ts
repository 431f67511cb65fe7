import { isResource, referenceTo } from '../schemas/resource.js';
import type { Evidence } from '../schemas/verdict.js';
import type { Row } from '../facts/fact.js';
import type { EvidencePlan } from './criterion.js';
import type { JudgeScope } from './judge.js';

/** More than this says no more to a reader; the figures tell the totals. */
const EVIDENCE_LIMIT = 40;

/** Which resources, elements and values a criterion rests on; ordered by value and reference, never by record order. */
export function evidenceOf(plans: readonly EvidencePlan[], scope: JudgeScope): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (const { of, path, value } of plans) {
    for (const found of of.evaluate(scope)) {
      const place = placeOf(found, path);
      if (place === undefined) continue;
      const [shown] = value?.evaluate({ ...scope, focus: found, container: found }) ?? [];
      if (value !== undefined && shown === undefined) continue;
      evidence.push(isShowable(shown) ? { ...place, value: shown } : place);
    }
  }
  return evidence.length < 2 ? evidence : evidence.sort(byValue).slice(0, EVIDENCE_LIMIT);
}

/** Evidence of several criteria together, each piece once, in the same order and within the same limit. */
export function mergeEvidence(pieces: readonly Evidence[]): readonly Evidence[] {
  const sorted = [...pieces].sort(byValue);
  return sorted
    .filter((piece, index) => index === 0 || byValue(sorted[index - 1]!, piece) !== 0)
    .slice(0, EVIDENCE_LIMIT);
}

function byValue(a: Evidence, b: Evidence): number {
  const [first, second] = [String(a.value ?? ''), String(b.value ?? '')];
  if (first !== second) return first < second ? -1 : 1;
  if (a.reference !== b.reference) return a.reference < b.reference ? -1 : 1;
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}

function placeOf(found: unknown, path: string | undefined): Pick<Evidence, 'reference' | 'path'> | undefined {
  if (isResource(found)) return { reference: referenceTo(found) ?? found.resourceType, path: path ?? 'value' };
  if (typeof found !== 'object' || found === null) return undefined;
  const row = found as Partial<Row>;
  if (row.reference === undefined) return undefined;
  return { reference: row.reference, path: path ?? row.path ?? 'value' };
}

function isShowable(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
