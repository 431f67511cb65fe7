import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { askedHelp, USAGE } from '../../src/cli/help.js';
import { packageVersion } from '../../src/package-root.js';

describe('the help that is asked for', () => {
  it.each([
    ['assess --help', 'imsr-cds assess FILE'],
    ['assess file.json -h', 'imsr-cds assess FILE'],
    ['help report', 'imsr-cds report FILE'],
    ['check --help', 'imsr-cds check'],
    ['config --json --help', 'imsr-cds config'],
    ['receipt --help', 'imsr-cds receipt CARD-UUID'],
    ['feedback delete --help', 'imsr-cds feedback delete'],
  ])('%s tells of that command only', (line, start) => {
    const help = askedHelp(line.split(' '))!;
    expect(help.startsWith(start)).toBe(true);
    expect(help.match(/^imsr-cds /gm)).toHaveLength(1);
  });

  it('feedback --help tells of both its commands', () => {
    expect(askedHelp(['feedback', '--help'])!.match(/^imsr-cds feedback /gm)).toHaveLength(2);
  });

  it.each(['--help', '-h', 'help', 'help nothing', 'nothing --help'])('%s tells of all', (line) => {
    expect(askedHelp(line.split(' '))).toBe(USAGE);
  });

  it.each(['', 'assess file.json', 'assess -- --help'])('"%s" asks for none', (line) => {
    expect(askedHelp(line.split(' '))).toBeUndefined();
  });
});

describe('the command itself', () => {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'src/bin/imsr-cds.ts', ...args], { encoding: 'utf8' });

  it('prints help on standard output and exits 0', () => {
    expect(run('assess', '--help')).toBe(askedHelp(['assess', '--help']));
  });

  it('prints its version and exits 0', () => {
    expect(run('--version')).toBe(`${packageVersion()}\n`);
  });
});
