/** The languages a physician may read. Dutch comes first. */
export type Language = 'nl' | 'en';
export const LANGUAGES: readonly Language[] = ['nl', 'en'];

/** A text in every language. */
export type Texts = Readonly<Record<Language, string>>;

export const HOOKS = ['order-select', 'order-sign', 'patient-view'] as const;
export type HookName = (typeof HOOKS)[number];

/** One prefetch template of a service. */
export interface PrefetchTemplate {
  readonly key: string;
  /** FHIR read or search with `{{context.…}}` tokens, relative to the FHIR base. */
  readonly template: string;
  /** The resource types that the answer speaks for. */
  readonly types: readonly string[];
  /** Without it the call is a 412. */
  readonly required: boolean;
}

/** A CDS service as `hooks/services/<id>.yaml` defines it. */
export interface ServiceDefinition {
  readonly id: string;
  readonly hook: HookName;
  readonly phase: string;
  readonly protocol: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly usageRequirements: Texts;
  readonly prefetch: readonly PrefetchTemplate[];
}
