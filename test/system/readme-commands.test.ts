import { exec } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/schemas/log.js';
import { openStore } from '../../src/store/open-store.js';
import { type BuiltService, buildService } from './built-service.js';

const run = promisify(exec);
const section = /^## From the command line$([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8'))![1]!;
const commands = [...section.matchAll(/^ {4}npx imsr-cds (.*)$/gm)].map((match) => match[1]!);
/** What a command cannot have in an empty place. */
const PLACEHOLDER = 'CARD-UUID';

describe('the commands of the README, as a shell reads them', { timeout: 120_000 }, () => {
  let built: BuiltService;
  let folder: string;
  beforeAll(async () => {
    built = await buildService();
    folder = built.folder('commands');
    symlinkSync(path.resolve('docker'), path.join(folder, 'docker'));
    // As a start of the service leaves it.
    await (await openStore({ dataDir: path.join(folder, 'data'), log: silentLog })).close();
  }, 240_000);
  afterAll(() => built.remove());

  it('are there', () => {
    expect(commands.length).toBeGreaterThan(5);
  });

  // Without it npx would first install the package into itself: a second build, under a service that may be running.
  it('are found by npx where `prepare` puts them', async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(scripts['prepare']).toContain('npm run link-command');
    const checkout = built.folder('checkout');
    mkdirSync(path.join(checkout, 'node_modules', '.bin'), { recursive: true });
    for (const name of ['dist', 'package.json', 'hooks', 'cards']) symlinkSync(`../${name}`, path.join(checkout, name));
    await run(scripts['link-command']!, { cwd: checkout });
    const { stdout } = await run('node_modules/.bin/imsr-cds help', { cwd: checkout });
    expect(stdout).toContain('imsr-cds assess');
  });

  it.each(commands.filter((command) => !command.includes(PLACEHOLDER)))('%s', async (command) => {
    const line = `'${process.execPath}' ../dist/bin/imsr-cds.js ${command}`;
    const env = { PATH: process.env['PATH'] };
    const { stdout, stderr } = await run(line, { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 });
    expect(stderr).toBe('');
    const written = / --out (\S+)/.exec(command)?.[1];
    if (written === undefined) expect(stdout).not.toBe('');
    else expect(existsSync(path.join(folder, written))).toBe(true);
  });
});
