import type { Action } from '../../schemas/card.js';
import type { MessageValues } from '../message.js';

/** What a suggestion would do; the label may name the values. */
export interface Proposal {
  readonly actions: readonly Action[];
  readonly values: MessageValues;
}
