import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { type Change, changedHooks } from './changed-hooks.js';

interface Fault extends Change {
  readonly what: string;
  readonly key: string;
  readonly found: string;
}

const PATIENT = '{{context.patientId}}';

function template(file: string, type: string, to: string, key: string, found: string, what: string): Fault {
  const from = `template: "${type}?patient=${PATIENT}`;
  return { what, file: `services/${file}.yaml`, from, to: `template: "${to}`, key: `prefetch.${key}.template`, found };
}

/** Each in a place of its own, so that all are found at once. */
const FAULTS: readonly Fault[] = [
  template(
    'imsr-referral',
    'Condition',
    'Condition?patient={context.patientId}',
    'conditions',
    'Condition?patient={context.patientId}',
    'a token in single braces',
  ),
  template(
    'imsr-referral',
    'Procedure',
    `Procedure?pateint=${PATIENT}`,
    'procedures',
    'the parameter pateint',
    'the patient under a misspelt parameter',
  ),
  template(
    'imsr-referral',
    'Encounter',
    'Encounter?status=finished',
    'encounters',
    'Encounter?status=finished',
    'a search that is about no patient',
  ),
  template(
    'imsr-referral',
    'QuestionnaireResponse',
    `QuestionnaireResponse?patient=${PATIENT}&statsu=completed`,
    'questionnaireResponses',
    'the parameter statsu',
    'a misspelt parameter',
  ),
  template(
    'imsr-indication',
    'Condition',
    `Condition?patient=${PATIENT}&status=active`,
    'conditions',
    'the parameter status',
    'a parameter that the type does not have',
  ),
  template(
    'imsr-indication',
    'Encounter',
    'Encounter/{{context.encounterId}}',
    'encounters',
    'Encounter/{{context.encounterId}}',
    'one resource that would speak for all of its type',
  ),
  template(
    'imsr-indication',
    'ServiceRequest',
    `ServiceRequest?patient=${PATIENT}&status=`,
    'serviceRequests',
    'the parameter status without a value',
    'a parameter without a value',
  ),
  template(
    'imsr-indication',
    'QuestionnaireResponse',
    'QuestionnaireResponse?patient={{context.userId}}',
    'questionnaireResponses',
    'QuestionnaireResponse?patient={{context.userId}}',
    'another token where the patient must stand',
  ),
  {
    what: 'a type that R4 does not have',
    file: 'services/imsr-overview.yaml',
    from: 'types: [Condition]',
    to: 'types: [Condition, Conditions]',
    key: 'prefetch.conditions.types[1]',
    found: 'Conditions',
  },
  {
    what: 'a type that is not asked for',
    file: 'services/imsr-overview.yaml',
    from: 'types: [Procedure]',
    to: 'types: [Procedure, Encounter]',
    key: 'prefetch.procedures.types[1]',
    found: 'Encounter',
  },
  {
    what: 'a role at a path that R4 does not have',
    file: 'services/imsr-overview.yaml',
    from: 'path: performer.actor',
    to: 'path: performer.acter',
    key: 'roles[0]',
    found: 'Procedure.performer.acter',
  },
  {
    what: 'a role at what is no reference',
    file: 'services/imsr-overview.yaml',
    from: 'path: participant.individual',
    to: 'path: participant.period',
    key: 'roles[1]',
    found: 'Encounter.participant.period',
  },
  {
    what: 'a role of a type that R4 does not have',
    file: 'services/imsr-indication.yaml',
    from: 'type: Procedure,',
    to: 'type: Procedures,',
    key: 'roles[0]',
    found: 'Procedures.performer.actor',
  },
  {
    what: 'a type that criteria need and nothing asks for',
    file: 'services/imsr-referral-select.yaml',
    from: /  encounters:\n.*\n.*\n.*\n/,
    to: '',
    key: 'prefetch',
    found: 'no template for Encounter, which ',
  },
];

describe('a service that asks for the wrong things is found', () => {
  const { findings } = loadKnowledge(changedHooks(FAULTS));

  it.each(FAULTS.map((fault) => [fault.what, fault] as const))('%s', (_, { file, key, found }) => {
    const told = findings.filter((finding) => finding.file.endsWith(file) && finding.key === key);
    expect(told.map((finding) => finding.found).some((text) => text.startsWith(found))).toBe(true);
    expect(told.every(({ line }) => line > 1)).toBe(true);
  });

  it('and nothing else is', () => {
    const expected = new Set(FAULTS.map(({ file, key }) => `${file} ${key}`));
    const others = findings.filter(({ file, key }) => !expected.has(`${file.slice(file.indexOf('services/'))} ${key}`));
    expect(others).toEqual([]);
  });
});

it('the patient may be named as subject, as a reference, and with spaces in the token', () => {
  const to = [
    `Condition?subject=${PATIENT}&category=problem-list-item`,
    'Procedure?patient=Patient/{{ context.patientId }}&date=ge2024-01-01',
    `Encounter?patient=${PATIENT}&status:not=cancelled&_count=100`,
  ];
  const changes = ['Condition', 'Procedure', 'Encounter'].map((type, at) => ({
    file: 'services/imsr-referral.yaml',
    from: `"${type}?patient=${PATIENT}"`,
    to: `"${to[at]!}"`,
  }));
  const patient = { file: 'services/imsr-referral.yaml', from: `"Patient/${PATIENT}"`, to: `"Patient?_id=${PATIENT}"` };
  expect(loadKnowledge(changedHooks([...changes, patient])).findings).toEqual([]);
});
