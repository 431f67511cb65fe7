import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;
const base = vignettes[0]!;
const SNOMED = 'http://snomed.info/sct';
const ICPC = 'http://hl7.org/fhir/sid/icpc-1-nl';
const AGB = 'urn:oid:2.16.840.1.113883.2.4.6.7';

/** What a session becomes; the number is its place among the twelve of the physiotherapist, then the eight of the psychologist. */
type Change = (session: Resource, number: number) => Resource;

const PHYSIOTHERAPY = 12;

/** The synthetic base patient with other sessions, of which no form speaks: what is said of each criterion. */
function judged(change: Change, added: readonly Resource[] = [], vignette = base): Readonly<Record<string, string>> {
  const entries = (encodeVignette(vignette).entry ?? []) as unknown as readonly { readonly resource: Resource }[];
  let number = 0;
  const resources = entries.map(({ resource }) => {
    if (resource.resourceType === 'QuestionnaireResponse') return withoutTreatments(resource);
    if (resource.resourceType !== 'Procedure') return resource;
    number += 1;
    return change(resource, number);
  });
  const entry = [...resources, ...added].map((resource) => ({ resource }));
  const bundle = { resourceType: 'Bundle', type: 'collection', entry };
  const { assessment, failures } = assessBundle(knowledge, bundle, base.asOf);
  expect(failures).toEqual([]);
  return Object.fromEntries(assessment.criteria.map(({ id, status, reason }) => [id, `${status}: ${reason}`]));
}

function withoutTreatments(form: Resource): Resource {
  const items = (form['item'] ?? []) as readonly { readonly linkId: string }[];
  return { ...form, item: items.filter(({ linkId }) => linkId !== 'treatment') };
}

const UNCLEAR = 'unknown: discipline-or-complaint-unclear';

/** The physiotherapist's sessions with these fields; the psychologist's as they were. */
const physiotherapy =
  (fields: object, from = 1): Change =>
  (session, number) =>
    number >= from && number <= PHYSIOTHERAPY ? { ...session, ...fields } : session;

const condition = (fields: object): Resource => ({
  resourceType: 'Condition',
  id: 'other',
  subject: { reference: 'Patient/v01' },
  ...fields,
});
const coded = (system: string, code: string) => ({ code: { coding: [{ system, code }] } });
const withdrawn = (code: string) => ({ verificationStatus: { coding: [{ code }] } });
const OTHER = { reasonReference: [{ reference: 'Condition/other' }] };

describe('sessions for which another Condition is the reason', () => {
  it.each<[string, Resource, string]>([
    ['another diagnosis in the same code system', condition(coded(SNOMED, '44465007')), 'not-met: other-complaint'],
    ['a disease without pain in another system', condition(coded(ICPC, 'R74')), 'not-met: other-complaint'],
    ['the same pain in another code system', condition(coded(ICPC, 'L03')), UNCLEAR],
    ['words alone', condition({ code: { text: 'lage rugpijn' } }), UNCLEAR],
    ['a coding that is only displayed', condition({ code: { coding: [{ display: 'lage rugpijn' }] } }), UNCLEAR],
    ['one entered in error', condition({ ...coded(SNOMED, '44465007'), ...withdrawn('entered-in-error') }), UNCLEAR],
    ['one refuted', condition({ ...coded(SNOMED, '44465007'), ...withdrawn('refuted') }), UNCLEAR],
  ])('%s', (_, reason, expected) => {
    expect(judged(physiotherapy(OTHER), [reason])['first-line-physical']).toBe(expected);
  });

  it('are unclear when one of their reasons cannot be had', () => {
    const reasonReference = [{ reference: 'Condition/other' }, { reference: 'Condition/absent' }];
    const sprain = condition(coded(SNOMED, '44465007'));
    expect(judged(physiotherapy({ reasonReference }), [sprain])['first-line-physical']).toBe(UNCLEAR);
  });
});

describe('sessions without a status', () => {
  it('are not known to have been', () => {
    expect(judged(physiotherapy({ status: undefined }, 4))['first-line-physical']).toBe(UNCLEAR);
  });

  it('do not count against those that were', () => {
    expect(judged(physiotherapy({ status: undefined }, 12))['first-line-physical']).toBe('met: thresholds-reached');
  });

  it('are no sessions when the status says that they were not', () => {
    expect(judged(physiotherapy({ status: 'not-done' }, 4))['first-line-physical']).toBe('not-met: below-threshold');
  });
});

describe('sessions by a role that is not in the record', () => {
  const absent = { actor: { reference: 'PractitionerRole/absent' } };
  const physician: Resource = {
    resourceType: 'PractitionerRole',
    id: 'physician',
    specialty: [{ coding: [{ system: AGB, code: '0303' }] }],
  };

  it('may be of any discipline, whatever their code names', () => {
    const { 'first-line-physical': physical, 'first-line-psychological': psychological } = judged(
      physiotherapy({ performer: [absent] }),
    );
    expect([physical, psychological]).toEqual([UNCLEAR, 'met: thresholds-reached']);
  });

  it('are not those of the physician beside it', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/physician' } }, absent];
    expect(judged(physiotherapy({ performer }), [physician])['first-line-physical']).toBe(UNCLEAR);
  });

  it('are those of the physiotherapist beside it', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/role-fysio' } }, absent];
    expect(judged(physiotherapy({ performer }))['first-line-physical']).toBe('met: thresholds-reached');
  });

  it('of a physician alone are no first-line sessions', () => {
    const performer = [{ actor: { reference: 'PractitionerRole/physician' } }];
    expect(judged(physiotherapy({ performer }), [physician])['first-line-physical']).toBe('unknown: not-recorded');
  });
});

describe('psychological treatment in a general practice', () => {
  const practice = (code: string): Resource => ({
    resourceType: 'PractitionerRole',
    id: 'practice',
    specialty: [{ coding: [{ system: AGB, code }] }],
  });
  const performer = [{ actor: { reference: 'PractitionerRole/practice' } }];
  const psychology =
    (fields: object): Change =>
    (session, number) =>
      number > PHYSIOTHERAPY ? { ...session, performer, ...fields } : session;
  const THERAPY = { code: { coding: [{ system: SNOMED, code: '228557008' }] } };
  const CONSULTATION = { code: { coding: [{ system: SNOMED, code: '11429006' }] } };

  it.each(['0100', '0101'])("may be the POH-GGZ's (AGB %s)", (code) => {
    const verdicts = judged(psychology(THERAPY), [practice(code)]);
    expect(verdicts['first-line-psychological']).toBe(UNCLEAR);
    expect(verdicts['first-line-physical']).toBe('met: thresholds-reached');
  });

  it.each<[string, object, string]>([
    ['by another physician', THERAPY, '0303'],
    ['that is a consultation', CONSULTATION, '0101'],
  ])('%s is no session of the first line', (_, fields, code) => {
    expect(judged(psychology(fields), [practice(code)])['first-line-psychological']).toBe('unknown: not-recorded');
  });
});

describe('the result of the first line, told by its sessions alone', () => {
  const silent = { ...base, facts: { ...base.facts, 'INC-5.E': 'O' } } as typeof base;
  const result = (value: string) => ({ outcome: { coding: [{ system: SNOMED, code: value }] } });
  const codes = { sufficient: '385669000', insufficient: '385671000' };
  const old = { performedDateTime: '2023-05-01' };

  it.each<[string, Change, string]>([
    ['none', (session) => session, 'unknown: not-recorded'],
    ['sufficient for both', (session) => ({ ...session, ...result(codes.sufficient) }), 'not-met: sufficient-result'],
    ['sufficient for one, untold for the other', physiotherapy(result(codes.sufficient)), 'unknown: not-recorded'],
    [
      'insufficient for one, untold for the other',
      physiotherapy(result(codes.insufficient)),
      'met: insufficient-result',
    ],
    [
      'sufficient once, before the window',
      (session, number) => (number === 1 ? { ...session, ...old, ...result(codes.sufficient) } : session),
      'unknown: not-recorded',
    ],
    [
      'insufficient once, before the window',
      (session, number) => (number === 1 ? { ...session, ...old, ...result(codes.insufficient) } : session),
      'unknown: not-recorded',
    ],
  ])('%s', (_, change, expected) => {
    expect(judged(change, [], silent)['first-line-ineffective']).toBe(expected);
  });
});
