import { CdsError } from '../errors.js';
import type { AppParts } from '../http/app-parts.js';
import type { Running, ServeOptions } from '../http/serve.js';
import { traceOf } from '../http/thrown.js';
import { errorLines } from './error-lines.js';

/** The parts of a service that is about to run, and how it runs. */
export interface Composition extends ServeOptions {
  readonly parts: AppParts;
  /** Sentences to say loudly at start, for example that every caller is anonymous. */
  readonly warnings: readonly string[];
}

/** A service that others answer for: processes that this one starts and watches. */
export interface Supervision extends Pick<Running, 'stop'> {
  readonly warnings: readonly string[];
  /** Resolves once all of them listen. The first may have accepted calls before: it can be stopped meanwhile. */
  start(): Promise<Running>;
}

/** Code of the error of a start that a worker has ended; it has said itself why. */
export const WORKER_ENDED = 'WORKER_ENDED';

/** What the process gives: its environment, its signals, and how it ends. */
export interface Process {
  readonly env: Readonly<Record<string, string | undefined>>;
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
  /** One line for a person. */
  say(line: string): void;
  /** One line about a fault. */
  complain(line: string): void;
}

/**
 * Runs the service until a signal stops it.
 *
 * Prints `ready: <discovery URL>` once calls are accepted. Ends with 0 after a stop in which every accepted call was
 * answered, with 1 when the start failed (every finding is printed) or calls were cut off. A second signal ends it at once.
 */
export async function runServer(
  compose: (env: Process['env']) => Promise<Composition | Supervision>,
  process: Process,
): Promise<void> {
  let stop: (() => Promise<void>) | undefined;
  let asked = false;
  const onSignal = (): void => {
    if (asked) {
      process.exit(1);
      return;
    }
    asked = true;
    if (stop === undefined) process.exit(0);
    else void stop();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);

  try {
    const composition = await compose(process.env);
    for (const warning of composition.warnings) process.complain(`WARNING: ${warning}`);
    if ('start' in composition) stop = stopper(composition);
    const running = await run(composition);
    stop = stopper(running);
    if (!asked) process.say(`ready: ${running.url}/cds-services`);
  } catch (thrown) {
    // A start that a stop has ended is no fault; how it ends is the stop's to say.
    if (!asked) fail(thrown);
  }

  function fail(thrown: unknown): void {
    for (const line of findings(thrown)) process.complain(line);
    process.exit(1);
  }

  function stopper(running: Pick<Running, 'stop'>): () => Promise<void> {
    return async () => {
      try {
        process.exit((await running.stop()) === 'finished' ? 0 : 1);
      } catch (thrown) {
        fail(thrown);
      }
    };
  }
}

async function run(composition: Composition | Supervision): Promise<Running> {
  if ('start' in composition) return composition.start();
  // Loaded here, so that a process that only watches others does not carry the wire.
  const { serve } = await import('../http/serve.js');
  return serve(composition.parts, composition);
}

/** An error at start, for whoever starts the service: all findings, one a line. */
function findings(thrown: unknown): readonly string[] {
  if (thrown instanceof CdsError) return errorLines(thrown);
  const { code } = (thrown ?? {}) as { code?: unknown };
  if (code === 'EADDRINUSE') return ['The address is in use: another process listens on this HOST and PORT.'];
  if (code === 'EACCES') return ['The address may not be used: this PORT needs more rights.'];
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return ['HOST is no address of this machine.'];
  if (code === WORKER_ENDED) return [`The service could not start: ${(thrown as Error).message}.`];
  const { name, at } = traceOf(thrown);
  return [
    `The service could not start: ${thrown instanceof Error ? thrown.message : name}`,
    ...at.map((line) => `  ${line}`),
  ];
}
