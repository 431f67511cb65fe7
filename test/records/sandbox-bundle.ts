import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'docker', 'patients');

export type Json = Record<string, unknown>;

/** A patient of the sandbox, as a file holds it. */
export interface PatientBundle extends Json {
  readonly entry: { resource: Json & { resourceType: string; id: string } }[];
}

/** What the index tells of a patient. */
export interface IndexedPatient {
  readonly id: string;
  readonly service: string;
  readonly asOf: string;
  readonly expected: { readonly outcome: string; readonly regime: string };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

/** The patients that come with the project; all of them synthetic. */
export const { patients } = read('index.json') as { readonly patients: readonly IndexedPatient[] };

/** The record of one of them with the draft, read anew each time: a test may change it. */
export function bundleOf(patient: string): PatientBundle {
  return read(`${patient}.json`) as PatientBundle;
}
