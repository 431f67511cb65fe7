import type { CdsError } from '../errors.js';
import type { PrefetchTemplate } from '../schemas/service.js';
import { type KeyReading, settleKey } from './key-reading.js';
import { recordUnavailable } from './record-unavailable.js';

/** What became of one template. */
export interface TemplateReading {
  readonly template: PrefetchTemplate;
  readonly reading: KeyReading;
}

/**
 * The required keys that could not be had. A key that is known to be empty was had; one that failed counts as had when a
 * resource of its types came with the failure.
 */
export function missingRequired(readings: readonly TemplateReading[]): readonly TemplateReading[] {
  return readings.filter(({ template, reading }) => template.required && !wasHad(template, reading));
}

/** RECORD_UNAVAILABLE, naming the keys and causes, no values. */
export function requiredUnavailable(missing: readonly TemplateReading[]): CdsError {
  return recordUnavailable(
    'Required data was not prefetched and could not be fetched',
    missing.map(({ template: { key, template }, reading: { cause = 'unknown' } }) => ({
      key,
      cause,
      expected: template,
    })),
  );
}

function wasHad(template: PrefetchTemplate, reading: KeyReading): boolean {
  const { state } = settleKey(template, reading);
  if (state === 'present' || state === 'empty') return true;
  return reading.entries.some(({ resource }) => template.types.includes(resource.resourceType));
}
