import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { composeParts } from '../../src/bin/compose-parts.js';
import { loadConfig } from '../../src/config/load-config.js';
import { buildApp } from '../../src/http/app.js';
import { type Log, silentLog } from '../../src/schemas/log.js';
import type { Card } from '../../src/schemas/card.js';
import type { HookCall, ServiceId } from './synthetic-call.js';

/** The body of an answer as it comes over the wire. */
interface Answer {
  readonly cards: readonly Card[];
  readonly extension?: Readonly<Record<string, unknown>>;
}

export interface ComposedService {
  readonly app: FastifyInstance;
  /** The cards of a call; anything but 200 is an error. */
  cards(service: ServiceId, call: HookCall, language?: string): Promise<readonly Card[]>;
  answer(service: ServiceId, call: unknown, language?: string): Promise<{ status: number; body: Answer; text: string }>;
  close(): Promise<void>;
}

/** The whole service with all its data, in this process, in development mode; asked through its wire. */
export async function composeForTest(
  env: Readonly<Record<string, string>> = {},
  log: Log = silentLog,
  readFile: (file: string) => string = () => '',
): Promise<ComposedService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'imsr-cds-composed-'));
  const settings = { MODE: 'development', DATA_DIR: folder, RATE_LIMIT_PER_MINUTE: '0', ...env };
  const config = loadConfig(settings, readFile);
  const { parts, close } = await composeParts(config, log);
  const app = await buildApp({ ...parts, settings: { ...parts.settings, maxEventLoopDelayMs: 0 } });
  const answer: ComposedService['answer'] = async (service, call, language = 'nl') => {
    const response = await app.inject({
      method: 'POST',
      url: `/cds-services/${service}`,
      headers: { 'content-type': 'application/json', 'accept-language': language },
      payload: JSON.stringify(call),
    });
    return { status: response.statusCode, text: response.body, body: response.json<Answer>() };
  };
  return {
    app,
    answer,
    async cards(service, call, language) {
      const { status, body, text } = await answer(service, call, language);
      if (status !== 200) throw new Error(`${service} answered ${status}: ${text}`);
      return body.cards;
    },
    async close() {
      await app.close();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
