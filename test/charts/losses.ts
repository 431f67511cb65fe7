import type { FhirResource, QuestionnaireResponseItem } from 'fhir/r4.js';

/** A resource as it is left; undefined where all of it is lost. */
export type Loss = (resource: FhirResource) => FhirResource | undefined;

/** What a chart may lack, each as it goes missing between two systems. */
export const LOSSES: Readonly<Record<string, Loss>> = {
  'the birth date': of('Patient', without('birthDate')),
  'the roles of who gave the sessions': (resource) =>
    resource.resourceType === 'PractitionerRole' ? undefined : resource,
  'who gave the sessions, but for their words': ofSessions((session) => ({
    ...without('performer', 'participant', 'contained')(session),
    ...codesToWords(session),
  })),
  'what the sessions were for': ofSessions(without('reasonReference', 'reasonCode', 'diagnosis')),
  'the days of the sessions': ofSessions(without('performedDateTime', 'period')),
  'whether the sessions were given': ofSessions((session) => ({ ...session, status: 'unknown' })),
  'what the sessions came to': ofSessions(without('outcome')),
  'the numbers on the forms': unanswered('treatment.sessions'),
  'the days on the forms': unanswered('treatment.start', 'treatment.end'),
  'the first days on the forms': unanswered('treatment.start'),
  'the disciplines on the forms': unanswered('treatment.discipline'),
  'the complaints on the forms': unanswered('treatment.current-complaint'),
  'the results on the forms': unanswered('treatment.result', 'first-line-result'),
  'what the referrer says was not had': unanswered('no-treatment'),
  'the codes of the diagnoses': of('Condition', codesToWords),
  'the code of the reason': of('ServiceRequest', (order) => ({ ...order, ...reasonInWords(order) })),
  'the begin of the pain': (resource) =>
    unanswered('pain-onset')(of('Condition', without('onsetDateTime', 'onsetPeriod'))(resource)),
  'whether the pain recurs': (resource) =>
    unanswered('pain-recurrent')(of('Condition', without('clinicalStatus'))(resource)),
  'whether the diagnosis was made': of('Condition', (one) => ({ ...one, verificationStatus: { text: 'onbekend' } })),
  'the day of the referral': of('ServiceRequest', without('authoredOn')),
  'the first answer of each questionnaire': of('QuestionnaireResponse', (form) =>
    form['id'] === 'imsr-referral-form' || form['id'] === 'imsr-intake-form'
      ? form
      : { ...form, item: (form['item'] as object[]).slice(1) },
  ),
  'the status of the forms': of('QuestionnaireResponse', without('status')),
  'the values of the measurements': of('Observation', without('valueInteger', 'valueQuantity', 'valueBoolean')),
};

type Json = Record<string, unknown>;

function of(type: string, change: (resource: Json) => Json): (resource: FhirResource) => FhirResource {
  return (resource) =>
    resource.resourceType === type ? (change(resource as unknown as Json) as unknown as FhirResource) : resource;
}

function ofSessions(change: (resource: Json) => Json): (resource: FhirResource) => FhirResource {
  return (resource) => of('Procedure', change)(of('Encounter', change)(resource));
}

function without(...names: readonly string[]): (resource: Json) => Json {
  return (resource) => Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)));
}

/** A code, or a list of them, as its words alone. */
function inWords(code: unknown): unknown {
  if (Array.isArray(code)) return code.map((one) => inWords(one));
  return { text: (code as { text?: string }).text ?? 'niet gecodeerd' };
}

function codesToWords(resource: Json): Json {
  return Object.fromEntries(
    Object.entries(resource).map(([name, value]) => [
      name,
      name === 'code' || name === 'type' ? inWords(value) : value,
    ]),
  );
}

function reasonInWords(order: Json): Json {
  return order['reasonCode'] === undefined ? {} : { reasonCode: inWords(order['reasonCode']) };
}

/** A form on which these items are not filled in. */
function unanswered(...linkIds: readonly string[]): (resource: FhirResource) => FhirResource {
  const left = (items: readonly QuestionnaireResponseItem[]): QuestionnaireResponseItem[] =>
    items
      .filter(({ linkId }) => !linkIds.includes(linkId))
      .map((item) => (item.item === undefined ? item : { ...item, item: left(item.item) }));
  return of('QuestionnaireResponse', (form) => ({ ...form, item: left(form['item'] as QuestionnaireResponseItem[]) }));
}
