import { Unsupported } from '../unsupported.js';
import type { Emitter, Value } from './scope.js';
import type { Writer } from './writer.js';
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

/** The JavaScript text for a value as an answer: points in time as they are written. Needs `asWritten` by name. */
export function answerText(writer: Writer, { js, shape }: Value): string {
  return shape.kind === 'moment' || shape.kind === 'span' ? writer.define(`asWritten(${js})`) : js;
}
