import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { TlsMaterial } from './config.js';
import type { ReadFile } from './read-settings.js';
import type { SettingValues } from './settings.js';

type TlsSettings = Pick<SettingValues, 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'TLS_MIN_VERSION'>;
/** Told which setting is wrong, what it should be, and what stands there where that cannot be secret. */
export type Complain = (path: string, expected: string, found?: string) => void;

const CERTIFICATES = 'a PEM file with the certificate of the service first and those of its issuers after it';
const KEY = 'a PEM file with one private key, without a passphrase';

/**
 * The certificate and key by which the service speaks HTTPS itself; nothing when neither is named.
 *
 * @param complain told what is wrong with a file, never what stands in it
 */
export function tlsOf(values: TlsSettings, readFile: ReadFile, complain: Complain): TlsMaterial | undefined {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = values;
  if (certFile === undefined && keyFile === undefined) return undefined;
  const read = (name: string, file: string | undefined): string | undefined => {
    if (file === undefined) {
      complain(name, 'a file, since TLS needs both a certificate and a key');
      return undefined;
    }
    try {
      return readFile(file);
    } catch {
      complain(name, 'a file that can be read');
      return undefined;
    }
  };
  const cert = read('TLS_CERT_FILE', certFile);
  const key = read('TLS_KEY_FILE', keyFile);
  const certificate = cert === undefined ? undefined : certificateIn(cert);
  const privateKey = key === undefined ? undefined : orNothing(() => createPrivateKey(key));
  if (cert !== undefined && certificate === undefined) complain('TLS_CERT_FILE', CERTIFICATES);
  if (key !== undefined && privateKey === undefined) complain('TLS_KEY_FILE', KEY);
  if (certificate !== undefined && privateKey !== undefined && !certificate.checkPrivateKey(privateKey))
    complain('TLS_KEY_FILE', 'the private key of the first certificate in TLS_CERT_FILE');
  return { cert: cert ?? '', key: key ?? '', minVersion: values.TLS_MIN_VERSION === '1.3' ? 'TLSv1.3' : 'TLSv1.2' };
}

/** The first certificate, when all that stand in the text can be read. */
function certificateIn(pem: string): X509Certificate | undefined {
  return orNothing(() => {
    createSecureContext({ cert: pem });
    return new X509Certificate(pem);
  });
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
