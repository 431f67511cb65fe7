/** A text of a shared ladder with `{name}` filled by the constants of the criterion that uses it; others stay as they are. */
export function fillConstants(text: string, constants: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(constants[name] ?? whole));
}
