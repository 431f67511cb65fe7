import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/errors.js';

/** No caller meets these: with them the service does not start. */
const AT_START = ['DATA_INVALID', 'CONFIG_INVALID'];

it('[row 70] the README lists every error code once with its status, and no other code', () => {
  const section = /^## Errors$([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8'))![1]!;
  const listed = [...section.matchAll(/^\| (`[^|]+) \| (\w+) \|/gm)].flatMap(([, codes, status]) =>
    [...codes!.matchAll(/`(\w+)`/g)].map(([, code]) => [code, status]),
  );
  const registered = Object.entries(ERROR_CODES).map(([code, { status }]) => [
    code,
    AT_START.includes(code) ? 'start' : String(status),
  ]);
  expect(listed.sort()).toEqual(registered.sort());
});
