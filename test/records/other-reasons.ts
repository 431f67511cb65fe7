import type { Bundle, CodeableConcept, Condition, FhirResource, QuestionnaireResponseItemAnswer } from 'fhir/r4.js';
import { complaintId } from './synthetic-patient.js';

/** What a case may say of the reasons of the order, beyond the facts of a vignette; in FHIR's own words. */
export interface OtherReasons {
  /** Laid over the Condition of the complaint; null takes an element away. */
  readonly complaint?: Readonly<Record<string, unknown>>;
  /** Further reasons of the order, after the complaint; a text is a reference that leads nowhere. */
  readonly beside?: readonly (Partial<Condition> | string)[];
  /** The same, named before the complaint. */
  readonly before?: readonly (Partial<Condition> | string)[];
  readonly reasonCode?: readonly CodeableConcept[];
  /** Answers added to the intake form, by linkId. */
  readonly answers?: Readonly<Record<string, QuestionnaireResponseItemAnswer>>;
}

export const OTHER_REASONS: readonly (keyof OtherReasons)[] = ['complaint', 'beside', 'before', 'reasonCode', 'answers'];

export function withOtherReasons(bundle: Bundle, said: OtherReasons): object {
  const made: Condition[] = [];
  const named = (reasons: readonly (Partial<Condition> | string)[] = []) =>
    reasons.map((reason) => {
      if (typeof reason === 'string') return { reference: reason };
      const id = `reason-${made.length + 1}`;
      made.push({ resourceType: 'Condition', id, subject: {}, ...reason });
      return { reference: `Condition/${id}` };
    });
  const before = named(said.before);
  const beside = named(said.beside);
  const resources = (bundle.entry ?? []).map((entry) => {
    const resource = entry.resource as FhirResource | undefined;
    if (resource?.resourceType === 'Condition' && resource.id === complaintId) {
      const laidOver = Object.entries({ ...resource, ...said.complaint }).filter(([, value]) => value !== null);
      return Object.fromEntries(laidOver) as unknown as Condition;
    }
    if (resource?.resourceType === 'ServiceRequest' && resource.status === 'draft') {
      const reasonReference = [...before, ...(resource.reasonReference ?? []), ...beside];
      return { ...resource, reasonReference, ...(said.reasonCode && { reasonCode: [...said.reasonCode] }) };
    }
    if (resource?.resourceType === 'QuestionnaireResponse' && resource.questionnaire?.includes('imsr-intake-form')) {
      const added = Object.entries(said.answers ?? {}).map(([linkId, answer]) => ({ linkId, answer: [answer] }));
      const others = (resource.item ?? []).filter(({ linkId }) => !(linkId in (said.answers ?? {})));
      return { ...resource, item: [...others, ...added] };
    }
    return resource;
  });
  return { ...bundle, entry: [...resources, ...made].map((resource) => (resource === undefined ? {} : { resource })) };
}
