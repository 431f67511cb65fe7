import type { Resource } from './resource';

/** What travels over CDS Hooks 2.0.1, as this page reads it. */
export interface Service {
  readonly id: string;
  readonly hook: string;
  readonly title?: string;
  readonly description: string;
  readonly prefetch?: Readonly<Record<string, string>>;
}

export interface Coding {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

export interface Action {
  readonly type: 'create' | 'update' | 'delete';
  readonly description: string;
  readonly resource?: Resource;
  readonly resourceId?: string | readonly string[];
}

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly isRecommended?: boolean;
  readonly actions?: readonly Action[];
}

export interface Card {
  readonly uuid: string;
  readonly summary: string;
  readonly detail?: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly url?: string };
  readonly suggestions?: readonly Suggestion[];
  readonly selectionBehavior?: 'at-most-one' | 'any';
  readonly overrideReasons?: readonly Coding[];
  readonly links?: readonly { readonly label: string; readonly url: string; readonly type: string }[];
}

export type Status = 'met' | 'not-met' | 'unknown' | 'review' | 'not-applicable';
export type Outcome = 'met' | 'not-met' | 'unknown' | 'review' | 'transition';

export interface Evidence {
  readonly reference: string;
  readonly path: string;
  readonly value?: string | number | boolean;
}

export interface Criterion {
  readonly id: string;
  readonly status: Status;
  readonly effect: string;
  readonly reason: string;
  readonly readings?: Readonly<Record<string, Status>>;
  readonly evidence?: readonly Evidence[];
  readonly missing?: readonly string[];
  readonly figures?: Readonly<Record<string, string | number | boolean>>;
  readonly source: { readonly document: string; readonly section: string };
}

export interface Score {
  readonly instrument: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly date?: string;
  readonly reference: string;
}

export interface Assessment {
  readonly service: string;
  readonly order: string;
  readonly asOf: string;
  readonly referredOn: string;
  readonly regime: string;
  readonly outcome: Outcome;
  readonly protocol: { readonly id: string; readonly version?: string };
  readonly criteria?: readonly Criterion[];
  readonly scores?: readonly Score[];
}

export interface HookResponse {
  readonly cards: readonly Card[];
  readonly extension?: Readonly<Record<string, unknown>>;
}

/** Key of the machine-readable result in a response. */
const ASSESSMENT_KEY = 'nl.imsr-cds.assessment';
/** Key by which a request names the day to answer for; honoured in the sandbox alone. */
export const AS_OF_KEY = 'nl.imsr-cds.asOf';

export function assessmentsIn(response: HookResponse): readonly Assessment[] {
  const value = response.extension?.[ASSESSMENT_KEY];
  return Array.isArray(value) ? (value as Assessment[]) : [];
}
