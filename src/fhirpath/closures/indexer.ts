import { deoptimise } from '../deoptimise.js';
import { list } from '../collection.js';
import { dataOf } from '../item.js';
import type { SyntaxNode } from '../parse.js';
import { type Builder, inputOf, only, type Run } from './run.js';

/** `items[index]`: empty when there are not that many. */
export function indexerRun(node: SyntaxNode, builder: Builder): Run {
  const [items, index] = node.children.map((child) => builder.compile(child)) as [Run, Run];
  return (evaluation, self) => {
    const input = inputOf(items(evaluation, self));
    const at = only(index(evaluation, self));
    if (at === undefined) return undefined;
    const number = dataOf(at);
    if (typeof number !== 'number' || !Number.isInteger(number)) deoptimise();
    return number < 0 ? undefined : list(input)[number];
  };
}
