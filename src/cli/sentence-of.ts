import { CdsError } from '../errors.js';

/** What is wrong, for whoever typed the command, without anything from inside a file. */
export function sentenceOf(error: unknown): string {
  if (error instanceof CdsError) {
    return [error.message, ...error.issues.map(({ path, expected }) => `${path}: expected ${expected}`)].join(' ');
  }
  if (error instanceof SyntaxError) return 'The file is not JSON.';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code.startsWith('E') && !code.startsWith('ERR_'))
    return `The file cannot be read or written (${code}).`;
  return error instanceof Error ? error.message : 'The file could not be assessed.';
}
