import type { TrustedClient } from './client.js';
import { LANGUAGES, type Language } from './service.js';

const MAX_HEADER = 500;

/** The language of what is said to a client: its own, that of the call, or the default. */
export function spokenLanguage(
  client: Pick<TrustedClient, 'language'> | null | undefined,
  acceptLanguage: string | undefined,
  defaultLanguage: Language,
): Language {
  return client?.language ?? acceptedLanguage(acceptLanguage) ?? defaultLanguage;
}

/**
 * The language of ours that an `Accept-Language` header likes best.
 *
 * Regions are ignored (`nl-BE` reads Dutch); of equal weights the first named wins; `*` names none, but where all that are
 * named are refused the first of the others.
 * @source RFC 9110 section 12.5.4
 * @returns nothing when the header names no language of ours, so that the caller's default decides
 */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  if (header === undefined || header.length > MAX_HEADER) return undefined;
  let best: Language | undefined;
  let bestWeight = 0;
  let othersTaken = false;
  const refused = new Set<Language>();
  for (const range of header.split(',')) {
    const [tag = '', ...parameters] = range.split(';');
    const primary = tag.trim().toLowerCase().split('-', 1)[0];
    const language = LANGUAGES.find((known) => known === primary);
    const weight = weightOf(parameters);
    if (primary === '*' && weight > 0) othersTaken = true;
    if (language !== undefined && weight === 0) refused.add(language);
    if (language !== undefined && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  if (best !== undefined || !othersTaken || refused.size === 0) return best;
  return LANGUAGES.find((known) => !refused.has(known));
}

function weightOf(parameters: readonly string[]): number {
  const quality = parameters.map((parameter) => parameter.trim()).find((parameter) => /^q=/i.test(parameter));
  if (quality === undefined) return 1;
  const weight = Number(quality.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
