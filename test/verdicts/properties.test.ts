import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessed } from '../../src/assess.js';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import {
  arbitraryBrokenResource,
  arbitraryBundle,
  arbitraryRecord,
  arbitraryUnrelatedResource,
  minimalResourceOfEveryType,
} from '../records/arbitraries.js';
import { encodeVignette, someEncodings, type Vignette, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

interface Entry {
  readonly fullUrl?: string;
  readonly resource: Resource;
}

const matter = fc.record({ vignette: fc.constantFrom(...vignettes), encoding: fc.constantFrom(...someEncodings) });

function entriesOf(vignette: Vignette, encoding: (typeof someEncodings)[number]): readonly Entry[] {
  return (encodeVignette(vignette, encoding).entry ?? []) as unknown as readonly Entry[];
}

function assess(entries: readonly unknown[], vignette: Vignette): Assessed {
  return assessBundle(knowledge, { resourceType: 'Bundle', type: 'collection', entry: entries }, vignette.asOf);
}

function notMet({ assessment }: Assessed): ReadonlySet<string> {
  return new Set(assessment.criteria.filter(({ status }) => status === 'not-met').map(({ id }) => id));
}

const isDraft = ({ resource }: Entry): boolean =>
  resource.resourceType === 'ServiceRequest' && resource['status'] === 'draft';

/** Fewer sessions recorded is something the protocol does say no to. */
const COUNTED = new Set([
  'first-line-physical',
  'first-line-psychological',
  'first-line-psychosomatic',
  'stepped-care',
]);
const COUNTED_TYPES = new Set(['Procedure', 'Encounter', 'QuestionnaireResponse', 'ServiceRequest']);
/** Without the referral another day counts, and without a form what it declared is no longer supplied: to be added, never a refusal. */
const FROM_REFERRER = new Set(['ServiceRequest', 'QuestionnaireResponse']);

describe('verdicts hold whatever else is in the record', () => {
  it('removing a resource never turns a criterion into not met, except what counts sessions', () => {
    fc.assert(
      fc.property(matter, fc.nat(), ({ vignette, encoding }, pick) => {
        const entries = entriesOf(vignette, encoding);
        const removable = entries.filter((entry) => !isDraft(entry));
        const removed = removable[pick % removable.length]!;
        const before = notMet(assess(entries, vignette));
        const after = notMet(
          assess(
            entries.filter((entry) => entry !== removed),
            vignette,
          ),
        );
        const type = removed.resource.resourceType;
        const counted = COUNTED_TYPES.has(type);
        const added = [...after].filter(
          (id) =>
            !before.has(id) &&
            !(counted && COUNTED.has(id)) &&
            !(FROM_REFERRER.has(type) && id === 'referrer-information'),
        );
        expect({ removed: type, added }).toEqual({ removed: type, added: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('a record that is cut short gives no not-met that rests on what may be missing', () => {
    fc.assert(
      fc.property(matter, ({ vignette, encoding }) => {
        const entries = [...entriesOf(vignette, encoding), null];
        const found = assess(entries, vignette).assessment.criteria.filter(({ status }) => status === 'not-met');
        expect(found.filter(({ id }) => id !== 'stepped-care')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('the order of entries never matters', () => {
    const shuffled = matter.chain(({ vignette, encoding }) => {
      const entries = entriesOf(vignette, encoding);
      const order = fc.shuffledSubarray([...entries.keys()], { minLength: entries.length });
      return fc.record({ vignette: fc.constant(vignette), entries: fc.constant(entries), order });
    });
    fc.assert(
      fc.property(shuffled, ({ vignette, entries, order }) => {
        const other = order.map((index) => entries[index]!);
        expect(assess(other, vignette).assessment).toEqual(assess(entries, vignette).assessment);
      }),
      { numRuns: 100 },
    );
  });

  it('nor does that of two forms of one day without ids, of which one leaves an answer out', () => {
    const twice = matter.chain(({ vignette, encoding }) => {
      const entries = entriesOf(vignette, encoding);
      const forms = entries.flatMap((entry) => {
        const { resourceType, item } = (entry?.resource ?? {}) as { resourceType?: string; item?: readonly unknown[] };
        return resourceType === 'QuestionnaireResponse' && Array.isArray(item) ? [{ entry: entry!, item }] : [];
      });
      const form = fc.constantFrom(...forms);
      return fc.record({ vignette: fc.constant(vignette), entries: fc.constant(entries), form, left: fc.nat(40) });
    });
    fc.assert(
      fc.property(twice, ({ vignette, entries, form, left }) => {
        const { id: _none, ...whole } = form.entry.resource as unknown as { id?: string; item: unknown[] };
        const shorter = { ...whole, item: form.item.filter((_, at) => at !== left % form.item.length) };
        const others = entries.filter((entry) => entry !== form.entry);
        const both = [{ resource: whole }, { resource: shorter }] as unknown as typeof entries;
        const one = assess([...others, ...both], vignette).assessment;
        expect(assess([...others, ...[...both].reverse()], vignette).assessment).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });

  it('adding an unrelated resource changes nothing', () => {
    fc.assert(
      fc.property(matter, arbitraryUnrelatedResource, ({ vignette, encoding }, extra) => {
        const entries = entriesOf(vignette, encoding);
        const added = [...entries, { resource: { ...extra, id: `extra-${String(extra.id ?? 'x')}` } }];
        expect(assess(added, vignette).assessment).toEqual(assess(entries, vignette).assessment);
      }),
      { numRuns: 200 },
    );
  });

  it.each(
    minimalResourceOfEveryType(vignettes[0]!.id.toLowerCase()).map(
      (resource) => [resource.resourceType, resource] as const,
    ),
  )('a %s with every element filled makes nothing not met', (type, resource) => {
    const vignette = vignettes[0]!;
    const extra = { resource: { ...resource, id: 'extra' } };
    const entries = [...entriesOf(vignette, someEncodings[0]!), ...(type === 'Patient' ? [] : [extra])];
    const assessed = assess(entries, vignette);
    expect(assessed.failures).toEqual([]);
    const before = notMet(assess(entriesOf(vignette, someEncodings[0]!), vignette));
    expect([...notMet(assessed)].filter((id) => !before.has(id))).toEqual([]);
  });
});

describe('no record makes an assessment fail', () => {
  const draft = entriesOf(vignettes[0]!, someEncodings[0]!).find(isDraft)!;

  it('sound resources in any mixture', () => {
    fc.assert(
      fc.property(arbitraryRecord, (resources) => {
        const entries = [draft, ...resources.map((resource) => ({ resource }))];
        const { assessment, failures } = assess(entries, vignettes[0]!);
        expect(failures).toEqual([]);
        expect(assessment.criteria).toHaveLength(
          knowledge.protocols.get('imsr')!.versions[0]!.phases.get('indication')!.criteria.length,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('broken resources beside a sound record: nothing throws', () => {
    fc.assert(
      fc.property(matter, fc.array(arbitraryBrokenResource, { maxLength: 6 }), ({ vignette, encoding }, broken) => {
        const notPatients = broken.filter(({ resourceType }) => resourceType !== 'Patient');
        const entries = [...entriesOf(vignette, encoding), ...notPatients.map((resource) => ({ resource }))];
        expect(() => assess(entries, vignette)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('bundles with anything in them: nothing throws', () => {
    const namedByNothing = { resourceType: 'Patient', id: { toString: false } };
    fc.assert(
      fc.property(arbitraryBundle, (bundle) => {
        const entries = [draft, ...((bundle['entry'] as unknown[] | undefined) ?? [])];
        expect(() => assess(entries, vignettes[0]!)).not.toThrow();
      }),
      { numRuns: 200, examples: [[{ resourceType: 'Bundle', entry: [{ resource: namedByNothing }] }]] },
    );
  });
});

describe('a later version', () => {
  it('never changes a verdict dated before it', () => {
    const protocol = knowledge.protocols.get('imsr')!;
    const [version] = protocol.versions;
    const later = {
      ...version!,
      version: { ...version!.version, file: { ...version!.version.file, version: 'later', validFrom: '2026-12-02' } },
      phases: new Map([['indication', { criteria: [], partsFirst: [], facts: [] }]]),
    };
    const extended = {
      ...knowledge,
      protocols: new Map([
        [
          'imsr',
          {
            ...protocol,
            protocol: { ...protocol.protocol, versions: [version!.version, later.version] },
            versions: [version!, later],
          },
        ],
      ]),
    };
    for (const vignette of vignettes) {
      const bundle = encodeVignette(vignette);
      expect(assessBundle(extended, bundle, vignette.asOf).assessment).toEqual(
        assessBundle(knowledge, bundle, vignette.asOf).assessment,
      );
    }
    expect(assessBundle(extended, encodeVignette(vignettes[0]!), '2026-12-02').assessment.protocol.version).toBe(
      'later',
    );
  });
});
