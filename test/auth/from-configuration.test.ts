import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createAuthenticator } from '../../src/auth/authenticator.js';
import { createMemoryReplayGuard } from '../../src/auth/memory-replay-guard.js';
import { systemClock } from '../../src/clock.js';
import { loadConfig } from '../../src/config/load-config.js';
import { silentLog } from '../../src/schemas/log.js';
import { loopback } from '../loopback.js';
import { composeForTest } from '../system/composed-service.js';
import { bearer, ISSUER, jwkSet, PATH, refusalOf, signingKey, token } from './client-kit.js';

test('[row 137] [row 138] [row 139] a registered client gets in over a fetched JWK Set, from settings alone', async () => {
  const key = await signingKey('RS384');
  const server = await loopback((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jwkSet(key)));
  });
  try {
    const jku = `${server.url}/jwks.json`;
    const clients = stringify({
      clients: [{ id: 'hospital-a', issuers: [ISSUER], jku: [jku], loopbackJkuAllowed: true, language: 'en' }],
    });
    const config = loadConfig({ CLIENTS_FILE: 'clients.yaml', PORT: '8123' }, () => clients);
    const replayGuard = createMemoryReplayGuard(systemClock, config.auth.replayCapacity);
    const publicUrls = (): readonly string[] => config.auth.publicUrls;
    const { authenticate } = createAuthenticator({ trust: config.auth, publicUrls, clock: systemClock, replayGuard });
    const now = Math.floor(systemClock.nowMs() / 1000);
    const claims = { iat: now, exp: now + 300, aud: `http://localhost:8123${PATH}` };
    await expect(authenticate(bearer(await token(key, claims, { jku })), PATH)).resolves.toMatchObject({
      id: 'hospital-a',
      language: 'en',
    });
    const error = await refusalOf(
      authenticate(bearer(await token(key, { ...claims, aud: `http://evil.example:8123${PATH}` }, { jku })), PATH),
    );
    expect(error.detail).toContain('aud is not the endpoint called');
  } finally {
    await server.close();
  }
});

test('with PORT=0 a token is for the port that is listened on', async () => {
  const key = await signingKey();
  const clients = stringify({ clients: [{ id: 'hospital-a', issuers: [ISSUER], jwks: jwkSet(key) }] });
  const service = await composeForTest({ CLIENTS_FILE: 'clients.yaml', PORT: '0' }, silentLog, () => clients);
  try {
    const { port } = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }));
    const now = Math.floor(systemClock.nowMs() / 1000);
    const answered = async (base: string): Promise<number> => {
      const claims = { iat: now, exp: now + 300, aud: `${base}/cds-services` };
      const headers = { authorization: bearer(await token(key, claims)) };
      return (await service.app.inject({ url: '/cds-services', headers })).statusCode;
    };
    expect(await answered(`http://127.0.0.1:${port}`)).toBe(200);
    expect(await answered(`http://localhost:${port}`)).toBe(200);
    expect(await answered('http://127.0.0.1:0')).toBe(401);
    expect(await answered(`http://evil.example:${port}`)).toBe(401);
  } finally {
    await service.close();
  }
});
