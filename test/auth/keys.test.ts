import { createHmac, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { readJwkSet, SIGNING_ALGORITHMS } from '../../src/schemas/jwk.js';
import type { SigningKey } from './client-kit.js';
import {
  authenticatorFor,
  bearer,
  forKeys,
  goodClaims,
  ISSUER,
  PATH,
  publicKeys,
  refusalOf,
  registration,
  signingKey,
  token,
  trust,
} from './client-kit.js';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let key: SigningKey;
let rsa: SigningKey;
beforeAll(async () => {
  [key, rsa] = await Promise.all([signingKey(), signingKey('RS384', 'rsa-1')]);
});

describe('algorithms', () => {
  test.each(SIGNING_ALGORITHMS)('[row 136] %s is verified with a real key', async (alg) => {
    const own = await signingKey(alg);
    await expect(forKeys([own]).authenticate(bearer(await token(own)), PATH)).resolves.toMatchObject({
      id: 'hospital-a',
    });
  });

  test.each(['none', 'None', 'NONE', 'nOnE'])('[row 135] an unsigned token (%s) is refused', async (alg) => {
    for (const signature of ['', 'AA']) {
      const compact = `${encode({ alg, kid: key.kid, typ: 'JWT' })}.${encode(goodClaims())}.${signature}`;
      await refusalOf(forKeys([key]).authenticate(bearer(compact), PATH));
    }
  });

  test.each(['HS256', 'HS384', 'HS512'])('[row 135] %s with the public key as the secret is refused', async (alg) => {
    const own = rsa;
    const pem = createPublicKey({ key: { ...own.publicJwk }, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    const unsigned = `${encode({ alg, kid: own.kid, typ: 'JWT' })}.${encode(goodClaims())}`;
    const mac = createHmac(alg.replace('HS', 'sha'), pem).update(unsigned).digest('base64url');
    await refusalOf(forKeys([own]).authenticate(bearer(`${unsigned}.${mac}`), PATH));
  });

  test('[row 135] a key is only used with its own algorithm', async () => {
    const { authenticate } = forKeys([rsa]);
    const other = { ...(await signingKey('RS256', 'rsa-1')) };
    const error = await refusalOf(authenticate(bearer(await token(other)), PATH));
    expect(error.detail).toContain('for this alg');
  });

  test('[row 135] a key without alg is used with what fits its type, and only with that', async () => {
    const { alg: _alg, ...open } = rsa.publicJwk;
    expect(readJwkSet({ keys: [open] })?.keys[0]?.algorithms).toEqual([
      'RS256',
      'RS384',
      'RS512',
      'PS256',
      'PS384',
      'PS512',
    ]);
    const { alg: _ec, ...openEc } = key.publicJwk;
    expect(readJwkSet({ keys: [openEc] })?.keys[0]?.algorithms).toEqual(['ES384']);
  });

  test('[row 136] a client may be held to fewer algorithms', async () => {
    const { authenticate } = forKeys([key, rsa], { algorithms: ['ES384'] });
    await expect(authenticate(bearer(await token(key)), PATH)).resolves.toBeDefined();
    const error = await refusalOf(authenticate(bearer(await token(rsa)), PATH));
    expect(error.detail).toContain('alg is not allowed for this client');
  });
});

describe('which key', () => {
  test('[row 137] kid picks the key among several', async () => {
    const second = await signingKey('ES384', 'key-2');
    const { authenticate } = forKeys([key, second]);
    await expect(authenticate(bearer(await token(second)), PATH)).resolves.toBeDefined();
    const error = await refusalOf(authenticate(bearer(await token(second, {}, { kid: 'key-1' })), PATH));
    expect(error.detail).toContain('the signature does not fit');
  });

  test('[row 137] an unknown kid is refused', async () => {
    await refusalOf(forKeys([key]).authenticate(bearer(await token(key, {}, { kid: 'key-9' })), PATH));
  });

  test('[row 137] every issuer has its own keys', async () => {
    const second = await signingKey('ES384', 'key-1');
    const { authenticate } = authenticatorFor(
      trust(
        registration({
          issuers: [ISSUER, 'https://sandbox.example'],
          localKeys: new Map([
            [ISSUER, publicKeys(key)],
            ['https://sandbox.example', publicKeys(second)],
          ]),
        }),
      ),
    );
    await expect(
      authenticate(bearer(await token(second, { iss: 'https://sandbox.example' })), PATH),
    ).resolves.toBeDefined();
    await refusalOf(authenticate(bearer(await token(second)), PATH));
    await refusalOf(authenticate(bearer(await token(key, { iss: 'https://sandbox.example' })), PATH));
  });

  test('[row 138] an issuer is compared as it stands', async () => {
    const { authenticate } = forKeys([key]);
    for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), 'https://other.example', '__proto__']) {
      const error = await refusalOf(authenticate(bearer(await token(key, { iss })), PATH));
      expect(error.detail).toContain('iss is not a registered issuer');
    }
  });

  test('[row 138] a key that the token brings along is not believed', async () => {
    const stranger = await signingKey();
    const compact = await token(stranger, {}, { jwk: stranger.publicJwk });
    await refusalOf(forKeys([key]).authenticate(bearer(compact), PATH));
  });
});

describe('what is not a key', () => {
  const rsaNumbers = { kty: 'RSA', kid: 'a', e: 'AQAB' };
  const cases: readonly (readonly [string, (good: SigningKey) => unknown, string])[] = [
    ['a private key', (good) => ({ ...good.publicJwk, d: 'AA' }), 'private or symmetric'],
    ['a shared secret', () => ({ kty: 'oct', kid: 'a', k: 'AA' }), 'private or symmetric'],
    ['a key without kid', (good) => ({ ...good.publicJwk, kid: undefined }), 'with a kid'],
    ['a key for encryption', (good) => ({ ...good.publicJwk, use: 'enc' }), 'not meant for signatures'],
    ['a key for signing only', (good) => ({ ...good.publicJwk, key_ops: ['sign'] }), 'not meant for verification'],
    ['an alg of another curve', (good) => ({ ...good.publicJwk, alg: 'ES256' }), 'does not fit its type'],
    ['a curve outside the set', () => ({ kty: 'EC', kid: 'a', crv: 'secp256k1', x: 'AA', y: 'AA' }), 'P-256'],
    ['a point off the curve', (good) => ({ ...good.publicJwk, y: good.publicJwk.x }), 'not a key'],
    ['an RSA key of 1024 bits', () => ({ ...rsaNumbers, n: Buffer.alloc(128, 0xff).toString('base64url') }), '2048'],
    ['a number', () => 7, 'not a key'],
  ];
  test.each(cases)('[row 135] %s is left out of the set', (_name, make, reason) => {
    const set = readJwkSet({ keys: [make(key), rsa.publicJwk] });
    expect(set?.keys.map((found) => found.kid)).toEqual(['rsa-1']);
    expect(set?.refused).toEqual([{ index: 0, reason: expect.stringContaining(reason) as string }]);
  });

  test.each([undefined, null, [], {}, { keys: 'x' }, { keys: Array(101).fill({}) }])(
    'a document that is no JWK Set gives nothing',
    (value) => {
      expect(readJwkSet(value)).toBeUndefined();
    },
  );

  test('a set without keys is a set', () => {
    expect(readJwkSet({ keys: [] })).toEqual({ keys: [], refused: [] });
  });

  test('[row 137] of two keys with one kid the first counts', () => {
    const set = readJwkSet({ keys: [key.publicJwk, key.publicJwk] });
    expect(set?.keys).toHaveLength(1);
    expect(set?.refused).toEqual([{ index: 1, reason: 'its kid stands twice in the set' }]);
  });
});
