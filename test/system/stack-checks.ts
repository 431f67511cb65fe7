import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Assessment } from '../../src/schemas/verdict.js';
import type { Answer } from './ehr.js';
import { bareCall, fullCall } from './synthetic-call.js';

export const SERVICE = '/cds-services/imsr-indication';
export const FEEDBACK = `${SERVICE}/feedback`;
export const PATIENT = 'all-met';

export interface Cards {
  readonly cards: readonly { readonly uuid: string; readonly summary: string }[];
  readonly extension: { readonly 'nl.imsr-cds.assessment': readonly Assessment[] };
}

/** A running stack: instances behind which one store stands, and a FHIR server that holds the synthetic patients. */
export interface Stack {
  /** One authenticated POST to one of the two instances. */
  ask(instance: 0 | 1, endpoint: string, body: unknown): Promise<Answer>;
  /** One GET without a token. */
  get(instance: 0 | 1, endpoint: string): Promise<Answer>;
  /** The FHIR server as the instances reach it. */
  readonly fhirServer: string;
}

/** A call that leaves everything to be fetched. */
export function fetchingCall(fhirServer: string) {
  return {
    ...bareCall('imsr-indication', PATIENT),
    fhirServer,
    fhirAuthorization: {
      access_token: 'synthetic-token',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'patient/*.read',
      subject: 'imsr-cds',
      patient: PATIENT,
    },
  };
}

export function assessmentIn(answer: Answer): Assessment {
  const [assessment] = (answer.body as Cards).extension['nl.imsr-cds.assessment'];
  if (assessment === undefined) throw new Error('the answer holds no assessment');
  return assessment;
}

export function accepted(card: string, more: object = {}) {
  const outcomeTimestamp = new Date().toISOString();
  return { card, outcome: 'accepted', acceptedSuggestions: [{ id: randomUUID() }], outcomeTimestamp, ...more };
}

/** What holds for a stack however it was started: as plain processes or in containers. */
export function checkStack(stack: () => Stack): void {
  it('[row 9] both instances tell of the same four services', async () => {
    const answers = await Promise.all([stack().get(0, '/cds-services'), stack().get(1, '/cds-services')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0].text).toBe(answers[1].text);
    const { services } = answers[0].body as { services: readonly { id: string }[] };
    expect(services.map(({ id }) => id).sort()).toEqual(
      ['imsr-indication', 'imsr-overview', 'imsr-referral', 'imsr-referral-select'].sort(),
    );
  });

  it('[row 58] [row 59] a call without prefetch gets the verdicts of a call with it: the record is fetched', async () => {
    const fetched = await stack().ask(0, SERVICE, fetchingCall(stack().fhirServer));
    expect(fetched.status, fetched.text).toBe(200);
    const sent = await stack().ask(1, SERVICE, fullCall('imsr-indication', PATIENT));
    expect((fetched.body as Cards).cards.length).toBeGreaterThan(0);
    const [ofFetched, ofSent] = [assessmentIn(fetched), assessmentIn(sent)];
    const statuses = ({ criteria }: Assessment) => Object.fromEntries(criteria.map(({ id, status }) => [id, status]));
    expect(statuses(ofFetched)).toEqual(statuses(ofSent));
    expect(ofFetched.outcome).toBe(ofSent.outcome);
    const pain = ofFetched.criteria.find(({ id }) => id === 'musculoskeletal-pain');
    expect(pain).toMatchObject({ status: 'met' });
    expect(JSON.stringify(pain?.evidence)).toContain(`Condition/${PATIENT}-pain`);
  });

  it('[row 125] feedback on a card of one instance is kept by the other, once', async () => {
    const answer = await stack().ask(0, SERVICE, fullCall('imsr-indication', PATIENT));
    const [card] = (answer.body as Cards).cards;
    const feedback = { feedback: [accepted(card!.uuid)] };
    for (const instance of [1, 0, 1] as const) {
      const { status, text } = await stack().ask(instance, FEEDBACK, feedback);
      expect(status, text).toBe(200);
    }
  });

  it('[row 126] [row 71] feedback on a card that nobody got is 404, with an OperationOutcome', async () => {
    const { status, body } = await stack().ask(1, FEEDBACK, { feedback: [accepted(randomUUID())] });
    expect(status).toBe(404);
    expect(body).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  it('[row 48] a call without the patient is 412', async () => {
    const { status, text } = await stack().ask(0, SERVICE, bareCall('imsr-indication', PATIENT));
    expect(status, text).toBe(412);
  });
}
