import fhirpath from 'fhirpath';
import { prepared } from '../prepared.js';
import { FUNCTIONS } from './functions.js';

/**
 * One node of the parse tree that fhirpath.js makes of an expression, without what only its grammar has: wrappers around a single
 * node, what a name is made of, and what stands between a function and its arguments. A type argument is a `TypeSpecifier`, as
 * behind the operators `is` and `as`.
 */
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
  /** Operands, steps or arguments. */
  readonly children: readonly SyntaxNode[];
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
    tree = parsedBefore(source) ?? tidied(parseAnew(source));
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

function withSharedTypes(node: { type: string; readonly children: readonly SyntaxNode[] }): SyntaxNode {
  const { type, children } = node;
  const shared = types.get(type);
  if (shared === undefined) types.set(type, type);
  else node.type = shared;
  for (const child of children) withSharedTypes(child);
  return node;
}

function parseAnew(source: string): MadeNode {
  try {
    return fhirpath.parse(source) as MadeNode;
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

/** A node as fhirpath.js makes it. */
interface MadeNode extends Omit<SyntaxNode, 'children'> {
  readonly children?: readonly MadeNode[];
}

/** Under these stands only what they are called. */
const NAMES = new Set(['MemberInvocation', 'ExternalConstantTerm', 'TypeSpecifier', 'QuantityLiteral']);
const WRAPPERS = new Set(['EntireExpression', 'TermExpression', 'InvocationTerm', 'LiteralTerm', 'ParenthesizedTerm']);

function tidied(made: MadeNode): SyntaxNode {
  let node = made;
  while (WRAPPERS.has(node.type) && node.children?.length === 1) node = node.children[0]!;
  return { ...node, children: childrenOf(node) };
}

function childrenOf({ type, text, children = [] }: MadeNode): readonly SyntaxNode[] {
  if (NAMES.has(type)) return [];
  if (type !== 'FunctionInvocation') return children.map(tidied);
  const list = children[0]?.children?.find((child) => child.type === 'ParamList')?.children ?? [];
  if (FUNCTIONS.get(text ?? '')?.takes !== 'type') return list.map(tidied);
  // As it is written: a type between parentheses is none.
  return list.map((argument) => ({ type: 'TypeSpecifier', text: argument.text ?? '', children: [] }));
}

/** The name of a member or function; back-quotes taken off. */
export function nameOf(node: SyntaxNode): string {
  const text = node.text ?? '';
  return text.length > 1 && text.startsWith('`') && text.endsWith('`') ? unescape(text.slice(1, -1)) : text;
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
  let name = canonicals.get(node);
  if (name === undefined) {
    // Of a step fhirpath.js sometimes gives the text as it was written, and sometimes not.
    const written = node.type === 'InvocationExpression' ? '' : (node.text ?? node.delimitedText ?? '');
    const own = `${node.type}${node.atRoot === undefined ? '' : '^'}${JSON.stringify(written)}`;
    const whole = `${own}(${node.children.map(canonical).join(',')})`;
    name = names.get(whole);
    if (name === undefined) {
      name = `#${named}`;
      named += 1;
      names.set(whole, name);
    }
    canonicals.set(node, name);
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
  for (const child of node.children) collect(child, into);
}
