import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { serve } from '../../src/http/serve.js';
import { fixedClock } from '../../src/clock.js';
import { selfSigned } from '../config/self-signed.js';
import { servedParts, settings } from './test-app.js';

describe('TLS', () => {
  it('[row 6] [row 7] speaks 1.2 and 1.3 and nothing older', async () => {
    const { cert, key } = selfSigned();
    const running = await serve(
      {
        ...servedParts,
        settings: { ...settings, tls: { cert, key, minVersion: 'TLSv1.2' } },
        clock: fixedClock('2026-12-01T10:00:00Z'),
      },
      { host: '127.0.0.1', port: 0, graceMs: 1000, close: async () => undefined },
    );
    expect(running.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const spoken = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
      new Promise<string>((resolve, reject) => {
        // An old protocol needs OpenSSL's lowest security level on the side of the client.
        const options = {
          ca: cert,
          minVersion: version,
          maxVersion: version,
          ciphers: 'DEFAULT@SECLEVEL=0',
          agent: false,
        } as const;
        request(`${running.url}/cds-services`, options, (incoming) => {
          resolve(`${incoming.statusCode} ${(incoming.socket as TLSSocket).getProtocol()}`);
          incoming.resume();
        })
          .on('error', reject)
          .end();
      });
    expect(await spoken('TLSv1.2')).toBe('200 TLSv1.2');
    expect(await spoken('TLSv1.3')).toBe('200 TLSv1.3');
    await expect(spoken('TLSv1.1')).rejects.toThrow(/protocol version/);
    expect(await running.stop()).toBe('finished');
  });
});
