import { expect, test } from 'vitest';
import { maskCredentials } from '../../src/config/mask.js';

const cases: readonly (readonly [string, string])[] = [
  ['postgres://db/imsr', 'postgres://db/imsr'],
  ['postgres://imsr@db/imsr', 'postgres://***@db/imsr'],
  ['postgres://imsr:hidden@db/imsr', 'postgres://imsr:***@db/imsr'],
  ['postgres://imsr:hid,den@db/imsr', 'postgres://imsr:***@db/imsr'],
  ['postgres://imsr:1/hidden@db/imsr', '***'],
  ['postgres://db/imsr?user=imsr&password=hidden', 'postgres://db/imsr?***'],
  ['https://ehr.example/jwks#hidden', 'https://ehr.example/jwks#***'],
  ['imsr:hidden@db', '***'],
  ['hidden', '***'],
];
test.each(cases)('%s is shown as %s', (text, shown) => {
  expect(maskCredentials(text)).toBe(shown);
});
