import { beforeAll, describe, expect, test } from 'vitest';
import type { SigningKey } from './client-kit.js';
import {
  authenticatorFor,
  BASE,
  bearer,
  forKeys,
  ISSUER,
  NOW_SECONDS,
  PATH,
  publicKeys,
  refusalOf,
  registration,
  signingKey,
  token,
  trust,
} from './client-kit.js';

let key: SigningKey;
beforeAll(async () => {
  key = await signingKey();
});

describe('aud', () => {
  const url = `${BASE}${PATH}`;
  const good: readonly (readonly [string, unknown, string])[] = [
    ['the URL', url, PATH],
    ['a list with the URL', [url], PATH],
    ['a list with others too', ['https://other.example', url], PATH],
    ['the URL with a slash behind', `${url}/`, PATH],
    ['the URL, called with a slash behind', url, `${PATH}/`],
    ['the URL, called with a query', url, `${PATH}?x=1`],
    ['discovery', `${BASE}/cds-services`, '/cds-services'],
    ['feedback', `${url}/feedback`, `${PATH}/feedback`],
  ];
  test.each(good)('[row 139] %s is accepted', async (_name, aud, path) => {
    await expect(forKeys([key]).authenticate(bearer(await token(key, { aud })), path)).resolves.toBeDefined();
  });

  const bad: readonly (readonly [string, unknown, string])[] = [
    ['the base URL', BASE, PATH],
    ['another service', `${BASE}/cds-services/other`, PATH],
    ['discovery for a service', `${BASE}/cds-services`, PATH],
    ['a service for its feedback', url, `${PATH}/feedback`],
    ['feedback for its service', `${url}/feedback`, PATH],
    ['another host', `https://other.example${PATH}`, PATH],
    ['http for https', url.replace('https', 'http'), PATH],
    ['two slashes behind', `${url}//`, PATH],
    ['upper case', url.toUpperCase(), PATH],
    ['a query', `${url}?x=1`, PATH],
    ['the path alone', PATH, PATH],
    ['nothing', '', PATH],
    ['a list without the URL', [BASE, 'x'], PATH],
    ['a prefix', url.slice(0, -1), PATH],
  ];
  test.each(bad)('[row 139] %s is refused', async (_name, aud, path) => {
    const error = await refusalOf(forKeys([key]).authenticate(bearer(await token(key, { aud })), path));
    expect(error.detail).toContain('aud is not the endpoint called');
  });

  test('[row 139] every public URL counts, a base path too; a gateway only for its own client', async () => {
    const other = await signingKey();
    const settings = trust(
      registration({ localKeys: new Map([[ISSUER, publicKeys(key)]]), audiences: ['https://gateway.example'] }),
      registration({
        id: 'b',
        issuers: ['https://b.example'],
        localKeys: new Map([['https://b.example', publicKeys(other)]]),
      }),
    );
    const { authenticate } = authenticatorFor({ ...settings, publicUrls: [BASE, 'https://inside.example/imsr'] });
    for (const base of [BASE, 'https://inside.example/imsr', 'https://gateway.example'])
      await expect(authenticate(bearer(await token(key, { aud: `${base}${PATH}` })), PATH)).resolves.toBeDefined();
    await refusalOf(authenticate(bearer(await token(key, { aud: `https://inside.example${PATH}` })), PATH));
    const aud = `https://gateway.example${PATH}`;
    await refusalOf(authenticate(bearer(await token(other, { iss: 'https://b.example', aud })), PATH));
  });
});

describe('time', () => {
  const now = NOW_SECONDS;
  const good: readonly Readonly<Record<string, number>>[] = [
    { iat: now - 300, exp: now - 59 },
    { iat: now, exp: now + 3600 },
    { iat: now + 60, exp: now + 3660 },
    { iat: now, exp: now + 300, nbf: now + 60 },
    { iat: now - 0.5, exp: now + 0.5 },
  ];
  test.each(good)('[row 140] %j is accepted (60 s skew, 3600 s lifetime)', async (claims) => {
    await expect(forKeys([key]).authenticate(bearer(await token(key, claims)), PATH)).resolves.toBeDefined();
  });

  const bad: readonly (readonly [Readonly<Record<string, number>>, string])[] = [
    [{ iat: now - 300, exp: now - 60 }, 'exp has passed'],
    [{ iat: now - 7200, exp: now - 3600 }, 'exp has passed'],
    [{ iat: now, exp: now + 3601 }, 'exp is too long after iat'],
    [{ iat: 0, exp: now + 60 }, 'exp is too long after iat'],
    [{ iat: now + 61, exp: now + 300 }, 'iat lies in the future'],
    [{ iat: now, exp: now + 300, nbf: now + 61 }, 'nbf lies in the future'],
    [{ iat: now, exp: now }, 'exp is not after iat'],
    [{ iat: now, exp: now - 10 }, 'exp is not after iat'],
    [{ iat: now * 1000, exp: now * 1000 + 300 }, 'iat lies in the future'],
  ];
  test.each(bad)('[row 140] %j is refused', async (claims, reason) => {
    const error = await refusalOf(forKeys([key]).authenticate(bearer(await token(key, claims)), PATH));
    expect(error.detail).toMatch(new RegExp(`^${reason};`));
  });

  test('[row 140] skew and lifetime are settings', async () => {
    const settings = trust(registration({ localKeys: new Map([[ISSUER, publicKeys(key)]]) }));
    const strict = authenticatorFor({ ...settings, clockSkewSeconds: 0, tokenMaxLifetimeSeconds: 60 });
    await expect(
      strict.authenticate(bearer(await token(key, { iat: now, exp: now + 60 })), PATH),
    ).resolves.toBeDefined();
    await refusalOf(strict.authenticate(bearer(await token(key, { iat: now, exp: now + 61 })), PATH));
    await refusalOf(strict.authenticate(bearer(await token(key, { iat: now + 1, exp: now + 60 })), PATH));
    await refusalOf(strict.authenticate(bearer(await token(key, { iat: now - 10, exp: now })), PATH));
  });
});
