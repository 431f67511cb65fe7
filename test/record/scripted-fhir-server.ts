import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { loopback } from '../loopback.js';

/** What the server was asked, as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export type Script = (request: IncomingMessage, response: ServerResponse, times: number) => void;

export interface ScriptedFhirServer {
  /** Base URL on loopback. */
  readonly base: string;
  readonly seen: readonly SeenRequest[];
  /** What is answered to a path (with its query) below the base; 404 for all others. */
  on(path: string, script: Script): void;
  close(): Promise<void>;
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body));
  };
}

/** Answers with any text. */
export function text(body: string | Buffer, contentType = 'application/fhir+json', status = 200): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
}

/** First one script, then the other for every further request. */
export function firstThen(first: Script, then: Script): Script {
  return (request, response, times) => (times === 1 ? first : then)(request, response, times);
}

/** Starts a FHIR server on loopback that does exactly as it is told. */
export async function startScriptedServer(): Promise<ScriptedFhirServer> {
  const scripts = new Map<string, Script>();
  const times = new Map<string, number>();
  const seen: SeenRequest[] = [];
  const { url: origin, close } = await loopback((request, response) => {
    const url = request.url ?? '';
    seen.push({ method: request.method ?? '', url, headers: request.headers });
    const path = url.replace(/^\/fhir\/?/, '');
    times.set(path, (times.get(path) ?? 0) + 1);
    (scripts.get(path) ?? json({ resourceType: 'OperationOutcome' }, 404))(request, response, times.get(path) ?? 1);
  });
  return { base: `${origin}/fhir`, seen, on: (path, script) => void scripts.set(path, script), close };
}
