import type { MemberOf } from '../fhirpath/expression.js';
import type {
  AskedCodes,
  CriterionDefinition,
  FactDefinition,
  LadderDefinition,
  ProtocolFile,
  ValueSetFile,
  VersionFile,
} from '../schemas/protocol.js';
import type { PrefetchTemplate, ServiceDefinition } from '../schemas/service.js';
import type { Parameter } from './parameters.js';

/** One version of a protocol as its files hold it: criteria in order, facts by name, shared ladders by name. */
export interface ProtocolVersion {
  readonly file: VersionFile;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly criteria: readonly CriterionDefinition[];
  readonly ladders: ReadonlyMap<string, LadderDefinition>;
}

/** A protocol with all its versions, parameters and value sets. */
export interface Protocol {
  readonly file: ProtocolFile;
  readonly versions: readonly ProtocolVersion[];
  readonly parameters: readonly Parameter[];
  readonly memberOf: MemberOf;
  /** With the codes that a site adds. */
  readonly valueSets: ReadonlyMap<string, ValueSetFile>;
  readonly valueSetNames: ReadonlySet<string>;
  /** Those of its own files, without what a site adds. */
  readonly ownValueSetNames: ReadonlySet<string>;
  /**
   * SHA-256 in hexadecimal over what stands in every file that bears on a verdict, in a fixed order: its own files, its
   * instruments, the services that ask by it, and the codes that a site adds. Questionnaires are for the sandbox alone:
   * how a form is scored stands with its instrument.
   */
  readonly hash: string;
}

/** A service with the questions it asks of an order. */
export interface Service extends ServiceDefinition {
  readonly fires: string;
  readonly referral: string;
  readonly perhapsReferral?: string | undefined;
  readonly roles: readonly { readonly type: string; readonly path: string }[];
}

/** A service as its file holds it: the codes that its templates ask for still stand apart. */
export interface ServiceFile extends Service {
  readonly prefetch: readonly (PrefetchTemplate & { readonly codes?: AskedCodes | undefined })[];
}
