/** Whether a coding fits one of the tokens of a search: `system|code`, or `system|` for every code of a system. */
export function fitsToken(
  { system = '', code = '' }: { readonly system?: string | undefined; readonly code?: string | undefined },
  tokens: readonly string[],
): boolean {
  return tokens.includes(`${system}|`) || tokens.includes(`${system}|${code}`);
}
