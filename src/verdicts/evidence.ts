import { isResource, referenceTo } from '../schemas/resource.js';
import type { Evidence } from '../schemas/verdict.js';
import type { Row } from '../facts/fact.js';
import type { EvidencePlan } from './criterion.js';
import type { JudgeScope } from './judge.js';

/** More than this says no more to a reader; the figures tell the totals. */
const EVIDENCE_LIMIT = 40;

/** Which resources, elements and values a criterion rests on, in record order. */
export function evidenceOf(plans: readonly EvidencePlan[], scope: JudgeScope): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (const { of, path, value } of plans) {
    for (const found of of.evaluate(scope)) {
      if (evidence.length >= EVIDENCE_LIMIT) return evidence;
      const place = placeOf(found, path);
      if (place === undefined) continue;
      const [shown] = value?.evaluate({ ...scope, focus: found, container: found }) ?? [];
      if (value !== undefined && shown === undefined) continue;
      evidence.push(isShowable(shown) ? { ...place, value: shown } : place);
    }
  }
  return evidence;
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
