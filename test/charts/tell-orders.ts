import type { CodeableConcept, ServiceRequest } from 'fhir/r4.js';
import { COD016, order, SNOMED } from '../records/codings.js';
import { UZI } from './dutch-codes.js';
import type { Story } from './story.js';
import { painCode, reasonIsCode, subject } from './tell-diagnoses.js';
import type { Telling } from './telling.js';

const REFERRER = { 'general-practitioner': '0101', orthopaedist: '0305', anaesthetist: '0389' } as const;

/** The referral to a rehabilitation physician, and the order of treatment that goes back to it; what is being signed is a draft. */
export function tellOrders(story: Story, telling: Telling): readonly ServiceRequest[] {
  const { asked } = telling;
  const own = telling.order === 'own-code';
  const physician: CodeableConcept = {
    coding: [telling.pick % 2 === 0 ? { system: COD016, code: '0327' } : { system: UZI, code: '01.042' }],
  };
  const referring = asked === 'referral' || asked === 'referral-select';
  const reason = reasonIsCode(story, telling)
    ? { reasonCode: [painCode(story, telling)] }
    : { reasonReference: [{ reference: 'Condition/pain' }] };
  const referral: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: 'referral',
    status: referring ? 'draft' : 'active',
    intent: 'order',
    subject,
    authoredOn: story.referredOn,
    code: { coding: [own ? order('imsr-referral') : { system: SNOMED, code: '3457005', display: 'Patient referral' }] },
    requester: { display: `Verwijzer ${REFERRER[story.referrer]} (synthetisch)` },
    performerType: physician,
    ...reason,
  };
  if (referring || asked === 'referral-in-view') return [referral];
  return [
    referral,
    {
      resourceType: 'ServiceRequest',
      id: 'treatment',
      status: asked === 'treatment' ? 'draft' : 'active',
      intent: 'order',
      subject,
      authoredOn: story.assessedOn,
      code: {
        coding: [own ? order('imsr-treatment') : { system: 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5', code: '190943' }],
      },
      ...(telling.basedOn ? { basedOn: [{ reference: 'ServiceRequest/referral' }] } : {}),
      ...reason,
    },
  ];
}
