import { describe, expect, it } from 'vitest';
import { membershipOf } from '../../src/protocol/value-sets.js';

const SYSTEM = 'http://hl7.org/fhir/sid/icd-10-nl';
const memberOf = membershipOf(
  new Map([
    [
      'back',
      {
        description: 'Synthetic',
        source: 'none',
        systems: [
          {
            system: SYSTEM,
            aliases: ['urn:oid:1.2'],
            except: ['M54.8'],
            members: [{ prefix: 'M54' }, { prefix: 'R', length: 4 }],
          },
        ],
      },
    ],
  ]) as unknown as Parameters<typeof membershipOf>[0],
);

describe('membership of a value set', () => {
  it.each<[string | undefined, string | undefined, boolean]>([
    [SYSTEM, 'M54.5', true],
    ['urn:oid:1.2', 'M54.5', true],
    [SYSTEM, 'M54.8', false],
    [SYSTEM, 'R074', true],
    [SYSTEM, 'R07', false],
    [SYSTEM, 'R07.4', false],
    ['http://snomed.info/sct', 'M54.5', false],
    [undefined, 'M54.5', false],
    [SYSTEM, undefined, false],
  ])('%s|%s: %s', (system, code, expected) => {
    expect(memberOf('back')(system, code)).toBe(expected);
  });

  it('is of no code in a set that there is none of', () => {
    expect(memberOf('absent')(SYSTEM, 'M54.5')).toBe(false);
  });

  it('answers for a code that is longer than any as for others', () => {
    for (const code of [`M54${'1'.repeat(500)}`, `M54.8${'1'.repeat(500)}`, 'x'.repeat(500)])
      expect([memberOf('back')(SYSTEM, code), memberOf('back')(SYSTEM, code)]).toEqual(
        Array.from({ length: 2 }, () => code.startsWith('M541')),
      );
  });
});
