import { parseTimeSpan } from './calendar.js';
import { interned } from './interned.js';
import type { Item } from './item.js';
import { parseMoment } from './moment.js';
import { type SyntaxNode, stringValue } from './parse.js';
import { Unsupported } from './unsupported.js';

/** The value of a literal, made once; nothing for a node that is none. */
export function literalOf(node: SyntaxNode): Item | undefined {
  const text = node.text ?? '';
  switch (node.type) {
    case 'StringLiteral':
      return interned(stringValue(text));
    case 'BooleanLiteral':
      return text === 'true';
    case 'NumberLiteral':
      // `1.50` remembers its digits, which toString() and ~ can tell.
      if (String(Number(text)) !== text) throw new Unsupported(`the number ${text}`);
      return Number(text);
    case 'DateLiteral':
      return constantMoment('date', node);
    case 'DateTimeLiteral':
      return constantMoment('dateTime', node);
    case 'QuantityLiteral':
      return constantTime(node);
    default:
      return undefined;
  }
}

function constantMoment(kind: 'date' | 'dateTime', node: SyntaxNode): Item {
  const moment = constant(() => parseMoment(kind, (node.text ?? '').slice(1)));
  if (moment === undefined) throw new Unsupported(`the literal ${node.text}`);
  return moment;
}

function constantTime(node: SyntaxNode): Item {
  const span = constant(() => parseTimeSpan(`${node.value} ${node.unit}`));
  if (span === undefined) throw new Unsupported(`the quantity ${node.text}`);
  return span;
}

function constant<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
