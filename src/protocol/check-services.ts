import { lintExpression } from '../fhirpath/lint.js';
import { isResourceType, typeAtPath } from '../fhirpath/model.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { checkPrefetch } from './check-prefetch.js';
import type { Protocol, ServiceFile } from './protocol.js';

/**
 * What must hold for the services of a protocol: questions that can be evaluated, a phase that every version has,
 * prefetch templates that ask what they speak for, one for every type that the criteria of the phase need, and paths
 * of roles that lead to a reference.
 */
export function checkServices(
  documents: ReadonlyMap<string, YamlDocument>,
  services: readonly ServiceFile[],
  protocol: Protocol,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const service of services) {
    const document = documents.get(service.id)!;
    for (const key of ['fires', 'referral', 'perhapsReferral'] as const) {
      const options = { focusType: 'ServiceRequest', variables: [], valueSets: protocol.valueSetNames };
      const question = service[key];
      if (question === undefined) continue;
      for (const { message } of lintExpression(question, options)) {
        findings.push(findingAt(document, [key], message, 'FHIRPath on a ServiceRequest'));
      }
    }
    for (const { file } of protocol.versions) {
      if (file.phases.includes(service.phase)) continue;
      findings.push(
        findingAt(document, ['phase'], service.phase, `a phase of version ${file.version}: ${file.phases.join(', ')}`),
      );
    }
    for (const entry of service.prefetch) {
      findings.push(...checkPrefetch(document, entry, protocol.valueSetNames));
    }
    for (const [index, { type, path }] of service.roles.entries()) {
      if (isResourceType(type) && typeAtPath(`${type}.${path}`)?.name === 'Reference') continue;
      findings.push(findingAt(document, ['roles', index], `${type}.${path}`, 'an R4 path to a Reference'));
    }
    const asked = new Set(service.prefetch.flatMap(({ types }) => types));
    for (const [type, criteria] of neededIn(service.phase, protocol)) {
      if (asked.has(type)) continue;
      const found = `no template for ${type}, which ${criteria.join(', ')} needs`;
      findings.push(findingAt(document, ['prefetch'], found, `a template whose types hold ${type}`));
    }
  }
  return findings;
}

/** The resource types that the criteria of a phase need, each with the criteria that name it. */
function neededIn(phase: string, protocol: Protocol): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, string[]>();
  for (const { id, phases, needs } of protocol.versions.flatMap(({ criteria }) => criteria)) {
    if (!phases.includes(phase)) continue;
    // What R4 does not have is told at the criterion.
    for (const type of needs.filter(isResourceType)) {
      const users = needed.get(type);
      if (users === undefined) needed.set(type, [id]);
      else if (!users.includes(id)) users.push(id);
    }
  }
  return needed;
}
