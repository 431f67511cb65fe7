import { collect, list } from '../collection.js';
import { type Item, type Items, Node } from '../item.js';
import { childReader } from '../navigate.js';
import { essence, nameOf, parts, type SyntaxNode } from '../parse.js';
import { type Builder, type Call, type Evaluation, inputOf, type Step } from './run.js';
import { memberStep } from './path.js';
import { equal } from '../equality.js';

/** Fewer items than this are quicker gone through than indexed. */
const WORTH_INDEXING = 8;

type Index = ReadonlyMap<string, readonly Item[]>;
const UNFIT: unique symbol = Symbol('holds values that an index of texts cannot answer for');
const indexes = new WeakMap<readonly Item[], Map<string, Index | typeof UNFIT>>();

/**
 * Compiles `where(name = value)` on a collection that stays the same array for as long as the record does: the items
 * are filed once under the text that they have in `name`.
 *
 * @returns nothing when the criterion has another form
 */
export function lookup(call: Call, builder: Builder): Step | undefined {
  if (call.input === undefined || !builder.isStable(call.input)) return undefined;
  const sides = equalitySides(call.parameters[0]!);
  if (sides === undefined) return undefined;
  const [member, value] = sides;
  const name = nameOf(member);
  const step = memberStep(member);
  const read = childReader(name);
  const wanted = builder.compile(value);
  return (evaluation, self, input) => {
    const items = inputOf(input);
    if (items === undefined) return undefined;
    const key = wanted(evaluation, self);
    if (Array.isArray(items) && items.length >= WORTH_INDEXING && typeof key === 'string') {
      const index = indexOf(items as readonly Item[], name, read);
      if (index !== UNFIT) {
        return collect(index.get(key) ?? []);
      }
    }
    return scan(evaluation, items, step, key);
  };
}

/** `name = 'text'` or `name = %variable`, either way round. */
function equalitySides(criterion: SyntaxNode): readonly [SyntaxNode, SyntaxNode] | undefined {
  const node = essence(criterion);
  if (node.type !== 'EqualityExpression' || node.text !== '=') return undefined;
  const [left, right] = parts(node);
  if (isName(left!) && isConstant(right!)) return [left!, right!];
  return isName(right!) && isConstant(left!) ? [right!, left!] : undefined;
}

function isName(node: SyntaxNode): boolean {
  return node.type === 'MemberInvocation' && node.atRoot !== undefined;
}

function isConstant(node: SyntaxNode): boolean {
  return node.type === 'StringLiteral' || node.type === 'ExternalConstantTerm';
}

function scan(evaluation: Evaluation, items: Items, step: Step, key: Items): Items {
  return collect(list(items).filter((item) => equal(step(evaluation, item, item), key) === true));
}

function indexOf(items: readonly Item[], name: string, read: (parent: Node) => Items): Index | typeof UNFIT {
  let byName = indexes.get(items);
  if (byName === undefined) indexes.set(items, (byName = new Map<string, Index | typeof UNFIT>()));
  let index = byName.get(name);
  if (index === undefined) byName.set(name, (index = fileUnder(items, read)));
  return index;
}

function fileUnder(items: readonly Item[], read: (parent: Node) => Items): Index | typeof UNFIT {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    if (!(item instanceof Node) || typeof item.data !== 'object') return UNFIT;
    const value = read(item);
    if (value === undefined || Array.isArray(value)) continue;
    if (!(value instanceof Node) || value.type.conversion !== undefined) return UNFIT;
    if (typeof value.data === 'string') {
      const known = index.get(value.data);
      if (known === undefined) index.set(value.data, [item]);
      else known.push(item);
    } else if (typeof value.data === 'object' && value.data !== null) {
      return UNFIT;
    }
  }
  return index;
}
