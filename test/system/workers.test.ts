import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../loopback.js';
import { type BuiltService, buildService, type ServiceProcess } from './built-service.js';
import { createEhr, type Ehr, eventually, post, trusting } from './ehr.js';
import { fullCall } from './synthetic-call.js';

const SERVICE = '/cds-services/imsr-indication';
const FEEDBACK = `${SERVICE}/feedback`;

interface Cards {
  readonly cards: readonly { readonly uuid: string }[];
}

let built: BuiltService;
let ehr: Ehr;
let env: Readonly<Record<string, string>>;
let service: ServiceProcess;

beforeAll(async () => {
  built = await buildService();
  ehr = await createEhr('hospital-a', 'RS384', 'http://127.0.0.1:9/fhir');
  env = { ...trusting(built.folder('settings'), ehr), DATA_DIR: built.folder('data') };
  service = await built.start({ ...env, WORKERS: '2' });
}, 180_000);
afterAll(() => built.remove());

/** The processes that the first one started, in the order in which they came. */
function workers(of: ChildProcess = service.process): readonly number[] {
  // `ps` ends with 1 where it finds none.
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--sort=start_time', '--ppid', String(of.pid)], {
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number);
}

async function metric(name: string): Promise<number> {
  const page = await (await fetch(`${service.url}/metrics`)).text();
  const values = page.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function cards(): Promise<readonly string[]> {
  const { status, body } = await ehr.post(service.url, SERVICE, fullCall('imsr-indication', 'all-met'));
  expect(status).toBe(200);
  return (body as Cards).cards.map(({ uuid }) => uuid);
}

function feedbackOn(uuid: string) {
  const outcomeTimestamp = new Date().toISOString();
  return {
    feedback: [{ card: uuid, outcome: 'accepted', acceptedSuggestions: [{ id: randomUUID() }], outcomeTimestamp }],
  };
}

/** With `PORT=0` the next worker after all have ended would listen elsewhere. */
async function ownPort(): Promise<string> {
  return String(await freePort());
}

function lives(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('two workers on one port', { timeout: 180_000 }, () => {
  it('are ready once, both of them listening', () => {
    expect(service.out().match(/^ready: /gm)).toHaveLength(1);
    expect(workers()).toHaveLength(2);
  });

  it('[row 141] a token is used once, whichever worker it comes to', async () => {
    const token = await ehr.token(SERVICE);
    const call = fullCall('imsr-indication', 'all-met');
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await post(service.url + SERVICE, call, token)).status);
    expect(statuses).toEqual([200, 401, 401, 401]);
  });

  it('a card of one worker takes feedback at the other', async () => {
    const uuids = [...(await cards()), ...(await cards())];
    const statuses = await Promise.all(
      uuids
        .flatMap((uuid) => [feedbackOn(uuid), feedbackOn(uuid)])
        .map((body) => ehr.post(service.url, FEEDBACK, body)),
    );
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('their metrics are one page that counts the calls of both', async () => {
    const before = await metric('imsr_cds_assessments_total');
    for (let index = 0; index < 4; index += 1) await cards();
    expect(await metric('imsr_cds_assessments_total')).toBe(before + 4);
    const pages = await Promise.all([1, 2, 3].map(() => metric('imsr_cds_assessments_total')));
    expect(pages).toEqual([before + 4, before + 4, before + 4]);
  });

  it('kill -9 of a worker loses no acknowledged feedback and no count, and another takes its place', async () => {
    const counted = await metric('imsr_cds_calls_total');
    const uuids = (await Promise.all(Array.from({ length: 6 }, () => cards()))).flat();
    const [victim] = workers();
    const acknowledged: string[] = [];
    const sending = uuids.map(async (uuid, index) => {
      if (index === 3) process.kill(victim!, 'SIGKILL');
      // A connection that the kill cut off is a call that was not acknowledged.
      const answer = await ehr.post(service.url, FEEDBACK, feedbackOn(uuid)).catch(() => undefined);
      if (answer?.status === 200) acknowledged.push(uuid);
    });
    await Promise.all(sending);
    expect(acknowledged.length).toBeGreaterThan(0);
    await eventually(async () => workers().length === 2 && !workers().includes(victim!));
    expect((await cards()).length).toBeGreaterThan(0);
    expect(await metric('imsr_cds_calls_total')).toBeGreaterThan(counted);
    // Lines of the log wait in memory for a moment.
    await eventually(() => Promise.resolve(service.out().includes('"msg":"a worker ended; another takes its place"')));

    for (const uuid of acknowledged) {
      const receipt = await built.run(['receipt', uuid, '--json'], env);
      expect(receipt.code, receipt.err).toBe(0);
    }
    const report = await built.run(['feedback', 'report', '--json'], env);
    const rows = JSON.parse(report.out) as readonly { readonly accepted: number }[];
    expect(rows.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThanOrEqual(acknowledged.length);
  });

  it('SIGTERM finishes the calls that were accepted, by every worker, and ends with 0', async () => {
    const bodies = Array.from({ length: 12 }, () => fullCall('imsr-indication', 'all-met'));
    const under = bodies.map((body) =>
      ehr.post(service.url, SERVICE, body).then(
        ({ status }) => status,
        () => 'not accepted',
      ),
    );
    await eventually(async () => (await Promise.race([under[0], Promise.resolve(undefined)])) !== undefined);
    service.process.kill('SIGTERM');
    const answers = await Promise.all(under);
    expect(await service.ended).toBe(0);
    // What was not accepted saw no half answer; what was accepted got its cards.
    expect(answers.filter((status) => status === 200).length).toBeGreaterThan(0);
    expect(answers.filter((status) => status !== 200 && status !== 'not accepted')).toEqual([]);
    // What it warns of at its start, and nothing after it.
    expect(
      service
        .err()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('WARNING: ')),
    ).toEqual([]);
  });
});

it('workers that all end at once are all replaced, and the service lives on', { timeout: 120_000 }, async () => {
  const all = await built.start({ ...env, PORT: await ownPort(), WORKERS: '2' });
  const before = workers(all.process);
  expect(before).toHaveLength(2);
  // It learns of both ends in one turn.
  all.process.kill('SIGSTOP');
  for (const worker of before) process.kill(worker, 'SIGKILL');
  all.process.kill('SIGCONT');
  const replaced = async (): Promise<boolean> =>
    workers(all.process).filter((worker) => !before.includes(worker)).length === 2 && (await lives(all.url));
  await eventually(async () => all.process.exitCode !== null || (await replaced()));
  expect(all.process.exitCode).toBeNull();
  all.process.kill('SIGTERM');
  expect(await all.ended).toBe(0);
});

it('a worker that ends while another starts is replaced', { timeout: 120_000 }, async () => {
  let first: number | undefined;
  const endFirst = async (starting: ChildProcess): Promise<void> => {
    // The second is started once the first one listens.
    await eventually(async () => starting.exitCode !== null || workers(starting).length === 2);
    [first] = workers(starting);
    process.kill(first!, 'SIGKILL');
  };
  const started = await built.start(
    { ...env, PORT: await ownPort(), WORKERS: '2' },
    (starting) => void endFirst(starting),
  );
  await expect.poll(() => workers(started.process), { timeout: 20_000 }).toHaveLength(2);
  expect(workers(started.process)).not.toContain(first);
  expect(started.out()).toContain('"msg":"a worker ended; another takes its place"');
  started.process.kill('SIGTERM');
  expect(await started.ended).toBe(0);
});

it.each([1, 2])(
  'a stop while worker %i starts waits for none that listens not yet',
  { timeout: 120_000 },
  async (count) => {
    const stopped = built.start({ ...env, PORT: await ownPort(), WORKERS: '2' }, (starting) => {
      void eventually(async () => starting.exitCode !== null || workers(starting).length === count).then(() =>
        starting.kill('SIGTERM'),
      );
    });
    await expect(stopped).rejects.toThrow(/^the service ended with 0 before it was ready/);
  },
);

it('a fault at the start is said once, and no worker stays behind', { timeout: 120_000 }, async () => {
  // A place that is no folder.
  const broken = built.start({ ...env, DATA_DIR: service.process.spawnfile, WORKERS: '3' });
  await expect(broken).rejects.toThrow(/ended with 1 before it was ready/);
  const said = await broken.catch((error: Error) => error.message);
  expect((said as string).match(/CONFIG_INVALID/g)).toHaveLength(1);
  // The first process adds that there is no service, and not where it noticed.
  expect((said as string).match(/could not start/g)).toHaveLength(1);
  expect(said).not.toMatch(/:\d+:\d+/);
});
