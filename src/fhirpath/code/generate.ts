import { Unsupported } from '../unsupported.js';
import type { Answer, EvaluationScope, Inline } from '../expression.js';
import { type ElementType, isResourceType, resourceType } from '../model.js';
import { NodeEmitter } from './emitter.js';
import { Slots } from './kept.js';
import { type Runner, runnerOf } from './runner.js';
import type { Ref, Start } from './scope.js';
import { keptPlace } from './items.js';
import { elementShape, isObjects, RESOURCE, resourceNameOf, type Shape, shapeOfVariable } from './shape.js';
import { answerText } from './system.js';
import { Writer } from './writer.js';

/** An expression as one JavaScript function. */
export interface Generated {
  /** @throws NOT_FOR_COMPILED where it meets what it was not made for */
  readonly run: (scope: EvaluationScope) => Answer;
  readonly shape: Shape;
}

/**
 * Turns a parse tree into the text of a JavaScript function that works on the record's own JSON.
 * @throws Unsupported when it holds a construct, or a type, that is left to the other engines
 */
export function generate(inline: Inline): Generated {
  const slots = inline.options.slots ?? new Slots();
  const { shape } = write(inline, slots);
  // Most expressions are asked together with others, by functions of their own, and never by themselves: what was written
  // is let go, and written again for the few that are.
  let run: Runner<Answer> | undefined;
  return { shape, run: (scope) => (run ??= runnerOf(write(inline, slots).writer, slots))(scope) };
}

function write(inline: Inline, slots: Slots): { readonly writer: Writer; readonly shape: Shape } {
  const writer = new Writer();
  const emitter = new NodeEmitter(writer, inline.options, slots);
  const value = emitter.value(inline.tree, startOf(writer, inline));
  writer.line(`return ${answerText(writer, value)};`);
  return { writer, shape: value.shape };
}

function startOf(writer: Writer, inline: Inline): Start {
  if (isOpen(inline)) return 'open';
  return writer.ahead(() => startAt(writer, inline, 'scope.focus', 'scope.container'));
}

/** Whether it starts at the record, or at a row: what is at hand shows which. */
function isOpen({ options: { focusType, focusShape } }: Inline): boolean {
  return focusType === undefined && (focusShape === undefined || focusShape === 'row');
}

/**
 * Writes the start at a focus.
 * @param focus, container JavaScript texts for it and for the resource that holds it
 * @param shared what several expressions ask of it
 */
export function startAt(
  writer: Writer,
  inline: Inline,
  focus: string,
  container: string,
  shared?: ReadonlySet<string>,
): Ref {
  const { focusType, focusShape } = inline.options;
  const shape = focusType === undefined ? shapeOfVariable(focusShape ?? 'row') : shapeOfFocus(focusType, inline.start);
  if (!isObjects(shape)) throw new Unsupported(`a start at ${focusType ?? shape.kind}`);
  const wanted = resourceNameOf(shape) ?? (shape.kind === 'resource' ? 'resource' : 'row');
  const js = writer.define(`focusOf(${focus}, ${writer.constant(wanted)})`);
  const holder = shape.kind === 'row' ? undefined : writer.define(`holderOf(${js}, ${container})`);
  return { js, shape, holder, once: keptPlace(writer, shared) };
}

function shapeOfFocus(focusType: string, element: ElementType | undefined): Shape {
  if (element !== undefined) return elementShape(element);
  return isResourceType(focusType) ? elementShape(resourceType(focusType)) : RESOURCE;
}
