import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv } from '../../src/cli/csv.js';
import { feedbackReportCommand } from '../../src/cli/feedback-report.js';
import { receiptCommand } from '../../src/cli/receipt.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { REASON, RECEIVED, accepted, keptLog, overridden, receipt } from '../store/samples.js';

const COMMENT = 'mevrouw "X"\u001b[31m\n=HYPERLINK(1)';

let dataDir = '';
let store: Store;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-report-'));
  store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([
    receipt('card-1'),
    receipt('card-2', { issuedAt: '2026-11-25T09:00:00.000Z' }),
    receipt('card-3', { cardKind: 'approval', service: 'imsr-indication', verdicts: [] }),
    receipt('card-4', { clientId: 'hospital-b' }),
  ]);
  await store.saveFeedback(
    'hospital-a',
    [
      accepted('card-3'),
      overridden('card-1', { reason: REASON, userComment: COMMENT }),
      overridden('card-2', { reason: { code: '=cmd|calc' } }),
    ],
    RECEIVED,
  );
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

type Command = (
  store: Store,
  args: readonly string[],
  write: (text: string, stream?: string) => void,
  services: () => readonly string[],
) => Promise<number>;

async function run(command: Command, ...args: readonly string[]) {
  const written = { code: -1, stdout: '', stderr: '' };
  const keep = (text: string, stream?: string): void => {
    written[stream === 'stderr' ? 'stderr' : 'stdout'] += text;
  };
  written.code = await command(store, args, keep, () => ['imsr-overview', 'imsr-referral']);
  return written;
}

describe('imsr-cds feedback report', () => {
  test('as text', async () => {
    expect(await run(feedbackReportCommand, '--client', 'hospital-a')).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'card      criterion        status   shown  accepted  overridden  unanswered  override reasons',
        'approval  (all)            (all)        1         1           0           0',
        'not-met   (all)            (all)        2         0           2           0  =cmd|calc: 1; other-reading (https://imsr-cds.example/fhir/CodeSystem/override): 1',
        'not-met   persistent-pain  unknown      2         0           2           0  =cmd|calc: 1; other-reading (https://imsr-cds.example/fhir/CodeSystem/override): 1',
        'not-met   stepped-care     not-met      2         0           2           0  =cmd|calc: 1; other-reading (https://imsr-cds.example/fhir/CodeSystem/override): 1',
        '',
      ].join('\n'),
    });
  });

  test('as text, in which what a client sent moves no cursor and colours nothing', async () => {
    const reason = { code: '\u001b[2Jred', system: 'urn:\u202ex', count: 1 };
    const row = { cardKind: 'not-met', shown: 1, accepted: 0, overridden: 1, overrideReasons: [reason] };
    let told = '';
    await feedbackReportCommand(
      { report: async () => [row] },
      [],
      (text) => (told += text),
      () => [],
    );
    expect(told).toContain('\uFFFD[2Jred (urn:\uFFFDx): 1\n');
    expect(told).not.toMatch(/[\u001b\u202e]/);
  });

  test('as CSV, with nothing that a spreadsheet would run', async () => {
    const { stdout } = await run(feedbackReportCommand, '--csv', '--from', '2026-11-25', '--to', '2026-11-25');
    expect(stdout).toBe(
      'card,criterion,status,shown,accepted,overridden,unanswered,override reasons\r\n' +
        "not-met,,,1,0,1,0,'=cmd|calc: 1\r\n" +
        "not-met,persistent-pain,unknown,1,0,1,0,'=cmd|calc: 1\r\n" +
        "not-met,stepped-care,not-met,1,0,1,0,'=cmd|calc: 1\r\n",
    );
  });

  test('as JSON, the rows of the store', async () => {
    const { stdout } = await run(feedbackReportCommand, '--json', '--service', 'imsr-referral');
    expect(JSON.parse(stdout)).toEqual(await store.report({ service: 'imsr-referral' }));
  });

  test.each([[[]], [['--csv']], [['--json']]])('free comments stay in the store: %j', async (args) => {
    expect((await run(feedbackReportCommand, ...args)).stdout).not.toContain('mevrouw');
  });

  test('free comments only when asked for, and harmless to a terminal', async () => {
    const text = (await run(feedbackReportCommand, '--comments')).stdout;
    expect(text).toContain('not-met: mevrouw "X"\uFFFD[31m\uFFFD=HYPERLINK(1)\n');
    expect(text).not.toContain('\u001b');
    const cell = `"mevrouw ""X""\u001b[31m\n=HYPERLINK(1)"\r\n`;
    expect((await run(feedbackReportCommand, '--comments', '--csv')).stdout).toContain(cell);
    expect((await run(feedbackReportCommand, '--comments', '--json')).stdout).toContain('mevrouw');
  });

  test('no cards', async () => {
    expect(await run(feedbackReportCommand, '--client', 'nobody')).toMatchObject({ code: 0, stdout: 'No cards.\n' });
    expect((await run(feedbackReportCommand, '--client', 'nobody', '--json')).stdout).toBe('[]\n');
  });

  test('a service that gave no cards is one of those there are, or was', async () => {
    const asked = (service: string) => run(feedbackReportCommand, '--service', service);
    expect(await asked('imsr-overview')).toMatchObject({ code: 0, stdout: 'No cards.\n' });
    expect(await asked('imsr-indication')).toMatchObject({ code: 0, stderr: '' });
    expect(await asked('nope')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('There is no such service; there are: imsr-overview, imsr-referral.') as string,
    });
  });

  test.each([
    [['--from', '2026-02-30'], '--from takes a calendar day'],
    [['--to', 'yesterday'], '--to takes a calendar day'],
    [['--from', '2026-11-21', '--to', '2026-11-20'], '--from lies after --to'],
    [['--csv', '--json'], 'not both'],
    [['--nonsense'], '--nonsense'],
    [['stray'], 'stray'],
  ])('wrong use is exit 2 and says what: %j', async (args, said) => {
    const { code, stdout, stderr } = await run(feedbackReportCommand, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr).toContain('imsr-cds feedback report');
  });
});

describe('imsr-cds receipt', () => {
  test('as JSON, the receipt itself', async () => {
    const { code, stdout } = await run(receiptCommand, 'card-1', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, receipt('card-1')]);
  });

  test('as text', async () => {
    const { code, stdout } = await run(receiptCommand, 'card-1');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'card            card-1',
        'outcome         not-met',
        'protocol        imsr-indicatie 2026-04-17 sha256:00',
        'criterion        status   reason            resources looked at',
        'stepped-care     not-met  too-few-sessions  Procedure/f1',
      ]),
    );
  });

  test('a card without a receipt is exit 1', async () => {
    expect(await run(receiptCommand, 'card-9')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^No receipt/),
    });
  });

  test.each([[[]], [['a', 'b']], [['a', '--nonsense']]])('wrong use is exit 2: %j', async (args) => {
    const { code, stderr } = await run(receiptCommand, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain('imsr-cds receipt CARD-UUID');
  });
});

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['\r=1', `"'\r=1"`],
  ['\uFF1D1', "'\uFF1D1"],
  ['1=1', '1=1'],
])('a CSV cell %j is written %j', (text, written) => {
  expect(csv([[text, -1]])).toBe(`${written},-1\r\n`);
});
