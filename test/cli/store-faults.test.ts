import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run-command.js';
import { newFolder } from '../new-folder.js';

const folder = newFolder();

describe('a command that needs the store', () => {
  it.each([
    ['receipt', '7f9f6b0c-3d6a-4b55-8a11-6a6f3ad9c111'],
    ['feedback', 'report'],
  ])('%s %s says in one sentence that the database is down, and not its password', (...args) => {
    const DATABASE_URL = 'postgres://imsr:hidden-1@127.0.0.1:1/imsr';
    expect(run({ DATABASE_URL }, ...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The database of DATABASE_URL does not answer (ECONNREFUSED).\n',
    });
  });

  it.each([
    ['receipt', '7f9f6b0c-3d6a-4b55-8a11-6a6f3ad9c111'],
    ['feedback', 'report'],
    ['feedback', 'delete', '7f9f6b0c-3d6a-4b55-8a11-6a6f3ad9c111'],
  ])('%s %s says that there is no database, and makes none', (...args) => {
    const DATA_DIR = path.join(folder, 'elsewhere');
    expect(run({ DATA_DIR }, ...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `No database in ${DATA_DIR} (DATA_DIR); the service makes it when it first starts there.\n`,
    });
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it('says so too of a folder that takes none', () => {
    expect(run({ DATA_DIR: '/proc/nope' }, 'feedback', 'report').stderr).toBe(
      'No database in /proc/nope (DATA_DIR); the service makes it when it first starts there.\n',
    );
  });

  it('says why the data directory cannot be used', () => {
    const DATA_DIR = path.join(folder, 'file');
    writeFileSync(DATA_DIR, 'not a directory');
    expect(run({ DATA_DIR }, 'receipt', 'x')).toEqual({
      status: 1,
      stdout: '',
      stderr: `CONFIG_INVALID: The data directory (DATA_DIR, ${DATA_DIR}) cannot be written.\n  ENOTDIR\n`,
    });
  });
});
