interface Correction {
  /** Elements that an R4 invariant forbids beside the others. */
  readonly without?: readonly string[];
  /** Elements for which an invariant asks more than their type does. */
  readonly instead?: Readonly<Record<string, unknown>>;
}

const text = { text: 'synthetic' };

/** Where "every element filled" would break an invariant of R4 (named beside it). */
export const corrections: Readonly<Record<string, Correction>> = {
  // app-1, app-4
  Appointment: {
    without: ['cancelationReason'],
    instead: { participant: [{ actor: { reference: 'Location/generated' }, status: 'accepted' }] },
  },
  // bdl-1, bdl-11
  Bundle: {
    without: ['total'],
    instead: { type: 'collection', entry: [{ resource: { resourceType: 'Basic', id: 'inside', code: text } }] },
  },
  // adjudication is a reference to another group's definition
  ClaimResponse: { without: ['addItem'] },
  // con-4
  Condition: { without: ['abatementDateTime'] },
  // fhs-1, fhs-2
  FamilyMemberHistory: { without: ['ageAge', 'estimatedAge'] },
  // imr-1
  ImmunizationRecommendation: { instead: { recommendation: [{ vaccineCode: [text], forecastStatus: text }] } },
  // lnk-1
  Linkage: {
    instead: {
      item: [
        { type: 'source', resource: { reference: 'Basic/generated' } },
        { type: 'alternate', resource: { reference: 'Basic/inside' } },
      ],
    },
  },
  // lst-1
  List: { without: ['emptyReason'] },
  // md-1
  MessageDefinition: { instead: { focus: [{ code: 'Basic', min: 0, max: '1' }] } },
  // obs-6, obs-7
  Observation: { without: ['dataAbsentReason', 'component'] },
  // opd-1
  OperationDefinition: {
    instead: { parameter: [{ name: 'synthetic', use: 'in', min: 0, max: '1', type: 'string' }] },
  },
  // inv-1
  Parameters: { instead: { parameter: [{ name: 'synthetic', valueString: 'synthetic' }] } },
  // que-1
  Questionnaire: { instead: { item: [{ linkId: '1', type: 'string' }] } },
  // spd-2
  SearchParameter: { without: ['chain'] },
  // sdf-2, sdf-6, sdf-11, sdf-18
  StructureDefinition: {
    without: ['snapshot', 'mapping', 'context', 'contextInvariant'],
    instead: { type: 'Basic', kind: 'resource', differential: { element: [{ id: 'Basic', path: 'Basic' }] } },
  },
};

/** @returns a copy that keeps the type's invariants */
export function corrected(resource: Readonly<Record<string, unknown>>, type: string): Record<string, unknown> {
  const { without = [], instead = {} } = corrections[type] ?? {};
  return { ...Object.fromEntries(Object.entries(resource).filter(([key]) => !without.includes(key))), ...instead };
}
