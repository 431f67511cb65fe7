import { describe, expect, it } from 'vitest';
import { isTooDeep } from '../../src/http/nesting.js';

describe('how deep a large body may be', () => {
  const padding = `"${'x'.repeat(600_000)}"`;
  const nested = (levels: number, open: string, close: string) =>
    Buffer.from(`[${padding},${open.repeat(levels)}1${close.repeat(levels)}]`);

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['lists after siblings', '[0,', ',0]'],
  ])('%s: 500 levels and no more', (_, open, close) => {
    expect(isTooDeep(nested(499, open, close))).toBe(false);
    expect(isTooDeep(nested(500, open, close))).toBe(true);
  });

  it('brackets in texts are none, whatever is escaped in them', () => {
    const text = JSON.stringify({ a: `\\"${'[{'.repeat(200_000)}\\`, b: '\\' });
    expect(isTooDeep(Buffer.from(text))).toBe(false);
  });

  it('many lists beside each other are not deep', () => {
    expect(isTooDeep(Buffer.from(`[${'[{}],'.repeat(100_000)}1]`))).toBe(false);
  });

  it('what breaks off is left to the parser', () => {
    expect(isTooDeep(Buffer.from(`[${padding},"never ends`))).toBe(false);
  });
});
