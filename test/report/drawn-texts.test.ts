import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { assessPatient, countingMaker } from './kit.js';

interface Drawn {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly text: string;
}

/** Every drawing of a page, and in it every text with the room that it takes: half its size a letter, on the narrow side. */
function drawings(page: string): readonly { readonly width: number; readonly texts: readonly Drawn[] }[] {
  return [...page.matchAll(/<svg viewBox="0 0 (\d+) [\d.]+" role="img"[^>]*font-size="(\d+)">(.*?)<\/svg>/gs)].map(
    ([, width, size, body]) => ({
      width: Number(width),
      texts: [...body!.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, given, text]) => {
        const told = (name: string) => given!.match(new RegExp(`(?:^| )${name}="([^"]*)"`))?.[1];
        const x = Number(told('x'));
        const room = text!.length * Number(told('font-size') ?? size) * 0.5;
        const left = { start: 0, middle: room / 2, end: room }[told('text-anchor') ?? 'start']!;
        return { from: x - left, to: x - left + room, y: Number(told('y')), text: text! };
      }),
    }),
  );
}

const PATIENTS = ['all-met', 'four-sessions', 'two-readings', 'referral-incomplete', 'transition-last-day'];
const pages = PATIENTS.flatMap((patient) => LANGUAGES.map((language) => ({ patient, language })));

describe.each(pages)('the drawings in the report of $patient in $language', ({ patient, language }) => {
  it('hold every text within their width, and none over another on its line', async () => {
    const found = drawings(countingMaker().html(await assessPatient(patient), language));
    expect(found.length).toBeGreaterThan(5);
    for (const { width, texts } of found) {
      for (const one of texts) {
        expect(one.to, one.text).toBeLessThanOrEqual(width);
        for (const other of texts)
          if (other !== one && other.y === one.y)
            expect(one.from < other.to && other.from < one.to, `${one.text} | ${other.text}`).toBe(false);
      }
    }
  });
});
