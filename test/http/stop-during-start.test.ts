import { describe, expect, it } from 'vitest';
import { type Composition, type Process, runServer, type Supervision } from '../../src/bin/run-server.js';
import type { Running } from '../../src/http/serve.js';

/** A process that only writes down what is done to it. */
function recorded() {
  const seen: string[] = [];
  const listeners: (() => void)[] = [];
  const outer: Process = {
    env: {},
    on: (_signal, listener) => listeners.push(listener),
    exit: (code) => seen.push(`exit ${code}`),
    say: (line) => seen.push(line),
    complain: (line) => seen.push(`complaint: ${line}`),
  };
  return { seen, outer, signal: () => listeners[0]!() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a signal while the service starts', () => {
  it('lets workers that listen already finish their calls, and is no fault of the start', async () => {
    const { seen, outer, signal } = recorded();
    let endStart: (error: Error) => void = () => undefined;
    let endStop: (how: 'finished') => void = () => undefined;
    const supervision: Supervision = {
      warnings: [],
      start: () => new Promise((_resolve, reject) => (endStart = reject)),
      stop: () => {
        seen.push('stopping');
        return new Promise((resolve) => (endStop = resolve));
      },
    };
    const run = runServer(() => Promise.resolve(supervision), outer);
    await turn();
    signal();
    expect(seen).toEqual(['stopping']);
    endStart(new Error('a worker ended before it listened (exit code 0)'));
    await run;
    expect(seen).toEqual(['stopping']);
    endStop('finished');
    await turn();
    expect(seen).toEqual(['stopping', 'exit 0']);
  });

  it('tells of no service that is ready', async () => {
    const { seen, outer, signal } = recorded();
    let listening: (running: Running) => void = () => undefined;
    const stop = (): Promise<'cut-off'> => Promise.resolve('cut-off');
    const supervision: Supervision = {
      warnings: [],
      start: () => new Promise((resolve) => (listening = resolve)),
      stop,
    };
    const run = runServer(() => Promise.resolve(supervision), outer);
    await turn();
    signal();
    listening({ url: 'http://localhost', stop });
    await run;
    await turn();
    expect(seen).toEqual(['exit 1']);
  });

  it('ends a process that has accepted nothing yet at once', async () => {
    const { seen, outer, signal } = recorded();
    const never = new Promise<Composition>(() => undefined);
    void runServer(() => never, outer);
    await turn();
    signal();
    expect(seen).toEqual(['exit 0']);
  });
});
