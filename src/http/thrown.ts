import { CdsError } from '../errors.js';

const BAD_BODY =
  'The body could not be read as JSON, or holds a key that is not accepted (`__proto__`, or `constructor` with a `prototype`).';

/** What the framework can throw before a route is reached, in words of our own. */
const FRAMEWORK: Readonly<Record<string, () => CdsError>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => new CdsError('REQUEST_INVALID', BAD_BODY),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new CdsError('REQUEST_INVALID', 'The body is empty; a JSON object is expected.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new CdsError('MEDIA_TYPE_UNSUPPORTED', 'The body must be sent as application/json.'),
  FST_ERR_BAD_URL: () => new CdsError('REQUEST_INVALID', 'The address could not be read.'),
  FST_ERR_MAX_PARAM_LENGTH: () => notFound(),
};

export const notFound = (): CdsError => new CdsError('NOT_FOUND', 'There is nothing at this address.');

/** Any thrown value as an error of ours; what is not known becomes one fixed sentence. */
export function toCdsError(thrown: unknown): CdsError {
  if (thrown instanceof CdsError) return thrown;
  const { code, statusCode } = (thrown ?? {}) as { code?: unknown; statusCode?: unknown };
  const framework = typeof code === 'string' && Object.hasOwn(FRAMEWORK, code) ? FRAMEWORK[code] : undefined;
  if (framework !== undefined) return framework();
  if (typeof statusCode === 'number' && statusCode === 404) return notFound();
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new CdsError('REQUEST_INVALID', 'The request could not be read.', { cause: thrown });
  }
  if (isOutOfDepth(thrown)) {
    return new CdsError('REQUEST_INVALID', 'The body is nested deeper than this service reads.', { cause: thrown });
  }
  return new CdsError('INTERNAL', 'The service failed to answer this request.', { cause: thrown });
}

/** Nothing here calls itself but to follow what was sent: a stack that overflows was filled by the body. */
function isOutOfDepth(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes('call stack');
}

/**
 * What the log may keep of a foreign error: its name, its code and where it came from.
 *
 * Never its message: a parser quotes the text that it stumbled over.
 */
export function traceOf(thrown: unknown): { name: string; code?: string; at: readonly string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const { code } = thrown as { code?: unknown };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at .+:\d+:\d+\)?$/.test(line));
  return {
    name: thrown.name,
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim().slice(3)),
  };
}
