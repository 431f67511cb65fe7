import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fhirpath from 'fhirpath';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkData } from '../src/check-data.js';
import { lintExpression } from '../src/fhirpath/lint.js';
import { parse, releaseTrees, treesInUse } from '../src/fhirpath/parse.js';
import { CARDS_FOLDER, HOOKS_FOLDER } from '../src/package-root.js';
import { type Prepared, textHash } from '../src/prepared.js';
import { validate } from '../src/yaml/findings.js';
import { readYaml } from '../src/yaml/read-yaml.js';
import { z } from 'zod';

const given: { prepared: Partial<Prepared> } = { prepared: {} };

vi.mock(import('../src/prepared.js'), async (original) => ({ ...(await original()), prepared: () => given.prepared }));

beforeEach(() => releaseTrees());
afterEach(() => {
  given.prepared = {};
  releaseTrees();
});

describe('what the build prepared', () => {
  it('stands in for parsing a text that is the same', () => {
    given.prepared = { documents: { [textHash('a: 1\n')]: { a: 'prepared' } } };
    expect(readYaml('x.yaml', 'a: 1\n')).toMatchObject({ value: { a: 'prepared' }, findings: [] });
    expect(readYaml('x.yaml', 'a: 1 \n')).toMatchObject({ value: { a: 1 } });
  });

  it('leaves a finding at its line', () => {
    const text = '# first\na: 1\nb: 2\n';
    given.prepared = { documents: { [textHash(text)]: { a: 1, b: 2 } } };
    const { findings } = validate(z.strictObject({ a: z.string() }), readYaml('x.yaml', text));
    expect(findings.map(({ line, key }) => [line, key])).toEqual([
      [2, 'a'],
      [3, 'b'],
    ]);
  });

  it('gives the tree of the same expression, unless another fhirpath.js made it', () => {
    const tree = { type: 'StringLiteral', text: "'prepared'", children: [] };
    given.prepared = { fhirpath: '0.0.0', trees: { '1 + 1': tree } };
    expect(parse('1 + 1').type).toBe('AdditiveExpression');
    releaseTrees();
    given.prepared = { fhirpath: fhirpath.version, trees: { '1 + 1': tree } };
    expect(parse('1 + 1')).toBe(tree);
    expect(parse('1 + 2').type).toBe('AdditiveExpression');
  });

  it('knows no name that every object has', () => {
    given.prepared = { fhirpath: fhirpath.version, documents: {}, trees: {} };
    expect(parse('constructor')).toMatchObject({ type: 'MemberInvocation' });
    expect(lintExpression('1 +', { variables: [], valueSets: [] })).toHaveLength(1);
  });

  it('is the same as reading anew, for all data files', () => {
    const fresh = checkData(HOOKS_FOLDER, CARDS_FOLDER);
    const { fhirpath: version, trees } = treesInUse();
    const documents = Object.fromEntries(
      [HOOKS_FOLDER, CARDS_FOLDER]
        .flatMap((folder) =>
          readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
        )
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => readFileSync(file, 'utf8'))
        .map((text) => [textHash(text), readYaml('', text).value]),
    );
    given.prepared = JSON.parse(
      JSON.stringify({ fhirpath: version, documents, trees: Object.fromEntries(trees) }),
    ) as Prepared;
    releaseTrees();
    const again = checkData(HOOKS_FOLDER, CARDS_FOLDER);
    expect(trees.size).toBeGreaterThan(400);
    expect(fresh.findings).toEqual([]);
    expect(again.findings).toEqual([]);
    expect(shapes(again)).toEqual(shapes(fresh));
  });
});

/** What two loads can be compared by: their data and hashes, not their functions. */
function shapes({ value }: ReturnType<typeof checkData>): unknown {
  return {
    protocols: [...value!.knowledge.protocols].map(([name, { protocol, versions, instruments }]) => ({
      name,
      file: protocol.file,
      hash: protocol.hash,
      facts: protocol.versions.map(({ facts }) => [...facts]),
      criteria: protocol.versions.map(({ criteria }) => criteria),
      compiled: versions.length,
      instruments,
    })),
    services: value!.knowledge.services.map(({ questions: _, ...service }) => service),
    cards: value!.cards.hash,
  };
}
