import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillIn } from '../../src/web/words/fill-in.js';

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

it('no text of the sandbox decides: that is up to the physician', () => {
  const patients = readFileSync('docker/patients/index.json', 'utf8');
  for (const text of [...Object.values(nl), ...Object.values(en), patients])
    expect(text).not.toMatch(/beslissend|\bdecisive|mag deze|may this/i);
});

it.each(Object.keys(nl).filter((name) => name.endsWith('.one')))('%s is the wording of one alone', (name) => {
  const plural = name.replace(/\.one$/, '');
  for (const words of [nl, en]) {
    expect(words[plural]).toContain('{number}');
    expect(words[name]).not.toBe(words[plural]);
  }
});

it.each([
  [nl, '1 behandeling', '2 behandelingen', '0 weken', '1 antwoord'],
  [en, '1 session', '2 sessions', '0 weeks', '1 answer'],
])('one is one', (words, session, sessions, weeks, answer) => {
  expect(fillIn(words, 'sessions', { number: 1 })).toBe(session);
  expect(fillIn(words, 'sessions', { number: 2 })).toBe(sessions);
  expect(fillIn(words, 'weeks', { number: 0 })).toBe(weeks);
  expect(fillIn(words, 'answers', { number: 1 })).toBe(answer);
});

it('a number that may be one stands where it reads right', () => {
  expect([nl['cards-shown'], en['cards-shown']]).toEqual(['Kaarten: {number}', 'Cards: {number}']);
});
