import { z } from 'zod';
import { anyObject } from './any-object.js';
import { FHIR_ID } from './fhir-id.js';
import { listOf } from './list-of.js';
import type { HookName } from './service.js';
import type { Resource } from './resource.js';
import { isHttpUrl } from './url.js';

/**
 * The body of a CDS service call.
 *
 * The schemas are strict about what the specification says and open to everything else, which they do not look at. They only
 * look: the handler receives the very object that was parsed, nothing coerced, stripped or defaulted.
 * @source CDS Hooks 2.0.1, HTTP Request; hook library 1.0.1 (patient-view, order-select, order-sign)
 */

/** The most entries of `draftOrders`, and the most `selections`: each draft is asked about, and one that is odd takes over a millisecond. */
export const LONGEST_LIST = 500;

/** The forms that texts in a call must have. */
export const FORMS = {
  /** Without a flag for the case of its letters: what describes the API has none. */
  uuid: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
  plainId: new RegExp(`^${FHIR_ID}$`),
  userId: new RegExp(`^(?:Practitioner|PractitionerRole|Patient|RelatedPerson)/${FHIR_ID}$`),
  /** It is held against the drafts and goes nowhere: an id of another form than FHIR's (`a_b`) is that of the draft, which is answered at order-sign too. */
  selection: /^[A-Z][A-Za-z]{0,63}\/\S+$/,
  resourceType: /^[A-Z][A-Za-z]{0,63}$/,
  /** Visible ASCII only: the token ends up in a header. */
  token: /^[\x21-\x7e]+$/,
  notBlank: /\S/,
} as const;

const text = (expected: string, pattern: RegExp) => z.string({ error: expected }).regex(pattern, { error: expected });

const plainId = text('a FHIR id without a resource type', FORMS.plainId);
const userId = text('Type/id, of a Practitioner, PractitionerRole, Patient or RelatedPerson', FORMS.userId);
const selection = text('Type/id', FORMS.selection);

const resource = z.object(
  { resourceType: text('the name of a resource type', FORMS.resourceType) },
  { error: 'a FHIR resource' },
);

/** `type` and `entry` may be missing, as may `id` and `fullUrl` of an entry: real clients leave them out. */
const draftOrders = z.object(
  {
    resourceType: z.literal('Bundle', { error: 'Bundle' }),
    entry: listOf(
      z.object({ resource: resource.optional() }, { error: 'a Bundle entry' }),
      'an array of Bundle entries',
      LONGEST_LIST,
    ).optional(),
  },
  { error: 'a Bundle with the draft orders' },
);

const contextBase = { userId, patientId: plainId, encounterId: plainId.optional() };
const expectedContext = { error: "an object with the hook's context" };

/** The context of each hook. */
const contextSchemas = {
  'patient-view': z.object(contextBase, expectedContext),
  'order-select': z.object(
    { ...contextBase, selections: listOf(selection, 'an array of Type/id', LONGEST_LIST), draftOrders },
    expectedContext,
  ),
  'order-sign': z.object({ ...contextBase, draftOrders }, expectedContext),
} as const satisfies Record<HookName, z.ZodType>;

const bearer = z.object(
  {
    access_token: text('a bearer token', FORMS.token),
    token_type: z.literal('Bearer', { error: 'Bearer' }),
    expires_in: z.int({ error: 'a whole number of seconds' }),
    scope: z.string({ error: 'a string of scopes' }),
    subject: text('the client id of the service', FORMS.notBlank),
    patient: plainId.optional(),
  },
  { error: 'an object with an access token' },
);

const fhirServer = z
  .string({ error: 'an absolute http(s) URL' })
  .refine(isHttpUrl, { error: 'an absolute http(s) URL' });

const envelope = <H extends HookName>(hook: H) =>
  z.object(
    {
      hook: z.literal(hook, { error: hook }),
      hookInstance: text('a UUID', FORMS.uuid),
      context: contextSchemas[hook],
      fhirServer: fhirServer.optional(),
      fhirAuthorization: bearer.optional(),
      prefetch: anyObject.optional(),
      extension: anyObject.optional(),
    },
    { error: 'a JSON object' },
  );

/** The body of a call, per hook. That `fhirAuthorization` asks for `fhirServer` is checked by `readHookRequest`. */
export const hookRequestSchemas = {
  'patient-view': envelope('patient-view'),
  'order-select': envelope('order-select'),
  'order-sign': envelope('order-sign'),
} as const;

export interface DraftOrders {
  readonly resourceType: 'Bundle';
  readonly entry?: readonly {
    readonly fullUrl?: unknown;
    readonly resource?: Resource;
    readonly [key: string]: unknown;
  }[];
  readonly [element: string]: unknown;
}

export interface HookContext {
  /** `Type/id` of the user. */
  readonly userId: string;
  /** Plain FHIR id. */
  readonly patientId: string;
  readonly encounterId?: string;
  /** order-select only: `Type/id` of the selected drafts. */
  readonly selections?: readonly string[];
  /** order-select and order-sign only. */
  readonly draftOrders?: DraftOrders;
  readonly [field: string]: unknown;
}

export interface FhirAuthorization {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Lifetime in seconds, counted from when the client issued it. */
  readonly expires_in: number;
  readonly scope: string;
  readonly subject: string;
  /** The one patient that the token is restricted to. */
  readonly patient?: string;
}

/** A call that passed the door: exactly the object that was parsed. */
export interface HookRequest {
  readonly hook: HookName;
  readonly hookInstance: string;
  readonly context: HookContext;
  readonly fhirServer?: string;
  readonly fhirAuthorization?: FhirAuthorization;
  /** By prefetch key; the values are not looked at here. */
  readonly prefetch?: Readonly<Record<string, unknown>>;
  readonly extension?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}
