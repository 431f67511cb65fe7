import cluster from 'node:cluster';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded before a server that is measured: answers each message of the benchmark with what this process has used since the
 * last one.
 */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let since = process.cpuUsage();

function report() {
  const { user, system } = process.cpuUsage(since);
  since = process.cpuUsage();
  const figures = {
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    // The sampling interval itself is part of what is recorded.
    delayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 5),
    delayMaxMs: Math.max(0, delay.max / 1e6 - 5),
  };
  delay.reset();
  process.send?.(figures);
}

// The channel of a worker belongs to the process that started it; the benchmark's own keeps no server alive.
if (!cluster.isWorker) {
  process.on('message', report);
  process.channel?.unref();
}
