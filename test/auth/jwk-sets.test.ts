import type { RequestListener } from 'node:http';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createJwksFetcher, MAX_JWKS_BYTES } from '../../src/auth/fetch-jwks.js';
import type { SigningKey } from './client-kit.js';
import {
  authenticatorFor,
  bearer,
  handClock,
  ISSUER,
  jwkSet,
  PATH,
  publicKeys,
  refusalOf,
  registration,
  signingKey,
  token,
  trust,
} from './client-kit.js';
import { loopback } from '../loopback.js';
import type { Authenticator } from '../../src/auth/authenticator.js';

let key: SigningKey;
let next: SigningKey;
beforeAll(async () => {
  [key, next] = await Promise.all([signingKey('ES384', 'key-1'), signingKey('ES384', 'key-2')]);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = await loopback(listener);
  closing.push(server.close);
  return `${server.url}/jwks.json`;
}

interface Publisher {
  readonly url: string;
  readonly clock: ReturnType<typeof handClock>;
  keys: readonly SigningKey[];
  status: number;
  fetches: number;
}

/** A client's server that publishes its keys, and counts. */
async function publisher(...keys: readonly SigningKey[]): Promise<Publisher> {
  const state: Publisher = { url: '', clock: handClock(), keys, status: 200, fetches: 0 };
  const url = await serve((_request, response) => {
    state.fetches += 1;
    response.writeHead(state.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(jwkSet(...state.keys)));
  });
  return Object.assign(state, { url });
}

function over(network: Publisher, jku: readonly string[] = [network.url]): Authenticator {
  return authenticatorFor(trust(registration({ jku })), { clock: network.clock, fetchJwks: createJwksFetcher(500) });
}

describe('a published JWK Set', () => {
  test('[row 137] is fetched at the first token and kept', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    for (let call = 0; call < 5; call += 1)
      await expect(authenticate(bearer(await token(key, {}, { jku: network.url })), PATH)).resolves.toBeDefined();
    expect(network.fetches).toBe(1);
  });

  test('[row 137] is fetched once for callers that come together', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => token(key, {}, { jku: network.url })));
    await Promise.all(tokens.map((compact) => authenticate(bearer(compact), PATH)));
    expect(network.fetches).toBe(1);
  });

  test.each([
    [359_999, undefined],
    [360_000, 'exp has passed'],
  ])('[row 137] that takes %i ms to come is of use only to a token that is still good then', async (ms, refused) => {
    const clock = handClock();
    const settings = trust(registration({ jku: ['https://hospital-a.example/jwks.json'] }));
    const slow = async (): Promise<unknown> => {
      clock.advance(ms);
      return jwkSet(key);
    };
    const call = authenticatorFor(settings, { clock, fetchJwks: slow }).authenticate(bearer(await token(key)), PATH);
    if (refused === undefined) await expect(call).resolves.toMatchObject({ id: 'hospital-a' });
    else expect((await refusalOf(call)).detail).toContain(refused);
  });

  test('[row 137] is used for a token without jku too', async () => {
    const network = await publisher(key);
    await expect(over(network).authenticate(bearer(await token(key)), PATH)).resolves.toBeDefined();
  });

  test('[row 137] a new kid makes it be fetched again, once, and then the new key works', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    await authenticate(bearer(await token(key)), PATH);
    network.keys = [key, next];
    await expect(authenticate(bearer(await token(next)), PATH)).resolves.toBeDefined();
    await expect(authenticate(bearer(await token(next)), PATH)).resolves.toBeDefined();
    expect(network.fetches).toBe(2);
  });

  test('[row 137] unknown kids cannot be used to hammer the client, and do not lock out its keys', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    for (let call = 0; call < 20; call += 1)
      await refusalOf(authenticate(bearer(await token(key, {}, { kid: `no-${call}` })), PATH));
    expect(network.fetches).toBe(5);
    await expect(authenticate(bearer(await token(key)), PATH)).resolves.toBeDefined();
    network.clock.advance(9_999);
    await refusalOf(authenticate(bearer(await token(next)), PATH));
    network.keys = [next];
    network.clock.advance(1);
    await expect(authenticate(bearer(await token(next)), PATH)).resolves.toBeDefined();
    expect(network.fetches).toBe(6);
  });

  test('[row 137] a withdrawn key works no longer than the set may be old', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    await authenticate(bearer(await token(key)), PATH);
    network.keys = [next];
    network.clock.advance(599_999);
    const late = { iat: network.clock.nowMs() / 1000, exp: network.clock.nowMs() / 1000 + 300 };
    await expect(authenticate(bearer(await token(key, late)), PATH)).resolves.toBeDefined();
    network.clock.advance(1);
    await refusalOf(authenticate(bearer(await token(key, late)), PATH));
    await expect(authenticate(bearer(await token(next, late)), PATH)).resolves.toBeDefined();
  });

  test('[row 137] a set from which all keys were withdrawn is believed as any other', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    await authenticate(bearer(await token(key)), PATH);
    network.keys = [];
    network.clock.advance(600_000);
    await refusalOf(authenticate(bearer(await token(key, timesOf(network)())), PATH));
  });

  test('[row 137] while the client cannot be reached its last set is believed, for six times as long', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    await authenticate(bearer(await token(key)), PATH);
    network.status = 503;
    const at = timesOf(network);
    network.clock.advance(3_599_999);
    await expect(authenticate(bearer(await token(key, at())), PATH)).resolves.toBeDefined();
    network.clock.advance(1);
    await refusalOf(authenticate(bearer(await token(key, at())), PATH));
  });

  describe('after the clock was set back by hours', () => {
    const HOURS_MS = 5 * 3_600_000;

    test('is fetched again, so that a withdrawn key does not live as much longer', async () => {
      const network = await publisher(key);
      const { authenticate } = over(network);
      const at = timesOf(network);
      await authenticate(bearer(await token(key)), PATH);
      network.keys = [next];
      network.clock.advance(-HOURS_MS);
      await refusalOf(authenticate(bearer(await token(key, at())), PATH));
      await expect(authenticate(bearer(await token(next, at())), PATH)).resolves.toBeDefined();
      expect(network.fetches).toBe(2);
    });

    test('is believed for no longer than else where the client cannot be reached', async () => {
      const network = await publisher(key);
      const { authenticate } = over(network);
      const at = timesOf(network);
      await authenticate(bearer(await token(key)), PATH);
      network.status = 503;
      network.clock.advance(-HOURS_MS);
      await expect(authenticate(bearer(await token(key, at())), PATH)).resolves.toBeDefined();
      network.clock.advance(2_999_999);
      await expect(authenticate(bearer(await token(key, at())), PATH)).resolves.toBeDefined();
      network.clock.advance(1);
      await refusalOf(authenticate(bearer(await token(key, at())), PATH));
    });

    test('is fetched as often as before, though unknown kids came in meanwhile', async () => {
      const network = await publisher(key);
      const { authenticate } = over(network);
      const at = timesOf(network);
      for (let call = 0; call < 6; call += 1)
        await refusalOf(authenticate(bearer(await token(key, {}, { kid: `no-${call}` })), PATH));
      expect(network.fetches).toBe(5);
      network.keys = [next];
      network.clock.advance(-HOURS_MS);
      await refusalOf(authenticate(bearer(await token(next, at())), PATH));
      network.clock.advance(10_000);
      await expect(authenticate(bearer(await token(next, at())), PATH)).resolves.toBeDefined();
      expect(network.fetches).toBe(6);
    });
  });
});

/** The times of a token that is issued now, by this client's clock. */
function timesOf({ clock }: Publisher): () => Readonly<Record<string, unknown>> {
  return () => ({ iat: clock.nowMs() / 1000, exp: clock.nowMs() / 1000 + 300 });
}

describe('a jku', () => {
  test('[row 138] that is not on the list is refused and never fetched, though its key fits', async () => {
    const network = await publisher(key);
    for (const jku of [[], ['https://ehr.example/jwks.json'], [`${network.url}/`], [network.url.toUpperCase()]]) {
      const error = await refusalOf(
        over(network, jku).authenticate(bearer(await token(key, {}, { jku: network.url })), PATH),
      );
      expect(error.detail).toContain('jku is not on the allow-list');
    }
    expect(network.fetches).toBe(0);
  });

  test('[row 138] of one client is not good for another', async () => {
    const network = await publisher(key);
    const settings = trust(
      registration({ jku: ['https://a.example/jwks'] }),
      registration({ id: 'b', issuers: ['https://b.example'], jku: [network.url] }),
    );
    const { authenticate } = authenticatorFor(settings, { fetchJwks: createJwksFetcher(500) });
    await refusalOf(authenticate(bearer(await token(key, {}, { jku: network.url })), PATH));
    expect(network.fetches).toBe(0);
    const own = await token(key, { iss: 'https://b.example' }, { jku: network.url });
    await expect(authenticate(bearer(own), PATH)).resolves.toMatchObject({ id: 'b' });
  });

  test('[row 138] is not fetched for an issuer with keys of its own here', async () => {
    const network = await publisher(key);
    const settings = trust(registration({ jku: [network.url], localKeys: new Map([[ISSUER, publicKeys(key)]]) }));
    const { authenticate } = authenticatorFor(settings, { fetchJwks: createJwksFetcher(500) });
    await expect(authenticate(bearer(await token(key, {}, { jku: network.url })), PATH)).resolves.toBeDefined();
    await refusalOf(authenticate(bearer(await token(next, {}, { jku: network.url })), PATH));
    expect(network.fetches).toBe(0);
  });

  test('[row 138] is not fetched for a token that is refused without it', async () => {
    const network = await publisher(key);
    const { authenticate } = over(network);
    for (const claims of [{ aud: 'https://other.example' }, { iss: 'https://other.example' }, { exp: 1, iat: 0 }])
      await refusalOf(authenticate(bearer(await token(key, claims, { jku: network.url })), PATH));
    expect(network.fetches).toBe(0);
  });
});

describe('what is not taken for a JWK Set', () => {
  const json = { 'content-type': 'application/json' };
  const answers: readonly (readonly [string, (good: string) => RequestListener])[] = [
    ['a redirect', () => (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['an error', (good) => (_request, response) => response.writeHead(500, json).end(good)],
    ['a page', (good) => (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(good)],
    ['no content type', (good) => (_request, response) => response.writeHead(200).end(good)],
    ['broken JSON', (good) => (_request, response) => response.writeHead(200, json).end(good.slice(1))],
    ['another document', () => (_request, response) => response.writeHead(200, json).end('{"keys": {}}')],
    [
      'a document that is too large',
      (good) => (_request, response) => response.writeHead(200, json).end(good + ' '.repeat(MAX_JWKS_BYTES)),
    ],
    ['silence', () => () => undefined],
    ['a broken connection', () => (request) => request.socket.destroy()],
    [
      'an endless answer',
      () => (_request, response) => {
        response.writeHead(200, json).write('{');
      },
    ],
  ];
  test.each(answers)('[row 137] %s', async (_name, answer) => {
    const url = await serve(answer(JSON.stringify(jwkSet(key))));
    const settings = trust(registration({ jku: [url] }));
    const { authenticate } = authenticatorFor(settings, { fetchJwks: createJwksFetcher(200) });
    const error = await refusalOf(authenticate(bearer(await token(key)), PATH));
    expect(error.detail).toContain('kid is not a key of this client');
  });

  test('[row 137] a redirect is not followed', async () => {
    let followed = 0;
    const url = await serve((request, response) => {
      if (request.url === '/jwks.json') return void response.writeHead(307, { location: '/elsewhere' }).end();
      followed += 1;
      response.writeHead(200, json).end(JSON.stringify(jwkSet(key)));
    });
    await expect(createJwksFetcher(500)(url)).rejects.toThrow('status 307');
    expect(followed).toBe(0);
  });

  test.each(['application/json; charset=utf-8', 'application/jwk-set+json', 'APPLICATION/JSON'])(
    '[row 137] %s is JSON',
    async (type) => {
      const url = await serve((_request, response) =>
        response.writeHead(200, { 'content-type': type }).end('{"keys":[]}'),
      );
      expect(await createJwksFetcher(500)(url)).toEqual({ keys: [] });
    },
  );
});
