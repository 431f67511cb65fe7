import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { draftsIn } from '../../src/orders/drafts.js';
import { mayAsk, ordersAsked } from '../../src/orders/orders-asked.js';
import { withDrafts } from '../../src/orders/record-with-drafts.js';
import { indexRecord } from '../../src/record/index-record.js';
import type { HookRequest } from '../../src/schemas/hook-request.js';

const knowledge = loadKnowledge('hooks').value!;
const service = knowledge.services.find(({ id }) => id === 'imsr-referral')!;

const condition = (id: string, code: string) => ({
  resourceType: 'Condition',
  id,
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
});
/** Influenza, and low back pain. */
const [OTHER, PAIN] = ['6142004', '279039007'];

/** A referral to a rehabilitation physician for a reason that lies in the order itself. */
function signing(subject: string, ...contained: readonly object[]): HookRequest {
  const referral = {
    resourceType: 'ServiceRequest',
    id: 'draft',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${subject}` },
    performerType: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: '0327' }] },
    reasonReference: [{ reference: '#reason' }],
    contained,
  };
  return {
    hook: 'order-sign',
    hookInstance: '11111111-2222-4333-8444-555555555555',
    context: {
      userId: 'Practitioner/p',
      patientId: 'synthetic',
      draftOrders: { resourceType: 'Bundle', entry: [{ resource: referral }] },
    },
  };
}

const entriesOf = ({ context }: HookRequest) => context.draftOrders!.entry!;

/** What is told of a call before its record is read, and once it is. */
function told(request: HookRequest) {
  const drafts = draftsIn(request);
  const asking = { service, drafts };
  return {
    before: mayAsk(asking, request),
    after: ordersAsked(asking, withDrafts(indexRecord([], []), drafts)).length > 0,
  };
}

describe('what a call may be about is told from the call alone', () => {
  it('by a reason that lies in the order', () => {
    expect(told(signing('synthetic', condition('reason', PAIN)))).toEqual({ before: true, after: true });
    expect(told(signing('synthetic', condition('reason', OTHER)))).toEqual({ before: false, after: false });
  });

  it('a reason that cannot be looked up is a maybe, also where two in the order have its id', () => {
    expect(told(signing('synthetic'))).toEqual({ before: true, after: true });
    const two = [condition('reason', OTHER), condition('reason', PAIN)];
    expect(told(signing('synthetic', ...two))).toEqual({ before: true, after: true });
  });

  it('a draft about another patient is refused only where the service may speak to it', () => {
    expect(told(signing('other', condition('reason', OTHER))).before).toBe(false);
    expect(() => told(signing('other', condition('reason', PAIN)))).toThrow('more than one patient');
  });

  it('a draft that no question can be asked of is refused as what it is', () => {
    const request = signing('synthetic', condition('reason', PAIN));
    const order = entriesOf(request)[0]!.resource as Record<string, unknown>;
    delete order['performerType'];
    order['code'] = { text: { toString: null } };
    expect(() => told(request)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', status: 400 }));
  });

  it('as is one that contains something about another patient', () => {
    const reason = { ...condition('reason', PAIN), subject: { reference: 'Patient/other' } };
    const issues = [
      { path: 'context.draftOrders.entry[0].resource.contained', expected: 'the patient of the context' },
    ];
    expect(() => told(signing('synthetic', reason))).toThrow(
      expect.objectContaining({ code: 'SUBJECT_MISMATCH', issues }),
    );
  });

  it('and named by its place in the call, whatever stands before it', () => {
    const [own, other, none] = ['synthetic', 'other', 'other'].map((subject, at) =>
      signing(subject, condition('reason', at < 2 ? PAIN : OTHER)),
    );
    const before = [null, { resource: { resourceType: 'MedicationRequest' } }, ...entriesOf(none!), ...entriesOf(own!)];
    const entry = [...before, ...entriesOf(other!)] as unknown as ReturnType<typeof entriesOf>;
    const draftOrders = { resourceType: 'Bundle', entry } as const;
    const issues = [{ path: 'context.draftOrders.entry[4].resource.subject', expected: 'the patient of the context' }];
    expect(() => told({ ...own!, context: { ...own!.context, draftOrders } })).toThrow(
      expect.objectContaining({ code: 'SUBJECT_MISMATCH', issues }),
    );
  });
});

describe('a draft about another patient that the service does not speak to', () => {
  const treatment = knowledge.services.find(({ id }) => id === 'imsr-indication')!;
  const code = (code: string) => ({
    coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-order', code }],
  });
  const order = (id: string, of: string, more: object) => ({
    resource: { resourceType: 'ServiceRequest', id, subject: { reference: `Patient/${of}` }, ...more },
  });
  const referral = order('r', 'other', { status: 'active', code: code('imsr-referral'), authoredOn: '2024-01-10' });

  function asked(...entry: ReturnType<typeof entriesOf>) {
    const { context, ...request } = signing('synthetic');
    const call = { ...request, context: { ...context, draftOrders: { resourceType: 'Bundle', entry } as const } };
    const drafts = draftsIn(call);
    const asking = { service: treatment, drafts };
    return { asks: mayAsk(asking, call), record: withDrafts(indexRecord([], []), drafts) };
  }

  it.each([
    ['basedOn', [{ reference: 'ServiceRequest/r' }]],
    ['supportingInfo', [null, { reference: 'ServiceRequest/r' }]],
    ['replaces', { reference: 'ServiceRequest/r' }],
  ])('refuses the call where an order that it does speak to names it as %s', (element, reference) => {
    const own = order('d', 'synthetic', { code: code('imsr-treatment'), [element]: reference });
    const issues = [{ path: 'context.draftOrders.entry[1].resource.subject', expected: 'the patient of the context' }];
    expect(() => asked(own, referral)).toThrow(expect.objectContaining({ code: 'SUBJECT_MISMATCH', issues }));
  });

  it('is else not read at all', () => {
    const { asks, record } = asked(order('d', 'synthetic', { code: code('imsr-treatment') }), referral);
    expect(asks).toBe(true);
    expect(record.resolve('ServiceRequest/r')).toBeUndefined();
    expect(record.resolve('ServiceRequest/d')).toBeDefined();
    expect(asked(order('d', 'synthetic', { basedOn: [{ reference: 'ServiceRequest/r' }] }), referral).asks).toBe(false);
  });
});

describe('the selected drafts', () => {
  it.each([
    ['https://ehr.example/fhir/ServiceRequest/abc', {}, ['https://ehr.example/fhir/ServiceRequest/abc']],
    ['https://ehr.example/fhir/ServiceRequest/abc', { id: 'other' }, []],
    ['https://ehr.example/fhir/ServiceRequest/other', {}, []],
    ['urn:uuid:5d3a0f6a-0d0c-4a52-8a4e-0d8d1e2f3a4b', {}, []],
  ])('are found by their address %s where they have no id', (fullUrl, more, found) => {
    const { context, ...request } = signing('synthetic');
    const entry = [{ fullUrl, resource: { resourceType: 'ServiceRequest', ...more } }];
    const drafts = draftsIn({
      ...request,
      hook: 'order-select',
      context: {
        ...context,
        draftOrders: { resourceType: 'Bundle', entry },
        selections: ['ServiceRequest/abc'],
      },
    });
    expect(drafts.map(({ reference }) => reference)).toEqual(found);
  });

  it('are found in time that does not grow with the drafts times the selections', () => {
    const many = Array.from({ length: 300_000 }, (_, number) => number);
    const draft = (number: number) => ({ resource: { resourceType: 'ServiceRequest', id: `draft${number}` } });
    const { context, ...request } = signing('synthetic');
    const selected = draftsIn({
      ...request,
      hook: 'order-select',
      context: {
        ...context,
        draftOrders: { resourceType: 'Bundle', entry: many.map(draft) },
        selections: [...many.map((number) => `ServiceRequest/other${number}`), 'ServiceRequest/draft7'],
      },
    });
    expect(selected.map(({ reference }) => reference)).toEqual(['ServiceRequest/draft7']);
  });
});
