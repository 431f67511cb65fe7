import { describe, expect, it } from 'vitest';
import { answersOf } from '../../src/cards/answers-of.js';
import type { Assessed } from '../../src/assess.js';
import { assessBundle as assessOne } from '../verdicts/assess-bundle.js';
import { encodeVignette, someEncodings, vignettes } from '../records/encode-vignette.js';
import { countingMaker, knowledge, library, subjectOf, withResource } from './kit.js';
import { bundleOf, type Json, type PatientBundle } from '../records/sandbox-bundle.js';

const maker = countingMaker();
const INTAKE = 'https://imsr-cds.example/fhir/Questionnaire/imsr-intake-form';
const { protocol } = knowledge.protocols.get('imsr')!;
const version = protocol.versions[0]!;

/** Data without which a criterion cannot be met: each of its parts, or the one that all its answers turn on. */
const NEEDED = new Map(
  version.criteria.map((criterion) => {
    const { missing } = answersOf(criterion, version.ladders, Object.keys(library.terms.gaps));
    const parts = Object.keys(criterion.parts ?? {});
    return [criterion.id, parts.length > 0 ? parts : missing.size === 1 ? [...missing] : []] as const;
  }),
);

/** What the report says is not recorded while a criterion was met by it. */
function contradictions(assessed: Assessed): readonly string[] {
  const gaps = new Set(
    maker
      .report(assessed)
      .fields.flatMap(({ items, scores }) =>
        [...items, ...scores].flatMap(({ id, gap }) => (gap === undefined ? [] : [id])),
      ),
  );
  return assessed.assessment.criteria.flatMap(({ id, status }) =>
    status === 'met' ? (NEEDED.get(id) ?? []).filter((datum) => gaps.has(datum)).map((datum) => `${id}: ${datum}`) : [],
  );
}

/** A patient with other answers on the intake form; a question without answers is gone. */
function answering(bundle: PatientBundle, answers: Readonly<Record<string, readonly object[]>>): PatientBundle {
  const entry = bundle.entry.map(({ resource }) => {
    if (resource['questionnaire'] !== INTAKE) return { resource };
    const kept = (resource['item'] as { linkId: string }[]).filter(({ linkId }) => !(linkId in answers));
    const given = Object.entries(answers).flatMap(([linkId, answer]) =>
      answer.length === 0 ? [] : [{ linkId, answer }],
    );
    return { resource: { ...resource, item: [...kept, ...given] } };
  });
  return { ...bundle, entry };
}

function withoutAnswerOnAnyForm(bundle: PatientBundle, question: string): PatientBundle {
  const entry = bundle.entry.map(({ resource }) => {
    if (resource.resourceType !== 'QuestionnaireResponse') return { resource };
    return {
      resource: {
        ...resource,
        item: (resource['item'] as { linkId: string }[]).filter(({ linkId }) => linkId !== question),
      },
    };
  });
  return { ...bundle, entry };
}

const met = bundleOf('all-met');
const level: Json & { resourceType: string; id: string } = {
  resourceType: 'Observation',
  id: 'level',
  status: 'final',
  subject: subjectOf(met),
  effectiveDateTime: '2026-11-20',
  code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-score', code: 'wpn-level' }] },
  valueInteger: 3,
};

describe('the report never calls missing what a criterion was met by', () => {
  it('knows data of both', () => {
    const told = new Set([...NEEDED.values()].flat());
    for (const datum of ['wpn-level', 'first-line-result', 'core-problem', 'pdi-or-psk', 'role-family'])
      expect(told).toContain(datum);
  });

  it.each([
    [
      'a level as an observation',
      withResource(answering(met, { 'wpn-level': [] }), level),
      'wpn-level',
      'wpn-level',
      3,
    ],
    [
      'a result for each series',
      withoutAnswerOnAnyForm(met, 'first-line-result'),
      'first-line-ineffective',
      'first-line-result',
      'insufficient',
    ],
    [
      'a core problem in words',
      answering(met, { 'core-problem': [], 'core-problem-text': [{ valueString: 'Angst voor beweging' }] }),
      'core-problem-described',
      'core-problem',
      'Angst voor beweging',
    ],
  ])('%s', (_, bundle, criterion, item, value) => {
    const assessed = assessOne(knowledge, bundle, '2026-12-01');
    expect(assessed.assessment.criteria.find(({ id }) => id === criterion)!.status).toBe('met');
    const items = maker.report(assessed).fields.flatMap((field) => field.items);
    expect(items.find(({ id }) => id === item)).toMatchObject({ found: [{ value }] });
    expect(contradictions(assessed)).toEqual([]);
  });

  it('a level that cannot be read is there all the same', () => {
    const assessed = assessOne(
      knowledge,
      withResource(answering(met, { 'wpn-level': [] }), { ...level, valueInteger: undefined, valueString: 'drie' }),
      '2026-12-01',
    );
    const items = maker.report(assessed).fields.flatMap((field) => field.items);
    expect(items.find(({ id }) => id === 'wpn-level')).toMatchObject({ found: [], gap: { reason: 'unreadable' } });
  });

  it.each(vignettes.map((vignette) => [vignette.id, vignette] as const))(
    '%s, in whatever form it is recorded',
    (_, vignette) => {
      for (const encoding of someEncodings)
        expect(contradictions(assessOne(knowledge, encodeVignette(vignette, encoding), vignette.asOf))).toEqual([]);
    },
  );
});
