import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import { base } from './base-patient.js';

const knowledge = loadKnowledge('hooks').value!;
const SCORE = 'https://imsr-cds.example/fhir/CodeSystem/imsr-score';
const MASKED = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};

type Item = Readonly<Record<string, unknown>> & { readonly linkId: string };
type Form = Resource & { readonly item: readonly Item[] };

const records = (encodeVignette(base).entry ?? []).map(({ resource }) => resource as unknown as Resource);
const intake = records.find(({ id }) => id === 'imsr-intake-form') as Form;

/** What is said of a criterion of the base patient, whose intake form gives way to these resources. */
function said(criterion: string, ...added: readonly unknown[]): string {
  const entry = [...records.filter((resource) => resource !== intake), ...added].map((resource) => ({ resource }));
  const { assessment, failures } = assessBundle(
    knowledge,
    { resourceType: 'Bundle', type: 'collection', entry },
    base.asOf,
  );
  expect(failures).toEqual([]);
  return assessment.criteria.find(({ id }) => id === criterion)!.status;
}

const form = (id: string, authored: string, willing: boolean, more: object = {}): Form => ({
  ...intake,
  id,
  authored,
  item: [
    ...intake.item.filter(({ linkId }) => linkId !== 'patient-willing' && linkId !== 'wpn-level'),
    { linkId: 'patient-willing', answer: [{ valueBoolean: willing }] },
  ],
  ...more,
});
const withItem = (resource: Form, item: unknown): Resource => ({ ...resource, item: [...resource.item, item] });

describe('the newest intake form says no, an older one yes', () => {
  const older = form('older', '2026-11-20', true);
  const newest = form('newest', '2026-11-25', false);

  it('is a no where all can be read', () => {
    expect(said('patient-willing', older, newest)).toBe('not-met');
  });

  it.each<[string, unknown]>([
    ['an item of it is null', withItem(newest, null)],
    ['an item of it is a text', withItem(newest, 'x')],
    ['an item of it does not tell what it answers', withItem(newest, { answer: [{ valueBoolean: true }] })],
    ['an item of it has a modifier extension', withItem(newest, { linkId: 'y', modifierExtension: [{ url: 'u' }] })],
    ['its status is a number', { ...newest, status: 1 }],
    ['its day cannot be read either', withItem({ ...newest, authored: '25-11-2026' }, null)],
    ['it does not tell which form it is', { ...newest, questionnaire: undefined }],
    ['which form it is is masked', { ...newest, questionnaire: undefined, _questionnaire: MASKED }],
    ['neither that nor an item of it can be read', { ...withItem(newest, null), questionnaire: undefined }],
  ])('is open where %s', (_, unread) => {
    expect(said('patient-willing', older, unread)).toBe('unknown');
    expect(said('patient-willing', unread, older)).toBe('unknown');
  });

  it.each<[string, Resource]>([
    ['is older for sure', withItem(form('u', '2026-11-19', false), null)],
    ['lies after the assessment', withItem(form('u', '2026-12-20', false), null)],
    ['was taken back', withItem(form('u', '2026-11-25', false, { status: 'entered-in-error' }), null)],
    ['is another one', withItem(form('u', '2026-11-25', false, { questionnaire: 'https://other.example/Q' }), null)],
    [
      'is of others, does not tell its name, and asks what no form of ours does',
      {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        authored: '2026-11-25',
        item: [{ linkId: 'q1', answer: [{ valueBoolean: false }] }],
      },
    ],
  ])('leaves the older one its word where the one that cannot be read %s', (_, unread) => {
    expect(said('patient-willing', older, unread)).toBe('met');
  });
});

it('a form that cannot be read leaves open when the pain began, as an older one tells it', () => {
  const began = (id: string, authored: string, valueDate: string): Form =>
    withItem(form(id, authored, true), { linkId: 'pain-onset', answer: [{ valueDate }] }) as Form;
  const older = began('older', '2026-11-20', '2020-01-01');
  const newest = began('newest', '2026-11-25', '2026-11-01');
  expect(said('persistent-pain', older)).toBe('met');
  expect(said('persistent-pain', older, withItem(newest, null))).toBe('unknown');
});

describe('of two levels of complexity the newest decides', () => {
  const level = (id: string, effectiveDateTime: string, valueInteger: number, more: object = {}): Resource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: SCORE, code: 'wpn-level' }] },
    subject: { reference: 'Patient/v01' },
    effectiveDateTime,
    valueInteger,
    ...more,
  });
  const asked = form('form', '2026-11-20', true);
  const wpn = (...levels: readonly Resource[]) => said('wpn-level', asked, ...levels);

  it.each<[number, number, string]>([
    [3, 2, 'not-met'],
    [2, 3, 'met'],
  ])('%i and then %i', (first, then, status) => {
    const older = level('a', '2026-11-10', first);
    expect(wpn(older, level('b', '2026-11-24', then))).toBe(status);
    for (const unread of [
      { modifierExtension: [{ url: 'u' }] },
      { code: undefined },
      { code: MASKED },
      { code: {} },
      { code: undefined, _code: MASKED },
      { code: { coding: [{ system: SCORE, _code: MASKED }] } },
    ])
      expect(wpn(older, level('b', '2026-11-24', then, unread))).toBe('unknown');
  });

  it('one that cannot be read and is older for sure takes nothing from it', () => {
    const unread = level('b', '2026-11-24', 2, { code: MASKED });
    expect(wpn(level('a', '2026-11-25', 3), unread)).toBe('met');
    // A no still asks for a record without gaps.
    expect(wpn(level('a', '2026-11-25', 2), unread)).toBe('unknown');
  });

  it('says nothing where two copies of it differ and neither is the newer, whichever comes first', () => {
    const [two, three] = [level('w', '2026-11-24', 2), level('w', '2026-11-24', 3)];
    expect(wpn(two, three)).toBe('unknown');
    expect(wpn(three, two)).toBe('unknown');
    expect(wpn(level('a', '2026-11-10', 3), three, two)).toBe('unknown');
    expect(wpn(level('a', '2026-11-25', 3), three, two)).toBe('met');
  });

  it('is what the newest copy says, also beside one that cannot be read', () => {
    const copy = (versionId: string, valueInteger: number, more: object = {}): Resource =>
      level('w', '2026-11-24', valueInteger, { meta: { versionId }, ...more });
    const modified = { modifierExtension: [{ url: 'u' }] };
    expect(wpn(copy('1', 2, modified), copy('2', 3))).toBe('met');
    expect(wpn(copy('1', 3), copy('2', 2, modified))).toBe('unknown');
  });
});

it('a form in two copies that differ says neither, whichever comes first', () => {
  const [yes, no] = [form('f', '2026-11-25', true), form('f', '2026-11-25', false)];
  const older = form('older', '2026-11-20', true);
  expect(said('patient-willing', yes, no)).toBe('unknown');
  expect(said('patient-willing', no, yes)).toBe('unknown');
  expect(said('patient-willing', older, no, yes)).toBe('unknown');
  expect(said('patient-willing', older, yes, no)).toBe('unknown');
});

it('the complaint in two copies that differ in its begin lasts neither long nor short', () => {
  const pain = records.find(({ id }) => id === 'pain')!;
  const copies = [
    { ...pain, onsetDateTime: '2020-01-01' },
    { ...pain, onsetDateTime: '2026-11-20' },
  ];
  const asked = form('form', '2026-11-20', true);
  const others = records.filter((resource) => resource !== intake && resource !== pain);
  for (const both of [copies, [...copies].reverse()]) {
    const entry = [...others, asked, ...both].map((resource) => ({ resource }));
    const { assessment } = assessBundle(knowledge, { resourceType: 'Bundle', type: 'collection', entry }, base.asOf);
    expect(assessment.criteria.find(({ id }) => id === 'persistent-pain')!.status).toBe('unknown');
  }
});
