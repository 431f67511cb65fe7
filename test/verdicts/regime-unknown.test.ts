import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { bundleOf } from '../records/sandbox-bundle.js';
import { assessBundle } from './assess-bundle.js';
import { withParameters } from './with-parameters.js';

const knowledge = loadKnowledge('hooks').value!;

interface Item {
  readonly linkId: string;
}
interface Entry {
  readonly resource: { readonly resourceType: string; readonly item?: readonly Item[] };
}

const DATES = new Set(['treatment-start', 'indicated-on']);
const TREATMENT = { system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-order', code: 'imsr-treatment' };

/** The last day of the transition rule, where only Procedures tell when treatment began. */
function assessedWith(performed: readonly unknown[], asOf = '2026-10-31') {
  const bundle = bundleOf('transition-last-day') as unknown as { entry: Entry[] };
  const entry: unknown[] = bundle.entry.map(({ resource }) => ({
    resource:
      resource.item === undefined
        ? resource
        : { ...resource, item: resource.item.filter(({ linkId }) => !DATES.has(linkId)) },
  }));
  for (const [at, performedDateTime] of performed.entries()) {
    const resource = {
      resourceType: 'Procedure',
      id: `imsr-${at}`,
      status: 'completed',
      code: { coding: [TREATMENT] },
      subject: { reference: 'Patient/transition-last-day' },
      performedDateTime,
    };
    entry.push({ resource });
  }
  return assessBundle(knowledge, { ...bundle, entry }, asOf);
}

describe('a regime that cannot be worked out', () => {
  it('is not taken for another: treatment may have begun before publication', () => {
    const { assessment, failures } = assessedWith(['2026-04-01', ['2026-04-02', '2026-04-03']]);
    expect(assessment.criteria.find(({ id }) => id === 'stepped-care')).toMatchObject({ status: 'not-met' });
    expect(assessment).toMatchObject({ regime: 'uncertain', outcome: 'review' });
    expect(failures.map(({ name }) => name)).toContain('regime');
    expect(JSON.stringify(failures)).not.toContain('2026-04-02');
  });

  it('brings nothing once the transition rule has ended', () => {
    const { assessment } = assessedWith(['2026-04-01', ['2026-04-02', '2026-04-03']], '2026-11-01');
    expect(assessment).toMatchObject({ regime: 'uncertain', outcome: 'not-met' });
  });

  it('is told as ever where every date can be read', () => {
    const before = assessedWith(['2026-04-01', '2026-04-02']);
    expect(before.assessment).toMatchObject({ regime: 'started-before-publication', outcome: 'transition' });
    const after = assessedWith(['2026-04-20', '2026-04-21']);
    expect(after.assessment).toMatchObject({ regime: 'protocol', outcome: 'not-met' });
    expect([...before.failures, ...after.failures]).toEqual([]);
  });
});

describe('a transition rule that cannot be worked out', () => {
  it.each([
    ['transition-last-day', '2026-10-31', 'started-before-publication', 'review'],
    ['four-sessions', '2026-12-01', 'protocol', 'review'],
    ['all-met', '2026-12-01', 'protocol', 'met'],
  ])('lays what it may cover before a person: %s', (patient, asOf, regime, outcome) => {
    const without = withParameters(knowledge, (all) => all.filter(({ name }) => name !== 'transitionEnds'));
    const { assessment, failures } = assessBundle(without, bundleOf(patient), asOf);
    expect(assessment).toMatchObject({ regime, outcome });
    expect(failures.filter(({ name }) => name === 'transition').length).toBeGreaterThan(0);
  });
});
