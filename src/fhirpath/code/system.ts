import { Unsupported } from '../unsupported.js';
import type { Emitter, Value } from './scope.js';
import { isMoment, isPlain } from './shape.js';

/** The JavaScript text for what operators see of a value: dates are read as dates. */
export function systemText(emitter: Emitter, { js, shape }: Value): string {
  if (isPlain(shape) || shape.kind === 'moment' || shape.kind === 'span') return js;
  if (shape.kind !== 'element' || !isMoment(shape)) throw new Unsupported(`the value of a ${shape.kind}`);
  return emitter.writer.define(`momentOf(${emitter.writer.constant(shape.type.conversion)}, ${js})`);
}

/** The JavaScript text for the truth of a value: true, false, or undefined where it is empty. */
export function truthText({ js, shape, many }: Value): string {
  if (shape.kind === 'none') return 'undefined';
  return shape.kind === 'truth' && !many ? js : `truth(${js})`;
}
