import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SigningKey } from './client-kit.js';
import {
  authenticatorFor,
  BASE,
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

let key: SigningKey;
let rsa: SigningKey;
beforeAll(async () => {
  [key, rsa] = await Promise.all([signingKey(), signingKey('RS384')]);
});

describe('tenants', () => {
  test('[row 142] with tenants configured, only they get in', async () => {
    const { authenticate } = forKeys([key], { tenants: ['north', 'south'] });
    await expect(authenticate(bearer(await token(key, { tenant: 'south' })), PATH)).resolves.toBeDefined();
    for (const tenant of [undefined, 'west', 'North'])
      expect((await refusalOf(authenticate(bearer(await token(key, { tenant })), PATH))).detail).toContain(
        'tenant is not registered',
      );
  });

  test('[row 142] without tenants configured, the claim plays no part', async () => {
    await expect(forKeys([key]).authenticate(bearer(await token(key, { tenant: 'any' })), PATH)).resolves.toBeDefined();
  });

  test('[row 142] [row 144] one issuer, two organisations: the tenant says which client it is', async () => {
    const localKeys = new Map([[ISSUER, publicKeys(key)]]);
    const { authenticate } = authenticatorFor(
      trust(
        registration({ id: 'north', tenants: ['n'], localKeys }),
        registration({ id: 'south', tenants: ['s'], localKeys }),
      ),
    );
    expect((await authenticate(bearer(await token(key, { tenant: 'n' })), PATH)).id).toBe('north');
    expect((await authenticate(bearer(await token(key, { tenant: 's' })), PATH)).id).toBe('south');
  });

  test('[row 144] a client cannot pass for another: each is verified with its own keys', async () => {
    const other = await signingKey();
    const { authenticate } = authenticatorFor(
      trust(
        registration({ id: 'a', localKeys: new Map([[ISSUER, publicKeys(key)]]) }),
        registration({
          id: 'b',
          issuers: ['https://b.example'],
          localKeys: new Map([['https://b.example', publicKeys(other)]]),
        }),
      ),
    );
    expect((await authenticate(bearer(await token(other, { iss: 'https://b.example' })), PATH)).id).toBe('b');
    await refusalOf(authenticate(bearer(await token(other)), PATH));
  });
});

describe('what a refusal tells', () => {
  test('[row 143] the log gets iss, tenant and jti; the caller one sentence; nobody the token', async () => {
    const compact = await token(key, { aud: `${BASE}/other`, tenant: 'north', jti: 'j-1' });
    const error = await refusalOf(forKeys([key]).authenticate(bearer(compact), PATH));
    expect(error.detail).toBe('aud is not the endpoint called; iss="https://ehr.example"; tenant="north"; jti="j-1"');
    for (const part of compact.split('.')) expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain(part);
  });

  test('[row 143] claims cannot forge lines in the log or fill it', async () => {
    const { authenticate } = forKeys([key]);
    const error = await refusalOf(
      authenticate(bearer(await token(key, { aud: 'x', jti: 'a\n{"level":60}', tenant: '\u2028' })), PATH),
    );
    expect(error.detail).not.toMatch(/[\n\r]/);
    const long = await refusalOf(authenticate(bearer(await token(key, { iss: 'x'.repeat(1_900) })), PATH));
    expect(long.detail?.length).toBeLessThan(500);
  });

  test('[row 143] the signature being wrong is told to the log without the token', async () => {
    const compact = await token(await signingKey());
    const error = await refusalOf(forKeys([key]).authenticate(bearer(compact), PATH));
    expect(error.detail).toMatch(/^the signature does not fit; iss="https:\/\/ehr.example"; jti="token-\d+"$/);
  });
});

describe('any change to a good token', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '.split('');
  const change = fc.record({
    kind: fc.constantFrom('replace', 'insert', 'remove', 'cut'),
    at: fc.nat({ max: 5_000 }),
    character: fc.constantFrom(...alphabet),
  });

  test.each(['ES384', 'RS384'])('[row 135] [row 143] never authenticates (%s)', async (alg) => {
    const own = alg === 'ES384' ? key : rsa;
    const { authenticate } = forKeys([own]);
    const compact = await token(own);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const mutated = changes.reduce((text, { kind, at, character }) => {
          const index = at % text.length;
          const rest = kind === 'insert' ? index : index + 1;
          if (kind === 'cut') return text.slice(0, Math.max(1, index));
          return `${text.slice(0, index)}${kind === 'remove' ? '' : character}${text.slice(rest)}`;
        }, compact);
        fc.pre(mutated.trim() !== compact);
        await refusalOf(authenticate(bearer(mutated), PATH));
      }),
      { numRuns: 300 },
    );
    await expect(authenticate(bearer(compact), PATH)).resolves.toBeDefined();
  });

  test('[row 143] another spelling of the same signature is another token, and refused', async () => {
    const { authenticate } = forKeys([rsa]);
    const compact = await token(rsa);
    const signature = compact.split('.')[2] ?? '';
    const bytes = Buffer.from(signature, 'base64url');
    const twins = alphabet.filter(
      (last) =>
        /[\w-]/.test(last) &&
        !compact.endsWith(last) &&
        Buffer.from(`${signature.slice(0, -1)}${last}`, 'base64url').equals(bytes),
    );
    expect(twins).toHaveLength(15);
    for (const last of twins) {
      const error = await refusalOf(authenticate(bearer(`${compact.slice(0, -1)}${last}`), PATH));
      expect(error.detail).toBe('the signature is not base64url');
    }
  });

  test('[row 135] a header or payload of any other content, under the old signature, never authenticates', async () => {
    const { authenticate } = forKeys([key]);
    const [header = '', claims = '', signature = ''] = (await token(key)).split('.');
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), async (extra, whole) => {
        for (const payload of [whole, { ...goodClaims(), ...extra }])
          await refusalOf(authenticate(`Bearer ${header}.${encode(payload)}.${signature}`, PATH));
        for (const head of [whole, { alg: 'ES384', kid: key.kid, typ: 'JWT', extra: 1, ...extra }])
          await refusalOf(authenticate(`Bearer ${encode(head)}.${claims}.${signature}`, PATH));
      }),
      { numRuns: 100 },
    );
  });

  test('[row 143] no Authorization header of any form makes it fail in another way', async () => {
    const { authenticate } = forKeys([key]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (header, path) => {
        await refusalOf(authenticate(header, path));
        await refusalOf(authenticate(`Bearer ${header}`, path));
      }),
      { numRuns: 200 },
    );
  });
});
