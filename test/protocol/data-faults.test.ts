import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { type Change, changedHooks } from './changed-hooks.js';

interface Fault extends Change {
  readonly what: string;
  /** What the one finding must name, besides the file and a line. */
  readonly says: readonly string[];
  /** Changes that the fault needs. */
  readonly beside?: readonly Change[];
}

const VERSION = 'imsr/2026-04-17';
const FAULTS: readonly Fault[] = [
  {
    what: 'an unknown key',
    file: `${VERSION}/criteria/readiness.yaml`,
    from: '    effect: blocking',
    to: '    effect: blocking\n    severity: high',
    says: ['severity', 'an unknown key one of id, phases, effect, '],
  },
  {
    what: 'an effect that does not exist',
    file: `${VERSION}/criteria/readiness.yaml`,
    from: 'effect: blocking',
    to: 'effect: fatal',
    says: ['effect', 'fatal', 'blocking | blocking-if-not-met'],
  },
  {
    what: 'a refusal by a criterion that asks for judgement at most',
    file: `${VERSION}/criteria/exclusions.yaml`,
    from: 'status: review, reason: other-treatment-needed',
    to: 'status: not-met, reason: other-treatment-needed',
    says: ['criteria[', 'effect review-at-most beside not-met review, the most'],
  },
  ...(['met', 'not-applicable'] as const).map((status) => ({
    what: `an empty record that is ${status}, as one would be of which nothing could be had`,
    file: `${VERSION}/criteria/exclusions.yaml`,
    from: '    otherwise: { status: met, reason: no-signal, absence: true }',
    to: `    otherwise: { status: ${status}, reason: no-signal }`,
    says: ['criteria[4].otherwise.absence nothing true, where nothing found is no obstacle'],
  })),
  {
    what: 'a part of nothing',
    file: `${VERSION}/criteria/exclusions.yaml`,
    from: 'id: sufficient-capacity\n    phases: [indication]\n    effect: blocking',
    to: 'id: sufficient-capacity\n    phases: [indication]\n    effect: part',
    says: [
      'criteria[1].effect part, which is part of nothing readings of a criterion that name %sufficientCapacity, or',
    ],
  },
  {
    what: 'a part that the rule over it no longer names',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: '(%firstLinePhysical and %firstLinePsychological) or %firstLinePsychosomatic"',
    to: '(%firstLinePhysical and %firstLinePsychological)"',
    beside: [
      {
        file: `${VERSION}/criteria/first-line.yaml`,
        from: '%firstLinePhysical and (%firstLinePsychological or %firstLinePsychosomatic)"',
        to: '%firstLinePhysical and %firstLinePsychological"',
      },
    ],
    says: ['criteria[2].effect part, which is part of nothing'],
  },
  {
    what: 'a misspelt R4 path',
    file: `${VERSION}/facts/context.yaml`,
    from: 'Patient.birthDate.first()',
    to: 'Patient.birthdate.first()',
    says: ['birthDay', 'birthdate'],
  },
  {
    what: 'a fact without its %',
    file: `${VERSION}/criteria/functioning.yaml`,
    from: `"%scores.where(instrument = 'general-pain-questionnaire').exists()"`,
    to: `"scores.where(instrument = 'general-pain-questionnaire').exists()"`,
    says: ['criteria[3].parts.general-pain-questionnaire scores, which opens no path: a fact is written %scores'],
  },
  {
    what: 'a text without its quotes',
    file: `${VERSION}/criteria/exclusions.yaml`,
    from: "%intakeNo contains 'medication-impedes'",
    to: '%intakeNo contains medication-impedes',
    says: ["criteria[2].answers[0].when impedes, which opens no path: a fact is written %impedes, a text 'impedes'"],
  },
  {
    what: 'a fact without its % where treatments have to lie',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'to: "%windowEnd"',
    to: 'to: windowEnd',
    says: ['within.to windowEnd, which opens no path'],
  },
  {
    what: 'a misspelt path of evidence',
    file: `${VERSION}/criteria/context.yaml`,
    from: 'path: birthDate, value: birthDate',
    to: 'path: birthDte, value: birthDate',
    says: ["criteria[0].evidence[0].path R4 has no element Patient.birthDte an element of R4's Patient"],
  },
  {
    what: 'a misspelt value of evidence',
    file: `${VERSION}/criteria/context.yaml`,
    from: 'path: birthDate, value: birthDate',
    to: 'path: birthDate, value: birthDte',
    says: ['criteria[0].evidence[0].value R4 has no element Patient.birthDte'],
  },
  {
    what: 'a misspelt path of the rows of a table',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'path: performed',
    to: 'path: preformed',
    says: ["facts.contacts.rows[0].path R4 has no element Procedure.preformed an element of R4's Procedure"],
  },
  {
    what: 'a misspelt element of what a fact holds',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"%complaint.bodySites.coding.code"',
    says: ['facts.complaintSites.expression R4 has no element Condition.bodySites'],
  },
  {
    what: 'an expression that does not parse',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"%complaint.bodySite.coding.code("',
    says: ['complaintSites'],
  },
  {
    what: 'an unknown function',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"%complaint.bodySite.coding.code.newest()"',
    says: ['complaintSites', 'newest'],
  },
  {
    what: 'the machine clock',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"today()"',
    says: ['complaintSites', 'today'],
  },
  {
    what: 'an unknown variable',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"%complain.bodySite.coding.code"',
    says: ['complaintSites', 'complain'],
  },
  {
    what: 'an unknown value set',
    file: `${VERSION}/facts/pain.yaml`,
    from: "memberOf('pain-general')",
    to: "memberOf('pain-generic')",
    says: ['generalCode', 'pain-generic'],
  },
  {
    what: 'a ladder that does not exist',
    file: `${VERSION}/criteria/readiness.yaml`,
    from: 'ladder: no-is-met',
    to: 'ladder: no-is-fine',
    says: ['ladder', 'no-is-fine', 'yes-is-met'],
  },
  {
    what: 'evidence of a rule over other criteria',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: '    readingInForce:',
    to: '    evidence: [{ of: Patient }]\n    readingInForce:',
    says: ['criteria[3].evidence evidence beside readings'],
  },
  {
    what: 'a criterion that is no rule and names another',
    file: `${VERSION}/criteria/context.yaml`,
    from: 'when: "%referralUnknown"',
    to: 'when: "%referralUnknown and %steppedCare"',
    says: ['criteria[0].answers[0].when', 'steppedCare'],
  },
  {
    what: 'a rule over itself',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: '%firstLinePhysical and (',
    to: '%steppedCare and %firstLinePhysical and (',
    says: ['criteria[3].readings %steppedCare, a rule that does not stand before this one'],
  },
  {
    what: 'a rule over one that comes after it',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: '  - id: stepped-care\n',
    to: `  - id: too-early
    phases: [indication]
    effect: part
    source: { document: indicatiedocument 2026-04-17, section: criterium 5 }
    needs: []
    readings: { one: "%steppedCare" }
  - id: stepped-care
`,
    says: ['criteria[3].readings %steppedCare, a rule that does not stand before this one'],
  },
  {
    what: 'a document that does not exist',
    file: `${VERSION}/criteria/readiness.yaml`,
    from: 'document: indicatiedocument 2026-04-17',
    to: 'document: indicatie',
    says: ['source', 'indicatie'],
  },
  {
    what: 'a document of a version that does not exist',
    file: `${VERSION}/version.yaml`,
    from: 'document: indicatiedocument 2026-04-17',
    to: 'document: indicatiedocument 2026-04-18',
    says: ['source.document indicatiedocument 2026-04-18 a document of protocol.yaml: '],
  },
  {
    what: 'a need for a type that R4 does not have',
    file: `${VERSION}/criteria/core-problem.yaml`,
    from: 'needs: [QuestionnaireResponse]',
    to: 'needs: [QuestionnaireResponse, Questionnaire-Response]',
    says: ['criteria[0].needs[1] Questionnaire-Response a resource type of R4'],
  },
  {
    what: 'a system that is no URI',
    file: 'imsr/value-sets/signal-dependence.yaml',
    from: 'system: http://hl7.org/fhir/sid/icpc-1-nl',
    to: 'system: icpc',
    says: ['system icpc an absolute URI'],
  },
  {
    what: 'a need that is not named',
    file: `${VERSION}/criteria/context.yaml`,
    from: 'needs: [Patient]',
    to: 'needs: []',
    says: ['needs', 'Patient'],
  },
  {
    what: 'a need for what scores are read from that is not named',
    file: `${VERSION}/criteria/functioning.yaml`,
    from: /(id: limitations-recorded[^]*?)needs: \[QuestionnaireResponse, Observation\]/,
    to: '$1needs: [QuestionnaireResponse]',
    says: ['criteria[3].needs Observation is read and not named'],
  },
  {
    what: 'a need for what scores are read from, behind a fact',
    file: `${VERSION}/criteria/context.yaml`,
    from: 'when: "%referralUnknown"',
    to: 'when: "%referralUnknown or %taken"',
    beside: [
      {
        file: `${VERSION}/facts/pain.yaml`,
        from: 'facts:\n',
        to: 'facts:\n  taken: { expression: "%scores.exists()" }\n',
      },
    ],
    says: [
      'criteria[0].needs QuestionnaireResponse is read and not named',
      'criteria[0].needs Observation is read and not named',
    ],
  },
  {
    what: 'a fact defined twice',
    file: `${VERSION}/facts/regime.yaml`,
    from: '  indicatedOn:',
    to: '  reasonReferences: { expression: "{}" }\n  indicatedOn:',
    says: ['reasonReferences', 'a second definition'],
  },
  {
    what: 'a fact that nothing uses',
    file: `${VERSION}/facts/regime.yaml`,
    from: '  indicatedOn:',
    to: '  orphan: { expression: "{}" }\n  indicatedOn:',
    says: ['orphan', 'nothing uses'],
  },
  {
    what: 'a tally of what does not exist',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'tally: treatments',
    to: 'tally: treatment',
    says: ['tally treatment the name of a table of rows'],
  },
  {
    what: 'a tally of what is no table',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'tally: treatments',
    to: 'tally: complaintIds',
    says: ['tally complaintIds the name of a table of rows'],
  },
  {
    what: 'groups by a column that the table has not',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'by: [source, part]',
    to: 'by: [source, prat]',
    says: ['by[1] prat a column of the table: source, reference, path, '],
  },
  {
    what: 'a fact with the name of a parameter',
    file: `${VERSION}/facts/regime.yaml`,
    from: '  indicatedOn:',
    to: '  minimumSessions: { expression: "1" }\n  indicatedOn:',
    says: ['facts.minimumSessions', 'minimumSessions, which is a parameter as well'],
  },
  {
    what: 'a fact with the name of a variable that is given',
    file: `${VERSION}/facts/regime.yaml`,
    from: '  indicatedOn:',
    to: '  asOf: { expression: "1" }\n  indicatedOn:',
    says: ['facts.asOf', 'asOf, which is a variable that is always there as well'],
  },
  {
    what: 'a fact with the name of what a criterion comes to',
    file: `${VERSION}/facts/regime.yaml`,
    from: '  indicatedOn:',
    to: '  status: { expression: "1" }\n  indicatedOn:',
    says: ['facts.status', 'status, which is a variable that is always there as well'],
  },
  {
    what: 'a constant with the name of a parameter',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: 'with: { part: physical }',
    to: 'with: { part: physical, minimumSessions: 1 }',
    says: ['with.minimumSessions', 'minimumSessions, which is a parameter as well'],
  },
  {
    what: 'a constant with the name of a fact',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: 'with: { part: physical }',
    to: 'with: { part: physical, contacts: x }',
    says: ['with.contacts', 'contacts, which is a fact as well'],
  },
  {
    what: 'an answer that hangs on what the criterion comes to',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: 'when: "%firstLineResult = \'insufficient\'"',
    to: "when: \"%firstLineResult = 'insufficient' and %status = 'met'\"",
    says: ['answers[0].when', 'status'],
  },
  {
    what: 'an answer that asks for parts where there are none',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: 'when: "%firstLineResult = \'insufficient\'"',
    to: 'when: "%firstLineResult = \'insufficient\' and %complete"',
    says: ['answers[0].when', 'complete'],
  },
  {
    what: 'a ladder that asks for parts, used by a criterion without any',
    file: `${VERSION}/ladders.yaml`,
    from: 'when: "%question in %intakeYes" }',
    to: 'when: "%question in %intakeYes and %complete" }',
    says: ['ladders.yes-is-met.answers[0].when', 'complete'],
  },
  {
    what: 'two criteria of one variable',
    file: `${VERSION}/criteria/first-line.yaml`,
    from: /id: first-line-ineffective([^]*?)id: first-line-adequate\n/,
    to: 'id: step-2$1id: step2\n',
    says: ['step2, which is %step2 as step-2 is'],
  },
  {
    what: 'a path of a table that no column uses',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'nobody: performer.where(actor.empty())',
    to: 'nobody: performer.where(actor.empty())\n          rooms: location',
    says: ['contacts.rows[0].let.rooms a path that no column uses'],
  },
  {
    what: 'a path of a table that stands in one before it',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'kinds: code\n',
    to: 'kinds: "%codes.code"\n',
    says: ['contacts.rows[0].let.kinds', 'unknown variable %codes'],
  },
  {
    what: 'a path of a table inside a criterion',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'iif(class.where(code in %inpatientClasses).exists()\n',
    to: 'iif(class.where(%codes.exists()).exists()\n',
    says: ['contacts.rows[1].columns.setting %codes inside a criterion', 'in a criterion it starts elsewhere'],
  },
  {
    what: 'a path of a table that has the name of a fact',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'let: &formAnswers',
    to: 'let: &formAnswers\n          contacts: item',
    says: ['contacts.rows[2].let.contacts', 'contacts, which is a fact as well'],
  },
  {
    what: 'a misspelt path of a table',
    file: `${VERSION}/facts/treatments.yaml`,
    from: 'kinds: code\n',
    to: 'kinds: coding\n',
    says: ['contacts.rows[0].let.kinds', 'R4 has no element'],
  },
  {
    what: 'an order by a column that the table has not',
    file: `${VERSION}/facts/pain.yaml`,
    from: 'newestFirst: on',
    to: 'newestFirst: no',
    says: ['newestFirst no a column of the table: source, reference, path, '],
  },
  {
    what: 'facts in a circle',
    file: `${VERSION}/facts/treatments.yaml`,
    from: '"%complaint.bodySite.coding.code"',
    to: '"%complaintSites"',
    says: ['complaintSites', 'builds on itself'],
  },
  {
    what: 'a parameter without a value on the first day',
    file: 'imsr/parameters/minimumSessions.yaml',
    from: '2026-04-20',
    to: '2026-04-21',
    says: ['values.2026-04-21 no value of minimumSessions on 2026-04-20 a value from 2026-04-20 on'],
  },
  {
    what: 'a choice that no rule names',
    file: 'imsr/parameters/intakeContacts.yaml',
    from: 'choices: [review, count, ignore]',
    to: 'choices: [review, count, ignore, half, quarter]',
    says: ['choices half and quarter, which no rule names choices that an expression or a reading names'],
  },
  {
    what: 'a choice for which there is no reading',
    file: 'imsr/parameters/steppedCareReading.yaml',
    from: 'choices: [both,',
    to: 'choices: [both, physical-only,',
    says: ['choices both and physical-only, which no rule names'],
  },
  {
    what: 'a parameter without a source',
    file: 'imsr/parameters/minimumSessions.yaml',
    from: '    source: { document: indicatiedocument 2026-04-17, section: "criterium 5" }',
    to: '',
    says: ['source'],
  },
  {
    what: 'a duplicate key',
    file: `${VERSION}/version.yaml`,
    from: 'checkedOn: 2026-11-20',
    to: 'checkedOn: 2026-11-20\ncheckedOn: 2026-11-21',
    says: ['every key once'],
  },
  {
    what: 'an end before the beginning',
    file: `${VERSION}/version.yaml`,
    from: 'checkedOn: 2026-11-20',
    to: 'checkedOn: 2026-11-20\nvalidTo: 2026-04-01',
    says: ['validTo', '2026-04-01'],
  },
  {
    what: 'a begin in a month that does not exist',
    file: `${VERSION}/version.yaml`,
    from: 'validFrom: 2026-04-20',
    to: 'validFrom: 2027-13-01',
    says: ['validFrom', '2027-13-01', 'an existing calendar day'],
  },
  {
    what: 'an end on a day that does not exist',
    file: `${VERSION}/version.yaml`,
    from: 'checkedOn: 2026-11-20',
    to: 'checkedOn: 2026-11-20\nvalidTo: 2026-12-32',
    says: ['validTo', '2026-12-32', 'an existing calendar day'],
  },
  {
    what: 'a 30th of February',
    file: `${VERSION}/version.yaml`,
    from: 'checkedOn: 2026-11-20',
    to: 'checkedOn: 2027-02-30',
    says: ['checkedOn', '2027-02-30', 'an existing calendar day'],
  },
  {
    what: 'a value from a day that does not exist',
    file: 'imsr/parameters/minimumSessions.yaml',
    from: '2026-04-20:',
    to: '2026-02-31:',
    says: ['values.2026-02-31', 'an existing calendar day'],
  },
  {
    what: 'a code without its system',
    file: 'imsr/value-sets/pain-general.yaml',
    from: '  - system: http://snomed.info/sct\n',
    to: '  - \n',
    says: ['systems'],
  },
  {
    what: 'a prefetch token of complex type',
    file: 'services/imsr-referral.yaml',
    from: 'Procedure?patient={{context.patientId}}',
    to: 'Procedure?patient={{context.draftOrders}}',
    says: ['procedures', 'context.draftOrders'],
  },
  {
    what: 'a search by the codes of a value set that does not exist',
    file: 'services/imsr-indication.yaml',
    from: 'icf-movement-function,',
    to: 'icf-movement,',
    says: ['prefetch.observations.codes.valueSets', 'icf-movement'],
  },
  {
    what: 'a search by two lists of codes',
    file: 'services/imsr-overview.yaml',
    from: '"Observation?patient={{context.patientId}}"',
    to: '"Observation?patient={{context.patientId}}&code=http://loinc.org|72514-3"',
    says: ['prefetch.observations.template', '72514-3'],
  },
  {
    what: 'a service named unlike its file',
    file: 'services/imsr-referral.yaml',
    from: 'id: imsr-referral',
    to: 'id: imsr-referal',
    says: ['id', 'imsr-referal'],
  },
];

function findingsOf(changes: readonly Change[]) {
  return loadKnowledge(changedHooks(changes));
}

describe('a fault in the data stops the start, with its place', () => {
  it.each(FAULTS.map((fault) => [fault.what, fault] as const))('%s', (_, fault) => {
    const { value, findings } = findingsOf([fault, ...(fault.beside ?? [])]);
    expect(value).toBeUndefined();
    const found = findings.find((finding) => finding.file.endsWith(fault.file));
    expect(found, JSON.stringify(findings)).toBeDefined();
    expect(found!.line).toBeGreaterThan(0);
    const told = findings.map(({ key, found: was, expected }) => `${key} ${was} ${expected}`).join('\n');
    for (const text of fault.says) expect(told).toContain(text);
  });

  it('all findings are told at once', () => {
    const several = FAULTS.filter(({ what }) =>
      [
        'an unknown function',
        'a ladder that does not exist',
        'a need that is not named',
        'a prefetch token of complex type',
      ].includes(what),
    );
    const { findings } = findingsOf(several);
    expect(new Set(findings.map(({ file }) => file)).size).toBeGreaterThanOrEqual(3);
  });

  it('the files as they are have no findings', () => {
    expect(findingsOf([]).findings).toEqual([]);
  });
});
