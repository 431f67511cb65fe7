import type { Knowledge } from '../../src/knowledge.js';
import type { Protocol } from '../../src/protocol/protocol.js';

/** The same knowledge with other parameters. */
export function withParameters(
  knowledge: Knowledge,
  change: (parameters: Protocol['parameters']) => Protocol['parameters'],
): Knowledge {
  const imsr = knowledge.protocols.get('imsr')!;
  const protocol = { ...imsr.protocol, parameters: change(imsr.protocol.parameters) };
  return { ...knowledge, protocols: new Map([['imsr', { ...imsr, protocol }]]) };
}
