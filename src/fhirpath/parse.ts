import fhirpath from 'fhirpath';
import { prepared } from '../prepared.js';

/** One node of the parse tree that fhirpath.js makes of an expression. */
export interface SyntaxNode {
  readonly type: string;
  readonly text?: string;
  /** A variable's name as written between quotes or back-quotes. */
  readonly delimitedText?: string;
  /** Of a quantity literal. */
  readonly value?: string;
  readonly unit?: string;
  /** Set on a member that opens a path: 1 outside, 2 inside the parameters of a function. */
  readonly atRoot?: 1 | 2;
  readonly start?: Position;
  readonly children?: readonly SyntaxNode[];
}

/** Where in the expression, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong with an expression as written. */
export interface Finding {
  readonly message: string;
  readonly position: Position;
  /** What would be right, where that is known. */
  readonly expected?: string;
}

/** An expression that may not run: it does not parse, or uses what is not allowed here. */
export class ExpressionRefused extends Error {
  constructor(
    readonly expression: string,
    readonly findings: readonly Finding[],
  ) {
    super(`the expression is refused: ${findings.map((finding) => finding.message).join('; ')}`);
    this.name = 'ExpressionRefused';
  }
}

interface SyntaxErrors {
  readonly errors?: readonly (readonly [unknown, unknown, number, number, string])[];
}

// Parsing costs more than all that is done with the tree, and at start each rule is checked and then compiled.
const parsed = new Map<string, SyntaxNode>();
const MOST_PARSED = 1000;

/**
 * Parses an expression with fhirpath.js, so that every engine reads the same tree.
 * @throws ExpressionRefused with one finding per syntax error
 */
export function parse(source: string): SyntaxNode {
  let tree = parsed.get(source);
  if (tree === undefined) {
    tree = parsedBefore(source) ?? essence(parseAnew(source));
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(source, tree);
  }
  return tree;
}

/** The trees of all expressions that were parsed lately, and the fhirpath.js that made them. */
export function treesInUse(): { readonly fhirpath: string; readonly trees: ReadonlyMap<string, SyntaxNode> } {
  return { fhirpath: fhirpath.version, trees: parsed };
}

/** Lets go of the list of trees and of their names, once everything is compiled; a compiled expression keeps its own tree. */
export function releaseTrees(): void {
  parsed.clear();
  canonicals = new WeakMap();
  names.clear();
}

/** The tree that the build made of the same text with the same fhirpath.js. */
function parsedBefore(source: string): SyntaxNode | undefined {
  const { fhirpath: version, trees } = prepared();
  if (trees === undefined || version !== fhirpath.version || !Object.hasOwn(trees, source)) return undefined;
  return withSharedTypes(trees[source] as SyntaxNode);
}

// What was read from JSON has a text of its own for the type of each node: one for all takes less, and is quicker to compare.
const types = new Map<string, string>();

function withSharedTypes(node: { type: string; readonly children?: readonly SyntaxNode[] }): SyntaxNode {
  const { type, children } = node;
  const shared = types.get(type);
  if (shared === undefined) types.set(type, type);
  else node.type = shared;
  if (children !== undefined) for (const child of children) withSharedTypes(child);
  return node;
}

function parseAnew(source: string): SyntaxNode {
  try {
    return fhirpath.parse(source) as SyntaxNode;
  } catch (cause) {
    const found = (cause as SyntaxErrors).errors ?? [];
    const findings = found.map(([, , line, column, message]) => ({
      message: `syntax error: ${message}`,
      position: { line, column: column + 1 },
    }));
    throw new ExpressionRefused(
      source,
      findings.length > 0 ? findings : [{ message: 'syntax error', position: { line: 1, column: 1 } }],
    );
  }
}

const WRAPPERS = new Set(['EntireExpression', 'TermExpression', 'InvocationTerm', 'LiteralTerm', 'ParenthesizedTerm']);

/** The node that a chain of wrappers stands for. */
export function essence(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (WRAPPERS.has(inner.type) && inner.children?.length === 1) inner = inner.children[0]!;
  return inner;
}

/** The operands or steps of a node, without wrappers. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  return (node.children ?? []).map(essence);
}

/** The name of a member or function; back-quotes taken off. */
export function nameOf(node: SyntaxNode): string {
  const text = node.text ?? '';
  return text.length > 1 && text.startsWith('`') && text.endsWith('`') ? unescape(text.slice(1, -1)) : text;
}

/** The arguments of a function invocation, still wrapped (a type argument is its text). */
export function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.children?.[0]?.children?.find((child) => child.type === 'ParamList');
  if (list !== undefined) return list.children ?? [];
  return (node.children?.[0]?.children ?? []).filter((child) => child.type === 'SortDirectionArgument');
}

/** The name of a `%variable`. */
export function variableName(node: SyntaxNode): string {
  if (node.delimitedText === undefined) return node.text ?? '';
  return node.delimitedText.startsWith("'") ? stringValue(node.delimitedText) : node.delimitedText;
}

/** The string that a literal stands for. */
export function stringValue(literal: string): string {
  return unescape(literal.slice(1, -1));
}

const ESCAPES: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', f: '\f' };

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escaped: string) =>
    escaped.length > 1 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : (ESCAPES[escaped] ?? escaped),
  );
}

// Asked of every part of a tree, each time that the tree becomes part of a function.
let canonicals = new WeakMap<SyntaxNode, string>();
const names = new Map<string, string>();
// Goes on where names were let go, so that none ever means two things.
let named = 0;

/** A short canonical name of a tree: equal names mean equal expressions. Another may be given after {@link releaseTrees}. */
export function canonical(node: SyntaxNode): string {
  const inner = essence(node);
  let name = canonicals.get(inner);
  if (name === undefined) {
    // Of a step fhirpath.js sometimes gives the text as it was written, and sometimes not.
    const written = inner.type === 'InvocationExpression' ? '' : (inner.text ?? inner.delimitedText ?? '');
    const own = `${inner.type}${inner.atRoot === undefined ? '' : '^'}${JSON.stringify(written)}`;
    const whole = `${own}(${(inner.children ?? []).map(canonical).join(',')})`;
    name = names.get(whole);
    if (name === undefined) {
      name = `#${named}`;
      named += 1;
      names.set(whole, name);
    }
    canonicals.set(inner, name);
  }
  return name;
}

/** Whether a tree calls the function. */
export function calls(tree: SyntaxNode, name: string): boolean {
  return walk(tree).some((node) => node.type === 'FunctionInvocation' && nameOf(node) === name);
}

/** Every node of a tree, parents first. */
export function walk(node: SyntaxNode): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  collect(node, nodes);
  return nodes;
}

function collect(node: SyntaxNode, into: SyntaxNode[]): void {
  into.push(node);
  if (node.children !== undefined) for (const child of node.children) collect(child, into);
}
