import { describe, expect, it } from 'vitest';
import { addressAllowed, addressKind } from '../../src/record/addresses.js';
import { urlOnBase } from '../../src/record/fhir-base.js';
import { readBaseUrl } from '../../src/schemas/url.js';

describe('[row 65] addresses', () => {
  const kinds: Record<string, readonly string[]> = {
    public: [
      '8.8.8.8',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '172.15.255.255',
      '172.32.0.0',
    ].concat([
      '192.167.255.255',
      '192.169.0.0',
      '169.253.255.255',
      '169.255.0.0',
      '223.255.255.255',
      '2a02:898::1',
      '2001:4860::1',
    ]),
    private: ['10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1', '127.255.255.255'].concat(
      [
        '172.16.0.0',
        '172.31.255.255',
        '192.168.0.0',
        '192.168.255.255',
        '::1',
        'fc00::1',
        'fdff::1',
        '::ffff:127.0.0.1',
      ],
      ['::ffff:10.1.2.3', '::ffff:a01:203'],
    ),
    forbidden: [
      '0.0.0.0',
      '0.255.255.255',
      '169.254.0.0',
      '169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      '::ffff:168.63.129.16',
      'fd00:ec2::254',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
    ].concat(
      [
        '239.1.1.1',
        '240.0.0.1',
        '255.255.255.255',
        '::',
        'fe80::1',
        'fe80::1%eth0',
        'ff02::1',
        'fec0::1',
        '64:ff9b::a00:1',
      ],
      [
        '2002:a00:1::',
        '2001::1',
        '2001:db8::1',
        '::ffff:169.254.169.254',
        '::ffff:8.8.8.8',
        '::10.0.0.1',
        'x',
        '',
        '1.2.3',
      ],
    ),
  };
  const cases = Object.entries(kinds).flatMap(([kind, list]) => list.map((address) => [address, kind] as const));
  it.each(cases)('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
    expect(addressAllowed(address, false)).toBe(kind === 'public');
    expect(addressAllowed(address, true)).toBe(kind !== 'forbidden');
  });
});

describe('[row 65] base URLs', () => {
  it.each([
    ['https://EHR.example/fhir/', 'https://ehr.example/fhir'],
    ['https://ehr.example:443/fhir', 'https://ehr.example/fhir'],
    ['https://ehr.example', 'https://ehr.example'],
    ['https://ehr.example/a/../fhir', 'https://ehr.example/fhir'],
    ['https://ehr.example/Fhir', 'https://ehr.example/Fhir'],
    ['http://2130706433/fhir', 'http://127.0.0.1/fhir'],
    ['https://user@ehr.example/fhir', undefined],
    ['https://ehr.example/fhir?x=1', undefined],
    ['https://ehr.example/fhir#x', undefined],
    ['file:///etc/passwd', undefined],
    ['ehr.example/fhir', undefined],
    ['', undefined],
  ])('%s is %s', (url, expected) => {
    expect(readBaseUrl(url)).toBe(expected);
  });

  it('are read with letters beyond ASCII, however often', () => {
    const read = new Set(Array.from({ length: 20_000 }, () => readBaseUrl('https://bücher.example/fhir')));
    expect([...read]).toEqual(['https://xn--bcher-kva.example/fhir']);
  });

  it('are read in time that does not grow with the square of the slashes in them', () => {
    const slashes = '/'.repeat(1_000_000);
    expect(readBaseUrl(`https://ehr.example${slashes}x`)).toBe(`https://ehr.example${slashes}x`);
    expect(readBaseUrl(`https://ehr.example${slashes}x${slashes}`)).toBe(`https://ehr.example${slashes}x`);
    expect(readBaseUrl(`https://ehr.example${slashes}`)).toBe('https://ehr.example');
  });

  const base = 'https://ehr.example/fhir';
  it.each([
    ['Patient/1', `${base}/Patient/1`],
    ['?_getpages=1', `${base}/?_getpages=1`],
    [`${base}?_getpages=1`, `${base}?_getpages=1`],
    [`${base}/Procedure?page=2#x`, `${base}/Procedure?page=2`],
    ['https://EHR.example:443/fhir/Procedure', `${base}/Procedure`],
    ['../admin', undefined],
    ['%2e%2e/admin', undefined],
    ['/admin', undefined],
    ['..%2fadmin', undefined],
    ['..%2Fadmin', undefined],
    ['%2e%2e%2fadmin', undefined],
    ['%2E%2e%2Fadmin', undefined],
    ['.%2e%2fadmin', undefined],
    ['..%5cadmin', undefined],
    ['..%5Cadmin', undefined],
    ['..;/admin', undefined],
    ['..;x=y/admin', undefined],
    ['..%3b/admin', undefined],
    ['%2e%2e%3B/admin', undefined],
    ['..%252fadmin', undefined],
    ['%252e%252e%252fadmin', undefined],
    ['%25252e%25252e%25252fadmin', undefined],
    ['%%32%65%%32%65%2fadmin', undefined],
    ['Procedure%2f..%2f..%2fadmin', undefined],
    ['Procedure/..%2f..%2fadmin', undefined],
    ['..%3fadmin', undefined],
    ['..%23admin', undefined],
    [`${base}/..%2fadmin?page=2`, undefined],
    [`${base}%2f..%2fadmin`, undefined],
    [`Procedure/%${'25'.repeat(20)}41`, undefined],
    [`Procedure/${'%25'.repeat(3)}41`, `${base}/Procedure/${'%25'.repeat(3)}41`],
    ['a%2Fb', `${base}/a%2Fb`],
    ['page/a%2Fb%3D%3D%25', `${base}/page/a%2Fb%3D%3D%25`],
    ['page/%C3%A9%FF%', `${base}/page/%C3%A9%FF%`],
    ['page/1..2;v=..', `${base}/page/1..2;v=..`],
    ['page/...%2f.a%2fa.', `${base}/page/...%2f.a%2fa.`],
    ['Procedure?_page=..%2f..%2fadmin&x=%2e%2e/', `${base}/Procedure?_page=..%2f..%2fadmin&x=%2e%2e/`],
    ['//evil.example/fhir/x', undefined],
    ['https://ehr.example/fhirx/Procedure', undefined],
    ['https://ehr.example:8443/fhir/Procedure', undefined],
    ['http://ehr.example/fhir/Procedure', undefined],
    ['https://ehr.example@evil.example/fhir/x', undefined],
    ['https://x@ehr.example/fhir/x', undefined],
    ['https://[', undefined],
  ])('%s from the base is %s', (link, expected) => {
    expect(urlOnBase(base, link)?.href).toBe(expected);
  });
});
