import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import { addressAllowed } from './addresses.js';

export interface ConnectionSettings {
  /** Milliseconds that a server may be silent before its headers, and between parts of its body. */
  readonly silenceTimeoutMs?: number;
  /** Sockets per FHIR server. */
  readonly maxSockets?: number;
  /** Name resolution; the system's own by default. */
  readonly lookup?: LookupFunction;
}

/** Milliseconds to a usable connection, TLS included. */
const CONNECT_TIMEOUT_MS = 1_000;

/** What counts where a setting is absent. */
const DEFAULTS: Required<ConnectionSettings> = {
  silenceTimeoutMs: 10_000,
  maxSockets: 64,
  lookup: systemLookup,
};

/** The connections to FHIR servers that a process keeps open between calls. */
export interface FhirConnections {
  /**
   * The pool for one FHIR server, made when first asked for. It talks to that origin only.
   *
   * @param base an allow-listed base URL, as `readBaseUrl` gives it
   */
  poolFor(base: string, privateAddressesAllowed: boolean): Dispatcher;
  /** Ends all connections; calls under way are aborted. */
  close(): Promise<void>;
}

/** For a record that is read from what came alone: no server is called. */
export const NO_CONNECTIONS: FhirConnections = {
  poolFor() {
    throw new Error('no server may be called here');
  },
  close: () => Promise.resolve(),
};

/** The code of the error that a refused address gives. */
export const ADDRESS_REFUSED = 'ADDRESS_REFUSED';

class AddressRefused extends Error {
  readonly code = ADDRESS_REFUSED;
  constructor() {
    super('the address is not one that may be connected to');
    this.name = 'AddressRefused';
  }
}

/** Opens nothing yet: pools come with the first call to a server. Proxies of the environment are not used. */
export function openConnections(given: ConnectionSettings = {}): FhirConnections {
  const settings = { ...DEFAULTS, ...given };
  const pools = new Map<string, Pool>();
  return {
    poolFor(base, privateAddressesAllowed) {
      const { origin } = new URL(base);
      const name = `${String(privateAddressesAllowed)} ${origin}`;
      let pool = pools.get(name);
      if (pool === undefined) {
        pool = new Pool(origin, {
          connections: settings.maxSockets,
          pipelining: 1,
          headersTimeout: settings.silenceTimeoutMs,
          bodyTimeout: settings.silenceTimeoutMs,
          connect: guardedConnector(settings.lookup, privateAddressesAllowed),
        });
        pools.set(name, pool);
      }
      return pool;
    },
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.destroy()));
    },
  };
}

/**
 * Checks the address at the moment of connecting, so that a name that changes its address between two look-ups gains
 * nothing. Node resolves no name for a literal address and so never calls `lookup` for one: that is checked first.
 */
function guardedConnector(lookup: LookupFunction, privateAllowed: boolean): buildConnector.connector {
  const connect = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: guardedLookup(lookup, privateAllowed),
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !addressAllowed(host, privateAllowed)) callback(new AddressRefused(), null);
    else connect(options, callback);
  };
}

/** A name is refused when any of its addresses is: which one would be used is not ours to choose. */
function guardedLookup(lookup: LookupFunction, privateAllowed: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const addresses = found as unknown as readonly LookupAddress[];
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => addressAllowed(address, privateAllowed))) {
        callback(new AddressRefused(), '', 0);
      } else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}
