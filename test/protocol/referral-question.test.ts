import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';

/** Each service file holds the whole question, so that it can be read by itself; it must be the same question. */
describe('what an IMSR referral is', () => {
  const { services } = loadKnowledge('hooks').value!;
  const one = services.find(({ id }) => id === 'imsr-referral')!;

  it.each(services.map((service) => [service.id, service] as const))('is the same to %s', (_, { referral }) => {
    expect(referral).toBe(one.referral);
  });

  it.each(['imsr-referral', 'imsr-referral-select', 'imsr-overview'])('is what %s speaks to', (id) => {
    const { fires } = services.find((service) => service.id === id)!;
    expect(fires.endsWith(one.referral)).toBe(true);
  });
});
