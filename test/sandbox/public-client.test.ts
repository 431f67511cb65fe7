import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../browser/sandbox-server.js';
import { bundleOf } from '../records/sandbox-bundle.js';

/**
 * The public CDS Hooks Sandbox is the client that people try a service with first. It sends things that no example of
 * the specification shows; each gets the answer that a well-behaved call would.
 */

type Json = Record<string, unknown>;
interface Resource extends Json {
  readonly resourceType: string;
  readonly status?: string;
}
interface Answer {
  readonly status: number;
  readonly body: {
    readonly cards?: readonly { readonly uuid: string; readonly overrideReasons?: readonly Json[] }[];
    readonly extension?: Record<string, readonly { readonly outcome: string; readonly order: string }[]>;
    readonly issue?: readonly { readonly details: { readonly coding: readonly { readonly code: string }[] } }[];
    readonly stored?: number;
  };
}

/** A synthetic patient whose first line falls short. */
const PATIENT = 'four-sessions';
const record: readonly Resource[] = bundleOf(PATIENT).entry.map(({ resource }) => resource);
const draft = record.find(({ status }) => status === 'draft')!;

const searchset = (...types: readonly string[]): Json => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: record
    .filter((resource) => types.includes(resource.resourceType) && resource !== draft)
    .map((resource) => ({ resource })),
});
const prefetch: Json = {
  patient: record.find(({ resourceType }) => resourceType === 'Patient'),
  conditions: searchset('Condition'),
  procedures: searchset('Procedure', 'PractitionerRole'),
  encounters: searchset('Encounter'),
  questionnaireResponses: searchset('QuestionnaireResponse'),
  serviceRequests: searchset('ServiceRequest'),
  observations: searchset('Observation'),
  medicationStatements: searchset('MedicationStatement'),
  medicationRequests: searchset('MedicationRequest'),
};

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let authorization: (path: string) => Promise<string>;

beforeAll(async () => {
  sandbox = await startSandbox();
  const { privateKey } = await generateKeyPair('ES384');
  // It signs with its own key, names its public address as issuer, and the exact URL as audience.
  authorization = async (path) => {
    const token = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'public-sandbox', jku: 'https://sandbox.example/jwks.json' })
      .setIssuer('https://sandbox.example')
      .setAudience(`${sandbox.url}${path}`)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    return `Bearer ${token}`;
  };
});
afterAll(() => sandbox.stop());

async function post(path: string, body: Json): Promise<Answer> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'https://sandbox.example',
      authorization: await authorization(path),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** A call as it makes them: `draftOrders` has no `type`. */
function call(orders: readonly Json[], changes: Json = {}): Json {
  return {
    hook: 'order-sign',
    hookInstance: randomUUID(),
    context: {
      userId: 'Practitioner/COREPRACTITIONER1',
      patientId: PATIENT,
      draftOrders: { resourceType: 'Bundle', entry: orders.map((resource) => ({ resource })) },
    },
    extension: { 'nl.imsr-cds.asOf': '2026-12-01' },
    prefetch,
    ...changes,
  };
}

const INDICATION = '/cds-services/imsr-indication';
const outcomes = ({ body }: Answer) => body.extension?.['nl.imsr-cds.assessment']?.map(({ outcome }) => outcome);

describe('[the public CDS Hooks Sandbox]', () => {
  it('gets discovery with a token of an issuer that nobody registered', async () => {
    const response = await fetch(`${sandbox.url}/cds-services`, {
      headers: { authorization: await authorization('/cds-services'), origin: 'https://sandbox.example' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://sandbox.example');
    expect(((await response.json()) as { services: Json[] }).services.map(({ id }) => id)).toContain('imsr-indication');
  });

  it('may ask first for authorization and content-type', async () => {
    const response = await fetch(`${sandbox.url}${INDICATION}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://sandbox.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')?.split(/,\s*/)).toEqual(
      expect.arrayContaining(['authorization', 'content-type']),
    );
  });

  it('leaves the type of draftOrders out', async () => {
    const answer = await post(INDICATION, call([draft]));
    expect({ status: answer.status, outcomes: outcomes(answer) }).toEqual({ status: 200, outcomes: ['not-met'] });
  });

  it('sends a first draft without a code, alone and before a real one', async () => {
    const empty = {
      resourceType: 'ServiceRequest',
      id: 'empty',
      status: 'draft',
      code: { coding: [{}] },
      subject: draft['subject'],
    };
    expect((await post(INDICATION, call([empty]))).body).toEqual({ cards: [] });
    const answer = await post(INDICATION, call([empty, draft]));
    expect(answer.body.extension?.['nl.imsr-cds.assessment']?.map(({ order }) => order)).toEqual([
      `ServiceRequest/${PATIENT}-draft`,
    ]);
  });

  it('drafts orders of intent plan', async () => {
    const answer = await post(INDICATION, call([{ ...draft, intent: 'plan' }]));
    expect(outcomes(answer)).toEqual(['not-met']);
  });

  it('leaves out the keys whose tokens it cannot fill: unknown, and never a no', async () => {
    const { patient } = prefetch;
    const answer = await post(INDICATION, call([draft], { prefetch: { patient } }));
    expect({ status: answer.status, outcomes: outcomes(answer) }).toEqual({ status: 200, outcomes: ['unknown'] });
  });

  it('gives an override reason with code and system only', async () => {
    const { body } = await post(INDICATION, call([draft]));
    const [card] = body.cards ?? [];
    const { code, system } = card?.overrideReasons?.[0] ?? {};
    const answer = await post(`${INDICATION}/feedback`, {
      feedback: [
        {
          card: card?.uuid,
          outcome: 'overridden',
          overrideReason: { reason: { code, system } },
          outcomeTimestamp: new Date().toISOString(),
        },
      ],
    });
    expect(answer).toEqual({ status: 200, body: { stored: 1 } });
  });

  it('sends order-sign to a service of order-select, and hears what is wrong', async () => {
    const { status, body } = await post('/cds-services/imsr-referral-select', call([draft]));
    expect({ status, code: body.issue?.[0]?.details.coding[0]?.code }).toEqual({ status: 400, code: 'HOOK_MISMATCH' });
  });
});
