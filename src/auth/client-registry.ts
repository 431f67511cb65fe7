import type { ClientRegistration } from '../schemas/trust.js';
import { Refusal } from './refusal.js';

/** Finds which registered client a token claims to be from. */
export interface ClientRegistry {
  /** @throws Refusal when the issuer is unknown or the tenant is not one of its clients' */
  find(issuer: string, tenant: string | undefined): ClientRegistration;
}

/** A registry over clients of which no two share an issuer and a tenant (the configuration sees to that). */
export function createClientRegistry(clients: readonly ClientRegistration[]): ClientRegistry {
  const byIssuer = new Map<string, ClientRegistration[]>();
  for (const client of clients)
    for (const issuer of client.issuers) byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), client]);
  return {
    find(issuer, tenant) {
      const candidates = byIssuer.get(issuer);
      if (candidates === undefined) throw new Refusal('iss is not a registered issuer');
      const match = candidates.find(
        ({ tenants }) => tenants === undefined || (tenant !== undefined && tenants.includes(tenant)),
      );
      if (match === undefined) throw new Refusal('tenant is not registered for this issuer');
      return match;
    },
  };
}
