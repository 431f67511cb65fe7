import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { r4Errors } from '../records/r4-validator.js';
import { assessPatient, countingMaker, findings, loadedReports, MADE_AT } from './kit.js';

/** UPDATE_GOLDEN=1 writes the files anew; the difference is to be read. */
const FOLDER = 'test/golden/report';
const update = process.env['UPDATE_GOLDEN'] === '1';

function expectGolden(name: string, made: string): void {
  const file = `${FOLDER}/${name}`;
  if (update) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, made);
  }
  expect(existsSync(file), `${file} is missing; run with UPDATE_GOLDEN=1`).toBe(true);
  expect(made).toBe(readFileSync(file, 'utf8'));
}

const patients = ['all-met', 'four-sessions', 'two-readings', 'referral-incomplete'];
const cases = patients.flatMap((patient) => LANGUAGES.map((language) => ({ patient, language })));

describe('reports of synthetic patients', () => {
  it('are made from data files without findings', () => {
    expect([...findings, ...loadedReports.findings]).toEqual([]);
  });

  it.each(cases)('$patient in $language as a page', async ({ patient, language }) => {
    expectGolden(`${patient}.${language}.html`, countingMaker().html(await assessPatient(patient), language));
  });

  it.each(cases)('$patient in $language as a document, valid R4', async ({ patient, language }) => {
    const document = countingMaker().document(await assessPatient(patient), language, MADE_AT);
    expect(r4Errors(document)).toEqual([]);
    expectGolden(`${patient}.${language}.json`, `${JSON.stringify(document, null, 1)}\n`);
  });
});
