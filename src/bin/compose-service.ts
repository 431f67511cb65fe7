import type { Config } from '../config/config.js';
import type { Log } from '../schemas/log.js';
import { packageVersion } from '../package-root.js';
import { composeParts } from './compose-parts.js';
import type { Composition } from './run-server.js';
import { startTracing } from './tracing.js';
import { lineToPrimary, sharedMetrics } from './workers/worker-side.js';

/** The service as this process runs it: alone, or as one of several workers. */
export async function composeService(config: Config, log: Log, role: 'alone' | 'worker'): Promise<Composition> {
  const tracing =
    config.otlpEndpoint === undefined ? undefined : await startTracing(config.otlpEndpoint, packageVersion());
  const { parts, close } = await composeParts(config, log);
  const { metrics } = parts;
  return {
    parts: {
      ...parts,
      ...(tracing === undefined ? {} : { tracer: tracing.tracer }),
      ...(metrics === undefined || role === 'alone' ? {} : { metrics: sharedMetrics(metrics, lineToPrimary) }),
    },
    // The first process says them once for all workers.
    warnings: role === 'alone' ? config.warnings : [],
    host: config.http.host,
    port: config.http.port,
    graceMs: config.http.shutdownGraceMs,
    close: async () => {
      await close();
      await tracing?.close();
    },
  };
}
