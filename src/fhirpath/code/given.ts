import * as calculate from '../calculate.js';
import { collect, count, join } from '../collection.js';
import * as convert from '../convert.js';
import { deoptimise } from '../deoptimise.js';
import type { EvaluationScope, Membership } from '../expression.js';
import { order } from '../order.js';
import { isMember } from '../reference.js';
import type { GatheredRecord } from '../../schemas/record.js';
import { isResource, type Resource } from '../../schemas/resource.js';
import * as aggregates from './aggregates.js';
import { formItems, type FormItems } from './form-items.js';
import { EMPTY, type Kept } from './kept.js';
import * as raw from './raw.js';
import * as same from './same.js';
import * as sets from './sets.js';

/** What generated code calls by name. */
export const GIVEN = {
  D: deoptimise,
  isArray: Array.isArray,
  isResource,
  isMember,
  isCodingIn,
  codingsIn,
  resolved,
  resourceAt,
  read,
  resources,
  EMPTY,
  count,
  join,
  order,
  focusOf,
  holderOf,
  homeOf,
  formsOf,
  ...raw,
  ...same,
  ...sets,
  ...aggregates,
  ...calculate,
  ...convert,
} as const;

/**
 * A variable's items.
 * @param values where those stand that were read before
 * @param wanted `value`, `row` (no resource), `resource`, or a resource type that every item must be of
 */
function read(scope: EvaluationScope, values: unknown[], slot: number, name: string, wanted: string): raw.Raw {
  const known = values[slot];
  if (known !== undefined) return known === EMPTY ? undefined : known;
  const items = itemsOf(scope.variables[name], wanted);
  values[slot] = items === undefined ? EMPTY : items;
  return items;
}

function itemsOf(value: unknown, wanted: string): raw.Raw {
  if (!Array.isArray(value)) return checked(value, wanted);
  if (value.length < 2) return value.length === 0 ? undefined : checked(value[0], wanted);
  for (let at = 0; at < value.length; at += 1) checked(value[at], wanted);
  return value;
}

/** All resources of a type in the record. */
function resources({ record }: EvaluationScope, type: string): raw.Raw {
  const found = record.byType(type) as readonly object[];
  for (let at = 0; at < found.length; at += 1) if ('__path__' in found[at]!) deoptimise();
  return collect(found);
}

function checked(value: unknown, wanted: string): unknown {
  if (typeof value !== 'object') {
    return wanted === 'value' && value !== undefined ? value : deoptimise();
  }
  if (value === null || wanted === 'value' || Array.isArray(value)) return deoptimise();
  const { resourceType: type, __path__: note } = value as {
    readonly resourceType?: unknown;
    readonly __path__?: unknown;
  };
  // A property in which fhirpath.js looks for its own notes about a value.
  if (note !== undefined) return deoptimise();
  if (wanted === 'resource') return isResource(value) ? value : deoptimise();
  return type === (wanted === 'row' ? undefined : wanted) ? value : deoptimise();
}

/** The row, the resource or the element of one that an expression is evaluated on. */
function focusOf(focus: unknown, wanted: string): unknown {
  return typeof focus === 'object' ? checked(focus, wanted) : deoptimise();
}

/** The resource in which `#` references of a focus are looked up. */
function holderOf(focus: unknown, container: unknown): unknown {
  const holder = container ?? focus;
  return isResource(holder) ? holder : undefined;
}

/** The resource in which `#` references of a resource are looked up that another one led to: that one, where it contains it. */
function homeOf(within: Resource, resource: unknown): unknown {
  const { contained } = within as { readonly contained?: unknown };
  return Array.isArray(contained) && contained.includes(resource) ? within : resource;
}

function formsOf(forms: Kept['forms'], resources: raw.Raw): FormItems {
  if (resources === undefined) return formItems(undefined);
  let known = forms.get(resources as object);
  if (known === undefined) forms.set(resources as object, (known = formItems(resources)));
  return known;
}

type Coding = Readonly<Record<string, unknown>>;

function isCodingIn(isIn: Membership, coding: Coding): boolean {
  const { system, code } = coding;
  if (coding['coding'] !== undefined) deoptimise();
  return isIn(typeof system === 'string' ? system : undefined, typeof code === 'string' ? code : undefined);
}

/** The codings of a collection that are in a value set. */
function codingsIn(isIn: Membership, codings: raw.Raw): raw.Raw {
  if (codings === undefined) return undefined;
  if (!Array.isArray(codings)) return isCodingIn(isIn, codings as Coding) ? codings : undefined;
  let found: raw.Raw;
  for (let at = 0; at < codings.length; at += 1) {
    if (isCodingIn(isIn, codings[at] as Coding)) found = raw.added(found, codings[at]);
  }
  return found;
}

/**
 * What references lead to.
 * @param holder the resource in which `#` references are looked up
 */
function resolved(record: GatheredRecord, references: raw.Raw, holder: Resource | undefined): raw.Raw {
  if (references === undefined) return undefined;
  if (!Array.isArray(references)) return resourceAt(record, references as Reference, holder);
  let found: raw.Raw;
  for (let at = 0; at < references.length; at += 1) {
    const resource = resourceAt(record, references[at] as Reference, holder);
    if (resource !== undefined) found = raw.added(found, resource);
  }
  return found;
}

interface Reference {
  readonly reference?: unknown;
}

function resourceAt(record: GatheredRecord, { reference }: Reference, holder: Resource | undefined): unknown {
  if (typeof reference !== 'string') return undefined;
  const found = record.resolve(reference, holder);
  if (found !== undefined && (!isResource(found) || '__path__' in found)) deoptimise();
  return found;
}
