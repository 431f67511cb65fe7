import { type DestinationStream, type Logger, destination, pino } from 'pino';
import { createInstantText, systemClock } from '../clock.js';

/** Written once so much has gathered, or after the interval; a line a call would cost a system call each. */
const BUFFER_LENGTH = 16_000;
const FLUSH_MS = 200;
/** After so long a stream that could not write is tried anew. */
const AGAIN_AFTER_MS = 10_000;

export interface ProcessLog {
  readonly log: Logger;
  /** Writes what is waiting, before the process ends. */
  flush(): void;
}

/** JSON lines on standard output, at most a fifth of a second late. */
export function createProcessLog(level: string): ProcessLog {
  const instantText = createInstantText();
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${instantText(systemClock.nowMs())}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const out = gatheredLines();
  setInterval(() => out.pass(), FLUSH_MS).unref();
  return { log: pino(options, out), flush: () => out.flushSync() };
}

interface GatheredLines extends DestinationStream {
  /** Hands on what has gathered. */
  pass(): void;
  /** Writes all of it before it returns. */
  flushSync(): void;
}

/**
 * Gathers lines before standard output: the stream beneath would measure all that it holds again with each line. Where nothing can be
 * written (a full disk) lines are lost and the service goes on; a stream that failed is let go, since it would try for ever when the
 * process ends.
 */
function gatheredLines(): GatheredLines {
  let lines = '';
  let failing = false;
  let againMs = 0;
  const open = (): ReturnType<typeof destination> => {
    const stream = destination({ dest: 1, sync: false });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!failing) process.stderr.write(`The log cannot be written (${error.code ?? error.name}).\n`);
      failing = true;
      againMs = performance.now() + AGAIN_AFTER_MS;
      stream.destroy();
      out = undefined;
    });
    stream.on('write', () => (failing = false));
    return stream;
  };
  let out: ReturnType<typeof open> | undefined = open();
  const pass = (): void => {
    const passed = lines;
    lines = '';
    if (passed === '' || (out === undefined && performance.now() < againMs)) return;
    out ??= open();
    out.write(passed);
  };
  return {
    write(line) {
      lines += line;
      if (lines.length >= BUFFER_LENGTH) pass();
    },
    pass,
    flushSync() {
      if (failing) return;
      pass();
      out?.flushSync();
    },
  };
}
