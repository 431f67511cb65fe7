import type { Resource } from '../schemas/resource.js';

interface VersionMark {
  readonly lastUpdated?: unknown;
  readonly versionId?: unknown;
}

/**
 * The newer of two copies of one resource: by `meta.lastUpdated`, else by a numeric `meta.versionId`, else the first.
 * A mark that only one of them has decides nothing.
 */
export function newerOf(first: Resource, second: Resource): Resource {
  const a = (first['meta'] ?? {}) as VersionMark;
  const b = (second['meta'] ?? {}) as VersionMark;
  // The same resource often comes under several keys; equal texts need no reading.
  const byTime = a.lastUpdated === b.lastUpdated ? 0 : compare(instant(a.lastUpdated), instant(b.lastUpdated));
  if (byTime !== 0) return byTime < 0 ? second : first;
  return compare(wholeNumber(a.versionId), wholeNumber(b.versionId)) < 0 ? second : first;
}

function compare(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? 0 : a - b;
}

function instant(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function wholeNumber(value: unknown): number {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}
