import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { arbitraryEntry } from '../records/arbitraries.js';
import { encodeVignette, encodingName, someEncodings, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

/** Every rule of the protocol, in its own scope, on the fast engine and on fhirpath.js. */
const compiled = loadKnowledge('hooks').value!;
const reference = loadKnowledge('hooks', { engine: compileReference }).value!;

function expectAgreement(bundle: object, asOf: string): void {
  const fast = assessBundle(compiled, bundle, asOf);
  const plain = assessBundle(reference, bundle, asOf);
  expect({ assessment: fast.assessment, failures: fast.failures }).toEqual({
    assessment: plain.assessment,
    failures: plain.failures,
  });
}

describe('the compiled rules answer what fhirpath.js answers', () => {
  it.each(someEncodings.map((encoding) => [encodingName(encoding), encoding] as const))(
    'for every vignette as %s',
    (_, encoding) => {
      for (const vignette of vignettes) expectAgreement(encodeVignette(vignette, encoding), vignette.asOf);
    },
  );

  it('for records of which a newer form and a newer measurement cannot be read', () => {
    for (const vignette of vignettes) {
      const bundle = encodeVignette(vignette, someEncodings[0]);
      const unread = (bundle.entry ?? [])
        .filter(({ resource }) => /^(QuestionnaireResponse|Observation)$/.test(resource!.resourceType))
        .map(({ resource }) => ({
          resource: { ...resource, id: `${resource!.id}-2`, modifierExtension: [{ url: 'u' }] },
        }));
      expectAgreement({ ...bundle, entry: [...(bundle.entry ?? []), ...unread] }, vignette.asOf);
    }
  });

  it('for records with anything added to them', () => {
    const [encoding] = someEncodings;
    fc.assert(
      fc.property(
        fc.constantFrom(...vignettes),
        fc.array(arbitraryEntry, { maxLength: 8 }),
        ({ ...vignette }, added) => {
          const bundle = encodeVignette(vignette, encoding);
          const safe = added.filter((entry) => !JSON.stringify(entry ?? null).includes('"Patient"'));
          expectAgreement({ ...bundle, entry: [...(bundle.entry ?? []), ...safe] }, vignette.asOf);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the rules on the fast engine', () => {
  it('are functions, and hand nothing over on sound records', () => {
    const handedOver = new Set<string>();
    const told = loadKnowledge('hooks', {
      engine: (source, options) => compileExpression(source, options, (expression) => handedOver.add(expression)),
    }).value!;
    const { expressions } = told.protocols.get('imsr')!.versions[0]!;
    // One that is none is several times slower, and so is all that hangs on it.
    expect(expressions.filter(({ inline }) => inline === undefined).map(({ source }) => source)).toEqual([]);
    for (const encoding of someEncodings) {
      for (const vignette of vignettes) assessBundle(told, encodeVignette(vignette, encoding), vignette.asOf);
    }
    expect([...handedOver]).toEqual([]);
  });
});
