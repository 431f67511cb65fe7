import type { ClientRegistration } from '../schemas/trust.js';
import type { Config } from './config.js';
import { maskCredentials } from './mask.js';
import type { EffectiveSetting } from './read-settings.js';

/** A registered client as it may be shown: which keys, not the keys. */
export interface DescribedClient extends Omit<ClientRegistration, 'localKeys'> {
  /** `kid`s of the keys agreed out of band, by issuer. */
  readonly localKeys: Readonly<Record<string, readonly string[]>>;
}

/** The effective configuration, fit to print as JSON. */
export interface DescribedConfig {
  readonly mode: string;
  readonly authMode: string;
  readonly publicUrls: readonly string[];
  readonly warnings: readonly string[];
  readonly settings: readonly EffectiveSetting[];
  readonly clients: readonly DescribedClient[];
}

/** What is in force and where it came from, without any secret: passwords and queries in URLs are masked. */
export function describeConfig(config: Config): DescribedConfig {
  return {
    mode: config.mode,
    authMode: config.auth.mode,
    publicUrls: config.auth.publicUrls,
    warnings: config.warnings,
    settings: config.effective,
    clients: config.auth.clients.map(describeClient),
  };
}

function describeClient(client: ClientRegistration): DescribedClient {
  return {
    ...client,
    jku: client.jku.map(maskCredentials),
    localKeys: Object.fromEntries([...client.localKeys].map(([issuer, keys]) => [issuer, keys.map((key) => key.kid)])),
  };
}
