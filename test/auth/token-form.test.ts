import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_TOKEN_LENGTH } from '../../src/auth/bearer-token.js';
import {
  authenticatorFor,
  bearer,
  forKeys,
  PATH,
  refusalOf,
  registration,
  signingKey,
  token,
  trust,
} from './client-kit.js';
import type { SigningKey } from './client-kit.js';

let key: SigningKey;
beforeAll(async () => {
  key = await signingKey();
});

describe('who gets in', () => {
  test('[row 131] a good token makes the caller its registered client, and nothing of the token does', async () => {
    const { authenticate } = forKeys([key], { language: 'en' });
    expect(
      await authenticate(bearer(await token(key, { id: 'other', fhirServers: ['https://evil.example'] })), PATH),
    ).toEqual({
      id: 'hospital-a',
      anonymous: false,
      language: 'en',
      fhirServers: ['https://fhir.example/r4'],
      privateAddressesAllowed: false,
    });
  });

  test.each(['bearer', 'BEARER', 'Bearer '])('[row 131] the scheme %j counts in any case', async (scheme) => {
    await expect(forKeys([key]).authenticate(`${scheme} ${await token(key)}`, PATH)).resolves.toMatchObject({
      id: 'hospital-a',
    });
  });

  const headers: readonly (readonly [string, (compact: string) => string | undefined])[] = [
    ['none', () => undefined],
    ['an empty one', () => ''],
    ['the token alone', (compact) => compact],
    ['another scheme', (compact) => `Basic ${compact}`],
    ['no token', () => 'Bearer '],
    ['two tokens', (compact) => `Bearer ${compact} ${compact}`],
    ['a token with four parts', (compact) => `Bearer ${compact}.e30`],
    ['a token without signature', (compact) => `Bearer ${compact.replace(/[^.]*$/, '')}`],
    ['a payload that is no JSON', (compact) => `Bearer ${compact.replace(/\..*\./, '.bm8.')}`],
    ['a payload that is a list', (compact) => `Bearer ${compact.replace(/\..*\./, '.W10.')}`],
    ['a padded signature', (compact) => `Bearer ${compact}=`],
    ['a token that is too long', (compact) => `Bearer ${compact}${'A'.repeat(MAX_TOKEN_LENGTH)}`],
  ];
  test.each(headers)('[row 130] [row 131] an Authorization header with %s is refused', async (_name, header) => {
    const { authenticate } = forKeys([key]);
    await refusalOf(authenticate(header(await token(key)), PATH));
  });

  test('[row 130] development mode makes everybody the anonymous client, whatever token is sent', async () => {
    const settings = { ...trust(), mode: 'development' as const };
    const { authenticate } = authenticatorFor(settings);
    for (const header of [undefined, 'Bearer not-a-token', bearer(await token(key))])
      expect(await authenticate(header, PATH)).toEqual(settings.anonymous);
  });

  test('[row 130] with registered clients nobody is anonymous', async () => {
    await refusalOf(authenticatorFor(trust(registration())).authenticate(undefined, PATH));
  });
});

describe('the header', () => {
  const good: readonly Readonly<Record<string, unknown>>[] = [
    { typ: 'jwt' },
    { typ: 'Jwt' },
    { cty: 'x', x5u: 'https://evil.example' },
  ];
  test.each(good)('[row 132] %j is accepted', async (header) => {
    await expect(forKeys([key]).authenticate(bearer(await token(key, {}, header)), PATH)).resolves.toBeDefined();
  });

  const bad: readonly Readonly<Record<string, unknown>>[] = [
    { typ: undefined },
    { typ: 'at+jwt' },
    { typ: '' },
    { kid: undefined },
    { kid: '' },
    { kid: 1 },
    { jku: 1 },
  ];
  test.each(bad)('[row 132] %j is refused', async (header) => {
    const error = await refusalOf(forKeys([key]).authenticate(bearer(await token(key, {}, header)), PATH));
    expect(error.detail).toMatch(/^header: (typ|kid|jku) missing or not allowed/);
  });

  test('[row 132] a header that asks for something to be understood (crit) is refused', async () => {
    const compact = await token(key, {}, { crit: ['b64'], b64: true });
    const error = await refusalOf(forKeys([key]).authenticate(bearer(compact), PATH));
    expect(error.detail).toMatch(/^header: crit/);
  });
});

describe('the claims', () => {
  test.each(['iss', 'aud', 'exp', 'iat', 'jti'])('[row 133] without %s the token is refused', async (claim) => {
    const error = await refusalOf(forKeys([key]).authenticate(bearer(await token(key, { [claim]: undefined })), PATH));
    expect(error.detail).toContain(`payload: ${claim} missing`);
  });

  const otherForms: readonly Readonly<Record<string, unknown>>[] = [
    { iss: ['https://ehr.example'] },
    { aud: [] },
    { aud: { url: 'x' } },
    { exp: '1800000000' },
    { iat: null },
    { exp: -1 },
    { jti: '' },
    { jti: 7 },
    { jti: 'x'.repeat(256) },
    { tenant: 7 },
    { nbf: 'soon' },
  ];
  test.each(otherForms)('[row 133] %j is refused', async (claims) => {
    await refusalOf(forKeys([key]).authenticate(bearer(await token(key, claims)), PATH));
  });

  test('[row 133] a jti of 255 characters is the longest', async () => {
    const compact = await token(key, { jti: 'x'.repeat(255) });
    await expect(forKeys([key]).authenticate(bearer(compact), PATH)).resolves.toBeDefined();
  });

  test('[row 134] sub, nbf and unknown claims are tolerated', async () => {
    const compact = await token(key, { sub: 'client-9', nbf: 1, 'https://ehr.example/extra': { deep: [1] } });
    await expect(forKeys([key]).authenticate(bearer(compact), PATH)).resolves.toBeDefined();
  });
});
