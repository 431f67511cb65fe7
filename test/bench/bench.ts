import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bodiesOf, type Size, SIZES } from './bodies.js';
import { TOKEN } from './loader.js';
import { here, type RunningServer, startLoader, startServer } from './servers.js';
import { type Cell, median, type Round, tableOf } from './write-table.js';

/**
 * Measures the built service beside a bare server that parses the same bodies, in one run, turn by turn.
 *
 * `--quick`: fewer loads, rounds and seconds. `--size '30 KB'`, `--connections 64`: this size, so many connections alone (may
 * be repeated). `--print`: leave the page as it is.
 * `--long <requests>`: so many requests in a row afterwards, for the memory.
 */
const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'string', default: '0' },
    dist: { type: 'string', default: 'dist' },
    print: { type: 'boolean', default: false },
    size: { type: 'string', multiple: true, default: [] },
    connections: { type: 'string', multiple: true, default: [] },
  },
});

const ROUNDS = asked.quick ? 3 : 7;
const ROUND_MS = asked.quick ? 1_500 : 3_000;
// Code is quick only once it was run some thousands of times.
const WARM_UP_MS = asked.quick ? 20_000 : 40_000;
const MOST_REQUESTS = 20_000;
const PATH = '/cds-services/imsr-indication';
const TABLE = 'src/decisions/benchmarks.md';
const MARKS = { from: '<!-- measured -->', to: '<!-- /measured -->' } as const;

interface Contestant {
  readonly name: string;
  readonly server: RunningServer;
  readonly path: (answerBytes: number) => string;
  readonly takes: (size: Size, connections: number) => boolean;
  readonly privateKey?: string;
  readonly maxRequests?: number;
}

const sizes = SIZES.filter((size) => asked.size.length === 0 || asked.size.includes(size));
const counted = asked.connections.map(Number).filter((count) => count > 0);
const connectionCounts = counted.length > 0 ? counted : asked.quick ? [16] : [1, 16, 64];

const folder = mkdtempSync(join(tmpdir(), 'bench-keys-'));
const stopping: (() => void | Promise<void>)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const starts = await startTimes();
  const contestants = await start();
  const loader = startLoader();
  stopping.push(loader.stop);
  const cells: Cell[] = [];
  const bodies = bodiesOf('docker/patients', new Date().toISOString().slice(0, 10));
  for (const size of sizes) {
    const bodyKb = median(bodies[size].map((body) => JSON.stringify(body).length / 1024));
    for (const connections of connectionCounts) {
      const here = contestants.filter(({ takes }) => takes(size, connections));
      cells.push(...(await measure(here, size, bodyKb, connections, loader)));
    }
  }
  let text = tableOf(cells, starts);
  text += `\n\nLoad average of the machine at the end: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}.`;
  const long = Math.min(Number(asked.long), 1_000_000);
  if (long > 0) text += `\n\n${await longRun(contestants[1]!, loader, long)}`;
  process.stdout.write(`${text}\n`);
  if (!asked.print) writeTable(text);
} finally {
  for (const stop of stopping.reverse()) await stop();
}

async function start(): Promise<readonly Contestant[]> {
  const service = resolve(asked.dist, 'bin/server.js');
  const open = {
    HOST: '127.0.0.1',
    PORT: '0',
    MODE: 'development',
    AUTH_MODE: 'development',
    RATE_LIMIT_PER_MINUTE: '0',
    SANDBOX: 'false',
  };
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: TOKEN.keyId, alg: 'RS384', use: 'sig' }] };
  const clients = join(folder, 'clients.json');
  writeFileSync(
    clients,
    JSON.stringify({ clients: [{ id: 'bench', issuers: [TOKEN.issuer], jwks, algorithms: ['RS384'] }] }),
  );
  const closed = { ...open, AUTH_MODE: 'clients', CLIENTS_FILE: clients, PUBLIC_URLS: TOKEN.audience };

  const contestants: Contestant[] = [];
  const add = async (contestant: Omit<Contestant, 'server'>, starting: Promise<RunningServer>): Promise<void> => {
    const server = await starting;
    stopping.push(server.stop);
    contestants.push({ ...contestant, server });
  };
  const always = (): boolean => true;
  const middle = (size: Size, connections: number): boolean => size === '30 KB' && connections === 16;
  await add(
    { name: 'bare', path: (bytes) => `/answer/${bytes}`, takes: always },
    startServer(resolve(import.meta.dirname, 'bare-server.mjs'), {}),
  );
  await add({ name: 'service', path: () => PATH, takes: always }, startServer(service, open));
  await add(
    {
      name: 'service, RS384 tokens',
      path: () => PATH,
      takes: middle,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      maxRequests: 3_000,
    },
    startServer(service, closed),
  );
  await add(
    { name: 'service on plain fhirpath.js', path: () => PATH, takes: middle },
    startServer(resolve('src/bin/server.ts'), open, ['tsx', here('plain-fhirpath.mjs')]),
  );
  return contestants;
}

async function measure(
  contestants: readonly Contestant[],
  size: Size,
  bodyKb: number,
  connections: number,
  loader: ReturnType<typeof startLoader>,
): Promise<readonly Cell[]> {
  let answerBytes = 0;
  const load = async (contestant: Contestant, maxMs: number) => {
    const { server, path, privateKey, maxRequests } = contestant;
    await server.usage();
    const result = await loader.run({
      port: server.port,
      path: path(answerBytes),
      size,
      connections,
      maxMs,
      maxRequests: maxRequests ?? MOST_REQUESTS,
      ...(privateKey === undefined ? {} : { privateKey }),
    });
    return { result, usage: await server.usage() };
  };
  // The service goes first, so that the bare server can answer with as much.
  for (const contestant of [...contestants].reverse()) {
    const until = performance.now() + WARM_UP_MS / (contestant.name === 'bare' ? 3 : 1);
    // One load may end early: tokens are good for one call each, and are made beforehand.
    for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
      const { result } = await load(contestant, left);
      if (contestant.name === 'service') answerBytes = result.answerBytes;
    }
  }
  const rounds = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    let bare: { perSecond: number; cpuMs: number; p99Ms: number } | undefined;
    // Every round begins with the bare server; the others take turns in changing order.
    const others = contestants.slice(1);
    const turn = [contestants[0]!, ...others.slice(round % others.length), ...others.slice(0, round % others.length)];
    for (const contestant of turn) {
      const { result, usage } = await load(contestant, ROUND_MS);
      // Only what was answered with cards counts as answered.
      const answered = result.requests - result.refused;
      const own = {
        perSecond: (answered / result.ms) * 1000,
        cpuMs: usage.cpuMs / answered,
        p99Ms: result.p99Ms,
      };
      bare ??= own;
      rounds.get(contestant.name)!.push({
        ...own,
        p50Ms: result.p50Ms,
        rssMb: usage.rssMb,
        delayMaxMs: usage.delayMaxMs,
        refused: result.refused,
        ratio: own.perSecond / bare.perSecond,
        cpuRatio: bare.cpuMs / own.cpuMs,
        p99Ratio: own.p99Ms / bare.p99Ms,
      });
    }
  }
  process.stderr.write(`measured: ${size}, ${connections} connections\n`);
  return contestants.map(({ name }) => ({ server: name, size, bodyKb, connections, rounds: rounds.get(name)! }));
}

async function startTimes(): Promise<Readonly<Record<string, number>>> {
  const times: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    const server = await startServer(resolve(asked.dist, 'bin/server.js'), {
      HOST: '127.0.0.1',
      PORT: '0',
      MODE: 'development',
      SANDBOX: 'false',
    });
    times.push(server.readyMs);
    await server.stop();
  }
  return { service: median(times) };
}

async function longRun(
  { server, path }: Contestant,
  loader: ReturnType<typeof startLoader>,
  requests: number,
): Promise<string> {
  const steps: string[] = [];
  for (let done = 0; done < requests;) {
    const share = Math.min(requests - done, Math.ceil(requests / 5));
    const result = await loader.run({
      port: server.port,
      path: path(0),
      size: 'patients',
      connections: 16,
      maxMs: 600_000,
      maxRequests: share,
    });
    done += result.requests;
    steps.push(`${done}: ${(await server.usage()).rssMb.toFixed(0)} MB`);
    if (result.requests < share) break;
  }
  return `RSS after so many more requests: ${steps.join(', ')}.`;
}

/** Puts the table between its marks; what stands around it is written by hand. */
function writeTable(table: string): void {
  const page = readFileSync(TABLE, 'utf8');
  const [from, to] = [page.indexOf(MARKS.from), page.indexOf(MARKS.to)];
  if (from < 0 || to < from) throw new Error(`${TABLE} has no ${MARKS.from} … ${MARKS.to}`);
  writeFileSync(TABLE, `${page.slice(0, from + MARKS.from.length)}\n\n${table}\n\n${page.slice(to)}`);
}
