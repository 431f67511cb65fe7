import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.js';
import type { Resource } from './resource.js';
import type { Assessment } from './verdict.js';

const coding = z.object({ system: z.string(), code: z.string(), display: z.string().optional() });
const extension = z.record(z.string(), z.unknown()).optional();

const resource: z.ZodType<Resource> = z.looseObject({ resourceType: z.string() });

const action = z.object({
  type: z.enum(['create', 'update', 'delete']),
  description: z.string(),
  resource: resource.optional(),
  /** For `delete`: the relative reference `Type/id`. */
  resourceId: z.string().optional(),
});

const suggestion = z.object({
  label: z.string(),
  uuid: z.string(),
  isRecommended: z.boolean().optional(),
  actions: z.array(action).min(1).optional(),
});

const link = z.object({
  label: z.string(),
  url: z.url(),
  type: z.enum(['absolute', 'smart']),
  appContext: z.string().optional(),
});

const card = z.object({
  uuid: z.string(),
  /** In UTF-16 units, plain text. */
  summary: z.string().max(139),
  /** GitHub Flavored Markdown 0.29. */
  detail: z.string().optional(),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.object({
    label: z.string(),
    url: z.url().optional(),
    icon: z.url().optional(),
    topic: coding.optional(),
  }),
  suggestions: z.array(suggestion).min(1).optional(),
  selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
  overrideReasons: z.array(coding).min(1).optional(),
  links: z.array(link).min(1).optional(),
  extension,
});

/**
 * The answer to a call of a service. It documents the wire and is what tests check answers with; answers are not
 * checked while they are sent.
 * @source CDS Hooks 2.0.1, CDS Service Response: https://cds-hooks.hl7.org/STU2/#cds-service-response
 */
export const hookResponseSchema = z.object({ cards: z.array(card), extension });

export type Coding = DeepReadonly<z.infer<typeof coding>>;
export type Action = DeepReadonly<z.infer<typeof action>>;
export type Suggestion = DeepReadonly<z.infer<typeof suggestion>>;
export type Link = DeepReadonly<z.infer<typeof link>>;
export type Card = DeepReadonly<z.infer<typeof card>>;

export interface HookResponse {
  readonly cards: readonly Card[];
  /** The machine-readable result; on the wire it stands in the extension. */
  readonly assessments?: readonly Assessment[];
}
