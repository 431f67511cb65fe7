import { Unsupported } from '../unsupported.js';
import { childOf, resourceType } from '../model.js';
import { nameOf, stringValue, type SyntaxNode } from '../parse.js';
import { eachOf, keptPlace } from './items.js';
import { passing } from './members.js';
import { typeNamedIn } from './paths.js';
import { sharedIn } from './shared.js';
import type { Body, Call, Emitter, Ref, Value } from './scope.js';
import { elementShape, RESOURCE, resourceNameOf, type Shape, TRUTH, unified } from './shape.js';

type Stream = (emitter: Emitter, call: Call, body: Body) => void;

/** The functions that give some or all of their items on, one by one. @source FHIRPath 2.0.0 §5.1-5.2, FHIR R4 §fhirpath */
export const STREAMS: Readonly<Record<string, Stream>> = {
  where: (emitter, call, body) => {
    eachInput(emitter, call, (item) => {
      if (isReferredTo(item)) whereOnce(emitter, call.parameters[0]!, item, body);
      else whereItem(emitter, call.parameters[0]!, item, body);
    });
  },
  select: (emitter, call, body) => {
    eachInput(emitter, call, (item) => {
      if (isReferredTo(item)) selectOnce(emitter, call.parameters[0]!, item, body);
      else emitter.each(call.parameters[0]!, item, body);
    });
  },
  repeat: (emitter, call, body) => {
    const forms = formsOf(emitter, call);
    if (forms === undefined) throw new Unsupported('repeat');
    const js = emitter.writer.define(`${forms}.items`);
    eachOf(emitter.writer, { js, shape: elementShape(ITEM), many: true }, body);
  },
  ofType: (emitter, call, body) => ofType(emitter, call, body),
  resolve: (emitter, call, body) => {
    const { writer } = emitter;
    eachInputAtHome(emitter, call, (item) => {
      if (item.holder === undefined) throw new Unsupported('resolve() of what may stand in several resources');
      if (item.shape.kind !== 'element' || item.shape.type.name !== 'Reference') throw new Unsupported('resolve()');
      const found = writer.define(`resourceAt(scope.record, ${item.js}, ${item.holder})`);
      writer.block(`if (${found} !== undefined)`, () => {
        const holder = writer.define(`${item.js}.reference.charCodeAt(0) === 35 ? ${item.holder} : ${found}`);
        body({ js: found, shape: RESOURCE, holder, within: item.holder, once: keptPlace(writer) });
      });
    });
  },
  memberOf: (emitter, call, body) => {
    const { writer } = emitter;
    const isIn = membersOf(emitter, call.parameters[0]!);
    eachInput(emitter, call, ({ js, shape }) => {
      if (!isCoding(shape) && !isCodeableConcept(shape))
        throw new Unsupported('memberOf() of something else than codings');
      const test = isCoding(shape) ? `isCodingIn(${isIn}, ${js})` : `isMember(${js}, ${isIn})`;
      body({ js: writer.define(test), shape: TRUTH });
    });
  },
  iif: (emitter, call, body) => {
    const { writer } = emitter;
    const test = condition(emitter, call);
    const branch = writer.fresh();
    let shape: Shape = { kind: 'none' };
    let held = true;
    const to: Body = (item) => {
      shape = unified(shape, item.shape);
      held &&= item.holder !== undefined;
      writer.line(`${branch}(${item.js}, ${item.holder ?? 'undefined'});`);
    };
    const [, then, otherwise] = call.parameters;
    writer.block(`if (${test})`, () => emitter.eachAtHome(then!, call.start, to));
    if (otherwise !== undefined) writer.block('else', () => emitter.eachAtHome(otherwise, call.start, to));
    const [item, holder] = [writer.fresh(), writer.fresh()];
    writer.loop(`function ${branch}(${item}, ${holder})`, () => {
      if (shape.kind !== 'none') body({ js: item, shape, holder: held ? holder : undefined });
    });
  },
};

/** Whether an item is a resource that others refer to; what is asked of it is asked once: many treatments have one therapist. */
function isReferredTo({ shape, holder }: Ref): boolean {
  return holder === undefined && (shape.kind === 'resource' || resourceNameOf(shape) !== undefined);
}

function whereOnce(emitter: Emitter, criterion: SyntaxNode, resource: Ref, body: Body): void {
  const answer = askedOnce(emitter, criterion, resource, ({ js, shape, many }) => selectionText(js, shape, many));
  emitter.writer.block(`if (${answer})`, () => body(resource));
}

function selectOnce(emitter: Emitter, projection: SyntaxNode, resource: Ref, body: Body): void {
  let made: Value | undefined;
  const js = askedOnce(emitter, projection, resource, (value) => (made = value).js);
  eachOf(emitter.writer, { js, shape: made!.shape, many: made!.many }, body);
}

/**
 * Writes code that asks something of a resource the first time that it comes up; what is read of it for that is read there too.
 * @param textOf the answer as JavaScript text
 * @returns the name of the answer
 */
function askedOnce(emitter: Emitter, asked: SyntaxNode, resource: Ref, textOf: (value: Value) => string): string {
  const { writer } = emitter;
  const known = writer.ahead(() => writer.define('new Map()'));
  const answer = writer.variable();
  writer.line(`${answer} = ${known}.get(${resource.js});`);
  writer.block(`if (${answer} === undefined && !${known}.has(${resource.js}))`, () => {
    const value = emitter.value(asked, { ...resource, once: keptPlace(writer, sharedIn([asked])) });
    writer.line(`${answer} = ${textOf(value)};`);
    writer.line(`${known}.set(${resource.js}, ${answer});`);
  });
  return answer;
}

/** The test of an iif: true only when it is one true. */
export function condition(emitter: Emitter, call: Call): string {
  if (call.input !== undefined) throw new Unsupported('iif() behind a path');
  return `${emitter.value(call.parameters[0]!, call.start).js} === true`;
}

/** Goes through what a function works on: what lies before its dot, or where it stands. */
export function eachInput(emitter: Emitter, call: Call, body: Body): void {
  if (call.input !== undefined) emitter.each(call.input, call.start, body);
  else if (call.start === 'open') throw new Unsupported(`${call.name}() of the whole record`);
  else body(call.start);
}

/** The same, item by item, so that it is known of each which resource holds it. */
function eachInputAtHome(emitter: Emitter, call: Call, body: Body): void {
  if (call.input === undefined) eachInput(emitter, call, body);
  else emitter.eachAtHome(call.input, call.start, body);
}

export function inputValue(emitter: Emitter, call: Call): Value {
  if (call.input !== undefined) return emitter.value(call.input, call.start);
  if (call.start === 'open') throw new Unsupported(`${call.name}() of the whole record`);
  return { ...call.start, many: false };
}

export function whereItem(emitter: Emitter, criterion: SyntaxNode, item: Ref, body: Body): void {
  const { js, shape, many } = emitter.value(criterion, item);
  emitter.writer.block(`if (${selectionText(js, shape, many)})`, () => body(item));
}

/** Whether a criterion selects its item: its first item counts, and any element counts as present, even one that is false. */
function selectionText(js: string, shape: Shape, many: boolean): string {
  if (shape.kind === 'truth')
    return many ? `${js} === true || (isArray(${js}) && ${js}[0] === true)` : `${js} === true`;
  if (shape.kind === 'value' || shape.kind === 'written') throw new Unsupported('a criterion that is a value');
  return `${js} !== undefined`;
}

function ofType(emitter: Emitter, call: Call, body: Body): void {
  const wanted = typeNamedIn(call.parameters);
  eachInput(emitter, call, (item) => passing(emitter.writer, item, wanted, body));
}

function isCoding(shape: Shape): boolean {
  return shape.kind === 'element' && shape.type.name === 'Coding';
}

function isCodeableConcept(shape: Shape): boolean {
  return shape.kind === 'element' && shape.type.name === 'CodeableConcept';
}

/** The name of what tells the members of the value set that `memberOf('name')` names. */
function membersOf({ writer, options }: Emitter, argument: SyntaxNode): string {
  if (argument.type !== 'StringLiteral') throw new Unsupported('memberOf() of a computed name');
  return writer.constant(options.memberOf(stringValue(argument.text ?? '')));
}

type Whole = (emitter: Emitter, call: Call) => Value | undefined;

/** The same functions where their items can be had all at once, by one call instead of a loop in the code. */
export const WHOLE: Readonly<Record<string, Whole>> = {
  where: (emitter, call) => lookUp(emitter, call) ?? codingsIn(emitter, call),
  resolve: (emitter, call) => {
    const references = emitter.ready(call);
    if (references === undefined || references.holder === undefined || references.shape.kind !== 'element') return;
    if (references.shape.type.name !== 'Reference') return;
    const js = emitter.writer.define(`resolved(scope.record, ${references.js}, ${references.holder})`);
    return { js, shape: RESOURCE, many: true, homeless: true, within: references.holder };
  },
};

/** `codings.where(memberOf('set'))`. */
function codingsIn(emitter: Emitter, call: Call): Value | undefined {
  const criterion = call.parameters[0]!;
  if (criterion.type !== 'FunctionInvocation' || nameOf(criterion) !== 'memberOf') return undefined;
  const codings = emitter.ready(call);
  if (codings === undefined || !isCoding(codings.shape)) return undefined;
  const isIn = membersOf(emitter, criterion.children[0]!);
  const js = emitter.writer.define(`codingsIn(${isIn}, ${codings.js})`);
  return { js, shape: codings.shape, many: codings.many };
}

const LINK_ID = 'linkId';

/** `forms.repeat(item).where(linkId = x)`: by the index of a form's items. */
function lookUp(emitter: Emitter, call: Call): Value | undefined {
  const { input } = call;
  if (input === undefined) return undefined;
  const [before, step] = input.type === 'InvocationExpression' ? input.children : [undefined, input];
  if (step?.type !== 'FunctionInvocation' || nameOf(step) !== 'repeat') return undefined;
  const wanted = equalsLinkId(call.parameters[0]!);
  if (wanted === undefined) return undefined;
  const forms = formsOf(emitter, { name: 'repeat', input: before, parameters: step.children, start: call.start });
  if (forms === undefined) return undefined;
  const key = emitter.value(wanted, call.start);
  const js = emitter.writer.define(`${forms}.byLinkId.get(text(${key.js}))`);
  return { js, shape: elementShape(ITEM), many: true };
}

/** `linkId = 'text'` or `linkId = %variable`. */
function equalsLinkId(criterion: SyntaxNode): SyntaxNode | undefined {
  if (criterion.type !== 'EqualityExpression' || criterion.text !== '=') return undefined;
  const [left, right] = criterion.children as [SyntaxNode, SyntaxNode];
  if (left.type !== 'MemberInvocation' || nameOf(left) !== LINK_ID) return undefined;
  return right.type === 'StringLiteral' || right.type === 'ExternalConstantTerm' ? right : undefined;
}

/** The name of an index of all items, where a call is `repeat(item)` on QuestionnaireResponses. */
function formsOf(emitter: Emitter, call: Call): string | undefined {
  const argument = call.parameters[0]!;
  if (argument.type !== 'MemberInvocation' || nameOf(argument) !== 'item') return undefined;
  const forms = inputValue(emitter, call);
  if (forms.shape.kind === 'none' || resourceNameOf(forms.shape) !== 'QuestionnaireResponse') return undefined;
  return emitter.ahead('repeat(item)', call.input, () => emitter.writer.define(`formsOf(forms, ${forms.js})`));
}

const ITEM = childOf(resourceType('QuestionnaireResponse'), 'item').places[0]!.type;
