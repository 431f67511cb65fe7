import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type KeptText, TextRing } from '../../src/report/text-ring.js';

const SIZE = 100;

describe('a ring of texts', () => {
  it('keeps nothing of an empty text, nor of one that is longer than the ring', () => {
    const ring = new TextRing(4);
    expect(ring.add('')).toBeUndefined();
    expect(ring.add('four!')).toBeUndefined();
    expect(ring.add('ééé')).toBeUndefined();
    expect(ring.read(ring.add('four')!)).toBe('four');
  });

  it('gives back nothing of what was dropped', () => {
    const ring = new TextRing(SIZE);
    const [one, two] = ['one', 'two'].map((text) => ring.add(text)!) as [KeptText, KeptText];
    ring.drop(one);
    expect([one, two].map((kept) => ring.read(kept))).toEqual([undefined, 'two']);
  });

  it('a text takes the place of those that stand where it goes, and of no other', () => {
    const ring = new TextRing(10);
    const [first, second] = ['first', 'other'].map((text) => ring.add(text)!) as [KeptText, KeptText];
    const third = ring.add('third')!;
    expect([first, second, third].map((kept) => ring.read(kept))).toEqual([undefined, 'other', 'third']);
  });

  it('erases what was dropped or written over, down to the last byte', () => {
    const memory = Buffer.alloc(10, 1);
    vi.spyOn(Buffer, 'allocUnsafeSlow').mockReturnValueOnce(memory);
    const ring = new TextRing(memory.length);
    const kept = ring.add('patient')!;
    ring.drop(kept);
    expect([...memory]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    for (const text of ['one', 'later', 'new']) ring.add(text);
    expect(memory.toString()).toBe('laternew\u0000\u0000');
  });

  it('gives back each text as it was or not at all, and always those for which the room cannot have been needed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    const step = fc.oneof(
      text.map((added) => ({ added })),
      fc.nat(60).map((dropped) => ({ dropped })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ring = new TextRing(SIZE);
        const known: { readonly text: string; readonly kept: KeptText; dropped: boolean }[] = [];
        for (const each of steps) {
          if ('dropped' in each) {
            const one = known[each.dropped];
            if (one === undefined) continue;
            ring.drop(one.kept);
            one.dropped = true;
            continue;
          }
          const kept = ring.add(each.added);
          expect(kept === undefined).toBe(Buffer.byteLength(each.added) > SIZE);
          if (kept !== undefined) known.push({ text: each.added, kept, dropped: false });
        }
        let since = 0;
        for (const { text: whole, kept, dropped } of known.reverse()) {
          const read = ring.read(kept);
          expect(dropped ? [undefined] : [whole, undefined]).toContain(read);
          since += Buffer.byteLength(whole);
          // Where the end of the ring does not fit a text it stays empty: up to a text less than the longest one.
          const longest = Math.max(...known.map((one) => Buffer.byteLength(one.text)));
          if (!dropped && since + longest <= SIZE) expect(read).toBe(whole);
        }
      }),
      { numRuns: 500 },
    );
  });
});
