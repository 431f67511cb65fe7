import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerText, ASSESSMENT_EXTENSION } from '../../src/schemas/answer-text.js';
import type { Assessment } from '../../src/schemas/verdict.js';
import { cardsFor, sandboxExample } from '../cards/examples.js';
import { patients } from '../records/sandbox-bundle.js';
import { withoutEmpties } from './without-empties.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', '\\', '\u0000', '\ud800', '–'),
);
// Figures and readings are named by the protocol; the reference cannot hold this one name as a key.
const key = text.filter((name) => name !== '__proto__');
const status = fc.constantFrom('met', 'not-met', 'unknown', 'review', 'not-applicable');
const value = fc.oneof(text, fc.integer(), fc.double(), fc.boolean());
const evidence = fc.record(
  { reference: fc.string({ minLength: 1 }), path: fc.string({ minLength: 1 }), value },
  {
    requiredKeys: ['reference', 'path'],
  },
);
const verdict = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    status,
    effect: fc.constant('blocking'),
    reason: fc.string({ minLength: 1 }),
    readings: fc.dictionary(key, status),
    evidence: fc.array(evidence),
    missing: fc.array(text),
    notes: fc.array(text),
    figures: fc.dictionary(key, value),
    source: fc.record({ document: fc.string({ minLength: 1 }), section: text }),
  },
  { requiredKeys: ['id', 'status', 'effect', 'reason', 'evidence', 'missing', 'notes', 'figures', 'source'] },
);
const score = fc.record(
  { instrument: text, value: fc.double(), min: fc.integer(), max: fc.integer(), date: text, reference: text },
  { requiredKeys: ['instrument', 'value', 'min', 'max', 'reference'] },
);
const assessment = fc.record({
  schema: fc.constant(1),
  service: text,
  phase: text,
  protocol: fc.record({ id: text, version: text }, { requiredKeys: ['id'] }),
  subject: text,
  order: text,
  asOf: text,
  referredOn: text,
  regime: text,
  outcome: fc.constant('met'),
  criteria: fc.array(verdict),
  scores: fc.array(score),
}) as unknown as fc.Arbitrary<Assessment>;

/** What JSON.stringify gives, with every sign beyond ASCII escaped. */
function plainText(value: unknown): string {
  let text = '';
  for (const sign of JSON.stringify(value).split('')) {
    const code = sign.charCodeAt(0);
    text += code < 0x7f ? sign : `\\u${`000${code.toString(16)}`.slice(-4)}`;
  }
  return text;
}

const CARD = { uuid: '1', summary: 'a card', indicator: 'info', source: { label: 'here' } } as const;

describe('the text of an answer', () => {
  it('is what JSON.stringify gives for any assessment, in ASCII', () => {
    fc.assert(
      fc.property(fc.array(assessment, { minLength: 1, maxLength: 3 }), (assessments) => {
        const plain = { cards: [], extension: { [ASSESSMENT_EXTENSION]: withoutEmpties(assessments) } };
        expect(answerText({ cards: [], assessments })).toBe(plainText(plain));
      }),
      { numRuns: 500 },
    );
  });

  it.each(patients.map(({ id }) => id))('is the same text for %s', (id) => {
    const example = sandboxExample(id);
    const cards = cardsFor(example, 'nl').map(({ card }) => card);
    const assessments = [example.assessment];
    const plain = { cards, extension: { [ASSESSMENT_EXTENSION]: withoutEmpties(assessments) } };
    expect(answerText({ cards, assessments })).toBe(plainText(plain));
  });

  it('says in ASCII what a card says', () => {
    const cards = [{ ...CARD, summary: 'één – 😀\u007f' }];
    const text = answerText({ cards });
    expect(text).toContain('"summary":"\\u00e9\\u00e9n \\u2013 \\ud83d\\ude00\\u007f"');
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(text)).toEqual({ cards });
  });

  it('an answer without an assessment is sent as it is', () => {
    const cards = [{ ...CARD, extension: { own: [''] } }];
    expect(answerText({ cards })).toBe(JSON.stringify({ cards }));
  });
});
