import { referenceIn, type Resource } from '../schemas/resource.js';

/** Whether a resource fits one search parameter with one value (alternatives already split). */
export type ParameterTest = (resource: Resource, value: string) => boolean;

/**
 * The search parameters of the sandbox's FHIR server: those that an EHR needs to show a chart.
 * @source https://hl7.org/fhir/R4/search.html
 */
export const PARAMETER_TESTS: Readonly<Record<string, ParameterTest>> = {
  _id: (resource, value) => resource.id === value,
  patient: (resource, value) => patientOf(resource) === value.replace(/^Patient\//, ''),
  status: (resource, value) => resource['status'] === value.slice(value.indexOf('|') + 1),
  code: (resource, value) => codingsOf(resource['code']).some((coding) => fitsToken(coding, value)),
  url: (resource, value) => resource['url'] === value.split('|')[0],
};

function patientOf(resource: Resource): string | undefined {
  const subject = resource['subject'] ?? resource['patient'] ?? resource['for'];
  return referenceIn(subject)?.replace(/^Patient\//, '');
}

interface Token {
  readonly system?: string;
  readonly code?: string;
}

function codingsOf(concept: unknown): readonly Token[] {
  const codings = (concept as { coding?: unknown } | undefined)?.coding;
  return Array.isArray(codings) ? (codings as Token[]) : [];
}

/** `code`, `system|code`, `system|` or `|code`. */
function fitsToken({ system, code }: Token, value: string): boolean {
  const bar = value.lastIndexOf('|');
  if (bar < 0) return code === value;
  const wantedSystem = value.slice(0, bar);
  const wantedCode = value.slice(bar + 1);
  return (system ?? '') === wantedSystem && (wantedCode === '' || code === wantedCode);
}
