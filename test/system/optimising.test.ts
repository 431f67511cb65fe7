import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = resolve('src/bin/optimise-once-ready.ts');

/** Runs a function often, before and after the service is said to be ready, and tells each time whether machine code was made of it. */
const SCRIPT = `
const { optimiseFromNowOn } = await import(${JSON.stringify(MODULE)});
const { setTimeout: wait } = await import('node:timers/promises');
const TURBOFANNED = 1 << 6;
const often = (most) => { let sum = 0; for (let at = 0; at < most; at += 1) sum += at % 7; return sum; };
const statusOf = new Function('of', 'return %GetOptimizationStatus(of)');
const load = async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    for (let call = 0; call < 2_000; call += 1) often(100);
    await wait(5);
  }
  return (statusOf(often) & TURBOFANNED) !== 0;
};
const starting = await load();
optimiseFromNowOn();
process.stdout.write(JSON.stringify({ starting, ready: await load() }));
`;

describe('the optimising compiler', () => {
  it('rests while the service starts, and works from then on', () => {
    const flags = ['--allow-natives-syntax', '--import', 'tsx', '--input-type=module', '-e'];
    const said = execFileSync(process.execPath, [...flags, SCRIPT], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual({ starting: false, ready: true });
  });
});
