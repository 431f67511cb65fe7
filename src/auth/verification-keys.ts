import { type CryptoKey, importJWK } from 'jose';
import type { PublicJwk, SigningAlgorithm } from '../schemas/jwk.js';
import type { ClientRegistration } from '../schemas/trust.js';
import { Refusal } from './refusal.js';
import type { RemoteKeySets } from './remote-key-sets.js';
import type { TokenHeader } from './token-form.js';

/** Picks the key that a token of a client is verified with. */
export interface VerificationKeys {
  /** @throws Refusal when the client has no such key, or the token points at a JWK Set that is not on its list */
  find(client: ClientRegistration, issuer: string, header: TokenHeader): Promise<CryptoKey>;
}

/**
 * Keys agreed out of band go before anything on the network. A `jku` that is not on the client's allow-list is refused
 * even when it would not be needed; a token without one is looked up in the sets that the list names.
 *
 * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients (`kid`, `jku`)
 */
export function createVerificationKeys(remote: RemoteKeySets): VerificationKeys {
  const imported = new WeakMap<PublicJwk, Map<SigningAlgorithm, Promise<CryptoKey>>>();

  /** Importing costs more than verifying, so each key is imported once per algorithm. */
  const importOnce = (jwk: PublicJwk, alg: SigningAlgorithm): Promise<CryptoKey> => {
    const byAlgorithm = imported.get(jwk) ?? new Map<SigningAlgorithm, Promise<CryptoKey>>();
    imported.set(jwk, byAlgorithm);
    const known = byAlgorithm.get(alg) ?? importKey(jwk, alg);
    byAlgorithm.set(alg, known);
    return known;
  };

  return {
    async find(client, issuer, { alg, kid, jku }) {
      if (!client.algorithms.includes(alg)) throw new Refusal('alg is not allowed for this client');
      if (jku !== undefined && !client.jku.includes(jku))
        throw new Refusal('jku is not on the allow-list of this client');
      const local = client.localKeys.get(issuer);
      if (local !== undefined) {
        const key = local.find((candidate) => candidate.kid === kid && candidate.algorithms.includes(alg));
        if (key === undefined) throw new Refusal('kid is not a key of this issuer for this alg');
        return importOnce(key, alg);
      }
      for (const url of jku === undefined ? client.jku : [jku]) {
        const key = await remote.find(url, kid, alg);
        if (key !== undefined) return importOnce(key, alg);
      }
      throw new Refusal('kid is not a key of this client for this alg, or its JWK Set cannot be had');
    },
  };
}

async function importKey(jwk: PublicJwk, alg: SigningAlgorithm): Promise<CryptoKey> {
  const { kty, crv, x, y, n, e } = jwk;
  const members = Object.fromEntries(Object.entries({ crv, x, y, n, e }).filter(([, value]) => value !== undefined));
  const key = await importJWK({ kty, ...members }, alg);
  if (key instanceof Uint8Array) throw new Refusal('the key is symmetric');
  return key;
}
