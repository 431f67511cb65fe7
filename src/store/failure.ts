/**
 * What went wrong, as a code: `SQLITE_FULL`, a PostgreSQL SQLSTATE such as `57P01`, or a network code such as `ECONNREFUSED`.
 * Never the message or the detail: databases quote the row that they refuse.
 */
export function failureCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return typeof name === 'string' ? name : 'unknown';
}

/** Failures of a start that no waiting mends: the place or the access is wrong, or the file is not ours. */
const LASTING = [
  /^SCHEMA_OF_A_NEWER_VERSION$/, // what `migrate` throws
  /^SQLITE_ERROR$/, // another program's table has the name of one of ours
  /^SQLITE_(CANTOPEN|PERM|READONLY|NOTADB|CORRUPT|AUTH)/,
  /^28/, // invalid authorisation
  /^3D000$/, // no such database
  /^42/, // syntax error or access rule violation, such as no right to create tables
  /^(EACCES|ENOTDIR|EROFS|EPERM|ERR_INVALID_URL)$/,
];

/** Whether an operator has to act before the store can work; otherwise it may come back by itself. */
export function isLasting(error: unknown): boolean {
  const code = failureCode(error);
  return LASTING.some((pattern) => pattern.test(code));
}

/** A store that is asked by many at once or held by another process, or of which the caller did not wait for the answer. */
const BUSY = /^(SQLITE_(BUSY|LOCKED|PROTOCOL).*|ETIMEDOUT|TOO_MANY_WAIT)$/;

/** Whether the store only did not come to it in time. Over a network that may as well mean that it is away. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(failureCode(error));
}
