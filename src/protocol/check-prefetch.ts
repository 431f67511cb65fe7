import { isResourceType } from '../fhirpath/model.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import type { ServiceFile } from './protocol.js';
import { patientParameters, searchParameters } from './search-parameters.js';

/**
 * The tokens that a template may hold: the context fields of a simple type that every hook here has. CDS Hooks also has
 * tokens for the user by type (`userPractitionerId` and the like); a search about the patient has no need of them.
 */
const TOKENS = new Set(['context.patientId', 'context.userId', 'context.encounterId']);
const TOKEN = /\{\{\s*([^{}]*?)\s*\}\}/g;
const PATIENT = '{{context.patientId}}';

/**
 * What is wrong with a prefetch template: tokens that may not be, a type that R4 does not have or that it does not
 * speak for, a search that is not about the patient of the call, and parameters that its type does not have. A server
 * may leave out of account what it does not know, and then gives the data of others or all that there is.
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template
 * @source https://hl7.org/fhir/R4/search.html#errors
 */
export function checkPrefetch(
  document: YamlDocument,
  { key, template, types, codes }: ServiceFile['prefetch'][number],
  valueSetNames: ReadonlySet<string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const at = (path: readonly PathStep[], found: string, expected: string): void => {
    findings.push(findingAt(document, ['prefetch', key, ...path], found, expected));
  };
  for (const [, token] of template.matchAll(TOKEN)) {
    if (!TOKENS.has(token!)) at(['template'], `the token ${token!}`, `one of ${[...TOKENS].join(', ')}`);
  }
  const bare = template.replaceAll(TOKEN, '');
  if (/[{}]/.test(bare)) at(['template'], template, `tokens in two braces on either side, such as ${PATIENT}`);
  const type = /^[A-Za-z]+/.exec(template)?.[0];
  if (type === undefined || !types.includes(type)) {
    at([], `${String(type)} asked, ${types.join(', ')} named`, 'the same type');
  }
  for (const [index, named] of types.entries()) {
    if (!isResourceType(named)) at(['types', index], named, 'a resource type of R4');
    // Nothing would say that the other type was never asked for.
    else if (named !== type && types.includes(type ?? '')) at(['types', index], named, `${type} alone, as it is asked`);
  }
  if (type !== undefined) {
    for (const { found, expected } of questionFaults(type, template.slice(type.length)))
      at(['template'], found, expected);
  }
  for (const [index, valueSet] of (codes?.valueSets ?? []).entries()) {
    if (!valueSetNames.has(valueSet)) at(['codes', 'valueSets', index], valueSet, 'a value set of the protocol');
  }
  if (codes !== undefined && (!/\?(?!.*\bcode=)/.test(template) || !searchParameters(type ?? '').includes('code'))) {
    at(['template'], template, 'a search without a code of its own, for a type that is searched by code');
  }
  return findings;
}

/** What is wrong with what stands behind the type. */
function questionFaults(type: string, rest: string): readonly { readonly found: string; readonly expected: string }[] {
  const about = patientParameters(type).map((name) => `${name}=${PATIENT}`);
  const spaceless = rest.replaceAll(TOKEN, (_whole, token: string) => `{{${token}}}`);
  if (!spaceless.startsWith('?')) {
    const reads = type === 'Patient' ? `Patient/${PATIENT}` : `a search: ${type}?${about[0]!}`;
    return type === 'Patient' && spaceless === `/${PATIENT}` ? [] : [{ found: `${type}${rest}`, expected: reads }];
  }
  const pairs = spaceless.slice(1).split('&');
  const faults = pairs.flatMap((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const known = searchParameters(type);
    if (!known.includes(name.replace(/:[a-z-]+$/, ''))) {
      return [{ found: `the parameter ${name}`, expected: `one of ${known.join(', ')}` }];
    }
    return value === '' ? [{ found: `the parameter ${name} without a value`, expected: 'a value' }] : [];
  });
  const isAboutPatient = pairs.some((pair) => about.includes(pair.replace('=Patient/', '=')));
  return isAboutPatient ? faults : [...faults, { found: `${type}${rest}`, expected: about.join(' or ') }];
}
