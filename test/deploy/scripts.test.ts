import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryRepository, FhirRouter, type FhirRequest } from '@medplum/fhir-router';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settings } from '../../src/config/settings.js';
import { sandboxPatients } from '../records/sandbox-patients.js';
import { bodyOf, runScript, withServer } from './run-script.js';

interface Transaction {
  readonly type: string;
  readonly entry: readonly {
    readonly resource: { readonly resourceType: string; readonly id: string; readonly status?: string };
    readonly request: { readonly method: string; readonly url: string };
  }[];
}

describe('load-patients', () => {
  const load = (port: number, wait = '10') =>
    runScript('load-patients.mjs', { FHIR_BASE_URL: `http://127.0.0.1:${port}/fhir`, WAIT_SECONDS: wait });

  test('waits for the server, then puts every patient in one transaction, drafts left out', async () => {
    const received: Transaction[] = [];
    let probes = 0;
    const finished = await withServer(
      async (request, response) => {
        if (request.url === '/fhir/metadata') return response.writeHead(++probes < 2 ? 503 : 200).end('{}');
        received.push(JSON.parse(await bodyOf(request)) as Transaction);
        return response.writeHead(200).end('{}');
      },
      (port) => load(port),
    );
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
    expect(probes).toBe(2);
    expect(received).toHaveLength(sandboxPatients.length);
    const entries = received.flatMap((transaction) => transaction.entry);
    expect(new Set(received.map((transaction) => transaction.type))).toEqual(new Set(['transaction']));
    for (const { resource, request } of entries) {
      expect(request).toEqual({ method: 'PUT', url: `${resource.resourceType}/${resource.id}` });
      expect(resource.status).not.toBe('draft');
    }
  });

  test('says which patient was refused, without its data', async () => {
    const finished = await withServer(
      (request, response) => response.writeHead(request.method === 'GET' ? 200 : 422).end('{"secret":"body"}'),
      (port) => load(port),
    );
    expect(finished.exitCode).toBe(1);
    expect(finished.stderr).toBe('all-met.json: the server answered 422\n');
  });

  test('gives up when nothing answers', async () => {
    const finished = await withServer(
      (_request, response) => response.writeHead(503).end(),
      (port) => load(port, '0'),
    );
    expect(finished.exitCode).toBe(1);
    expect(finished.stderr).toContain('did not answer within 0 seconds');
  });

  test('a FHIR server holds all patients afterwards, and the same number after loading twice', async () => {
    const [router, repository] = [new FhirRouter(), new MemoryRepository()];
    await withServer(
      async (request, response) => {
        if (request.method === 'GET') return response.writeHead(200).end('{}');
        const call = {
          method: 'POST',
          url: '/',
          pathname: '',
          params: {},
          query: {},
          headers: {},
          body: JSON.parse(await bodyOf(request)) as unknown,
        };
        const [outcome] = await router.handleRequest(call as unknown as FhirRequest, repository);
        return response.writeHead(outcome.id === 'ok' ? 200 : 500).end(JSON.stringify(outcome));
      },
      async (port) => {
        expect(await load(port)).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await load(port)).toMatchObject({ exitCode: 0, stderr: '' });
      },
    );
    const patients = await repository.search({ resourceType: 'Patient', count: 100 });
    expect(patients.entry?.map((entry) => entry.resource?.id).sort()).toEqual(
      sandboxPatients.map((one) => one.patient.id).sort(),
    );
  });
});

describe('health', () => {
  const probe = (port: number) => runScript('health.mjs', { PORT: String(port) });

  test.each([
    [200, 0],
    [503, 1],
  ])('an answer of %i is exit %i', async (status, exitCode) => {
    const asked: (string | undefined)[] = [];
    const finished = await withServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    }, probe);
    expect(finished.exitCode).toBe(exitCode);
    expect(asked).toEqual(['/health/live']);
  });

  test.each([
    ['', '127.0.0.1'],
    [' 0.0.0.0 ', '127.0.0.1'],
    ['127.0.0.2', '127.0.0.2'],
    ['localhost', '127.0.0.1'],
  ])('asks where the service listens with HOST=%j', async (HOST, address) => {
    let asked = false;
    const finished = await withServer(
      (_request, response) => {
        asked = true;
        response.end();
      },
      (port) => runScript('health.mjs', { HOST, PORT: ` ${port} `, TLS_CERT_FILE: ' ' }),
      { host: address, port: 0 },
    );
    expect([asked, finished.exitCode]).toEqual([true, 0]);
  });

  test.each(['', ' '])('asks the port that the service takes with PORT=%j', async (PORT) => {
    const HOST = '127.0.0.3';
    const finished = await withServer(
      (_request, response) => response.end(),
      () => runScript('health.mjs', { HOST, PORT }),
      { host: HOST, port: Number(settings.PORT.default) },
    );
    expect(finished.exitCode).toBe(0);
  });

  test('no answer at all is exit 1', async () => {
    const free = await withServer(
      () => undefined,
      (port) => Promise.resolve(port),
    );
    expect((await probe(free)).exitCode).toBe(1);
  });
});

describe('make-secrets', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imsr-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const make = () => runScript('make-secrets.mjs', { SECRETS_DIR: folder, DATABASE_HOST: 'database' });
  const secret = (name: string) => readFile(join(folder, name), 'utf8');

  test('makes them once, prints none, and keeps them at a second start', async () => {
    expect(await make()).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const [url, password, linkSecret] = [
      await secret('database-url'),
      await secret('database-password'),
      await secret('report-link-secret'),
    ];
    expect(url).toBe(`postgres://imsr:${password}@database:5432/imsr`);
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(linkSecret).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(folder, 'database-url'))).mode & 0o777).toBe(0o444);
    await make();
    expect(await secret('database-url')).toBe(url);
  });

  test.each([['report-link-secret'], ['database-password'], ['report-link-secret', 'database-password']])(
    'goes on where a start was stopped (%s)',
    async (...made) => {
      for (const name of made) await writeFile(join(folder, name), 'made-before');
      expect(await make()).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      for (const name of made) expect(await secret(name)).toBe('made-before');
      expect(await secret('database-url')).toBe(
        `postgres://imsr:${await secret('database-password')}@database:5432/imsr`,
      );
    },
  );
});
