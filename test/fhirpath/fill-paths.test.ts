import { describe, expect, it } from 'vitest';
import { fillPaths } from '../../src/fhirpath/fill-paths.js';

const PATHS = { actors: 'performer.actor', words: 'code.text | code.coding.display' };

describe('a name that stands for a path from the focus', () => {
  it.each([
    ['%actors.reference', '(performer.actor).reference'],
    ['%words | %actors.display', '(code.text | code.coding.display) | (performer.actor).display'],
    ["iif(%actors.exists(), %words, {}).where(%asOf = '%actors')", null],
    ['%actorsOther | %other.actors', '%actorsOther | %other.actors'],
    ['%`actors`.id', '(performer.actor).id'],
    ['%actors.where(\nid = %windowEnd) and\n  %words.exists()', null],
    ["status.intersect(%words).exists() and 'é€😀' != %words", null],
    ['%actors.where(', '%actors.where('],
  ])('%s', (source, expected) => {
    const filled = fillPaths(source, PATHS);
    const byHand = source.replaceAll(/%(actors|words)\b(?!')/g, (_, name: keyof typeof PATHS) => `(${PATHS[name]})`);
    expect(filled.source).toBe(expected ?? byHand);
    expect([...filled.misplaced]).toEqual([]);
  });

  it.each([
    ['%actors.where(%words.exists())', '(performer.actor).where(%words.exists())', ['words']],
    ['status.select(iif(true, %actors, {}))', 'status.select(iif(true, %actors, {}))', ['actors']],
    ['status.iif(%actors.exists(), 1)', 'status.iif(%actors.exists(), 1)', ['actors']],
    ['%words.where($this in %words)', '(code.text | code.coding.display).where($this in %words)', ['words']],
    ['%words.all(status.exists(%actors.exists()))', undefined, ['actors']],
  ])('is left, and told, in a criterion: %s', (source, expected, misplaced) => {
    const filled = fillPaths(source, PATHS);
    if (expected !== undefined) expect(filled.source).toBe(expected);
    expect([...filled.misplaced]).toEqual(misplaced);
  });

  it('is told as used wherever it stands', () => {
    expect([...fillPaths('%words.where(%actors.exists())', PATHS).used].sort()).toEqual(['actors', 'words']);
    expect([...fillPaths('%asOf', PATHS).used]).toEqual([]);
    expect([...fillPaths('%constructor', PATHS).used]).toEqual([]);
  });
});
