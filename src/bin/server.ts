// First, for they set how the heap grows, and how code is compiled, while the rest is loaded.
import { youngHeapFollowsLoad } from './heap-manners.js';
import { optimiseFromNowOn } from './optimise-once-ready.js';
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { systemClock } from '../clock.js';
import { loadConfig } from '../config/load-config.js';
import { createProcessLog } from './process-log.js';
import { type Process, runServer } from './run-server.js';

const outer: Process = {
  env: process.env,
  on: (signal, listener) => process.on(signal, listener),
  exit: (code) => process.exit(code),
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
};

// What says that the service is ready may have no room either; the log tells of it.
process.stdout.on('error', () => undefined);

/** A worker is told by the process that started it when to stop. */
async function ownProcess(): Promise<Process> {
  if (!cluster.isWorker) return outer;
  const { lineToPrimary, workerProcess } = await import('./workers/worker-side.js');
  return workerProcess(outer, lineToPrimary);
}

await runServer(
  async (env) => {
    const config = loadConfig(env, (file) => readFileSync(file, 'utf8'));
    const { log, flush } = createProcessLog(config.logLevel);
    process.on('exit', flush);
    // Each loads only what it needs: the process that watches the workers knows no protocol and no card.
    if (cluster.isPrimary && config.http.workers > 1) {
      const { superviseWorkers } = await import('./workers/supervise.js');
      return superviseWorkers(config, log, systemClock);
    }
    const { composeService } = await import('./compose-service.js');
    return composeService(config, log, cluster.isWorker ? 'worker' : 'alone');
  },
  await ownProcess(),
);
optimiseFromNowOn();
youngHeapFollowsLoad();
