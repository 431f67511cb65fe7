import { FUNCTIONS } from './functions.js';
import { ExpressionRefused, nameOf, parse, type SyntaxNode, variableName } from './parse.js';

/** An expression in which the names of paths were replaced by the paths. */
export interface Filled {
  readonly source: string;
  /** Names that it uses, in whatever place. */
  readonly used: ReadonlySet<string>;
  /** Names that were left, since they stand where the path would start at another thing. */
  readonly misplaced: ReadonlySet<string>;
}

/**
 * Puts paths from the focus in the place of the `%names` that stand for them. What comes out is FHIRPath that needs no such names.
 *
 * Inside a criterion, as that of `where()`, a path starts at the item at hand: a name there is left as it is. So is every name
 * in an expression that does not parse.
 *
 * @param paths FHIRPath by name
 */
export function fillPaths(source: string, paths: Readonly<Record<string, string>>): Filled {
  const places = placesIn(source).filter(({ name }) => Object.hasOwn(paths, name));
  const misplaced = places.filter(({ inside }) => inside);
  let filled = '';
  let done = 0;
  for (const { name, from, to, inside } of places) {
    if (inside) continue;
    filled += `${source.slice(done, from)}(${paths[name]!})`;
    done = to;
  }
  return {
    source: filled + source.slice(done),
    used: new Set(places.map(({ name }) => name)),
    misplaced: new Set(misplaced.map(({ name }) => name)),
  };
}

/** Where a `%name` stands in the text of an expression. */
interface Place {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** In a criterion, or where another item is at hand. */
  readonly inside: boolean;
}

const VARIABLE = /%(?:`[^`]*`|'[^']*'|\w+)/y;

/** All of them, in the order of the text. */
function placesIn(source: string): readonly Place[] {
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const places: Place[] = [];
  const look = (node: SyntaxNode, inside: boolean): void => {
    if (node.type === 'ExternalConstantTerm') {
      const { line, column } = node.start!;
      const from = lineStarts[line - 1]! + column - 1;
      VARIABLE.lastIndex = from;
      const [written] = VARIABLE.exec(source)!;
      places.push({ name: variableName(node), from, to: from + written.length, inside });
      return;
    }
    if (node.type === 'FunctionInvocation') return lookInCall(node, inside, false);
    if (node.type === 'InvocationExpression') {
      const [input, step] = node.children as [SyntaxNode, SyntaxNode];
      look(input, inside);
      if (step.type === 'FunctionInvocation') lookInCall(step, inside, true);
      return;
    }
    for (const child of node.children) look(child, inside);
  };
  /** @param onItems whether it is called on something: what it is called on is then at hand in its criteria */
  const lookInCall = (call: SyntaxNode, inside: boolean, onItems: boolean): void => {
    const name = nameOf(call);
    const elsewhere = FUNCTIONS.get(name)?.takes === 'criteria' && (name !== 'iif' || onItems);
    for (const argument of call.children) look(argument, inside || elsewhere);
  };
  try {
    look(parse(source), false);
  } catch (error) {
    if (!(error instanceof ExpressionRefused)) throw error;
  }
  return places.sort((a, b) => a.from - b.from);
}
