import { deoptimise } from '../deoptimise.js';
import { dataOf, list } from '../item.js';
import { parts, type SyntaxNode } from '../parse.js';
import { literalOf } from '../literal.js';
import { type Builder, inputOf, only, type Run } from './run.js';
import { Unsupported } from '../unsupported.js';

/** `items[index]`: empty when there are not that many. */
export function indexerRun(node: SyntaxNode, builder: Builder): Run {
  const [items, index] = node.children!.map((child) => builder.compile(child)) as [Run, Run];
  return (evaluation, self) => {
    const input = inputOf(items(evaluation, self));
    const at = only(index(evaluation, self));
    if (at === undefined) return undefined;
    const number = dataOf(at);
    if (typeof number !== 'number' || !Number.isInteger(number)) deoptimise();
    return number < 0 ? undefined : list(input)[number];
  };
}

/** A sign before a number that is written out. */
export function polarityRun(node: SyntaxNode): Run {
  const operand = parts(node)[0]!;
  const value = literalOf(operand);
  if (typeof value !== 'number') throw new Unsupported('a sign before something else than a number');
  const signed = node.text === '-' ? -value : value;
  return () => signed;
}
