/**
 * Puts the synthetic patients on a FHIR server: one transaction per patient, each resource under its own id, so that
 * loading again changes nothing. Draft orders stay out: they belong to the ordering session, not to the record.
 *
 * FHIR_BASE_URL  the server (default http://fhir:8080/fhir)
 * PATIENTS_DIR   folder with index.json and one Bundle per patient
 * WAIT_SECONDS   how long to wait for the server to answer (default 300)
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, exit, stderr, stdout } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

const base = (env.FHIR_BASE_URL ?? 'http://fhir:8080/fhir').replace(/\/$/, '');
const folder = env.PATIENTS_DIR ?? 'docker/patients';
const waitMs = Number(env.WAIT_SECONDS ?? 300) * 1_000;

async function untilReady() {
  const end = Date.now() + waitMs;
  for (;;) {
    const ready = await fetch(`${base}/metadata`, { signal: AbortSignal.timeout(10_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (Date.now() >= end) throw new Error(`${base} did not answer within ${waitMs / 1_000} seconds`);
    await pause(1_000);
  }
}

function transactionOf(record) {
  const resources = record.entry.map((entry) => entry.resource).filter((resource) => resource.status !== 'draft');
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  };
}

async function load(file) {
  const record = JSON.parse(await readFile(join(folder, file), 'utf8'));
  const transaction = transactionOf(record);
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
    body: JSON.stringify(transaction),
    signal: AbortSignal.timeout(120_000),
  });
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  await response.arrayBuffer();
  stdout.write(`${file}: ${transaction.entry.length} resources\n`);
}

try {
  await untilReady();
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  for (const patient of index.patients) await load(patient.file);
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}
