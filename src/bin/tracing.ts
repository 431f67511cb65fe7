import type { Tracer } from '@opentelemetry/api';

/** Retries included; also the longest that a stop waits for a collector that is down. */
const EXPORT_TIMEOUT_MS = 2000;

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is waiting, then stops. Never throws: a collector that is down holds nothing up. */
  close(): Promise<void>;
}

/**
 * Spans that are sent to an OpenTelemetry collector (OTLP over HTTP, JSON).
 *
 * The SDK is loaded only here, so that a service without a collector does not pay for it. Spans name the service, the
 * hook, the request id and the error code; nothing of the patient.
 * @param endpoint base URL of the collector; `/v1/traces` is added when it is not there
 */
export async function startTracing(endpoint: string, version: string): Promise<Tracing> {
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'imsr-cds', 'service.version': version }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: EXPORT_TIMEOUT_MS })),
    ],
  });
  return {
    tracer: provider.getTracer('imsr-cds', version),
    close: async () => {
      await provider.shutdown().catch(() => undefined);
    },
  };
}

function tracesUrl(endpoint: string): string {
  const base = endpoint.replace(/\/+$/, '');
  return base.endsWith('/v1/traces') ? base : `${base}/v1/traces`;
}
