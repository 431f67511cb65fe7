import { list } from '../collection.js';
import type { SyntaxNode } from '../parse.js';
import { type Builder, inputOf, type Run, wholeNumberOf } from './run.js';

/** `items[index]`: empty when there are not that many. */
export function indexerRun(node: SyntaxNode, builder: Builder): Run {
  const [items, index] = node.children.map((child) => builder.compile(child)) as [Run, Run];
  return (evaluation, self) => {
    const input = inputOf(items(evaluation, self));
    const at = wholeNumberOf(index(evaluation, self));
    return at === undefined || at < 0 ? undefined : list(input)[at];
  };
}
