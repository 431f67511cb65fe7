import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/cards/escape-markdown.js';
import { assessCommand } from '../../src/cli/assess.js';
import { assessFile } from '../../src/cli/assess-file.js';
import { fixedClock } from '../../src/clock.js';
import { loadKnowledge } from '../../src/knowledge.js';
import type { RenderedCard } from '../../src/schemas/rendered-card.js';
import type { Assessment } from '../../src/schemas/verdict.js';
import { newFolder } from '../new-folder.js';

const folder = newFolder();
const knowledge = loadKnowledge('hooks').value!;
const FOUR = 'docker/patients/four-sessions.json';

interface Bundle {
  entry: { resource: Record<string, unknown>; fullUrl?: string }[];
}

let cards: readonly RenderedCard[] = [];

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await assessCommand(
    { knowledge, clock: fixedClock('2026-11-30T23:30:00Z'), defaultLanguage: 'nl', render: () => cards },
    args,
    (text, stream = 'stdout') => (stream === 'stdout' ? (out += text) : (err += text)),
  );
  const lines =
    out.trim() === '' || !args.includes('--json')
      ? []
      : out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Assessment);
  return { code, out, err, lines };
}

function changed(name: string, change: (bundle: Bundle) => void): string {
  const bundle = JSON.parse(readFileSync(FOUR, 'utf8')) as Bundle;
  change(bundle);
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(bundle));
  return file;
}

interface Call {
  context: { draftOrders: { entry: { resource: Record<string, unknown> }[] } };
  [field: string]: unknown;
}

/** The request of the README, changed, in a file. */
function changedCall(name: string, change: (call: Call) => void): string {
  const call = JSON.parse(readFileSync('docker/requests/four-sessions.json', 'utf8')) as Call;
  change(call);
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(call));
  return file;
}

const draftOf = (bundle: Bundle) => bundle.entry.find(({ resource }) => resource['status'] === 'draft')!.resource;

describe('imsr-cds assess', () => {
  it('prints one assessment per line and exits 0 whatever the outcome', async () => {
    const { code, lines } = await run(FOUR, 'docker/patients/all-met.json', '--as-of', '2026-12-01', '--json');
    expect(code).toBe(0);
    expect(lines.map(({ outcome, service }) => [outcome, service])).toEqual([
      ['not-met', 'imsr-indication'],
      ['met', 'imsr-indication'],
    ]);
  });

  it('takes today in Amsterdam when no day is named', async () => {
    expect((await run(FOUR, '--json')).lines[0]!.asOf).toBe('2026-12-01');
  });

  it('tells no day of referral where it cannot be told', async () => {
    const file = changed('referral-gone.json', (bundle) => {
      draftOf(bundle)['basedOn'] = [{ reference: 'ServiceRequest/gone' }];
    });
    expect((await run(file)).out).toContain('as of 2026-12-01, day of referral unknown, regime');
    expect((await run(FOUR)).out).toContain('as of 2026-12-01, referred on 2026-11-03, regime');
  });

  it('assesses the others when a file cannot be read, says which, and exits 1', async () => {
    const notJson = join(folder, 'not.json');
    writeFileSync(notJson, '{"resourceType": "Bundle", "name": "de Vries');
    const { code, err, lines } = await run(join(folder, 'absent.json'), notJson, FOUR, '--json');
    expect({ code, assessed: lines.length }).toEqual({ code: 1, assessed: 1 });
    expect(err.split('\n').filter(Boolean)).toHaveLength(2);
    expect(err).not.toContain('Vries');
  });

  it('reads a file with a byte order mark', async () => {
    const file = join(folder, 'marked.json');
    writeFileSync(file, `\uFEFF${readFileSync(FOUR, 'utf8')}`);
    const { code, err, lines } = await run(file, '--json');
    expect({ code, err, assessed: lines.length }).toEqual({ code: 0, err: '', assessed: 1 });
  });

  it('answers as the service that is named, for any draft there is', async () => {
    const file = changed('uncoded.json', (bundle) => {
      const draft = draftOf(bundle);
      delete draft['category'];
      draft['code'] = { text: 'pijnrevalidatie' };
    });
    expect((await run(file, '--json')).code).toBe(1);
    const { code, lines } = await run(file, '--service', 'imsr-indication', '--as-of', '2026-12-01', '--json');
    expect([code, lines[0]?.outcome]).toEqual([0, 'not-met']);
  });

  it('assesses every draft, each by its own reference', async () => {
    const file = changed('two.json', (bundle) => bundle.entry.push({ resource: { ...draftOf(bundle), id: 'second' } }));
    const { lines } = await run(file, '--as-of', '2026-12-01', '--json');
    expect(lines.map(({ order }) => order)).toEqual(['ServiceRequest/four-sessions-draft', 'ServiceRequest/second']);
  });

  it('names drafts without an id by their fullUrl, or by their place', async () => {
    const file = changed('unnamed.json', (bundle) => {
      const { id: _id, ...draft } = draftOf(bundle);
      bundle.entry = bundle.entry.filter(({ resource }) => resource['status'] !== 'draft');
      const fullUrl = 'urn:uuid:5d3a0f6a-0d0c-4a52-8a4e-0d8d1e2f3a4b';
      bundle.entry.push({ resource: draft }, { resource: { ...draft }, fullUrl }, { resource: { ...draft } });
    });
    const { lines } = await run(file, '--as-of', '2026-12-01', '--json');
    expect(lines.map(({ order }) => order)).toEqual([
      'ServiceRequest#1',
      'urn:uuid:5d3a0f6a-0d0c-4a52-8a4e-0d8d1e2f3a4b',
      'ServiceRequest#3',
    ]);
  });

  it.each([
    [
      'a second Patient',
      (bundle: Bundle) => void bundle.entry.push({ resource: { resourceType: 'Patient', id: 'other' } }),
    ],
    [
      'a draft about another patient',
      (bundle: Bundle) => void (draftOf(bundle)['subject'] = { reference: 'Patient/other' }),
    ],
    ['no draft', (bundle: Bundle) => void (draftOf(bundle)['status'] = 'revoked')],
  ])('refuses %s', async (name, change) => {
    const { code, err } = await run(changed(`${name.replaceAll(' ', '-')}.json`, change), '--json');
    expect(code).toBe(1);
    expect(err).toMatch(/patient|draft/);
  });

  it.each(['Patient/four-sessions/_history/2', 'urn:uuid:5d3a0f6a-0d0c-4a52-8a4e-0d8d1e2f3a4b', '#p'])(
    'takes no order for one about another patient because its subject is written as %s',
    async (reference) => {
      const file = changed(`subject-${reference.length}.json`, (bundle) => {
        bundle.entry = bundle.entry.filter(({ resource }) => resource['resourceType'] !== 'Patient');
        draftOf(bundle)['subject'] = { reference };
      });
      expect((await run(file, '--as-of', '2026-12-01', '--json')).err).toBe('');
    },
  );

  it.each([
    ['no file', []],
    ['a day that does not exist', [FOUR, '--as-of', '2026-02-30']],
    ['an unknown language', [FOUR, '--lang', 'de']],
    ['an unknown service', [FOUR, '--service', 'imsr-other']],
    ['an unknown option', [FOUR, '--fast']],
  ])('wrong use: %s is exit 2', async (_, args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('imsr-cds assess FILE');
  });

  it('writes a table of criteria for people', async () => {
    const { out } = await run(FOUR, '--as-of', '2026-12-01');
    expect(out).toContain('outcome: not-met');
    expect(out).toMatch(/not-met\s+stepped-care\s+no-reading-met/);
  });

  it('shows texts of a record without the escapes that a card has', async () => {
    const detail = `**1.** ${escapeMarkdown('A-1_b (<5 & a@b) www.x')}`;
    cards = [
      { kind: 'review', card: { summary: 'Order A-1', uuid: 'u', indicator: 'info', source: { label: 'x' }, detail } },
    ];
    const { out } = await run(FOUR, '--as-of', '2026-12-01');
    cards = [];
    expect(out).toContain('\n[info] Order A-1\n\n**1.** A-1_b (<5 & a@b) www.x\n');
  });
});

describe('imsr-cds assess of a CDS Hooks request', () => {
  const laboratory = {
    resourceType: 'ServiceRequest',
    id: 'laboratory',
    status: 'draft',
    intent: 'order',
    code: { text: 'Laboratory test (synthetic)' },
    subject: { reference: 'Patient/other' },
  };
  const withLaboratory = ({ context }: Call) => void context.draftOrders.entry.unshift({ resource: laboratory });

  it('looks at no draft that no service speaks to, as a call is answered', async () => {
    const { err, lines } = await run(changedCall('laboratory.json', withLaboratory), '--as-of', '2026-12-01', '--json');
    expect({ err, orders: lines.map(({ order }) => order) }).toEqual({
      err: '',
      orders: ['ServiceRequest/four-sessions-draft'],
    });
  });

  it('refuses a file that is not in UTF-8, and passes over a byte order mark', async () => {
    const bytes = readFileSync(FOUR);
    const latin = join(folder, 'latin.json');
    writeFileSync(latin, Buffer.from(bytes.toString('utf8').replace('"Bundle"', '"Bundle","x":"é"'), 'latin1'));
    expect(await run(latin, '--json')).toEqual({
      code: 1,
      out: '',
      err: `${latin}: The file is not in UTF-8.\n`,
      lines: [],
    });
    const marked = join(folder, 'marked.json');
    writeFileSync(marked, Buffer.concat([Buffer.from('\uFEFF'), bytes]));
    expect((await run(marked, '--json')).code).toBe(0);
  });

  it('refuses a call about more orders than are answered in one', async () => {
    const about = (count: number) =>
      changedCall(`orders-${count}.json`, ({ context: { draftOrders } }) => {
        const [{ resource }] = draftOrders.entry as [Call['context']['draftOrders']['entry'][0]];
        draftOrders.entry = Array.from({ length: count }, (_, number) => ({
          resource: { ...resource, id: `d${number}` },
        }));
      });
    expect((await run(about(50), '--as-of', '2026-12-01', '--json')).lines).toHaveLength(50);
    expect(await run(about(51), '--as-of', '2026-12-01', '--json')).toMatchObject({
      code: 1,
      lines: [],
      err: expect.stringContaining('No more than 50 orders') as unknown,
    });
  });

  it('refuses an order about another patient', async () => {
    const file = changedCall('another.json', ({ context }) => {
      context.draftOrders.entry[0]!.resource['subject'] = { reference: 'Patient/other' };
    });
    const { code, err } = await run(file, '--json');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('more than one patient') as string });
  });

  it('says so where no service answers the hook', async () => {
    const file = changedCall('hook.json', (call) => void (call['hook'] = 'medication-prescribe'));
    const { code, err } = await run(file, '--json');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('No service answers the hook') as string });
  });

  it('says so where no draft is one that a service speaks to', async () => {
    const file = changedCall('only-laboratory.json', (call) => {
      call.context.draftOrders.entry = [];
      withLaboratory(call);
      call['prefetch'] = {};
    });
    const { code, err } = await run(file, '--json');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('no order that a service speaks to') as string,
    });
  });

  it('resolves references as the service does: those to another server than that of the call mean nothing here', async () => {
    const call = JSON.parse(readFileSync('docker/requests/four-sessions.json', 'utf8')) as Call;
    const request = { knowledge, serviceId: undefined, asOf: '2026-12-01' };
    const [assessed] = await assessFile({ ...call, fhirServer: 'https://ehr.example/fhir' }, request);
    const { record } = assessed!;
    expect(record.resolve('https://ehr.example/fhir/Patient/four-sessions')?.id).toBe('four-sessions');
    expect(record.resolve('https://other.example/fhir/Patient/four-sessions')).toBeUndefined();
  });
});
