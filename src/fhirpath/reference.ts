import fhirpath from 'fhirpath';
import { isResource, type Resource } from '../schemas/resource.js';
import {
  asAnswer,
  type CompileOptions,
  type EvaluationScope,
  type Expression,
  ExpressionFailed,
  type Membership,
} from './expression.js';
import { r4Model } from './model.js';
import { focusElement, parseAllowed, type Reads, readsOf } from './reads.js';
import { withSilentConsole } from './silent-console.js';

/** fhirpath.js's wrapper around a value, as far as this adapter relies on it. */
interface ResourceNode {
  readonly ctx: object;
  readonly data: unknown;
  readonly parentResNode: ResourceNode | null;
  readonly propName: string | null;
}
type ResourceNodeClass = new (ctx: object, data: unknown, parent: ResourceNode | null, ...rest: null[]) => ResourceNode;

const OPTIONS = { resolveInternalTypes: false };

let known: ResourceNodeClass | undefined;

/**
 * The class is not exported, and results of resolve() must be instances of it to have their FHIR type. Asking for it has the grammar
 * of FHIRPath read, which most starts do without.
 */
function nodeClass(): ResourceNodeClass {
  if (known === undefined) {
    const [sample] = fhirpath.evaluate({ resourceType: 'Basic' }, '$this', {}, r4Model, OPTIONS) as unknown[];
    known = (sample as object).constructor as ResourceNodeClass;
  }
  return known;
}

/**
 * Compiles an expression for fhirpath.js, the reference engine.
 * @throws ExpressionRefused when it does not parse or uses what may not be used here
 */
export function compileReference(source: string, options: CompileOptions): Expression {
  const reads = readsOf(parseAllowed(source));
  const path = pathOf(source, options.focusType);
  let scope: EvaluationScope | undefined;
  let compiled: ((data: unknown, variables: object) => unknown[]) | undefined;
  // With the first evaluation: it parses the source again, and hardly a call gets there.
  const compile = (): NonNullable<typeof compiled> =>
    fhirpath.compile(path, r4Model, {
      ...OPTIONS,
      userInvocationTable: {
        memberOf: { fn: memberOf(options), arity: { 1: ['String'] }, internalStructures: true },
        resolve: { fn: resolve(() => scope), arity: { 0: [] }, internalStructures: true },
      },
    } as never) as NonNullable<typeof compiled>;
  return {
    source,
    engine: 'reference',
    resourceTypes: reads.resourceTypes,
    variables: reads.variables,
    evaluate,
    answer: (current) => asAnswer(evaluate(current)),
  };

  function evaluate(current: EvaluationScope): readonly unknown[] {
    scope = current;
    try {
      const variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const name of reads.variables) {
        if (Object.hasOwn(current.variables, name)) variables[name] = bareEach(current.variables[name]);
      }
      const root = current.focus === undefined ? recordRoot(current, reads) : bareEach(current.focus);
      const run = (compiled ??= compile());
      return withSilentConsole(() => run(root, variables)).flatMap(plain);
    } catch (cause) {
      throw new ExpressionFailed(source, cause);
    } finally {
      scope = undefined;
    }
  }
}

function pathOf(source: string, focusType: string | undefined): string | { base: string; expression: string } {
  // A whole resource brings its own type along; only an element needs to be told where it stands.
  if (focusType === undefined || focusElement(source, focusType) === undefined) return source;
  return { base: focusType, expression: source };
}

/** The resources that the expression chooses from, in record order. */
function recordRoot({ record }: EvaluationScope, { roots, wholeRecord }: Reads): unknown[] {
  const types = [...roots];
  return record.resources
    .filter((resource) => wholeRecord || roots.has(resource.resourceType))
    .map((resource) => {
      // fhirpath.js would read a property named after a resource type as if it were that resource.
      const misleading = types.some((type) => Object.hasOwn(resource, type));
      return bare(misleading ? omit(resource, roots) : resource);
    });
}

/** Without `__path__`, the property in which fhirpath.js looks for its own notes about a value. */
function bare(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '__path__')
    ? omit(value, new Set(['__path__']))
    : value;
}

function bareEach(value: unknown): unknown {
  return Array.isArray(value) ? value.map(bare) : bare(value);
}

function omit(value: object, names: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
}

function memberOf(options: CompileOptions): (items: unknown[], valueSet: unknown) => unknown[] {
  return (items, valueSet) => {
    if (typeof valueSet !== 'string') return [];
    return items.map((item) => isMember(data(item), options.memberOf(valueSet)));
  };
}

/** One answer per coding; a concept is a member when any of its codings is. */
export function isMember(value: unknown, isIn: Membership): boolean {
  if (typeof value === 'string') return isIn(undefined, value);
  if (typeof value !== 'object' || value === null) return false;
  const { coding, system, code } = value as { coding?: unknown; system?: unknown; code?: unknown };
  if (Array.isArray(coding)) return coding.some((each) => isMember(each, isIn));
  return isIn(textOf(system), textOf(code));
}

/** The text of a Reference, or of a bare reference string. */
export function referenceText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return textOf((value as { reference?: unknown }).reference);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function resolve(current: () => EvaluationScope | undefined) {
  return function (this: object, items: unknown[]): unknown[] {
    const scope = current()!;
    const NodeClass = nodeClass();
    return items.flatMap((item) => {
      const text = referenceText(data(item));
      if (text === undefined) return [];
      const holder = item instanceof NodeClass ? holderOf(item) : undefined;
      // What lies in the focus may lie in a container that the expression does not see.
      const outer = holder === undefined || holder.data === scope.focus;
      const found = scope.record.resolve(text, outer ? outerResource(scope) : (holder.data as Resource));
      if (found === undefined) return [];
      // What a `#` reference names lies in the same resource: references in it are resolved from there.
      return [new NodeClass(this, bare(found), text.startsWith('#') ? (holder ?? null) : null, null, null, null)];
    });
  };
}

/** The resource in which `#` references of a scope's focus are looked up. */
export function outerResource(scope: EvaluationScope): Resource | undefined {
  const container = scope.container ?? scope.focus;
  return isResource(container) ? container : undefined;
}

/** The outermost resource around a node, when it is more than a contained one. */
function holderOf(node: ResourceNode): ResourceNode | undefined {
  let holder: ResourceNode | undefined;
  for (let at: ResourceNode | null = node.parentResNode; at !== null; at = at.parentResNode) {
    if (!isResource(at.data)) continue;
    holder = at;
    if (at.propName !== 'contained' && !isHeld(at)) break;
  }
  return holder;
}

function isHeld(node: ResourceNode): boolean {
  return node.propName === null && node.parentResNode !== null;
}

function data(item: unknown): unknown {
  return item instanceof nodeClass() ? item.data : item;
}

/** A result item as plain JSON; nothing for an element that has no value. */
function plain(item: unknown): unknown[] {
  const value = data(item);
  if (value === null || value === undefined) return [];
  if (typeof value === 'bigint') return [value.toString()];
  const converted = value as { toJSON?: unknown };
  return [typeof converted.toJSON === 'function' ? (converted.toJSON as () => unknown)() : value];
}
