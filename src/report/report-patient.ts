import { oneLine } from '../cards/escape-markdown.js';
import { isPartialDay } from '../logic/calendar.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource } from '../schemas/resource.js';
import type { ReportPatient } from './report.js';

/** More of a name or number than this names no one better. */
const LONGEST = 200;

const GENDERS = ['male', 'female', 'other', 'unknown'] as const;

/** The tag with which a record says of itself that it is test data (HL7 v3 ActReason). */
export const TEST_TAG = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' };

/** What the record says of whose report this is: name, day of birth, sex and identifiers; no address, no contacts. */
export function reportPatient(record: GatheredRecord, subject: string): ReportPatient {
  const named = record.resolve(subject);
  const patients = record.byType('Patient');
  const patient = named?.resourceType === 'Patient' ? named : patients.length === 1 ? patients[0] : undefined;
  if (!isResource(patient)) return { identifiers: [], synthetic: false };
  const birthDate = patient['birthDate'];
  const meta = patient['meta'];
  return {
    name: nameIn(patient['name']),
    birthDate: typeof birthDate === 'string' && isPartialDay(birthDate) ? birthDate : undefined,
    gender: GENDERS.find((known) => known === patient['gender']),
    identifiers: objects(patient['identifier']).flatMap(({ system, value }) =>
      isUri(system) && isText(value) ? [{ system, value: oneLine(value, LONGEST) }] : [],
    ),
    synthetic: objects(isObject(meta) ? meta['tag'] : undefined).some(
      ({ system, code }) => system === TEST_TAG.system && code === TEST_TAG.code,
    ),
  };
}

function nameIn(names: unknown): string | undefined {
  const known = objects(names);
  const official = known.find(({ use }) => use === 'official') ?? known.find(({ use }) => use !== 'old') ?? known[0];
  if (official === undefined) return undefined;
  if (isText(official['text'])) return oneLine(official['text'], LONGEST);
  const given = Array.isArray(official['given']) ? official['given'].filter(isText) : [];
  const parts = [...given, official['family']].filter(isText);
  return parts.length === 0 ? undefined : oneLine(parts.join(' '), LONGEST);
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** FHIR allows no white space in a URI, and a URI has no letters beyond ASCII. */
function isUri(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && oneLine(value, LONGEST) !== '';
}
