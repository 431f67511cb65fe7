import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { findingAt, formatFinding, keyName, validate } from '../../src/yaml/findings.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

describe('readYaml', () => {
  it.each([
    ['2026-11-01', '2026-11-01'],
    ['2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z'],
    ['no', 'no'],
    ['12', 12],
    ['-1.31872', -1.31872],
    ['true', true],
    ['~', null],
    ['"12"', '12'],
  ])('reads the scalar %s as %j', (text, expected) => {
    const document = readYaml('a.yaml', `key: ${text}\n`);
    expect(document.findings).toEqual([]);
    expect(document.value).toEqual({ key: expected });
  });

  it('keeps a date that is a key as it was written', () => {
    expect(readYaml('a.yaml', '2026-11-01: { value: 6 }\n').value).toEqual({ '2026-11-01': { value: 6 } });
  });

  it.each([
    ['plain keys', 'a: 1\nb: 2\na: 3\n', 3, 'a again'],
    ['a number and the same number as a string', '1: x\n"1": y\n', 2, '"1" again'],
    ['keys of an inner map', 'a:\n  b: 1\n  b: 2\n', 3, 'b again'],
    ['keys with spaces and colons', "{ urn:a b: 1, 'urn:a b': 2 }\n", 1, "'urn:a b' again"],
  ])('finds duplicate keys: %s', (_name, text, line, found) => {
    const [finding, ...others] = readYaml('dup.yaml', text).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ file: 'dup.yaml', line, found, expected: 'every key once' });
  });

  it.each([
    ['an open bracket', 'a: [1, 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['an unknown tag', 'a: !money 3\n'],
    ['an alias without an anchor', 'a: *nowhere\n'],
    ['tabs as indentation', 'a:\n\t- b\n'],
  ])('finds what is not valid: %s', (_name, text) => {
    expect(readYaml('broken.yaml', text).findings.length).toBeGreaterThan(0);
  });

  it('finds the first error of syntax alone', () => {
    const text = 'a: 1\nb:\n\tc: 2\n  d: 3\n\te: [\na: 2\n';
    expect(readYaml('broken.yaml', text).findings).toMatchObject([{ line: 3, key: '(document)' }]);
  });

  it('gives the place of a key, of a list entry, and of the nearest parent of what is missing', () => {
    const document = readYaml('p.yaml', 'id: x\nscores:\n  - id: a\n    min: 0\n  - id: b\n');
    expect(document.position(['id'])).toEqual({ line: 1, column: 1 });
    expect(document.position(['scores', 0, 'min'])).toEqual({ line: 4, column: 5 });
    expect(document.position(['scores', 1])).toEqual({ line: 5, column: 5 });
    expect(document.position(['scores', 1, 'min'])).toEqual({ line: 5, column: 5 });
    expect(document.position(['scores', 7, 'min'])).toEqual({ line: 2, column: 1 });
    expect(document.position([])).toEqual({ line: 1, column: 1 });
  });

  it('follows an alias to the anchored map', () => {
    const document = readYaml('alias.yaml', 'a: &x\n  min: 0\nb: *x\n');
    expect(document.value).toEqual({ a: { min: 0 }, b: { min: 0 } });
    expect(document.position(['b', 'min'])).toEqual({ line: 2, column: 3 });
  });

  it('gives back any JSON value that was written as YAML', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const document = readYaml('any.yaml', stringify(value));
        expect(document.findings).toEqual([]);
        expect(JSON.stringify(document.value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:-[]{}&*!|>#"\' \n\t,?') }), (text) => {
        const document = readYaml('any.yaml', text);
        expect(document.position(['a', 0]).line).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

const schema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  min: z.number(),
  direction: z.enum(['up', 'down']),
  scores: z.array(z.strictObject({ id: z.string(), weight: z.union([z.number(), z.literal('table')]) })).min(1),
});

describe('validate', () => {
  it('gives the value when nothing is wrong', () => {
    const text = 'id: pdi\nmin: 0\ndirection: up\nscores:\n  - { id: a, weight: table }\n';
    expect(validate(schema, readYaml('ok.yaml', text))).toEqual({
      value: { id: 'pdi', min: 0, direction: 'up', scores: [{ id: 'a', weight: 'table' }] },
      findings: [],
    });
  });

  it('gives every finding at once, each at the line of its key', () => {
    const text =
      'id: PDI\nmin: "0"\ndirection: sideways\nextra: 1\nscores:\n  - id: a\n    weight: none\n    also: 2\n  - weight: 1\n';
    const { value, findings } = validate(schema, readYaml('bad.yaml', text));
    expect(value).toBeUndefined();
    expect(findings.map((finding) => formatFinding(finding)).sort()).toEqual([
      'bad.yaml:1:1 id: found "PDI"; expected the form /^[a-z-]+$/',
      'bad.yaml:2:1 min: found "0"; expected a number, without quotes',
      'bad.yaml:3:1 direction: found "sideways"; expected up | down',
      'bad.yaml:4:1 extra: found an unknown key; expected one of id, min, direction, scores',
      'bad.yaml:7:5 scores[0].weight: found "none"; expected a number, without quotes or table',
      'bad.yaml:8:5 scores[0].also: found an unknown key; expected one of id, weight',
      'bad.yaml:9:5 scores[1].id: found nothing; expected a text, in quotes',
    ]);
  });

  it('names the kinds of a union that is told apart by one key', () => {
    const kinds = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('sum') }),
      z.strictObject({ kind: z.literal('mean') }),
    ]);
    const { findings } = validate(kinds, readYaml('k.yaml', 'kind: median\n'));
    expect(findings).toMatchObject([{ key: 'kind', found: '"median"', expected: 'sum | mean' }]);
  });

  it('reports the closest branch of a union of maps', () => {
    const either = z.union([
      z.strictObject({ kind: z.literal('sum'), over: z.array(z.string()) }),
      z.strictObject({ kind: z.literal('table'), rows: z.record(z.string(), z.number()), shift: z.number() }),
    ]);
    const { findings } = validate(either, readYaml('u.yaml', 'kind: sum\nover: [1]\n'));
    expect(findings.map((finding) => finding.key)).toEqual(['over[0]']);
  });

  it('does not give a value from a document with duplicate keys, and still reports what the schema says', () => {
    const text = 'id: pdi\nid: psk\nmin: x\ndirection: up\nscores: [{ id: a, weight: 1 }]\n';
    const { value, findings } = validate(schema, readYaml('dup.yaml', text));
    expect(value).toBeUndefined();
    expect(findings.map((finding) => [finding.line, finding.key])).toEqual([
      [2, '(document)'],
      [3, 'min'],
    ]);
  });

  it('reports an empty file as a missing map', () => {
    expect(validate(schema, readYaml('empty.yaml', '')).findings).toMatchObject([
      { line: 1, column: 1, key: '(document)' },
    ]);
  });
});

describe('findingAt and keyName', () => {
  it('names the place of a check of one’s own', () => {
    const document = readYaml('x.yaml', 'a:\n  - b: 1\n');
    expect(findingAt(document, ['a', 0, 'b'], '1', 'a known id')).toEqual({
      file: 'x.yaml',
      line: 2,
      column: 5,
      key: 'a[0].b',
      found: '1',
      expected: 'a known id',
    });
    expect(keyName([])).toBe('(document)');
  });
});
