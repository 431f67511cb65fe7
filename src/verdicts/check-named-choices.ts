import { parse } from '../fhirpath/parse.js';
import { textsComparedWith } from '../fhirpath/texts-compared.js';
import type { Provenance } from '../protocol/load-protocol.js';
import type { Protocol } from '../protocol/protocol.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { CompiledVersion } from './compile-version.js';

/**
 * Choices of a parameter that no rule names: each is a text that some expression compares the parameter with, or a reading of a
 * criterion of which it tells the one in force. One may be left, which stands for whatever is not named; of two nobody
 * would know what they mean.
 */
export function checkNamedChoices(
  protocol: Protocol,
  { expressions, version }: CompiledVersion,
  { parameters: files }: Provenance,
): readonly Finding[] {
  const compared = expressions.map(({ source }) => textsComparedWith(parse(source)));
  return protocol.parameters.flatMap(({ name, unit, choices }) => {
    // Codes are those of the record, and are not told apart by name.
    if (choices === undefined || unit === 'code') return [];
    const deciding = version.criteria.filter(({ readingInForce }) => readingInForce === `%${name}`);
    const named = new Set([
      ...compared.flatMap((texts) => [...(texts.get(name) ?? [])]),
      ...deciding.flatMap(({ readings }) => Object.keys(readings ?? {})),
    ]);
    const unnamed = choices.filter((choice) => !named.has(choice));
    if (unnamed.length <= 1) return [];
    const expected = 'choices that an expression or a reading names, and at most one for what is left';
    return [findingAt(files.get(name)!, ['choices'], `${unnamed.join(' and ')}, which no rule names`, expected)];
  });
}
