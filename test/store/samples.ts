import type { FeedbackItem } from '../../src/schemas/feedback.js';
import type { DecisionReceipt } from '../../src/schemas/receipt.js';
import type { StoreLog } from '../../src/store/store.js';

/** A receipt about a card that never was; every reference is synthetic. */
export function receipt(cardUuid: string, differences: Partial<DecisionReceipt> = {}): DecisionReceipt {
  return {
    cardUuid,
    cardKind: 'not-met',
    clientId: 'hospital-a',
    service: 'imsr-referral',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    issuedAt: '2026-11-20T09:00:00.000Z',
    asOf: '2026-11-20',
    language: 'nl',
    engineVersion: '0.1.0',
    protocol: { id: 'imsr-indicatie', version: '2026-04-17', hash: 'sha256:00' },
    cardsHash: 'sha256:11',
    regime: 'protocol',
    outcome: 'not-met',
    verdicts: [
      { id: 'adult', status: 'met', reason: 'age', references: ['Patient/p1'] },
      { id: 'stepped-care', status: 'not-met', reason: 'too-few-sessions', references: ['Procedure/f1'] },
      { id: 'persistent-pain', status: 'unknown', reason: 'not-recorded', references: [] },
    ],
    suggestions: ['s-1'],
    ...differences,
  };
}

export function accepted(card: string, outcomeTimestamp = '2026-11-20T09:01:00Z'): FeedbackItem {
  return { card, outcome: 'accepted', acceptedSuggestions: [{ id: 's-1' }], outcomeTimestamp };
}

export function overridden(
  card: string,
  overrideReason?: NonNullable<FeedbackItem['overrideReason']>,
  outcomeTimestamp = '2026-11-20T09:01:00Z',
): FeedbackItem {
  return { card, outcome: 'overridden', outcomeTimestamp, ...(overrideReason === undefined ? {} : { overrideReason }) };
}

/** The override reason that the store's tests use most. */
export const REASON = { system: 'https://imsr-cds.example/fhir/CodeSystem/override', code: 'other-reading' } as const;

/** A log that keeps its lines, for tests of what it must hold and must not. */
export function keptLog(): StoreLog & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push(JSON.stringify({ level, ...fields, message }));
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** An instant on which feedback comes in. */
export const RECEIVED = Date.parse('2026-11-20T09:05:00Z');
