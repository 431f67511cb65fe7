import { type CdsError, ERROR_CODES } from '../errors.js';

/** The code system of `issue.details.coding`; its codes are the registry in `src/errors.ts`. */
const ERROR_SYSTEM = 'https://imsr-cds.example/fhir/CodeSystem/imsr-cds-error';

export const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The body of every answer that is not a success, as JSON text.
 *
 * One issue per fault of the request, else one for the error: the sentence, the code, and what was expected where.
 * @source CDS Hooks 3.0.0-ballot, Returning OperationOutcome; FHIR R4 OperationOutcome
 */
export function outcomeBody(error: CdsError): string {
  const issue = {
    severity: 'error',
    code: ERROR_CODES[error.code].issue,
    details: { coding: [{ system: ERROR_SYSTEM, code: error.code }], text: error.message },
  };
  return JSON.stringify({
    resourceType: 'OperationOutcome',
    issue:
      error.issues.length === 0
        ? [issue]
        : error.issues.map(({ path, expected }) => ({
            ...issue,
            diagnostics: `Expected ${path === '' ? 'the body' : path} to be: ${expected}.`,
            ...(path === '' ? {} : { expression: [path] }),
          })),
  });
}
