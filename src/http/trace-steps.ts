import { ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { Clock } from '../clock.js';
import type { Trace } from '../schemas/trace.js';

/** Spans for the steps of one call, under the span of the call; handed along, so that nothing is kept per thread. */
export function traceSteps(tracer: Tracer, call: Span, clock: Clock): Trace {
  const parent = trace.setSpan(ROOT_CONTEXT, call);
  return {
    step(name, run) {
      const span = tracer.startSpan(name, {}, parent);
      const failed = (): void => void span.setStatus({ code: SpanStatusCode.ERROR });
      let waiting = false;
      try {
        const result = run();
        if (result instanceof Promise) {
          waiting = true;
          result.then(undefined, failed).finally(() => span.end());
        }
        return result;
      } catch (thrown) {
        failed();
        throw thrown;
      } finally {
        if (!waiting) span.end();
      }
    },
    fetched(result, ms) {
      const endedAtMs = clock.nowMs();
      const attributes = { 'cds.fetch.result': result };
      tracer.startSpan('fhir-fetch', { startTime: endedAtMs - ms, attributes }, parent).end(endedAtMs);
    },
  };
}
