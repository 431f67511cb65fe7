import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Words = Readonly<Record<string, string>>;
const read = (language: string): Words => JSON.parse(readFileSync(`src/web/words/${language}.json`, 'utf8')) as Words;
const nl = read('nl');
const en = read('en');
const placesOf = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort();

describe('the words of the sandbox page', () => {
  it('are the same texts in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(nl));
  });

  it.each(Object.keys(nl))('%s says something, with the same places to fill', (name) => {
    expect(nl[name]).toMatch(/\S/);
    expect(en[name]).toMatch(/\S/);
    expect(placesOf(en[name])).toEqual(placesOf(nl[name]));
  });
});
