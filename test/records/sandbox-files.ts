import type { Bundle } from 'fhir/r4.js';
import { format } from 'prettier';
import { loadServices } from '../../src/protocol/load-services.js';
import { EHR } from './codings.js';
import { encodeRecord } from './encode-vignette.js';
import { hookRequestOf } from './hook-request-of.js';
import { sandboxPatients, type SandboxPatient, turningDays } from './sandbox-patients.js';

/** Where the files stand, from the root of the project. */
export const sandboxFolder = 'docker/patients';

/** Gives every resource but the Patient an id of its own, so that all patients fit on one FHIR server. */
function withOwnIds(bundle: Bundle, prefix: string): unknown {
  const rename = (reference: string): string => {
    const [type, id] = reference.split('/');
    return type === 'Patient' || id === undefined ? reference : `${type}/${prefix}-${id}`;
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === 'reference' && typeof part === 'string' ? rename(part) : walk(part),
      ]),
    );
  };
  return {
    ...bundle,
    id: prefix,
    entry: (bundle.entry ?? []).map(({ resource }) => {
      const own = rename(`${resource?.resourceType}/${resource?.id}`);
      return { fullUrl: `${EHR}/${own}`, resource: { ...(walk(resource) as object), id: own.split('/')[1] } };
    }),
  };
}

const indexEntry = ({ patient, service, title, look, outcome, regime }: SandboxPatient) => ({
  id: patient.id,
  file: `${patient.id}.json`,
  name: `${patient.family} (synthetic)`,
  title,
  look,
  service,
  asOf: patient.asOf,
  expected: { outcome, regime },
});

/** @returns the text of every file, by file name; the same on every run */
export async function sandboxFiles(): Promise<ReadonlyMap<string, string>> {
  const json = (value: unknown) => format(JSON.stringify(value), { parser: 'json', printWidth: 120 });
  const files = new Map<string, string>();
  for (const one of sandboxPatients) {
    const record = withOwnIds(encodeRecord(one.patient, one.encoding), one.patient.id);
    files.set(`${one.patient.id}.json`, await json(record));
  }
  files.set('index.json', await json({ turningDays, patients: sandboxPatients.map(indexEntry) }));
  return files;
}

/** The patient that the README's curl asks about. */
export const requestFile = 'docker/requests/four-sessions.json';

/** The call of an EHR about that patient, as the README sends it. */
export async function requestText(): Promise<string> {
  const one = sandboxPatients.find(({ patient }) => patient.id === 'four-sessions')!;
  const bundle = withOwnIds(encodeRecord(one.patient, one.encoding), one.patient.id) as Bundle;
  const service = loadServices('hooks').services.find(({ id }) => id === 'imsr-indication')!;
  // In development mode a call may name the day that it is answered for: the example shows the same card on any day.
  const request = { ...hookRequestOf(bundle, service), extension: { 'nl.imsr-cds.asOf': one.patient.asOf } };
  return format(JSON.stringify(request), { parser: 'json', printWidth: 120 });
}
