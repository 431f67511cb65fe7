import type { Resource } from '../schemas/resource.js';
import type { RecordEntry } from './named-entries.js';

interface VersionMark {
  readonly lastUpdated?: unknown;
  readonly versionId?: unknown;
}

/**
 * Which of two copies of one resource is the newer: by `meta.lastUpdated`, else by a numeric `meta.versionId`. A mark that only one
 * of them has decides nothing.
 *
 * @returns below 0 for the second, above for the first, 0 where it is not told
 */
export function compareVersions(first: Resource, second: Resource): number {
  const a = (first['meta'] ?? {}) as VersionMark;
  const b = (second['meta'] ?? {}) as VersionMark;
  // The same resource often comes under several keys; equal texts need no reading.
  const byTime = a.lastUpdated === b.lastUpdated ? 0 : compare(instant(a.lastUpdated), instant(b.lastUpdated));
  return byTime === 0 ? compare(wholeNumber(a.versionId), wholeNumber(b.versionId)) : byTime;
}

/** Whether two copies bear the same marks of their version. */
export function markedAlike(first: Resource, second: Resource): boolean {
  const a = (first['meta'] ?? {}) as VersionMark;
  const b = (second['meta'] ?? {}) as VersionMark;
  return a.lastUpdated === b.lastUpdated && a.versionId === b.versionId;
}

/** Copies that are compared with each other; a resource that comes in more versions is none that can be relied on. */
const MOST_COMPARED = 100;

/** Those of some copies than which none is newer, in whatever order they came; all of them where each has a newer one. */
export function newestOf(copies: readonly RecordEntry[]): readonly RecordEntry[] {
  if (copies.length > MOST_COMPARED) return copies;
  const newest = copies.filter((copy) => !copies.some((other) => compareVersions(copy.resource, other.resource) < 0));
  return newest.length === 0 ? copies : newest;
}

/** Whether two copies say the same, but for what is told of them and the text that is made from them. */
export function sayTheSame(first: Resource, second: Resource): boolean {
  return contentOf(first) === contentOf(second);
}

function contentOf(resource: Resource): string {
  return JSON.stringify({ ...resource, meta: undefined, text: undefined });
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
