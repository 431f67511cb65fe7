import type { CodeableConcept, ServiceRequest } from 'fhir/r4.js';
import { addDays } from './calendar.js';
import { COD016, order } from './codings.js';
import type { Encoding } from './encoding.js';
import { complaintId, subjectOf, type SyntheticPatient } from './synthetic-patient.js';

const physiatrist: CodeableConcept = { coding: [{ system: COD016, code: '0327', display: 'Revalidatie' }] };
const orthopaedist: CodeableConcept = { coding: [{ system: COD016, code: '0305', display: 'Orthopedie' }] };

/** The draft that is to be assessed comes first; then the referrals that stand in the record. */
export function encodeOrders(patient: SyntheticPatient, encoding: Encoding): readonly ServiceRequest[] {
  const request = (id: string, status: 'draft' | 'active', authoredOn: string): ServiceRequest => ({
    resourceType: 'ServiceRequest',
    id,
    status,
    intent: 'order',
    subject: subjectOf(patient),
    authoredOn,
    performerType: physiatrist,
    reasonReference: [{ reference: `Condition/${complaintId}` }],
  });
  const referral: CodeableConcept = { coding: [order('imsr-referral')] };
  const treatment: CodeableConcept = { coding: [order('imsr-treatment')] };
  const referredEarlier = { ...request('referral', 'active', patient.referredOn), code: referral };
  switch (encoding.order) {
    case 'referral':
      return [{ ...request('draft', 'draft', patient.referredOn), code: referral }];
    case 'single':
      return [{ ...request('draft', 'draft', patient.referredOn), category: [treatment] }];
    case 'newest-referral':
      return [
        { ...request('draft', 'draft', patient.asOf), code: treatment },
        { ...request('older-referral', 'active', addDays(patient.referredOn, -900)), code: referral },
        {
          ...request('other-referral', 'active', patient.asOf),
          code: { text: 'Andere verwijzing (synthetisch)' },
          performerType: orthopaedist,
        },
        referredEarlier,
      ];
    case 'based-on':
      return [
        {
          ...request('draft', 'draft', patient.asOf),
          code: treatment,
          basedOn: [{ reference: `ServiceRequest/${referredEarlier.id}` }],
        },
        referredEarlier,
      ];
  }
}
