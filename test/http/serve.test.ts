import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { serve } from '../../src/http/serve.js';
import { newUuid } from '../../src/ids.js';
import { silentLog } from '../../src/schemas/log.js';
import { anonymous, oneCard, services, settings } from './test-app.js';

it('the service listens on one address of a name, which a stop closes', async () => {
  const running = await serve(
    {
      settings,
      services,
      answer: () => Promise.resolve(oneCard),
      authenticate: () => Promise.resolve(anonymous),
      ready: () => Promise.resolve([]),
      clock: systemClock,
      newId: newUuid,
      log: silentLog,
    },
    { host: 'localhost', port: 0, graceMs: 1_000, close: () => Promise.resolve() },
  );
  const { port } = new URL(running.url);
  const answering = async (): Promise<number> => {
    const answers = await Promise.allSettled(
      ['127.0.0.1', '[::1]'].map((host) => fetch(`http://${host}:${port}/health/live`)),
    );
    return answers.filter(({ status }) => status === 'fulfilled').length;
  };
  expect(await answering()).toBe(1);
  expect(await running.stop()).toBe('finished');
  expect(await answering()).toBe(0);
});
