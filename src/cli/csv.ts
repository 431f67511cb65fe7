/** What makes a spreadsheet read a cell as a formula, full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/** One cell: text that a spreadsheet would run is made text by an apostrophe; quoted where the format asks for it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const inert = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * Rows as comma-separated values, each ended by CRLF.
 *
 * @source https://www.rfc-editor.org/rfc/rfc4180
 * @source https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
