import { describe, expect, it } from 'vitest';
import { lintExpression, type LintOptions } from '../../src/fhirpath/lint.js';

const KNOWN = { variables: ['asOf', 'intake', 'complaint'], valueSets: ['physical'] };

function messages(source: string, focusType?: string, more: Partial<LintOptions> = {}): string[] {
  const options = { ...KNOWN, ...more, ...(focusType === undefined ? {} : { focusType }) };
  return lintExpression(source, options).map(
    ({ message, position }) => `${position.line}:${position.column} ${message}`,
  );
}

describe('an expression without findings', () => {
  it.each<[string, string?]>([
    ['Patient.birthDate'],
    ["Procedure.where(status = 'completed').performed.ofType(Period).start"],
    ['(Procedure | Encounter).where(performed.exists() or period.exists())'],
    ['QuestionnaireResponse.repeat(item).where(linkId = %asOf).answer.value.ofType(Coding).code'],
    ['QuestionnaireResponse.item.item.answer.item.answer.value as Coding'],
    ["Procedure.performer.actor.resolve().ofType(PractitionerRole).specialty.coding.exists(memberOf('physical'))"],
    ["Patient.extension('u').value.ofType(string)"],
    ['Patient.birthDate.extension.exists() and Patient.meta.profile.exists() and Patient.id.exists()'],
    ['Observation.value.ofType(Quantity).value > 3'],
    ['%intake.item.noSuchThingIsChecked'],
    ['anything.of.a.row'],
    ['performed.start', 'Procedure'],
    ['performed.exists() or period.start.exists()', 'Procedure|Encounter'],
    ['linkId.exists() and item.linkId.empty()', 'QuestionnaireResponse.item'],
    ["Procedure.code = Procedure.code and iif(Patient.exists(), Patient.gender, Patient.active) = 'male'"],
    ['Procedure.select($this.status | $this.code.text)'],
    ['Procedure.contained.specialty'],
  ])('%s', (source, focusType) => {
    expect(messages(source, focusType)).toEqual([]);
  });
});

describe('findings, with their place', () => {
  it.each<[string, string[], string?]>([
    ['Patient.birthdate', ['1:9 R4 has no element Patient.birthdate']],
    ["Procedure.where(state = 'x').status", ['1:17 R4 has no element Procedure.state']],
    [
      'Procedure.performed.begin',
      ['1:21 R4 has no element dateTime.begin or Period.begin or string.begin or Age.begin or Range.begin'],
    ],
    ['QuestionnaireResponse.repeat(items)', ['1:30 R4 has no element QuestionnaireResponse.items']],
    ['QuestionnaireResponse.repeat(item).linkid', ['1:36 R4 has no element QuestionnaireResponse.item.linkid']],
    ['Pasient.birthDate', ['1:1 R4 has no resource type Pasient']],
    ['Procedure.where(Patient.exists())', ['1:17 R4 has no element Procedure.Patient']],
    [
      '%intake.where(Patient.exists())',
      ['1:15 Patient names an element here; a resource type opens a path outside criteria only'],
    ],
    ['%asof.toDate()', ['1:1 unknown variable %asof']],
    ["Procedure.code.memberOf('physcal')", ["1:16 unknown value set 'physcal'"]],
    ['Procedure.code.memberOf(%asOf)', ['1:16 memberOf() takes the name of a value set']],
    ['Patient.name.frist()', ['1:14 unknown function frist()']],
    ['Patient.name.first(1)', ['1:14 first() takes 0 argument(s), not 1']],
    ['today() > Patient.birthDate', ["1:1 today() may not be used: it reads the machine's clock; use %asOf"]],
    ["Patient.trace('x')", ['1:9 trace() may not be used: it writes record values to a log']],
    ['%terminologies.empty()', ['1:1 %terminologies may not be used', '1:1 unknown variable %terminologies']],
    ['Procedure.performed.ofType(Coding)', ['1:21 dateTime or Period or string or Age or Range is never a Coding']],
    ['Procedure.performed.ofType(Perod)', ['1:21 neither FHIR nor FHIRPath has a type Perod']],
    [
      'Patient.where(active)',
      ['1:15 the criterion ends in the element active: compare it, or ask whether it exists()'],
    ],
    ['status = started', ['1:10 R4 has no element Procedure.started'], 'Procedure'],
    ['begin', ['1:1 R4 has no element Procedure.begin or Encounter.begin'], 'Procedure|Encounter'],
    ['linkid', ['1:1 R4 has no element QuestionnaireResponse.item.linkid'], 'QuestionnaireResponse.item'],
    ['code', ['1:1 R4 has no type Procedur to start at'], 'Procedur'],
    ['Coding { code: 1 }', ['1:1 an expression may not construct resources']],
  ])('%s', (source, expected, focusType) => {
    expect(messages(source, focusType)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["scores.where(instrument = 'pdi').exists()", ['1:1 scores']],
    ['Patient.birthDate < asOf.toDate()', ['1:21 asOf']],
    ['iif(Patient.exists(), patient.gender, {})', ['1:23 patient']],
    ["%intake contains medication-impedes or %intake = 'a'", ['1:18 medication', '1:29 impedes']],
    ["%asOf = 'a' and Patient.gender.exists() and %intake.item.exists()", []],
  ])('%s on the record, where a path opens with a resource type', (source, names) => {
    const told = (text: string) =>
      `${text}, which opens no path: a fact is written %${text.split(' ')[1]}, a text '${text.split(' ')[1]}'`;
    expect(messages(source, undefined, { onRecord: true })).toEqual(names.map(told));
  });

  it('gives all of them at once', () => {
    expect(messages('Patient.birthdate.frist() or %x = Pasient.id')).toEqual([
      '1:19 unknown function frist()',
      '1:9 R4 has no element Patient.birthdate',
      '1:30 unknown variable %x',
      '1:35 R4 has no resource type Pasient',
    ]);
  });

  it('says where the syntax breaks', () => {
    const [finding, ...others] = lintExpression('Patient.name.\nwhere(', KNOWN);
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(/^syntax error: /);
    expect(finding?.position).toEqual({ line: 2, column: 7 });
  });

  it('checks the elements of variables whose type is given', () => {
    const variableTypes = { complaint: 'Condition' };
    expect(messages('%complaint.onset.ofType(dateTime)', undefined, { variableTypes })).toEqual([]);
    expect(messages('%complaint.onsett', undefined, { variableTypes })).toEqual([
      '1:12 R4 has no element Condition.onsett',
    ]);
  });
});
