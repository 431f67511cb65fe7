import { isResourceType } from '../fhirpath/model.js';
import { addDays } from '../logic/calendar.js';
import { inForceOn } from '../logic/validity.js';
import type { Finding } from '../yaml/findings.js';
import { findingAt } from '../yaml/findings.js';
import type { Provenance } from './load-protocol.js';
import type { Protocol, ProtocolVersion } from './protocol.js';
import { parameterOn } from './parameters.js';

/**
 * What must hold across the files of a version: ladders, documents and phases that exist, a way to answer for every
 * criterion, and a value in force for every parameter from the version's first day to its last.
 */
export function checkVersion(protocol: Protocol, version: ProtocolVersion, provenance: Provenance): readonly Finding[] {
  const findings: Finding[] = [];
  const { names } = provenance;
  const documents = new Set(Object.keys(protocol.file.documents));
  const expectedDocument = `a document of protocol.yaml: ${[...documents].join(', ')}`;
  const { source } = version.file;
  if (!documents.has(source.document)) {
    findings.push(findingAt(provenance.version, ['source', 'document'], source.document, expectedDocument));
  }
  for (const criterion of version.criteria) {
    const { document, index } = provenance.criteria.get(criterion.id)!;
    const at = (key: string, found: string, expected: string): void => {
      findings.push(findingAt(document, ['criteria', index, key], found, expected));
    };
    if (!documents.has(criterion.source.document)) at('source', criterion.source.document, expectedDocument);
    for (const phase of criterion.phases) {
      if (!version.file.phases.includes(phase)) at('phases', phase, `a phase: ${version.file.phases.join(', ')}`);
    }
    for (const [position, type] of criterion.needs.entries()) {
      if (!isResourceType(type))
        findings.push(findingAt(document, ['criteria', index, 'needs', position], type, 'a resource type of R4'));
    }
    if (criterion.ladder !== undefined && !names.ladders.has(criterion.ladder)) {
      at('ladder', criterion.ladder, `a ladder: ${[...names.ladders].join(', ')}`);
    }
    const own = criterion.answers !== undefined && criterion.otherwise !== undefined;
    const ways = [criterion.ladder !== undefined, own, criterion.readings !== undefined].filter(Boolean).length;
    if (ways !== 1 || (criterion.answers !== undefined) !== (criterion.otherwise !== undefined)) {
      at('id', `${ways} ways to answer`, 'either a ladder, or answers with otherwise, or readings');
    }
    if (criterion.evidence !== undefined && criterion.readings !== undefined) {
      at('evidence', 'evidence beside readings', 'readings alone: their evidence is that of the criteria they name');
    }
    if (criterion.with !== undefined && criterion.ladder === undefined) {
      at('with', 'constants without a ladder', 'a ladder that uses them');
    }
  }
  const { transition } = version.file;
  const files = protocol.versions.map(({ file }) => file);
  if (!names.criteria.has(transition.criterion)) {
    findings.push(findingAt(provenance.version, ['transition', 'criterion'], transition.criterion, 'a criterion'));
  }
  for (const parameter of protocol.parameters) {
    const document = provenance.parameters.get(parameter.name)!;
    if (parameterOn(parameter, version.file.validFrom) === undefined) {
      const { validFrom } = version.file;
      // What ended it by then, or else what begins too late.
      const step = parameter.steps.findLast(({ from }) => from <= validFrom) ?? parameter.steps[0];
      const path = step === undefined ? ['values'] : ['values', step.from];
      const expected = `a value from ${version.file.validFrom} on, when version ${version.file.version} begins`;
      findings.push(findingAt(document, path, `no value of ${parameter.name} on ${version.file.validFrom}`, expected));
    }
    for (const { from, value } of parameter.steps) {
      if (value !== null || from <= version.file.validFrom || inForceOn(files, from) !== version.file) continue;
      const expected = `a value as long as version ${version.file.version} holds`;
      findings.push(findingAt(document, ['values', from, 'value'], `no value from ${from} on`, expected));
    }
  }
  return findings;
}

/** No day may have two versions, and between the first and the last no day may have none. */
export function checkVersionDates(
  versions: readonly ProtocolVersion[],
  provenance: ReadonlyMap<string, Provenance>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const ordered = [...versions].sort((a, b) => (a.file.validFrom < b.file.validFrom ? -1 : 1));
  for (const [index, { file }] of ordered.entries()) {
    const place = provenance.get(file.version)!.version;
    const next = ordered[index + 1]?.file;
    if (file.validTo !== undefined && file.validTo < file.validFrom) {
      findings.push(findingAt(place, ['validTo'], file.validTo, `a day from ${file.validFrom} on`));
    }
    if (next === undefined) continue;
    if (next.validFrom === file.validFrom) {
      findings.push(findingAt(place, ['validFrom'], `${file.validFrom}, as ${next.version} has`, 'one version a day'));
    } else if (file.validTo !== undefined && file.validTo >= next.validFrom) {
      findings.push(
        findingAt(
          place,
          ['validTo'],
          `${file.validTo}, when ${next.version} has begun`,
          `a day before ${next.validFrom}`,
        ),
      );
    } else if (file.validTo !== undefined && addDays(file.validTo, 1) !== next.validFrom) {
      findings.push(findingAt(place, ['validTo'], `a gap before ${next.validFrom}`, 'no day without a version'));
    }
  }
  return findings;
}
