import { describe, expect, it } from 'vitest';
import { createFixedWindow } from '../../src/http/fixed-window.js';

describe('the count of calls in a minute', () => {
  it('forgets all callers once there are more than ten thousand, so that memory stays bounded', () => {
    const window = createFixedWindow({ nowMs: () => 30_000, today: () => '1970-01-01' });
    const count = (caller: string) => window.count(caller, 1);
    expect([count('first'), count('first')]).toEqual([undefined, 30]);
    for (let number = 1; number < 10_000; number += 1) count(`caller ${number}`);
    expect(count('first')).toBe(30);
    count('one more');
    expect(count('first')).toBeUndefined();
  });
});
