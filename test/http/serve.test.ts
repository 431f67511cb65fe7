import { expect, it } from 'vitest';
import { listenedBases } from '../../src/http/listened-bases.js';
import { serve } from '../../src/http/serve.js';
import { servedParts } from './test-app.js';

it('the service listens on one address of a name, which a stop closes', async () => {
  const running = await serve(servedParts, {
    host: 'localhost',
    port: 0,
    graceMs: 1_000,
    close: () => Promise.resolve(),
  });
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

it('an address that names port 0 takes the port that is listened on, with what stands behind it', async () => {
  const bases = listenedBases(['http://127.0.0.1:0/imsr', 'https://cds.example/imsr']);
  const parts = { ...servedParts, pages: [bases.learn] };
  const running = await serve(parts, { host: '127.0.0.1', port: 0, graceMs: 1_000, close: () => Promise.resolve() });
  expect(bases.urls).toEqual([`${running.url}/imsr`, 'https://cds.example/imsr']);
  await running.stop();
});
