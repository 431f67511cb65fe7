import { computeFacts } from '../../src/facts/compute-facts.js';
import { assessOrder } from '../../src/assess.js';
import { checkData, type DataFiles } from '../../src/check-data.js';
import { Kept } from '../../src/fhirpath/code/kept.js';
import { fixedClock } from '../../src/clock.js';
import { cardsOf } from '../../src/cards-of.js';
import { newUuid } from '../../src/ids.js';
import { scoreRecord } from '../../src/instruments/score-record.js';
import { loadKnowledge, type Knowledge } from '../../src/knowledge.js';
import { draftsIn } from '../../src/orders/drafts.js';
import { originalReferral, referralDay } from '../../src/orders/original-referral.js';
import { withDrafts } from '../../src/orders/record-with-drafts.js';
import { CARDS_FOLDER, HOOKS_FOLDER } from '../../src/package-root.js';
import { receiptsFor } from '../../src/receipt.js';
import { openConnections } from '../../src/record/connections.js';
import { gather } from '../../src/record/gather.js';
import { NOTHING_FETCHED } from '../../src/record/limits.js';
import { answerText } from '../../src/schemas/answer-text.js';
import { readHookRequest } from '../../src/schemas/read-hook-request.js';
import { type Matter, variablesOf } from '../../src/verdicts/matter.js';
import type { AnyEngine } from './measured-engine.js';

export const SERVICE = 'imsr-indication';

/** The parts of a call, in the order in which it goes through them. */
export const PARTS = [
  'parse',
  'validation',
  'gathering',
  'order',
  'scores',
  'facts',
  'facts, verdicts',
  'cards',
  'receipts',
  'serialisation',
] as const;
export type Part = (typeof PARTS)[number];

const limits = NOTHING_FETCHED;

/** Reads the data files with a given engine. */
export function dataWith(engine?: AnyEngine): DataFiles {
  const { value: data, findings } = checkData(HOOKS_FOLDER, CARDS_FOLDER);
  if (data === undefined) throw new Error(`${findings.length} findings in the data files`);
  if (engine === undefined) return data;
  const knowledge = loadKnowledge(HOOKS_FOLDER, { engine: engine as never }).value;
  if (knowledge === undefined) throw new Error('the data files do not compile with this engine');
  return { ...data, knowledge };
}

export interface Timing {
  (part: Part, ms: number): void;
}

/** Takes one call through all parts, as the road does, and tells what each took in milliseconds. */
export function callWalker(data: DataFiles, today: string): (body: string, tell: Timing) => Promise<string> {
  const { knowledge, cards } = data;
  const connections = openConnections();
  const clock = fixedClock(`${today}T12:00:00Z`);
  const service = knowledge.services.find(({ id }) => id === SERVICE)!;
  const compiled = knowledge.protocols.get(service.protocol)!;

  return async (body, tell) => {
    let begun = performance.now();
    const lap = (part: Part): void => {
      const now = performance.now();
      tell(part, now - begun);
      begun = performance.now();
    };
    const parsed: unknown = JSON.parse(body);
    lap('parse');
    const request = readHookRequest(service.hook, parsed);
    lap('validation');
    const gathered = await gather({
      templates: service.prefetch,
      prefetch: request.prefetch,
      context: request.context,
      client: { fhirServers: [], privateAddressesAllowed: false },
      connections,
      limits,
      clock,
      rolePaths: service.roles,
    });
    lap('gathering');
    const drafts = draftsIn(request);
    const record = withDrafts(gathered, drafts);
    const [draft] = drafts.filter(({ order }) => service.questions.fires(order, record));
    const { referral } = originalReferral(draft!.order, record, service.questions);
    lap('order');
    const { scores } = scoreRecord({
      instruments: compiled.instruments,
      record,
      asOf: today,
    });
    lap('scores');
    factsOf(knowledge, {
      phase: service.phase,
      record,
      order: draft!.order,
      referral,
      asOf: today,
      referredOn: referralDay(referral ?? draft!.order, today),
      referralUnknown: false,
      scores,
    });
    lap('facts');
    const subject = `Patient/${request.context.patientId}`;
    const again = withDrafts(gathered, drafts);
    begun = performance.now();
    const assessed = assessOrder(knowledge, { service, record: again, asOf: today, subject, ...draft! });
    lap('facts, verdicts');
    const rendered = cardsOf(assessed, { knowledge, library: cards, newId: newUuid }, 'nl');
    lap('cards');
    receiptsFor(rendered, assessed.assessment, {
      clientId: 'bench',
      hookInstance: request.hookInstance,
      issuedAt: '',
      language: 'nl',
      engineVersion: '0',
      protocolHash: '',
      cardsHash: '',
    });
    lap('receipts');
    const answer = answerText({ cards: rendered.map(({ card }) => card), assessments: [assessed.assessment] });
    lap('serialisation');
    return answer;
  };
}

/** The facts alone. Sub-expressions that answer for a record keep it, so these pay what the verdicts after them share. */
function factsOf(knowledge: Knowledge, matter: Matter): void {
  const { protocol, versions } = knowledge.protocols.get('imsr')!;
  const { record } = matter;
  const scope = { record, variables: variablesOf(protocol, matter), kept: new Kept(versions[0]!.slots) };
  computeFacts(versions[0]!.phases.get('indication')!.facts, scope);
}
