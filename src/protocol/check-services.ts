import { lintExpression } from '../fhirpath/lint.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import type { Protocol, ServiceFile } from './protocol.js';

/** Context fields that a prefetch token may name, by hook; those of complex type may not. */
const TOKENS = new Set(['context.patientId', 'context.userId', 'context.encounterId']);

/**
 * What must hold for the services of a protocol: questions that can be evaluated, a phase that every version has,
 * and prefetch templates with allowed tokens whose type is the one they speak for, narrowed to codes that there are.
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template
 */
export function checkServices(
  documents: ReadonlyMap<string, YamlDocument>,
  services: readonly ServiceFile[],
  name: string,
  protocol: Protocol,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const service of services.filter((candidate) => candidate.protocol === name)) {
    const document = documents.get(service.id) ?? [...documents.values()][0]!;
    for (const key of ['fires', 'referral'] as const) {
      const options = { focusType: 'ServiceRequest', variables: [], valueSets: protocol.valueSetNames };
      for (const { message } of lintExpression(service[key], options)) {
        findings.push(findingAt(document, [key], message, 'FHIRPath on a ServiceRequest'));
      }
    }
    for (const { file } of protocol.versions) {
      if (file.phases.includes(service.phase)) continue;
      findings.push(
        findingAt(document, ['phase'], service.phase, `a phase of version ${file.version}: ${file.phases.join(', ')}`),
      );
    }
    for (const { key, template, types, codes } of service.prefetch) {
      for (const [, token] of template.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)) {
        if (TOKENS.has(token!)) continue;
        findings.push(
          findingAt(document, ['prefetch', key], `the token ${token!}`, `one of ${[...TOKENS].join(', ')}`),
        );
      }
      const type = /^[A-Za-z]+/.exec(template)?.[0];
      if (type === undefined || !types.includes(type)) {
        findings.push(
          findingAt(document, ['prefetch', key], `${String(type)} asked, ${types.join(', ')} named`, 'the same type'),
        );
      }
      for (const [index, valueSet] of (codes?.valueSets ?? []).entries()) {
        if (protocol.valueSetNames.has(valueSet)) continue;
        const path = ['prefetch', key, 'codes', 'valueSets', index];
        findings.push(findingAt(document, path, valueSet, 'a value set of the protocol'));
      }
      if (codes !== undefined && !/\?(?!.*\bcode=)/.test(template)) {
        findings.push(
          findingAt(document, ['prefetch', key, 'template'], template, 'a search without a code of its own'),
        );
      }
    }
  }
  return findings;
}
