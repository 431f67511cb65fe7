/**
 * Runs synchronous work with `console.warn` and `console.log` silenced.
 *
 * fhirpath.js reports some roundings there with the values themselves, and record values may not reach a log.
 */
export function withSilentConsole<T>(work: () => T): T {
  const target = globalThis.console;
  const { warn, log } = target;
  target.warn = silent;
  target.log = silent;
  try {
    return work();
  } finally {
    target.warn = warn;
    target.log = log;
  }
}

function silent(): void {}
