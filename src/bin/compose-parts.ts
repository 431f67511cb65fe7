import { randomBytes } from 'node:crypto';
import { createAuthenticator } from '../auth/authenticator.js';
import type { Assessed } from '../assess.js';
import type { AssessAgain } from '../assess-again.js';
import { checkData, type CheckedData, linesOf } from '../check-data.js';
import { cardsOf } from '../cards-of.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CdsError } from '../errors.js';
import type { AppParts } from '../http/app-parts.js';
import { releaseDependences } from '../fhirpath/code/dependence.js';
import { releaseTrees } from '../fhirpath/parse.js';
import { listenedBases } from '../http/listened-bases.js';
import { createMetrics } from '../http/metrics.js';
import { reportPages } from '../http/routes/report.js';
import { wireSettings } from '../http/wire-settings.js';
import { newUuid } from '../ids.js';
import { CARDS_FOLDER, HOOKS_FOLDER, packageVersion } from '../package-root.js';
import { releasePrepared } from '../prepared.js';
import { openConnections } from '../record/connections.js';
import { createReportMaker } from '../report/report-about.js';
import { ReportShelf } from '../report/report-shelf.js';
import { createRoad } from '../road.js';
import { askedDay } from '../sandbox/asked-day.js';
import type { Log } from '../schemas/log.js';
import { openStore } from '../store/open-store.js';
import { scheduleRetention } from '../store/retention-schedule.js';
import { composeReplayGuard } from './compose-replay-guard.js';

/** A record that is kept takes about so many times the memory of the text that it was read from. */
const RECORD_OVER_TEXT = 2;

export interface Composed {
  readonly parts: AppParts;
  close(): Promise<void>;
}

/**
 * Puts the service together from its configuration and data files.
 *
 * @throws DATA_INVALID with every finding when a data file is wrong
 * @throws CONFIG_INVALID when the store can never work
 */
export async function composeParts(config: Config, log: Log): Promise<Composed> {
  const { knowledge, cards, reports } = demandData(checkData(HOOKS_FOLDER, CARDS_FOLDER, config.siteValueSetsFile));
  releaseSources();
  const version = packageVersion();
  const metrics = createMetrics();
  const store = await openStore({ ...config.store, log, observer: metrics.observer });
  const connections = openConnections({
    silenceTimeoutMs: config.fetch.timeoutMs,
    maxSockets: config.fetch.maxConnections,
  });
  const stopRetention = scheduleRetention({
    store,
    clock: systemClock,
    log,
    perClientDays: new Map(config.auth.clients.map(({ id, retentionDays }) => [id, retentionDays])),
    otherDays: config.store.retentionDays,
  });
  const replay = composeReplayGuard(config, store, log);
  const bases = listenedBases(config.auth.publicUrls);
  const { authenticate } = createAuthenticator({
    trust: config.auth,
    publicUrls: () => bases.urls,
    clock: systemClock,
    replayGuard: replay,
  });
  const maker = createReportMaker(knowledge, cards, reports, newUuid, log);
  const shelf = new ReportShelf<Assessed | AssessAgain>({
    secret: linkSecret(config),
    ttlSeconds: config.report.linkTtlSeconds,
    baseUrl: () => bases.urls[0]!,
    clock: systemClock,
    newId: newUuid,
  });
  const answer = createRoad({
    knowledge,
    render: (assessed, { language, orders, readLength, lostNumbers, again }) =>
      cardsOf(assessed, { knowledge, library: cards, newId: newUuid }, language, {
        oneOfSeveral: orders > 1,
        lostNumbers,
        reportUrl:
          again === undefined
            ? shelf.offer(assessed, readLength * RECORD_OVER_TEXT, language)
            : shelf.offer(again.assess, readLength, language, again.text),
      }),
    keep: (receipts) => store.enqueueReceipts(receipts),
    connections,
    limits: config.fetch,
    clock: systemClock,
    // A registered client has real patients: the day of its calls is that of the clock.
    ...(config.http.sandbox && config.auth.mode === 'development' ? { asOf: askedDay } : {}),
    observer: metrics.observer,
    engineVersion: version,
    cardsHash: cards.hash,
  });
  const parts: AppParts = {
    settings: wireSettings(config, version),
    services: knowledge.services,
    answer,
    authenticate,
    feedback: { save: (clientId, items) => store.saveFeedback(clientId, items, systemClock.nowMs()) },
    ready: async () => [
      { part: 'rules', ok: true },
      { part: 'store', ok: await store.ready() },
    ],
    clock: systemClock,
    newId: newUuid,
    log,
    ...(config.http.metrics ? { metrics } : {}),
    pages: [
      bases.learn,
      reportPages({ shelf, maker }),
      ...(config.http.sandbox
        ? (await import('./sandbox-parts.js')).sandboxParts([...knowledge.protocols.keys()], cards)
        : []),
    ],
  };
  return {
    parts,
    async close() {
      await stopRetention();
      await replay.flush();
      await Promise.all([store.close(), connections.close()]);
    },
  };
}

function demandData(checked: CheckedData): NonNullable<CheckedData['value']> {
  if (checked.value !== undefined) return checked.value;
  throw new CdsError(
    'DATA_INVALID',
    `${checked.findings.length} findings in the data files; the service does not start.`,
    {
      detail: linesOf(checked).join('\n  '),
    },
  );
}

/** Everything is compiled: of what was read and parsed for that, only what compiled expressions keep has to stay in memory. */
function releaseSources(): void {
  releaseTrees();
  releaseDependences();
  releasePrepared();
}

/** The secret behind report links: the site's, or one that dies with this process. */
function linkSecret(config: Config): string {
  return config.report.linkSecret ?? randomBytes(32).toString('base64url');
}
