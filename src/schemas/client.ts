import type { Language } from './service.js';

/** Who is calling, once its token has been verified (or the anonymous client in development mode). */
export interface TrustedClient {
  /** The configured id; names the client in logs, receipts and reports. */
  readonly id: string;
  readonly anonymous: boolean;
  readonly language?: Language | undefined;
  /** Base URLs, without trailing slash, of the FHIR servers that may be called for this client; nothing else ever is. */
  readonly fhirServers: readonly string[];
  /** Whether its FHIR servers may sit on loopback or private addresses (development, hospital-internal networks). */
  readonly privateAddressesAllowed: boolean;
}
