import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CompactSign } from 'jose';
import { jwkSet, type SigningKey, signingKey } from '../auth/client-kit.js';

/** Where clients believe the service to be; several instances share it. */
export const PUBLIC_URL = 'https://cds.example';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** The body when it is JSON. */
  readonly body: unknown;
}

/** An EHR that calls the service with tokens of its own. */
export interface Ehr {
  readonly id: string;
  /** The entry for the clients file. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** A token for one call of the endpoint with this path. */
  token(endpoint: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** One call with a fresh token. */
  post(url: string, endpoint: string, body: unknown): Promise<Answer>;
}

export async function createEhr(id: string, alg: 'ES384' | 'RS384', fhirServer: string): Promise<Ehr> {
  const key: SigningKey = await signingKey(alg, `${id}-key`);
  const issuer = `https://${id}.example`;
  const ehr: Ehr = {
    id,
    entry: {
      id,
      issuers: [issuer],
      jwks: jwkSet(key),
      algorithms: [alg],
      fhirServers: [fhirServer],
      privateAddressesAllowed: true,
    },
    async token(endpoint, claims = {}) {
      const seconds = Math.floor(Date.now() / 1000);
      const all = {
        iss: issuer,
        aud: PUBLIC_URL + endpoint,
        iat: seconds,
        exp: seconds + 300,
        jti: randomUUID(),
        ...claims,
      };
      return new CompactSign(new TextEncoder().encode(JSON.stringify(all)))
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
        .sign(key.privateKey);
    },
    post: async (url, endpoint, body) => post(url + endpoint, body, await ehr.token(endpoint)),
  };
  return ehr;
}

/** One POST on a connection of its own, so that several workers get their share. */
export async function post(
  url: string,
  body: unknown,
  token?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      connection: 'close',
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}

/** One GET without a token. */
export async function get(url: string): Promise<Answer> {
  return answerOf(await fetch(url, { headers: { connection: 'close' } }));
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
}

/** Writes the clients file; gives the settings with which an instance trusts these clients and nobody else. */
export function trusting(folder: string, ...ehrs: readonly Ehr[]): Readonly<Record<string, string>> {
  const file = path.join(folder, 'clients.json');
  writeFileSync(file, JSON.stringify({ clients: ehrs.map(({ entry }) => entry) }));
  return { MODE: 'development', AUTH_MODE: 'clients', CLIENTS_FILE: file, PUBLIC_URLS: PUBLIC_URL };
}

/** Tries until it holds; the test's own time limit ends it. */
export async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
