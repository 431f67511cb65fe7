import { expect, test } from 'vitest';
import { newUuid } from '../src/ids.js';

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('an id is a UUID of version 7, begins with its millisecond, and comes once', () => {
  const before = Date.now();
  const ids = Array.from({ length: 10_000 }, newUuid);
  const after = Date.now();
  for (const id of ids) {
    expect(id).toMatch(VERSION_7);
    const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThanOrEqual(after);
  }
  expect(new Set(ids).size).toBe(ids.length);
});
