import { deoptimise } from '../deoptimise.js';
import { collect, list } from '../collection.js';
import { dataOf, type Item, Node, nodeOf } from '../item.js';
import { OPEN } from '../model.js';
import { stringValue } from '../parse.js';
import { isMember, outerResource, referenceText } from '../reference.js';
import { inputOf, type StepBuilders } from './run.js';
import { Unsupported } from '../unsupported.js';

/** The functions that look outside the element at hand. @source FHIR R4 §fhirpath Additional functions */
export const recordSteps: StepBuilders = {
  memberOf: (parameters, builder) => {
    const argument = parameters[0]!;
    if (argument.type !== 'StringLiteral') throw new Unsupported('memberOf of a computed name');
    const isIn = builder.options.memberOf(stringValue(argument.text ?? ''));
    return (_, __, input) => {
      const items = inputOf(input);
      if (items === undefined) return undefined;
      if (!Array.isArray(items)) return isMember(dataOf(items as Item), isIn);
      return (items as readonly Item[]).map((item) => isMember(dataOf(item), isIn));
    };
  },
  resolve: () => (evaluation, _, input) => {
    const { scope } = evaluation;
    const found: Item[] = [];
    for (const item of list(inputOf(input))) {
      const reference = referenceText(dataOf(item));
      if (reference === undefined) continue;
      const holder = item instanceof Node ? item.holder : undefined;
      const resource = scope.record.resolve(reference, holder ?? outerResource(scope));
      if (resource === undefined) continue;
      if (Object.hasOwn(resource, '__path__')) deoptimise();
      found.push(nodeOf(resource, OPEN, null, holder, reference.startsWith('#')));
    }
    return collect(found);
  },
};
