import { type Finding, findingAt } from '../yaml/findings.js';
import type { PathStep } from '../yaml/document.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { criterionVariable } from './criterion-variable.js';
import { GIVEN_VARIABLES } from './given-variables.js';
import type { Provenance } from './load-protocol.js';
import type { Protocol, ProtocolVersion } from './protocol.js';

/** Names that get their value while a version is applied. */
const DEFINED_LATER = ['status', 'complete', 'regime'] as const;

/**
 * What `%name` means: given variables, parameters, facts, constants of criteria and paths of tables share one set of names. Of two
 * with one name the later would take the place of the other without a word. Criteria may share the names of their constants.
 */
export function checkNames(protocol: Protocol, version: ProtocolVersion, provenance: Provenance): readonly Finding[] {
  const findings: Finding[] = [];
  const given = new Map<string, string>(
    [...GIVEN_VARIABLES.keys(), ...DEFINED_LATER].map((name) => [name, 'a variable that is always there']),
  );
  const global = new Map([...given, ...protocol.parameters.map(({ name }) => [name, 'a parameter'] as const)]);
  const all = new Map([...global, ...[...version.facts.keys()].map((name) => [name, 'a fact'] as const)]);
  const free = (
    name: string,
    taken: ReadonlyMap<string, string>,
    document: YamlDocument,
    path: readonly PathStep[],
  ): void => {
    const owner = taken.get(name);
    if (owner === undefined) return;
    findings.push(findingAt(document, path, `${name}, which is ${owner} as well`, 'a name of its own'));
  };

  for (const { name } of protocol.parameters) free(name, given, provenance.parameters.get(name)!, []);
  for (const [name, fact] of version.facts) {
    const document = provenance.facts.get(name)!;
    free(name, global, document, ['facts', name]);
    for (const [index, row] of ('rows' in fact ? fact.rows : []).entries()) {
      for (const path of Object.keys(row.let ?? {}))
        free(path, all, document, ['facts', name, 'rows', index, 'let', path]);
    }
  }
  const ids = new Map<string, string>();
  for (const { id, with: constants } of version.criteria) {
    const { document, index } = provenance.criteria.get(id)!;
    for (const name of Object.keys(constants ?? {})) free(name, all, document, ['criteria', index, 'with', name]);
    const variable = criterionVariable(id);
    const other = ids.get(variable);
    if (other !== undefined && other !== id) {
      findings.push(
        findingAt(document, ['criteria', index, 'id'], `${id}, which is %${variable} as ${other} is`, 'another id'),
      );
    }
    ids.set(variable, id);
  }
  return findings;
}
