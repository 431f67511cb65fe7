import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { composeParts } from '../../src/bin/compose-parts.js';
import { loadConfig } from '../../src/config/load-config.js';
import { serve } from '../../src/http/serve.js';
import { silentLog } from '../../src/schemas/log.js';
import { freePort } from '../loopback.js';

/**
 * The whole service on a free port, in development mode, with the sandbox; its store lives as long as it does. It never
 * sheds load: the browser beside it may keep the machine busy.
 */
export async function startSandbox(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'imsr-sandbox-'));
  // The service names itself in links to reports, so the port must be known before it starts.
  const port = await freePort();
  const config = loadConfig(
    { SANDBOX: 'true', PORT: String(port), DATA_DIR: directory, METRICS: 'false', MAX_EVENT_LOOP_DELAY_MS: '0' },
    () => '',
  );
  const { parts, close } = await composeParts(config, silentLog);
  const running = await serve(parts, { host: '127.0.0.1', port, graceMs: 1_000, close });
  return {
    url: running.url,
    async stop() {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Builds the page as `npm run build:web` does. */
export async function buildPage(): Promise<void> {
  await build({ configFile: 'vite.config.ts', logLevel: 'error' });
}
