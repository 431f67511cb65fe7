import { describe, expect, it } from 'vitest';
import { wireSettings } from '../../src/http/wire-settings.js';
import { load } from '../config/environment.js';
import { selfSigned } from '../config/self-signed.js';

const { cert, key } = selfSigned();
const OWN_TLS = [
  { TLS_CERT_FILE: 'tls.crt', TLS_KEY_FILE: 'tls.key' },
  { 'tls.crt': cert, 'tls.key': key },
] as const;

describe('whether callers come over TLS', () => {
  it.each<[string, boolean, ...Parameters<typeof load>]>([
    ['without any setting', false],
    ['behind a proxy that ends TLS', true, { PUBLIC_URLS: 'https://cds.example' }],
    ['where one of its addresses is plain HTTP', false, { PUBLIC_URLS: 'https://cds.example,http://cds.internal' }],
    ['with a certificate of its own', true, ...OWN_TLS],
    ['with one, whatever its addresses say', true, { ...OWN_TLS[0], PUBLIC_URLS: 'http://cds.internal' }, OWN_TLS[1]],
  ])('%s: %s', (_name, expected, ...settings) => {
    expect(wireSettings(load(...settings), '0.0.0').overTls).toBe(expected);
  });
});
