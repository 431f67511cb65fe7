import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../../src/schemas/card.js';
import type { Resource } from '../../src/schemas/resource.js';
import { LANGUAGES } from '../../src/schemas/service.js';
import { r4Errors } from '../records/r4-validator.js';
import { bundleOf, patients } from '../records/sandbox-bundle.js';
import { assess, cardsFor, type Example, library, sandboxExample } from './examples.js';

function suggestionsFor(example: Example, change = {}): readonly Suggestion[] {
  return cardsFor(example, 'nl', change).flatMap(({ card }) => card.suggestions ?? []);
}

function actionsOf(example: Example, type: string, change = {}) {
  return suggestionsFor(example, change).flatMap(({ actions }) =>
    (actions ?? []).filter((action) => action.type === type),
  );
}

const everywhere = patients.flatMap(({ id, service }) =>
  [service, 'imsr-overview'].map((one) => [`${id} by ${one}`, sandboxExample(id, one)] as const),
);

describe.each(LANGUAGES)('whatever the patient, in %s', (language) => {
  it.each(everywhere)(
    '%s: [rows 97, 98, 102-107] every action is whole, valid R4 and about this patient',
    (_, example) => {
      for (const { card } of cardsFor(example, language)) {
        if (card.suggestions !== undefined) expect(['any', 'at-most-one']).toContain(card.selectionBehavior);
        for (const { label, uuid, actions } of card.suggestions ?? []) {
          expect(label).toMatch(/\S/);
          expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
          expect(actions?.length).toBeGreaterThan(0);
          for (const { type, description, resource, resourceId } of actions ?? []) {
            expect(description).toMatch(/\S/);
            if (type === 'delete') {
              expect(resourceId).toBe(example.assessment.order);
              continue;
            }
            expect(r4Errors(resource)).toEqual([]);
            const about = resource?.['subject'] ?? resource?.['for'];
            expect(about).toEqual({ reference: example.assessment.subject });
            expect(resource?.id).toBe(type === 'update' ? example.order.id : undefined);
          }
        }
      }
    },
  );

  it.each(everywhere)('%s: [row 99] more than one is recommended only where any may be taken', (_, example) => {
    for (const { card } of cardsFor(example, language)) {
      const recommended = (card.suggestions ?? []).filter(({ isRecommended }) => isRecommended);
      if (card.selectionBehavior === 'at-most-one') expect(recommended.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('more than one card about one order', () => {
  it.each([
    ['four-sessions', ['not-met']],
    ['transition-last-day', ['transition']],
  ] as const)('come only where something is missing: %s', (id, kinds) => {
    expect(cardsFor(sandboxExample(id), 'nl').map(({ kind }) => kind)).toEqual(kinds);
  });

  const { asOf } = patients.find(({ id }) => id === 'four-sessions')!;
  const bundle = bundleOf('four-sessions');
  const entry = bundle.entry.filter(({ resource }) => !/hads/i.test(JSON.stringify(resource)));
  const example = assess('without HADS', { ...bundle, entry }, 'imsr-indication', asOf);

  it('offer the same only once', () => {
    expect(cardsFor(example, 'nl').map(({ kind }) => kind)).toEqual(['not-met', 'missing']);
    const labels = suggestionsFor(example).map(({ label }) => label);
    expect(labels).toContain('Voeg deze toets toe aan de opdracht');
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('suggestions that are all recommended in their files', () => {
  const recommending = {
    ...library,
    suggestions: library.suggestions.map(
      (plan) => ({ ...plan, file: { ...plan.file, recommended: true } }) as (typeof library.suggestions)[number],
    ),
  };
  const recommendedOn = (id: string, kind: string): readonly (boolean | undefined)[] =>
    cardsFor(sandboxExample(id), 'nl', { library: recommending })
      .filter((rendered) => rendered.kind === kind)
      .flatMap(({ card }) => (card.suggestions ?? []).map(({ isRecommended }) => isRecommended));

  it('[row 99] are recommended no more than once where only one may be taken', () => {
    expect(recommendedOn('four-sessions', 'not-met')).toEqual([true, undefined]);
  });

  it('are all recommended where any may be taken', () => {
    expect(recommendedOn('hads-missing', 'missing')).toEqual([true, true]);
  });
});

describe('request the missing questionnaires', () => {
  it('asks only for what is missing, with the canonical of the form', () => {
    const tasks = actionsOf(sandboxExample('hads-missing'), 'create').map(({ resource }) => resource!);
    expect(tasks).toEqual([
      {
        resourceType: 'Task',
        status: 'requested',
        intent: 'order',
        code: { coding: [{ system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code: 'complete-questionnaire' }] },
        description: 'Taak voor de patiënt: HADS invullen',
        for: { reference: 'Patient/hads-missing' },
        authoredOn: '2026-12-01',
        reasonReference: { reference: 'ServiceRequest/hads-missing-draft' },
        input: [
          {
            type: { coding: [{ system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code: 'questionnaire' }] },
            valueCanonical: 'https://imsr-cds.example/fhir/Questionnaire/hads',
          },
        ],
      },
    ]);
  });

  it('asks for nothing where nothing is missing', () => {
    expect(actionsOf(sandboxExample('all-met'), 'create')).toEqual([]);
  });

  it('every questionnaire that can be asked for is a form of the protocol', () => {
    const forms = readdirSync('hooks/imsr/questionnaires').map(
      (file) => (JSON.parse(readFileSync(`hooks/imsr/questionnaires/${file}`, 'utf8')) as { url: string }).url,
    );
    for (const { canonical } of Object.values(library.terms.questionnaires)) expect(forms).toContain(canonical);
  });
});

describe('attach the assessment', () => {
  const example = sandboxExample('four-sessions');

  it('tells of parts through the criterion that they are parts of: one that was not needed is no shortcoming', () => {
    const [update] = actionsOf(sandboxExample('all-met'), 'update');
    const [note] = (update!.resource as Resource)['note'] as readonly { readonly text: string }[];
    expect(note!.text).toContain('- voldoet:');
    expect(note!.text).not.toContain('voldoet niet');
  });

  it('[row 105] keeps every element that came in, and adds a note and the evidence', () => {
    const order = {
      ...example.order,
      note: [{ text: 'Eerder' }],
      supportingInfo: [{ reference: 'DocumentReference/letter' }],
      priority: 'routine',
    };
    const [update] = actionsOf({ ...example, order }, 'update');
    const { note, supportingInfo, ...rest } = update!.resource as Resource;
    const { note: _note, supportingInfo: _supportingInfo, ...came } = order;
    expect(rest).toEqual(came);
    expect(note).toEqual([
      { text: 'Eerder' },
      {
        time: '2026-12-01',
        text: expect.stringMatching(/voldoet volgens de gegevens niet\.[^]*Eerste lijn doorlopen/) as string,
      },
    ]);
    const references = (supportingInfo as { reference: string }[]).map(({ reference }) => reference);
    expect(references[0]).toBe('DocumentReference/letter');
    expect(references).toContain('Procedure/four-sessions-fysio-1-1');
    expect(new Set(references).size).toBe(references.length);
    expect(references).not.toContain(example.assessment.order);
    expect(references).not.toContain(example.assessment.subject);
    expect(r4Errors(update!.resource)).toEqual([]);
  });

  it('has nothing to add the second time', () => {
    const [update] = actionsOf(example, 'update');
    expect(actionsOf({ ...example, order: update!.resource! }, 'update')).toEqual([]);
  });

  it('beside evidence that is not among them yet the same note stands once', () => {
    const [update] = actionsOf(example, 'update');
    const { supportingInfo, ...order } = update!.resource as Resource;
    const [again] = actionsOf({ ...example, order }, 'update');
    expect(again!.resource).toEqual({ ...order, supportingInfo });
  });

  it.each([
    ['a draft without an id', ({ id: _id, ...order }: Resource): Resource => order],
    ['a note that is no list', (order: Resource): Resource => ({ ...order, note: 'x' })],
  ])('leaves alone %s', (_, change) => {
    expect(actionsOf({ ...example, order: change(example.order) }, 'update')).toEqual([]);
  });

  it('does not change what came in', () => {
    const before = JSON.stringify(example.order);
    suggestionsFor(example);
    expect(JSON.stringify(example.order)).toBe(before);
  });
});

describe('refer back to the first line', () => {
  it('[row 106] withdraws the draft and says what is still to be done', () => {
    const example = sandboxExample('four-sessions');
    const suggestion = suggestionsFor(example).find(({ actions }) => actions?.some(({ type }) => type === 'delete'))!;
    expect(suggestion.actions?.map(({ type, resourceId }) => [type, resourceId])).toEqual([
      ['delete', 'ServiceRequest/four-sessions-draft'],
      ['create', undefined],
    ]);
    expect(suggestion.actions?.[1]?.resource).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      subject: { reference: 'Patient/four-sessions' },
      reasonReference: example.order['reasonReference'],
      note: [{ text: expect.stringContaining('4 behandelingen fysiotherapie in 9 weken') as string }],
    });
  });

  it.each([
    ['nl', 'Terugverwijzing naar de eerste lijn bij aanhoudende pijn'],
    ['en', 'Referral back to the first line for persistent pain'],
  ] as const)('names the new draft in %s', (language, text) => {
    const cards = cardsFor(sandboxExample('four-sessions'), language);
    const actions = cards.flatMap(({ card }) => (card.suggestions ?? []).flatMap((one) => one.actions ?? []));
    const drafts = actions.flatMap(({ type, resource }) =>
      type === 'create' && resource?.resourceType === 'ServiceRequest' ? [resource] : [],
    );
    expect(drafts.map((draft) => draft['code'])).toEqual([{ text }]);
  });

  it('names the one part that falls short, and none that was not asked for; all of them where it takes more', () => {
    const example = sandboxExample('four-sessions');
    const textOf = (one: Example) => {
      const [note] = actionsOf(one, 'create')[0]!.resource!['note'] as { text: string }[];
      return note!.text;
    };
    expect(textOf(example)).not.toContain('Psychosomatische');
    const criteria = example.assessment.criteria.map((verdict) =>
      verdict.id === 'stepped-care' ? { ...verdict, figures: {} } : verdict,
    );
    const all = textOf({ ...example, assessment: { ...example.assessment, criteria } });
    expect(all).toContain('Fysio-, oefen- of ergotherapie: 4 behandelingen');
    expect(all).toContain('Psychosomatische fysio- of ergotherapie: ');
  });

  it.each(['medication-impedes', 'abdominal-pain', 'transition-last-day', 'all-met'])('is not offered to %s', (id) => {
    expect(actionsOf(sandboxExample(id), 'delete')).toEqual([]);
  });

  it('is not offered for a draft without an id', () => {
    const example = sandboxExample('four-sessions');
    const { id: _id, ...order } = example.order;
    expect(actionsOf({ ...example, order }, 'delete')).toEqual([]);
  });
});

describe('ask the referrer', () => {
  it('names what only the referrer has, and goes to who referred', () => {
    const example = sandboxExample('psychology-unknown');
    const referral = { resourceType: 'ServiceRequest', id: 'r1', requester: { reference: 'PractitionerRole/gp' } };
    const [create] = actionsOf(example, 'create', { referral });
    expect(create?.resource).toMatchObject({
      resourceType: 'CommunicationRequest',
      status: 'draft',
      about: [{ reference: 'ServiceRequest/r1' }, { reference: example.assessment.order }],
      recipient: [{ reference: 'PractitionerRole/gp' }],
      payload: [{ contentString: expect.stringContaining('psycholoog of POH-GGZ: wel of niet gehad') as string }],
    });
    expect(r4Errors(create?.resource)).toEqual([]);
  });

  it('is offered too where the chart is opened', () => {
    const created = actionsOf(sandboxExample('psychology-unknown', 'imsr-overview'), 'create');
    expect(created.map(({ resource }) => resource?.resourceType)).toEqual(['CommunicationRequest']);
  });

  it('asks no one when the referrer is the one who reads the card', () => {
    expect(actionsOf(sandboxExample('referral-incomplete'), 'create')).toEqual([]);
  });
});
