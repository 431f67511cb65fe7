import { describe, expect, it } from 'vitest';
import { extentFault, MOST_VALUES } from '../../src/schemas/json-extent.js';

describe('how deep a large text may be, and how many values it may hold', () => {
  const padding = `"${'x'.repeat(600_000)}"`;
  const nested = (levels: number, open: string, close: string) =>
    Buffer.from(`[${padding},${open.repeat(levels)}1${close.repeat(levels)}]`);

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['lists after siblings', '[0,', ',0]'],
  ])('%s: 500 levels and no more', (_, open, close) => {
    expect(extentFault(nested(499, open, close))).toBeUndefined();
    expect(extentFault(nested(500, open, close))).toBe('too-deep');
  });

  it('brackets in texts are none, whatever is escaped in them', () => {
    const text = JSON.stringify({ a: `\\"${'[{'.repeat(200_000)}\\`, b: '\\' });
    expect(extentFault(Buffer.from(text))).toBeUndefined();
  });

  it('many lists beside each other are not deep', () => {
    expect(extentFault(Buffer.from(`[${'[{}],'.repeat(100_000)}1]`))).toBeUndefined();
  });

  it('what breaks off is left to the parser', () => {
    expect(extentFault(Buffer.from(`[${padding},"never ends`))).toBeUndefined();
  });

  it.each(['1', '{}', '[]', '"a,b"'])('values such as %s are counted, and what stands in texts is not', (value) => {
    // The list itself is one; an object or a list is one beside the comma behind it.
    const each = /^[{[]/.test(value) ? 2 : 1;
    const list = (length: number) => Buffer.from(`[${`${value},`.repeat(length)}1]`);
    const most = Math.floor((MOST_VALUES - 1) / each);
    expect(extentFault(list(most), 0)).toBeUndefined();
    expect(extentFault(list(most + 1), 0)).toBe('too-many-values');
  });

  it('short texts are looked at where that is asked for', () => {
    const short = Buffer.from(`${'['.repeat(501)}${']'.repeat(501)}`);
    expect(extentFault(short)).toBeUndefined();
    expect(extentFault(short, 0)).toBe('too-deep');
  });
});
