/**
 * Text for a terminal: what a client sent must not move the cursor, change a colour or reverse the line.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** Rows under a heading, columns as wide as their widest cell; numbers to the right. */
export function textTable(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const shown = [heading, ...rows].map((row) => row.map((value) => printable(String(value))));
  const widths = heading.map((_, column) => Math.max(...shown.map((row) => (row[column] ?? '').length)));
  return shown
    .map((row, line) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return typeof rows[Math.max(0, line - 1)]?.[column] === 'number' ? text.padStart(width) : text.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
