import { readdir, readFile } from 'node:fs/promises';
import type { Bundle } from 'fhir/r4.js';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { daysBetween } from '../../src/logic/calendar.js';
import { r4Errors } from './r4-validator.js';
import { danglingReferences } from './references.js';
import { sandboxFiles, sandboxFolder } from './sandbox-files.js';
import { sandboxPatients, turningDays } from './sandbox-patients.js';

const folder = new URL(`../../${sandboxFolder}/`, import.meta.url);
const files = await sandboxFiles();
const bundles = [...files].filter(([name]) => name !== 'index.json');

test('the committed files are what the generator writes', async () => {
  const committed = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  expect(committed.sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(await readFile(new URL(name, folder), 'utf8'), name).toBe(text);
});

test('there is a patient for every outcome, every regime and both phases', () => {
  expect(new Set(sandboxPatients.map((one) => one.outcome))).toEqual(
    new Set(['met', 'not-met', 'unknown', 'review', 'transition']),
  );
  expect(new Set(sandboxPatients.map((one) => one.regime))).toEqual(
    new Set(['protocol', 'started-before-publication', 'indicated-before-publication', 'uncertain']),
  );
  expect(new Set(sandboxPatients.map((one) => one.service))).toEqual(new Set(['imsr-referral', 'imsr-indication']));
});

test('the days that a visitor can choose are the last of the transition rule and the next', () => {
  const { parameters } = loadKnowledge('hooks').value!.protocols.get('imsr')!.protocol;
  const valueOf = (name: string) => parameters.find((parameter) => parameter.name === name)!.steps[0]!.value;
  expect(turningDays[0]).toBe(valueOf('transitionEnds'));
  expect(daysBetween(turningDays[0]!, turningDays[1]!)).toBe(1);
  expect(JSON.parse(files.get('index.json')!)).toMatchObject({ turningDays });
});

test('no id occurs in two patients, so that one FHIR server can hold them all', () => {
  const ids = bundles.flatMap(([, text]) =>
    ((JSON.parse(text) as Bundle).entry ?? []).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(bundles)('%s', (_name, text) => {
  const bundle = JSON.parse(text) as Bundle;

  test('is valid R4 without loose ends', () => {
    expect(r4Errors(bundle)).toEqual([]);
    expect(danglingReferences(bundle)).toEqual([]);
  });

  test('says that it is synthetic, and has ids that FHIR allows', () => {
    const patient = bundle.entry?.find(({ resource }) => resource?.resourceType === 'Patient')?.resource;
    expect(patient).toMatchObject({
      meta: { tag: [{ code: 'HTEST' }] },
      name: [{ text: expect.stringContaining('synthetic') as string }],
    });
    for (const { resource } of bundle.entry ?? []) expect(resource?.id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
  });
});
