import { describe, expect, it } from 'vitest';
import { actionsOf, answered, deedsOf } from './answered-call.js';

const EVERYTHING = ['update', 'delete', 'create ServiceRequest'];

describe('an order that the EHR would not find by its name is neither updated nor withdrawn', () => {
  it.each([
    ['an id with a space', 'a b'],
    ['an id that leads elsewhere', '../Patient/x'],
    ['an id in marks', '<x>'],
    ['an id with a low line', 'a_b'],
    ['an id of 65 characters', 'x'.repeat(65)],
    ['an id that is a path of its own', '..'],
  ])('for %s', async (_, id) => {
    const answer = await answered('four-sessions', ({ context }) => {
      context.draftOrders.entry[0]!.resource['id'] = id;
    });
    expect(answer.cards).toHaveLength(1);
    expect(deedsOf(answer)).toEqual([]);
  });

  it('a draft that is selected by such an id has its card all the same', async () => {
    const answer = await answered(
      'referral-incomplete',
      ({ context }) => {
        context.draftOrders.entry[0]!.resource['id'] = 'a_b';
        context.selections = ['ServiceRequest/a_b'];
      },
      'imsr-referral-select',
    );
    expect(answer.cards[0]!.detail).toContain('ServiceRequest/a\\_b');
    expect(deedsOf(answer)).toEqual([]);
  });

  it('for an id of 64 characters it is', async () => {
    const answer = await answered('four-sessions', ({ context }) => {
      context.draftOrders.entry[0]!.resource['id'] = 'x'.repeat(64);
    });
    expect(deedsOf(answer)).toEqual(EVERYTHING);
  });

  it('for an id that another draft of the call has too', async () => {
    const answer = await answered('four-sessions', ({ context: { draftOrders } }) => {
      const [{ resource }] = draftOrders.entry as [(typeof draftOrders.entry)[0]];
      draftOrders.entry.push(
        { resource: { ...resource, priority: 'urgent' } },
        { resource: { ...resource, id: 'other' } },
      );
    });
    expect(answer.cards).toHaveLength(3);
    expect(deedsOf(answer)).toEqual(EVERYTHING);
    expect(actionsOf(answer).map(({ resource, resourceId }) => resource?.id ?? resourceId)).toEqual([
      'other',
      'ServiceRequest/other',
      undefined,
    ]);
  });
});

describe('a reference that the EHR would read as one to its own server', () => {
  const attachedWith = async (base: string, fhirServer: string | undefined) => {
    const answer = await answered('four-sessions', (call) => {
      if (fhirServer !== undefined) call.fhirServer = fhirServer;
      for (const entry of call.prefetch['procedures']!.entry)
        if (entry.resource['resourceType'] === 'Procedure')
          entry.fullUrl = `${base}/Procedure/${entry.resource['id'] as string}`;
    });
    const [update] = actionsOf(answer);
    const references = update!.resource!['supportingInfo'] as { reference: string }[];
    return references.filter(({ reference }) => reference.startsWith('Procedure/')).length;
  };

  it.each([
    ['of the server of the call', 'https://ehr.example/fhir', 'https://ehr.example/fhir/', 12],
    ['of the one server that is known', 'https://ehr.example/fhir', undefined, 12],
    ['of another server', 'https://other.example/fhir', 'https://ehr.example/fhir', 0],
  ])('is attached for evidence %s: %s of %s', async (_, base, fhirServer, count) => {
    expect(await attachedWith(base, fhirServer)).toBe(count);
  });
});

describe('who referred, as the recipient of a question', () => {
  const HOME = 'https://ehr.example/fhir';

  /** The call about a patient whose referral comes from a server and names who made it. */
  const recipientOf = async (base: string | undefined, reference: string, fhirServer?: string) => {
    const answer = await answered('psychology-unknown', (call) => {
      if (fhirServer !== undefined) call.fhirServer = fhirServer;
      for (const { entry } of Object.values(call.prefetch))
        for (const each of entry ?? []) {
          if (each.resource['resourceType'] !== 'ServiceRequest') continue;
          each.resource['requester'] = { reference };
          if (base !== undefined) each.fullUrl = `${base}/ServiceRequest/${each.resource['id'] as string}`;
        }
    });
    const asked = actionsOf(answer).filter(({ resource }) => resource?.resourceType === 'CommunicationRequest');
    expect(asked).toHaveLength(1);
    return asked[0]!.resource!['recipient'];
  };

  it.each([
    ['of the server of the call', HOME, 'Practitioner/gp', `${HOME}/`],
    ['without an address', undefined, 'Practitioner/gp', HOME],
    ['of the one server that is known', HOME, 'Practitioner/gp', undefined],
    [
      'of another server, where the reference names it',
      'https://gp.example/fhir',
      'https://gp.example/fhir/Practitioner/gp',
      HOME,
    ],
  ])('is named by a referral %s', async (_, base, reference, fhirServer) => {
    expect(await recipientOf(base, reference, fhirServer)).toEqual([{ reference }]);
  });

  it.each([
    ['would be a namesake: the referral is of another server', 'https://gp.example/fhir', 'Practitioner/gp'],
    ['means nothing outside of the Bundle', HOME, 'urn:uuid:3f6c2e1a-1111-4222-8333-444455556666'],
    ['lies in the referral', HOME, '#gp'],
    ['is no id', HOME, 'Practitioner/g_p'],
    ['is a search', HOME, 'Practitioner?identifier=1'],
  ])('is left out where it %s', async (_, base, reference) => {
    expect(await recipientOf(base, reference, HOME)).toBeUndefined();
  });
});
