import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded before a server that is measured: answers each message of the benchmark with what this process has used since the
 * last one.
 */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let since = process.cpuUsage();

process.on('message', () => {
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
});
// The benchmark's channel alone keeps no server alive.
process.channel?.unref();
