import { parseTimeSpan } from './calendar.js';
import { NOT_FOR_COMPILED } from './deoptimise.js';
import { interned } from './interned.js';
import type { Item } from './item.js';
import { parseMoment } from './moment.js';
import { type SyntaxNode, stringValue } from './parse.js';
import { Unsupported } from './unsupported.js';

/** The value of a literal, or of a number with a sign before it, made once; nothing for a node that is none. */
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
      return constant(text, () => parseMoment('date', text.slice(1)));
    case 'DateTimeLiteral':
      return constant(text, () => parseMoment('dateTime', text.slice(1)));
    case 'QuantityLiteral':
      return constant(text, () => parseTimeSpan(`${node.value} ${node.unit}`));
    case 'PolarityExpression':
      return signed(text, literalOf(node.children[0]!));
    default:
      return undefined;
  }
}

/** What compiled code gives up on is not for it in any record. */
function constant(text: string, read: () => Item | undefined): Item {
  try {
    const value = read();
    if (value !== undefined) return value;
  } catch (reason) {
    if (reason !== NOT_FOR_COMPILED) throw reason;
  }
  throw new Unsupported(`the literal ${text}`);
}

function signed(sign: string, value: Item | undefined): number {
  if (typeof value !== 'number') throw new Unsupported('a sign before something else than a number');
  return sign === '-' ? -value : value;
}
