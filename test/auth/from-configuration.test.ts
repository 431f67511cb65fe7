import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createAuthenticator } from '../../src/auth/authenticator.js';
import { createMemoryReplayGuard } from '../../src/auth/memory-replay-guard.js';
import { systemClock } from '../../src/clock.js';
import { loadConfig } from '../../src/config/load-config.js';
import { bearer, ISSUER, jwkSet, loopback, PATH, refusalOf, signingKey, token } from './client-kit.js';

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
    const { authenticate } = createAuthenticator({ config, clock: systemClock, replayGuard });
    const now = Math.floor(systemClock.nowMs() / 1000);
    const claims = { iat: now, exp: now + 300, aud: `http://localhost:8123${PATH}` };
    await expect(authenticate(bearer(await token(key, claims, { jku })), PATH)).resolves.toMatchObject({
      id: 'hospital-a',
      language: 'en',
      retentionDays: 365,
    });
    const error = await refusalOf(
      authenticate(bearer(await token(key, { ...claims, aud: `http://evil.example:8123${PATH}` }, { jku })), PATH),
    );
    expect(error.detail).toContain('aud is not the endpoint called');
  } finally {
    await server.close();
  }
});
