import { describe, expect, it } from 'vitest';
import { run } from './run-command.js';

const FILE = 'docker/patients/all-met.json';

describe('the command line reads settings as the server does', { timeout: 30_000 }, () => {
  it('a file of site codes that is empty is not set', () => {
    expect(run({ SITE_VALUE_SETS: '' }, 'check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('a name of a file of site codes is trimmed', () => {
    expect(run({ SITE_VALUE_SETS: ' docker/clients/none.yaml ' }, 'assess', FILE)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^docker\/clients\/none\.yaml:1:1 SITE_VALUE_SETS/),
    });
  });

  it.each([
    ['assess', 'The rehabilitation physician decides.'],
    ['report', '<html lang="en">'],
  ])('%s speaks the default language', (command, told) => {
    const { status, stdout } = run({ DEFAULT_LANGUAGE: 'en' }, command, FILE, '--as-of', '2026-12-01');
    expect(status).toBe(0);
    expect(stdout).toContain(told);
  });

  it('a language that there is not is refused, as at a start', () => {
    const stderr = 'CONFIG_INVALID: One setting is wrong.\n  DEFAULT_LANGUAGE: nl or en; found "fr"\n';
    expect(run({ DEFAULT_LANGUAGE: 'fr', PORT: 'none' }, 'assess', FILE)).toEqual({ status: 1, stdout: '', stderr });
  });
});
