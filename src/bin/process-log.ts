import { type DestinationStream, type Logger, destination, pino, stdTimeFunctions } from 'pino';

/** Written once so much has gathered, or after the interval; a line a call would cost a system call each. */
const BUFFER_BYTES = 16_000;
const FLUSH_MS = 200;

export interface ProcessLog {
  readonly log: Logger;
  /** Writes what is waiting, before the process ends. */
  flush(): void;
}

/** JSON lines on standard output, at most a fifth of a second late. */
export function createProcessLog(level: string, to?: DestinationStream): ProcessLog {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (to !== undefined) return { log: pino(options, to), flush: () => undefined };
  const out = destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  setInterval(() => out.flush(), FLUSH_MS).unref();
  return { log: pino(options, out), flush: () => out.flushSync() };
}
