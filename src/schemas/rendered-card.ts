import type { Card } from './card.js';

/** A card and the template it was made from. */
export interface RenderedCard {
  /** Template id, for receipts and reports. */
  readonly kind: string;
  readonly card: Card;
}
