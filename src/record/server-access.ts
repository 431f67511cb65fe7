import type { TrustedClient } from '../schemas/client.js';
import type { FhirAuthorization } from '../schemas/hook-request.js';
import { readBaseUrl } from '../schemas/url.js';

/** Whether the FHIR server of a call may be called: its base and token, or the cause why not. */
export type ServerAccess =
  { readonly base: string; readonly token: string | undefined } | { readonly cause: ServerRefusal };

export type ServerRefusal =
  'no-fhir-server' | 'server-not-allowed' | 'https-required' | 'token-for-other-patient' | 'token-malformed';

/**
 * Decides from the client's configuration, never from the call alone. A server that may not be called is no error:
 * what it would have given stays not gathered.
 *
 * @source https://cds-hooks.hl7.org/STU2/#fhir-resource-access
 */
export function serverAccess(
  client: Pick<TrustedClient, 'fhirServers' | 'privateAddressesAllowed'>,
  fhirServer: string | undefined,
  authorization: Pick<FhirAuthorization, 'access_token' | 'patient'> | undefined,
  patientId: string,
): ServerAccess {
  if (fhirServer === undefined) return { cause: 'no-fhir-server' };
  const base = readBaseUrl(fhirServer);
  if (base === undefined || !client.fhirServers.some((allowed) => readBaseUrl(allowed) === base)) {
    return { cause: 'server-not-allowed' };
  }
  if (!base.startsWith('https:') && !client.privateAddressesAllowed) return { cause: 'https-required' };
  if (authorization === undefined) return { base, token: undefined };
  const { access_token: token, patient } = authorization;
  if (patient !== undefined && patient !== patientId) return { cause: 'token-for-other-patient' };
  // RFC 6750 b64token: nothing else may stand in the header.
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? { base, token } : { cause: 'token-malformed' };
}
