import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportCommand } from '../../src/cli/report.js';
import { fixedClock } from '../../src/clock.js';
import { countingMaker, knowledge, MADE_AT } from './kit.js';
import { bundleOf } from '../records/sandbox-bundle.js';
import { newFolder } from '../new-folder.js';

const folder = newFolder();

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const maker = countingMaker();
  let out = '';
  let err = '';
  const code = await reportCommand(
    {
      knowledge,
      clock: fixedClock(MADE_AT),
      defaultLanguage: 'nl',
      html: (assessed, language) => maker.html(assessed, language),
      document: (assessed, language) => maker.document(assessed, language, MADE_AT),
    },
    args,
    (text, stream) => {
      if (stream === 'stderr') err += text;
      else out += text;
    },
  );
  return { code, out, err };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const PATIENT = 'docker/patients/all-met.json';

describe('imsr-cds report', () => {
  it('gives a page in Dutch, without links to a service', async () => {
    const { code, out, err } = await run(PATIENT);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^<!doctype html>\n<html lang="nl">/);
    expect(out).not.toContain('href=');
  });

  it('gives a FHIR document in English', async () => {
    const { code, out } = await run(PATIENT, '--fhir', '--lang', 'en');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      resourceType: 'Bundle',
      type: 'document',
      language: 'en',
      timestamp: MADE_AT,
    });
  });

  it('writes to a file that only its owner can read', async () => {
    const out = join(folder, 'report.html');
    expect(await run(PATIENT, '--out', out)).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(out, 'utf8')).toContain('Verslag indicatiestelling IMSR');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('takes a file that was there from everybody else, and leaves nothing of what it held', async () => {
    const out = file('old.html', 'x'.repeat(1_000_000));
    chmodSync(out, 0o644);
    expect((await run(PATIENT, '--out', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/<\/html>\n$/);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('names the file that cannot be written, and not the one that was read', async () => {
    const out = join(folder, 'nowhere', 'x.html');
    const err = `${out}: The file cannot be read or written (ENOENT).\n`;
    expect(await run(PATIENT, '--out', out)).toEqual({ code: 1, out: '', err });
  });

  it('writes to a device without changing its rights', async () => {
    const before = statSync('/dev/null').mode;
    expect((await run(PATIENT, '--out', '/dev/null')).code).toBe(0);
    expect(statSync('/dev/null').mode).toBe(before);
  });

  it('asks which order is meant when there are several, and takes the one that is named', async () => {
    const bundle = bundleOf('all-met');
    const draft = bundle.entry.find(({ resource }) => resource['status'] === 'draft')!.resource;
    const path = file('two.json', { ...bundle, entry: [...bundle.entry, { resource: { ...draft, id: 'second' } }] });
    const unnamed = await run(path);
    expect(unnamed.code).toBe(1);
    expect(unnamed.err).toContain('ServiceRequest/second (imsr-indication)');
    const named = await run(path, '--order', 'ServiceRequest/second');
    expect(named.code).toBe(0);
    expect(named.out).toContain('ServiceRequest/second');
  });

  it.each([
    { name: 'no file', args: [], code: 2 },
    { name: 'two files', args: [PATIENT, PATIENT], code: 2 },
    { name: 'two forms', args: [PATIENT, '--html', '--fhir'], code: 2 },
    { name: 'a day that does not exist', args: [PATIENT, '--as-of', '2026-02-30'], code: 2 },
    { name: 'an unknown language', args: [PATIENT, '--lang', 'de'], code: 2 },
    { name: 'an unknown service', args: [PATIENT, '--service', 'other'], code: 2 },
    { name: 'an unknown option', args: [PATIENT, '--pdf'], code: 2 },
    { name: 'a file that is not there', args: [join(folder, 'nothing.json')], code: 1 },
    { name: 'an order that is not there', args: [PATIENT, '--order', 'ServiceRequest/other'], code: 1 },
    { name: 'a place that cannot be written', args: [PATIENT, '--out', join(folder, 'no', 'such', 'folder')], code: 1 },
  ])('$name: exit code $code, and why on stderr', async ({ args, code }) => {
    const answer = await run(...args);
    expect(answer.code).toBe(code);
    expect(answer.out).toBe('');
    expect(answer.err).not.toBe('');
  });

  it('a file that is not JSON is refused without a word of what is in it', async () => {
    const { code, err } = await run(file('broken.json', '{"name": "Test-Secret'));
    expect(code).toBe(1);
    expect(err).not.toContain('Secret');
  });
});
