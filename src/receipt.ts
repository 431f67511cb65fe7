import type { Assessment } from './schemas/verdict.js';
import type { DecisionReceipt } from './schemas/receipt.js';
import type { RenderedCard } from './schemas/rendered-card.js';

/** What a receipt says besides the verdicts: who asked what, when, and by which files it was answered. */
export interface ReceiptFacts {
  readonly clientId: string;
  readonly hookInstance: string;
  readonly issuedAt: string;
  readonly language: string;
  readonly engineVersion: string;
  readonly protocolHash: string;
  readonly cardsHash: string;
}

/** One receipt per card: verdicts and references without any clinical value. */
export function receiptsFor(
  cards: readonly RenderedCard[],
  assessment: Assessment,
  facts: ReceiptFacts,
): readonly DecisionReceipt[] {
  if (cards.length === 0) return [];
  const verdicts = assessment.criteria.map(({ id, status, reason, evidence }) => ({
    id,
    status,
    reason,
    references: distinctReferences(evidence),
  }));
  return cards.map(({ kind, card }) => ({
    cardUuid: card.uuid,
    cardKind: kind,
    clientId: facts.clientId,
    service: assessment.service,
    hookInstance: facts.hookInstance,
    issuedAt: facts.issuedAt,
    asOf: assessment.asOf,
    language: facts.language,
    engineVersion: facts.engineVersion,
    protocol: { ...assessment.protocol, hash: facts.protocolHash },
    cardsHash: facts.cardsHash,
    regime: assessment.regime,
    outcome: assessment.outcome,
    verdicts,
    suggestions: (card.suggestions ?? []).map(({ uuid }) => uuid),
  }));
}

/** Below so many a look along the list is quicker than a set. */
const FEW = 9;

function distinctReferences(evidence: Assessment['criteria'][number]['evidence']): readonly string[] {
  if (evidence.length >= FEW) return [...new Set(evidence.map(({ reference }) => reference))];
  const references: string[] = [];
  for (const { reference } of evidence) if (!references.includes(reference)) references.push(reference);
  return references;
}
