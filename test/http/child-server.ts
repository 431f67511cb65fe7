import { readFileSync } from 'node:fs';
import { runServer } from '../../src/bin/run-server.js';
import { CdsError } from '../../src/errors.js';
import { oneCard, servedParts } from './test-app.js';

/**
 * The service as a process of its own, around a road that takes `ANSWER_MS`, and on the first call keeps the process from all
 * else for `BUSY_MS`. Says `answering` when a call has reached the road and `closed` when the parts were let go.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let busyMs = Number(process.env['BUSY_MS'] ?? 0);
function beBusy(): void {
  const until = performance.now() + busyMs;
  busyMs = 0;
  while (performance.now() < until);
}

await runServer(
  async (env) => {
    if (env['BROKEN'] !== undefined) {
      const issues = [
        { path: 'PORT', expected: 'a port' },
        { path: 'HOST', expected: 'a host' },
      ];
      throw new CdsError('CONFIG_INVALID', 'The configuration is not right.', { issues });
    }
    const tls =
      env['CERT'] === undefined
        ? {}
        : {
            tls: {
              cert: readFileSync(env['CERT'], 'utf8'),
              key: readFileSync(env['KEY'] ?? '', 'utf8'),
              minVersion: 'TLSv1.2' as const,
            },
          };
    return {
      parts: {
        ...servedParts,
        settings: { ...servedParts.settings, ...tls },
        answer: async () => {
          say('answering');
          beBusy();
          await new Promise((resolve) => setTimeout(resolve, Number(env['ANSWER_MS'] ?? 0)));
          return oneCard;
        },
      },
      warnings: ['This is a test.'],
      host: '127.0.0.1',
      port: Number(env['PORT'] ?? 0),
      graceMs: Number(env['GRACE_MS'] ?? 10_000),
      close: async () => say('closed'),
    };
  },
  {
    env: process.env,
    on: (signal, listener) => process.on(signal, listener),
    exit: (code) => process.exit(code),
    say,
    complain: (line) => void process.stderr.write(`${line}\n`),
  },
);
