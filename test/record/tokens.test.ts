import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/record/tokens.js';

const context = {
  patientId: 'p-1.A',
  userId: 'PractitionerRole/r1',
  encounterId: 7,
  draftOrders: { resourceType: 'Bundle' },
};

describe('prefetch tokens', () => {
  const cases: [string, string, unknown][] = [
    ['[row 25] a context field', 'Patient/{{context.patientId}}', { path: 'Patient/p-1.A' }],
    ['twice', 'A/{{context.patientId}}?b={{context.patientId}}', { path: 'A/p-1.A?b=p-1.A' }],
    ['spaces inside the braces', 'Patient/{{ context.patientId }}', { path: 'Patient/p-1.A' }],
    ['[row 27] the user is already Type/id', '{{context.userId}}', { path: 'PractitionerRole/r1' }],
    [
      '[row 25] the user by type, which no template here may ask',
      'A/{{userPatientId}}',
      { unfillable: 'userPatientId' },
    ],
    [
      '[row 25] the same of the type of this user',
      'A/{{userPractitionerRoleId}}',
      { unfillable: 'userPractitionerRoleId' },
    ],
    ['a field that is absent', 'Task/{{context.taskId}}', { unfillable: 'context.taskId' }],
    ['a field that is a number', 'Encounter/{{context.encounterId}}', { unfillable: 'context.encounterId' }],
    ['[row 26] a field that is no simple value', 'x/{{context.draftOrders}}', { unfillable: 'context.draftOrders' }],
    ['[row 26] a deeper path', 'x/{{context.draftOrders.id}}', { unfillable: 'context.draftOrders.id' }],
    ['an inherited property', 'x/{{context.constructor}}', { unfillable: 'context.constructor' }],
    ['[row 32] FHIRPath is not evaluated', 'x?d=ge{{today()}}', { unfillable: 'today()' }],
    ['braces that do not close', 'x/{{context.patientId', { unfillable: 'malformed token' }],
    ['no token', 'Patient?active=true', { path: 'Patient?active=true' }],
  ];
  it.each(cases)('%s', (_title, template, expected) => {
    expect(fillTemplate(template, context)).toEqual(expected);
  });

  it.each(['', '.', '..', 'a/b', '../x', 'a b', 'a?b', 'a&b', 'a#b', '%2e', 'é', 'a'.repeat(65), null, {}, ['p']])(
    'takes %j for no FHIR id',
    (patientId) => {
      expect(fillTemplate('Patient/{{context.patientId}}', { patientId })).toEqual({ unfillable: 'context.patientId' });
    },
  );

  it.each(['r1', 'Practitioner/', 'Practitioner/..', 'Practitioner/a/b', '/a', 'practitioner/a', 5])(
    'takes %j for no user',
    (userId) => {
      expect(fillTemplate('{{context.userId}}', { userId })).toEqual({ unfillable: 'context.userId' });
    },
  );

  it('gives the longest id that the grammar allows unchanged', () => {
    const patientId = 'a'.repeat(64);
    expect(fillTemplate('{{context.patientId}}', { patientId })).toEqual({ path: patientId });
  });

  it('never lets braces, or a value that leaves its place, out', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (template, patientId) => {
        const filled = fillTemplate(`${template}{{context.patientId}}`, { patientId });
        if ('path' in filled) {
          expect(filled.path).not.toMatch(/\{\{|\}\}/);
          expect(filled.path.slice(-patientId.length)).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
        } else expect(filled.unfillable).not.toBe('');
      }),
    );
  });
});
