import { compileExpression } from '../fhirpath/compile.js';
import { ExpressionFailed, type MemberOf } from '../fhirpath/expression.js';
import type { Service } from '../protocol/protocol.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import { isWithdrawn } from './withdrawn.js';

/** A service that is ready to ask. */
export interface CompiledService extends Service {
  readonly questions: OrderQuestions;
}

/** What a service asks of a ServiceRequest, compiled. Of one that asks for nothing no question is true. */
export interface OrderQuestions {
  /** Whether the service speaks to this order. */
  fires(order: Resource, record: GatheredRecord): boolean;
  /** Whether this order is the referral that started the matter; false of one on which that cannot be asked. */
  isReferral(order: Resource, record: GatheredRecord): boolean;
  /**
   * Whether it may be, for what it does not tell, or because that cannot be asked of it; also true of many a referral that says so, never
   * where the service does not ask.
   */
  mayBeReferral(order: Resource, record: GatheredRecord): boolean;
}

export function compileQuestions(service: Service, memberOf: MemberOf): OrderQuestions {
  const ask = (source: string | undefined) => {
    if (source === undefined) return () => false;
    const expression = compileExpression(source, { memberOf, focusType: 'ServiceRequest' });
    return (order: Resource, record: GatheredRecord): boolean =>
      order.resourceType === 'ServiceRequest' &&
      !isWithdrawn(order) &&
      expression.answer({ record, focus: order, container: order, variables: {} }) === true;
  };
  return {
    fires: ask(service.fires),
    isReferral: unlessUnasked(ask(service.referral), false),
    mayBeReferral: unlessUnasked(ask(service.perhapsReferral), true),
  };
}

type Question = (order: Resource, record: GatheredRecord) => boolean;

/** One request of a chart on which a question cannot be evaluated does not keep the others from being judged. */
function unlessUnasked(question: Question, otherwise: boolean): Question {
  return (order, record) => {
    try {
      return question(order, record);
    } catch (error) {
      if (!(error instanceof ExpressionFailed)) throw error;
      return otherwise;
    }
  };
}
