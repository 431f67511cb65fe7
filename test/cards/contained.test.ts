import { describe, expect, it } from 'vitest';
import { bundleOf } from '../records/sandbox-bundle.js';
import { assess, cardsFor, type Example } from './examples.js';

/** A reason of the pain that lies in the request which names it, and nowhere else. */
const CONTAINED = {
  resourceType: 'Condition',
  id: 'c',
  subject: { reference: 'Patient/four-sessions' },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '278860009' }] },
  onsetDateTime: '2019-01-01',
};

/** The sandbox patient with four sessions, of whom one request holds its own reason. */
function withReasonIn(status: 'draft' | 'active', contained: readonly object[] = [CONTAINED], id?: string): Example {
  const bundle = bundleOf('four-sessions');
  for (const entry of bundle.entry) {
    const { resource } = entry;
    if (resource.resourceType !== 'ServiceRequest') continue;
    delete resource['reasonReference'];
    entry.resource =
      resource['status'] === status
        ? { ...resource, reasonReference: [{ reference: '#c' }], contained, ...(id === undefined ? {} : { id }) }
        : resource;
  }
  return assess('contained', bundle, 'imsr-indication', '2026-12-01');
}

const evidenceOf = ({ assessment }: Example) => assessment.criteria.flatMap(({ evidence }) => evidence);
const actionsOf = (example: Example, type: string) =>
  cardsFor(example, 'nl').flatMap(({ card }) =>
    (card.suggestions ?? []).flatMap(({ actions }) => (actions ?? []).filter((action) => action.type === type)),
  );
const attachedBy = (example: Example) =>
  (actionsOf(example, 'update')[0]!.resource!['supportingInfo'] as { reference: string }[]).map(
    (each) => each.reference,
  );

describe('evidence that another resource contains', () => {
  it.each([
    ['the order', 'draft', 'ServiceRequest/four-sessions-draft'],
    ['the referral', 'active', 'ServiceRequest/four-sessions-referral'],
  ] as const)('is named as a part of %s', (_, status, container) => {
    const references = evidenceOf(withReasonIn(status)).map(({ reference }) => reference);
    expect(references).toContain(`${container}#c`);
    expect(references).not.toContain('Condition/c');
  });

  it('is attached to the order as its container, and never by itself', () => {
    expect(attachedBy(withReasonIn('active'))).toContain('ServiceRequest/four-sessions-referral');
    for (const status of ['draft', 'active'] as const)
      for (const reference of attachedBy(withReasonIn(status))) expect(reference).not.toMatch(/#|^Condition\/c$/);
  });
});

describe('an order that is withdrawn for its contained reason', () => {
  const createdFor = (contained: readonly object[]) =>
    actionsOf(withReasonIn('draft', contained), 'create')[0]!.resource!;

  it('takes that reason along to the new order, with what it refers to in turn, and nothing else', () => {
    const more = { ...CONTAINED, evidence: [{ detail: [{ reference: '#o' }] }] };
    const observation = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'x' } };
    const created = createdFor([{ resourceType: 'PractitionerRole', id: 'pr' }, observation, more]);
    expect(created['reasonReference']).toEqual([{ reference: '#c' }]);
    expect(created['contained']).toEqual([more, observation]);
  });

  it.each([
    ['that is not there', []],
    ['of which there are two', [CONTAINED, CONTAINED]],
  ])('leaves behind one %s', (_, contained) => {
    const example = withReasonIn('draft', [CONTAINED]);
    const reasonReference = [{ reference: 'Condition/four-sessions-pain' }, { reference: '#c' }];
    const order = { ...example.order, reasonReference, contained };
    const [created] = actionsOf({ ...example, order }, 'create');
    expect(created!.resource!['reasonReference']).toEqual([{ reference: 'Condition/four-sessions-pain' }]);
    expect(created!.resource!['contained']).toBeUndefined();
  });
});
