import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = resolve('src/bin/heap-manners.ts');

/** Makes objects that stay for a while, with a breath in between, and tells the size of half of the young generation in MB. */
const SCRIPT = `
const { youngHeapFollowsLoad } = await import(${JSON.stringify(MODULE)});
const { getHeapSpaceStatistics } = await import('node:v8');
const { setTimeout: wait } = await import('node:timers/promises');
const half = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 21;
const kept = [];
const load = async () => {
  for (let turn = 0; turn < 40; turn += 1) {
    for (let made = 0; made < 20_000; made += 1) kept.push({ made, turn });
    await wait(20);
  }
};
const first = half();
await load();
const held = half();
youngHeapFollowsLoad();
await load();
process.stdout.write(JSON.stringify({ first, held, followed: half() }));
`;

describe('the young generation', () => {
  it('does not grow while the service starts, and grows with the load after that, but not to all that V8 would take', () => {
    const said = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], {
      encoding: 'utf8',
    });
    const { first, held, followed } = JSON.parse(said) as { first: number; held: number; followed: number };
    // V8 makes it smaller by itself where little is made in a while, as on a machine that is held up.
    expect(held).toBeLessThanOrEqual(first);
    expect(followed).toBeGreaterThan(held);
    expect(followed).toBeLessThanOrEqual(8);
  });
});
