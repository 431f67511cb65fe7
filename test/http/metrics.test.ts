import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/http/metrics.js';
import { testApp } from './test-app.js';

async function lines(metrics: ReturnType<typeof createMetrics>): Promise<readonly string[]> {
  return (await metrics.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('measurements of calls', () => {
  it('are all there whenever they are read, and once', async () => {
    const metrics = createMetrics();
    for (let call = 0; call < 1000; call += 1) metrics.answered('one', call % 10 === 0 ? 400 : 200, call / 1000);
    metrics.answered('two', 200, 20);
    const expected = expect.arrayContaining([
      'imsr_cds_calls_total{service="one",status="200"} 900',
      'imsr_cds_calls_total{service="one",status="400"} 100',
      'imsr_cds_calls_total{service="two",status="200"} 1',
      'imsr_cds_call_duration_seconds_bucket{le="0.001",service="one"} 2',
      'imsr_cds_call_duration_seconds_bucket{le="0.25",service="one"} 251',
      'imsr_cds_call_duration_seconds_bucket{le="1",service="one"} 1000',
      'imsr_cds_call_duration_seconds_count{service="one"} 1000',
      'imsr_cds_call_duration_seconds_bucket{le="10",service="two"} 0',
      'imsr_cds_call_duration_seconds_sum{service="two"} 20',
    ]) as unknown;
    expect(await lines(metrics)).toEqual(expected);
    expect(await lines(metrics)).toEqual(expected);
    metrics.answered('two', 200, 20);
    expect(await lines(metrics)).toContain('imsr_cds_calls_total{service="two",status="200"} 2');
  });

  it.each(['/nowhere', '/%zz'])('count what is no call of a service as that of none: %s', async (url) => {
    const metrics = createMetrics();
    const { statusCode } = await (await testApp({ metrics })).inject({ method: 'POST', url });
    expect(await lines(metrics)).toContain(`imsr_cds_calls_total{service="none",status="${statusCode}"} 1`);
  });

  it('count outcomes and reasons, and unknown labels as one', async () => {
    const metrics = createMetrics();
    metrics.observer.assessed('one', 'unknown', ['not-recorded', 'not-recorded', 'Not a label']);
    metrics.observer.assessed('one', 'met', []);
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'imsr_cds_assessments_total{service="one",outcome="unknown"} 1',
        'imsr_cds_assessments_total{service="one",outcome="met"} 1',
        'imsr_cds_unknown_total{service="one",reason="not-recorded"} 2',
        'imsr_cds_unknown_total{service="one",reason="other"} 1',
      ]),
    );
  });

  it('count so many different labels and no more, so that memory stays bounded', async () => {
    const metrics = createMetrics();
    const reasons = Array.from({ length: 102 }, (_, number) => `reason-${number}`);
    metrics.observer.assessed('one', 'unknown', [...reasons, 'reason-0']);
    const told = (await lines(metrics)).filter((line) => line.startsWith('imsr_cds_unknown_total{'));
    expect(told).toHaveLength(101);
    expect(told).toContain('imsr_cds_unknown_total{service="one",reason="reason-0"} 2');
    expect(told).toContain('imsr_cds_unknown_total{service="one",reason="other"} 2');
  });

  it('are in the snapshot that is summed over processes', async () => {
    const metrics = createMetrics();
    metrics.answered('one', 200, 0.1);
    const snapshot = JSON.stringify(await metrics.snapshot());
    expect(snapshot).toContain('"labels":{"service":"one","status":200}');
    expect(snapshot).toContain('"metricName":"imsr_cds_call_duration_seconds_count"');
  });
});
