import { type DestinationStream, type Logger, destination, pino } from 'pino';
import { createInstantText, systemClock } from '../clock.js';

/** Written once so much has gathered, or after the interval; a line a call would cost a system call each. */
const BUFFER_LENGTH = 16_000;
const FLUSH_MS = 200;

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

/** Gathers lines before standard output: the stream beneath would measure all that it holds again with each line. */
function gatheredLines(): GatheredLines {
  const out = destination({ dest: 1, sync: false });
  let lines = '';
  const pass = (): void => {
    if (lines === '') return;
    const passed = lines;
    lines = '';
    out.write(passed);
  };
  return {
    write(line) {
      lines += line;
      if (lines.length >= BUFFER_LENGTH) pass();
    },
    pass,
    flushSync() {
      pass();
      out.flushSync();
    },
  };
}
