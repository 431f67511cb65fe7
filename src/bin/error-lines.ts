import type { CdsError } from '../errors.js';

/** An error for whoever operates the service: its sentence, what the log would hold of it, and all findings, one a line. */
export function errorLines({ code, message, detail, issues }: CdsError): readonly string[] {
  return [
    `${code}: ${message}`,
    ...(detail === undefined ? [] : [`  ${detail}`]),
    ...issues.map(
      ({ path, expected, found }) => `  ${path}: ${expected}${found === undefined ? '' : `; found ${found}`}`,
    ),
  ];
}
