import { readFileSync } from 'node:fs';
import { assessOrder, type Assessed } from '../../src/assess.js';
import type { CardRequest } from '../../src/cards/card-request.js';
import type { RenderedCard } from '../../src/schemas/rendered-card.js';
import { loadCards } from '../../src/cards/load-cards.js';
import { renderCards } from '../../src/cards/render-cards.js';
import { type LoadedKnowledge, loadKnowledge } from '../../src/knowledge.js';
import { collectionRecord } from '../../src/record/collection-record.js';
import type { Resource } from '../../src/schemas/resource.js';
import type { Language } from '../../src/schemas/service.js';

const { value: knowledge, files } = loadKnowledge('hooks') as Required<LoadedKnowledge>;
export const { protocol, instruments } = knowledge.protocols.get('imsr')!;
export const { services } = knowledge;
/** What the texts are checked beside. */
export const along = { protocol, instruments, ...files.get('imsr')! };
export const library = loadCards('cards').value!;
export const REPORT = 'https://cds.example/report/signed';

interface SandboxPatient {
  readonly id: string;
  readonly file: string;
  readonly service: string;
  readonly asOf: string;
}

const index = JSON.parse(readFileSync('docker/patients/index.json', 'utf8')) as { patients: readonly SandboxPatient[] };
export const patients = index.patients;

export interface Example extends Assessed {
  readonly name: string;
}

/** Assesses the draft in a bundle; every argument after the bundle as a call would have it. */
export function assess(name: string, bundle: unknown, service: string, asOf: string, subject: string): Example {
  const record = collectionRecord(bundle);
  const order = record.byType('ServiceRequest').find(({ status }) => status === 'draft') as Resource;
  const request = {
    service: knowledge.services.find(({ id }) => id === service)!,
    record,
    order,
    reference: `ServiceRequest/${order.id ?? ''}`,
    subject,
    asOf,
  };
  return { name, ...assessOrder(knowledge, request) };
}

/** A synthetic patient of the sandbox; another service or day than its own when given. */
export function sandboxExample(id: string, service?: string, asOf?: string): Example {
  const patient = patients.find((one) => one.id === id)!;
  const bundle: unknown = JSON.parse(readFileSync(`docker/patients/${patient.file}`, 'utf8'));
  return assess(id, bundle, service ?? patient.service, asOf ?? patient.asOf, `Patient/${id}`);
}

/** What a call would ask of the cards, with counted ids. */
export function requestFor(example: Example, language: Language, change: Partial<CardRequest> = {}): CardRequest {
  let count = 0;
  return {
    library,
    language,
    assessment: example.assessment,
    transition: example.transition,
    problems: example.scores.problems,
    record: example.record,
    order: example.order,
    referral: example.referral,
    referralUnknown: example.referralUnknown,
    protocol,
    newId: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
    reportUrl: REPORT,
    ...change,
  };
}

export function cardsFor(
  example: Example,
  language: Language,
  change: Partial<CardRequest> = {},
): readonly RenderedCard[] {
  return renderCards(requestFor(example, language, change));
}
