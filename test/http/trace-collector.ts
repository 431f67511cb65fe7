import { loopback } from '../loopback.js';

/** A span as it travels, as far as tests look at it. */
export interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** An OpenTelemetry collector on loopback that keeps what it is sent. */
export async function startCollector() {
  const received: { readonly path: string | undefined; readonly body: string }[] = [];
  const { url, close } = await loopback((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (part: string) => (body += part));
    incoming.on('end', () => {
      received.push({ path: incoming.url, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const spans = (): readonly Span[] =>
    received.flatMap(({ body }) =>
      (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
        ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { url, received, spans, close };
}
