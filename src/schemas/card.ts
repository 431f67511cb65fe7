import type { Resource } from './resource.js';
import type { Assessment } from './verdict.js';

/** CDS Hooks 2.0.1 response types: https://cds-hooks.hl7.org/STU2/#cds-service-response */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface Action {
  readonly type: 'create' | 'update' | 'delete';
  readonly description: string;
  readonly resource?: Resource;
  /** For `delete`: the relative reference `Type/id`. */
  readonly resourceId?: string;
}

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly isRecommended?: boolean;
  readonly actions?: readonly Action[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
  readonly type: 'absolute' | 'smart';
  readonly appContext?: string;
}

export interface Card {
  readonly uuid: string;
  /** Fewer than 140 UTF-16 units, plain text. */
  readonly summary: string;
  /** GitHub Flavored Markdown 0.29. */
  readonly detail?: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly url?: string; readonly icon?: string; readonly topic?: Coding };
  readonly suggestions?: readonly Suggestion[];
  readonly selectionBehavior?: 'at-most-one' | 'any';
  readonly overrideReasons?: readonly Coding[];
  readonly links?: readonly Link[];
  readonly extension?: Readonly<Record<string, unknown>>;
}

export interface HookResponse {
  readonly cards: readonly Card[];
  /** The machine-readable result; on the wire it stands in the extension. */
  readonly assessments?: readonly Assessment[];
}
