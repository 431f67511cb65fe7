import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { type Change, changedHooks } from './changed-hooks.js';

const FIRST = '2026-04-17';
const SESSIONS = 'imsr/parameters/minimumSessions.yaml';

/** A copy of the hooks with a second version in a folder of its own, as one would make it. */
function withSecond(folder: string, version: string, changes: readonly Change[] = []): string {
  const root = changedHooks(changes);
  cpSync(join(root, 'imsr', FIRST), join(root, 'imsr', folder), { recursive: true });
  const file = join(root, 'imsr', folder, 'version.yaml');
  const text = readFileSync(file, 'utf8')
    .replace(`version: "${FIRST}"`, `version: "${version}"`)
    .replace('validFrom: 2026-04-20', 'validFrom: 2027-01-01');
  writeFileSync(file, text);
  return root;
}

function told(root: string) {
  return loadKnowledge(root).findings.map(({ file, line, key, found }) => ({
    file: file.slice(file.indexOf('imsr/')),
    line,
    key,
    found,
  }));
}

describe('a version is named as its folder', () => {
  it('when it is a copy that was given its own name', () => {
    expect(told(withSecond('2027-01-01', '2027-01-01'))).toEqual([]);
  });

  it.each(['2027-01-02', FIRST])('and not %s', (version) => {
    const found = told(withSecond('2027-01-01', version));
    expect(found).toContainEqual({ file: 'imsr/2027-01-01/version.yaml', line: 2, key: 'version', found: version });
  });
});

describe('a parameter has a value as long as a version holds', () => {
  const end = (day: string) =>
    `  ${day}:\n    value: null\n    source: { document: standpunt 2026-04-14, section: none }\n`;
  const ends = (day: string): Change => ({ file: SESSIONS, from: /$/, to: end(day) });
  const until = (day: string): Change => ({
    file: `imsr/${FIRST}/version.yaml`,
    from: 'checkedOn:',
    to: `validTo: ${day}\ncheckedOn:`,
  });
  const gap = (day: string) => ({
    file: SESSIONS,
    line: 8,
    key: `values.${day}.value`,
    found: `no value from ${day} on`,
  });

  it('without an end', () => {
    expect(told(changedHooks([ends('2029-01-01')]))).toEqual([gap('2029-01-01')]);
  });

  it('up to and with its last day', () => {
    expect(told(changedHooks([ends('2026-12-31'), until('2026-12-31')]))).toEqual([gap('2026-12-31')]);
    expect(told(changedHooks([ends('2027-01-01'), until('2026-12-31')]))).toEqual([]);
  });

  it('from its first day, when the value before it ended', () => {
    const late = { file: SESSIONS, from: '  2026-04-20', to: `${end('2026-04-19')}  2026-04-21` };
    const started = told(changedHooks([late]));
    expect(started).toEqual([
      {
        file: SESSIONS,
        line: 4,
        key: 'values.2026-04-19',
        found: 'no value of minimumSessions on 2026-04-20',
      },
    ]);
  });

  it('in the version that follows as well', () => {
    const root = withSecond('2027-01-01', '2027-01-01', [ends('2027-01-01')]);
    expect(told(root)).toEqual([
      {
        file: SESSIONS,
        line: 7,
        key: 'values.2027-01-01',
        found: 'no value of minimumSessions on 2027-01-01',
      },
    ]);
    expect(told(withSecond('2027-01-01', '2027-01-01', [ends('2027-03-01')]))).toEqual([gap('2027-03-01')]);
  });
});
