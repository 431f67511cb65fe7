import fc from 'fast-check';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { mayNamePrototypes } from '../../src/http/json-body.js';

const parseSecurely = fastify().getDefaultJsonParser('error', 'error');

/** What the framework's own parser says of a text. */
function refused(text: string): boolean {
  let failed = false;
  void parseSecurely(undefined as never, text, (error) => {
    failed = error !== null;
  });
  return failed;
}

/** A JSON string of this text in which some characters are written as escapes, in either case. */
function written(text: string, escapes: readonly boolean[], capitals: boolean): string {
  const characters = [...text].map((character, at) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return escapes[at % Math.max(1, escapes.length)] === true
      ? `\\u${capitals ? code.toUpperCase() : code}`
      : JSON.stringify(character).slice(1, -1);
  });
  return `"${characters.join('')}"`;
}

const key = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'prototype', '__proto', 'ctor', 'proto', 'é', '"', '\\'),
      fc.string({ unit: 'binary-ascii', maxLength: 4 }),
    ),
    fc.array(fc.boolean(), { maxLength: 11 }),
    fc.boolean(),
  )
  .map(([text, escapes, capitals]) => written(text, escapes, capitals));

const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom('null', '1', '"x"'),
    key,
    fc.array(tie('json'), { maxLength: 2 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(key, fc.constantFrom('', ' ', '\n'), tie('json')), { maxLength: 3 })
      .map((entries) => `{${entries.map(([name, space, value]) => `${name}${space}:${value}`).join(',')}}`),
  ),
}));

describe('the look for keys that change prototypes', () => {
  it('passes nothing that the parser of the framework refuses', () => {
    let dangerous = 0;
    fc.assert(
      fc.property(json, (text) => {
        if (!refused(text)) return;
        dangerous += 1;
        expect(mayNamePrototypes(text)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(dangerous).toBeGreaterThan(500);
  });

  it.each(['{"resourceType":"Patient"}', '{"text":"\\u003cdiv\\u003e \\u00e9"}', '{"actor":{},"contractor":1}'])(
    'passes %s',
    (text) => {
      expect(mayNamePrototypes(text)).toBe(false);
    },
  );
});
