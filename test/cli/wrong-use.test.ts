import { describe, expect, it } from 'vitest';
import { CHECK_USAGE, checkCommand } from '../../src/cli/check.js';
import { CONFIG_USAGE, configCommand } from '../../src/cli/config.js';
import type { Write } from '../../src/cli/write.js';

const never = (): never => expect.fail('nothing is to be done');

type Command = (args: readonly string[], write: Write) => number;
const COMMANDS: readonly (readonly [name: string, usage: string, command: Command])[] = [
  ['check', CHECK_USAGE, (args, write) => checkCommand(never, args, write)],
  ['config', CONFIG_USAGE, (args, write) => configCommand({}, never, args, write)],
];

describe.each(COMMANDS)('%s asked in a wrong way', (_name, usage, command) => {
  it.each([['--jsn'], ['file.yaml']])('says what is wrong with %s, and how it is asked', (wrong) => {
    const told = { stdout: '', stderr: '' };
    const code = command([wrong], (text, stream = 'stdout') => (told[stream] += text));
    expect(code).toBe(2);
    expect(told.stdout).toBe('');
    expect(told.stderr).toContain(`'${wrong}'`);
    expect(told.stderr.endsWith(`\n\n${usage}`)).toBe(true);
  });
});
