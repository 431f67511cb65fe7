import { readFileSync } from 'node:fs';
import { loadConfig } from '../config/load-config.js';
import { packageVersion } from '../package-root.js';
import { composeParts } from './compose-parts.js';
import { createProcessLog } from './process-log.js';
import { runServer } from './run-server.js';
import { startTracing } from './tracing.js';

await runServer(
  async (env) => {
    const config = loadConfig(env, (file) => readFileSync(file, 'utf8'));
    const { log, flush } = createProcessLog(config.logLevel);
    process.on('exit', flush);
    const tracing =
      config.otlpEndpoint === undefined ? undefined : await startTracing(config.otlpEndpoint, packageVersion());
    const { parts, close } = await composeParts(config, log);
    return {
      parts: tracing === undefined ? parts : { ...parts, tracer: tracing.tracer },
      warnings: config.warnings,
      host: config.http.host,
      port: config.http.port,
      graceMs: config.http.shutdownGraceMs,
      close: async () => {
        await close();
        await tracing?.close();
      },
    };
  },
  {
    env: process.env,
    on: (signal, listener) => process.on(signal, listener),
    exit: (code) => process.exit(code),
    say: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
  },
);
