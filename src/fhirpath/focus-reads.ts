import type { FocusReads } from './expression.js';
import { FUNCTIONS } from './functions.js';
import { childOf, type ElementType, isResourceType, OPEN, resourceType, typeAtPath } from './model.js';
import { argumentsOf, calls, essence, nameOf, parts, type SyntaxNode } from './parse.js';

/**
 * Which properties of its focus an expression can see at most, as they stand in JSON.
 *
 * @returns nothing when it may see more: the focus itself, its type, its place, or all of its children
 */
export function focusReadsOf(tree: SyntaxNode, focusType: string | undefined): FocusReads | undefined {
  const type = typeOf(focusType);
  const names = type === undefined ? undefined : namesIn(tree);
  if (type === undefined || names === undefined) return undefined;
  const properties = new Set<string>();
  for (const name of names) {
    for (const { property, extra } of childOf(type, name).places) {
      properties.add(property);
      // A plain row has no extensions beside its values.
      if (type !== OPEN) properties.add(extra);
    }
  }
  return { properties: [...properties], resolves: calls(tree, 'resolve') };
}

function typeOf(focusType: string | undefined): ElementType | undefined {
  if (focusType === undefined) return OPEN;
  return isResourceType(focusType) ? resourceType(focusType) : typeAtPath(focusType);
}

type Names = ReadonlySet<string> | undefined;

/** Names that the expression reads from what it stands at; what lies inside a criterion stands elsewhere. */
function namesIn(node: SyntaxNode): Names {
  const inner = essence(node);
  switch (inner.type) {
    case 'ThisInvocation':
    case 'IndexInvocation':
    case 'TotalInvocation':
      return undefined;
    case 'MemberInvocation':
      // A resource type would be a test of the focus's own type.
      return isResourceType(nameOf(inner)) ? undefined : new Set([nameOf(inner)]);
    case 'FunctionInvocation':
      // With nothing before it, it works on the focus as a whole; iif only hands it on.
      return nameOf(inner) === 'iif' ? together(argumentsOf(inner)) : undefined;
    case 'InvocationExpression': {
      const [input, step] = parts(inner);
      if (step!.type !== 'FunctionInvocation') return step!.type === 'MemberInvocation' ? namesIn(input!) : undefined;
      const outside = FUNCTIONS.get(nameOf(step!))?.takes === 'value' ? argumentsOf(step!) : [];
      return together([input!, ...outside]);
    }
    case 'TypeExpression':
      return namesIn(inner.children![0]!);
    default:
      return together(inner.children ?? []);
  }
}

function together(nodes: readonly SyntaxNode[]): Names {
  const all = new Set<string>();
  for (const node of nodes) {
    const names = namesIn(node);
    if (names === undefined) return undefined;
    for (const name of names) all.add(name);
  }
  return all;
}
