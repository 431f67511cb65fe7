import { BUILT_IN_VARIABLES, FUNCTIONS, REFUSED, REFUSED_VARIABLES } from './functions.js';
import { type ElementType, isResourceType, typeAtPath } from './model.js';
import { ExpressionRefused, type Finding, nameOf, parse, type SyntaxNode, variableName, walk } from './parse.js';

/** What an expression reads, by name. */
export interface Reads {
  /** Resource types that open a path, or that a type test names. */
  readonly resourceTypes: ReadonlySet<string>;
  /** Resource types that open a path. */
  readonly roots: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Whether it also looks at the record in another way than through its resource types. */
  readonly wholeRecord: boolean;
}

/** Lists what a parsed expression reads. */
export function readsOf(tree: SyntaxNode): Reads {
  const resourceTypes = new Set<string>();
  const roots = new Set<string>();
  const variables = new Set<string>();
  let wholeRecord = opensWithRecord(tree);
  for (const node of walk(tree)) {
    if (node.type === 'MemberInvocation' && isResourceType(nameOf(node)) && node.atRoot !== undefined) {
      roots.add(nameOf(node));
      resourceTypes.add(nameOf(node));
    }
    if (node.type === 'TypeSpecifier') {
      const name = (node.text ?? '').replace(/^FHIR\./, '');
      if (isResourceType(name)) resourceTypes.add(name);
    }
    if (node.type === 'ExternalConstantTerm') {
      const name = variableName(node);
      if (name === 'context') wholeRecord = true;
      if (!BUILT_IN_VARIABLES.has(name)) variables.add(name);
    }
  }
  return { resourceTypes, roots, variables, wholeRecord };
}

/** Whether some path outside every function starts at the record itself and not at a resource type. */
function opensWithRecord(node: SyntaxNode): boolean {
  // A function with nothing before it works on the record as a whole.
  if (['ThisInvocation', 'IndexInvocation', 'FunctionInvocation'].includes(node.type)) return true;
  if (node.type === 'MemberInvocation') return node.atRoot !== undefined && !isResourceType(nameOf(node));
  if (node.type === 'InvocationExpression') return opensWithRecord(node.children[0]!);
  return node.children.some(opensWithRecord);
}

/** Everything in a parsed expression that may not run here, whatever the record holds. */
export function refusals(tree: SyntaxNode): Finding[] {
  const findings: Finding[] = [];
  for (const node of walk(tree)) {
    const position = node.start ?? { line: 1, column: 1 };
    if (node.type === 'FunctionInvocation') {
      const message = refusedCall(nameOf(node), node.children.length);
      if (message !== undefined) findings.push({ message, position });
    } else if (node.type === 'ExternalConstantTerm' && isRefusedVariable(variableName(node))) {
      findings.push({ message: `%${variableName(node)} may not be used`, position });
    } else if (node.type === 'InstanceSelectorTerm') {
      findings.push({ message: 'an expression may not construct resources', position });
    }
  }
  return findings;
}

function refusedCall(name: string, given: number): string | undefined {
  const reason = REFUSED.get(name);
  if (reason !== undefined) return `${name}() may not be used: ${reason}`;
  const rule = FUNCTIONS.get(name);
  if (rule === undefined) return `unknown function ${name}()`;
  if (!rule.counts.includes(given)) return `${name}() takes ${rule.counts.join(' or ')} argument(s), not ${given}`;
  return undefined;
}

function isRefusedVariable(name: string): boolean {
  return REFUSED_VARIABLES.has(name) || name in Object.prototype;
}

/**
 * The type at which an expression starts; nothing when its focus is a whole resource, which brings its own type.
 * @throws ExpressionRefused when R4 has no such type, or a joined focus type holds anything but resource types
 */
export function focusElement(source: string, focusType: string): ElementType | undefined {
  const names = focusType.split('|').map((name) => name.trim());
  if (names.every(isResourceType)) return undefined;
  const type = names.length === 1 ? typeAtPath(focusType) : undefined;
  if (type !== undefined) return type;
  throw new ExpressionRefused(source, [
    { message: `R4 has no type ${focusType} to start at`, position: { line: 1, column: 1 } },
  ]);
}

/**
 * Parses an expression and refuses what may not run.
 * @throws ExpressionRefused
 */
export function parseAllowed(source: string): SyntaxNode {
  const tree = parse(source);
  const findings = refusals(tree);
  if (findings.length > 0) throw new ExpressionRefused(source, findings);
  return tree;
}
