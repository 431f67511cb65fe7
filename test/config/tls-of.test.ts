import { createPrivateKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issuesOf, load, refused } from './environment.js';
import { selfSigned } from './self-signed.js';

const env = { TLS_CERT_FILE: 'tls.crt', TLS_KEY_FILE: 'tls.key' };
const { cert, key } = selfSigned();
const other = selfSigned();
const files = (contents: { cert?: string; key?: string } = {}) => ({
  'tls.crt': contents.cert ?? cert,
  'tls.key': contents.key ?? key,
});

describe('TLS', () => {
  test('takes certificate and key, and 1.2 as the floor', () => {
    expect(load(env, files()).http.tls).toEqual({ cert, key, minVersion: 'TLSv1.2' });
    expect(load(env, files()).auth.publicUrls[0]).toBe('https://127.0.0.1:8080');
    expect(load({ ...env, TLS_MIN_VERSION: '1.3' }, files()).http.tls?.minVersion).toBe('TLSv1.3');
  });

  test('takes a chain', () => {
    expect(load(env, files({ cert: cert + other.cert })).http.tls?.cert).toBe(cert + other.cert);
  });

  test('needs both files', () => {
    expect(refused(env, { 'tls.key': key })).toEqual(['TLS_CERT_FILE']);
    expect(refused(env, { 'tls.crt': cert })).toEqual(['TLS_KEY_FILE']);
    expect(refused({ TLS_KEY_FILE: 'tls.key' }, { 'tls.key': key })).toEqual(['TLS_CERT_FILE']);
  });

  const damaged = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';
  const encrypted = createPrivateKey(key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'synthetic' })
    .toString();
  test.each([
    ['a certificate that is none', { cert: damaged }, ['TLS_CERT_FILE']],
    ['a certificate that is text', { cert: 'not PEM' }, ['TLS_CERT_FILE']],
    ['a chain with a damaged issuer', { cert: cert + damaged }, ['TLS_CERT_FILE']],
    ['a key in place of the certificate', { cert: key }, ['TLS_CERT_FILE']],
    ['a key that is none', { key: damaged.replaceAll('CERTIFICATE', 'PRIVATE KEY') }, ['TLS_KEY_FILE']],
    ['a certificate in place of the key', { key: cert }, ['TLS_KEY_FILE']],
    ['a key with a passphrase', { key: encrypted }, ['TLS_KEY_FILE']],
    ['the key of another certificate', { key: other.key }, ['TLS_KEY_FILE']],
    ['neither of both', { cert: 'x', key: 'x' }, ['TLS_CERT_FILE', 'TLS_KEY_FILE']],
  ])('refuses %s before the service starts', (_name, contents, names) => {
    expect(refused(env, files(contents))).toEqual(names);
    const said = JSON.stringify(issuesOf(env, files(contents)));
    expect(said).not.toMatch(/PEM routines|BEGIN|abc/);
  });
});
