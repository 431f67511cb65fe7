import { stringValue, type SyntaxNode, variableName, walk } from './parse.js';

/** Texts that stand in an expression, by the variable that they are compared with. */
export function textsComparedWith(tree: SyntaxNode): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const node of walk(tree)) {
    if (node.type !== 'EqualityExpression' && node.type !== 'MembershipExpression') continue;
    const sides = node.children;
    for (const [index, side] of sides.entries()) {
      if (side.type !== 'ExternalConstantTerm') continue;
      const texts = found.get(variableName(side)) ?? new Set();
      for (const inner of walk(sides[1 - index]!)) {
        if (inner.type === 'StringLiteral') texts.add(stringValue(inner.text ?? ''));
      }
      found.set(variableName(side), texts);
    }
  }
  return found;
}
