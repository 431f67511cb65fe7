import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { parseUrl, withoutEndSlashes } from '../schemas/url.js';

export interface ListenedBases {
  readonly urls: readonly string[];
  /** To be registered beside the routes. */
  readonly learn: (app: FastifyInstance) => Promise<void>;
}

/**
 * The base URLs at which this service is reached. Where one names port 0, which nobody can call, it takes the port that is
 * listened on, as soon as one is.
 */
export function listenedBases(configured: readonly string[]): ListenedBases {
  let urls = configured;
  return {
    get urls() {
      return urls;
    },
    learn: async (app) => {
      app.addHook('onListen', (done) => {
        const { port } = app.server.address() as AddressInfo;
        urls = configured.map((url) => withPort(url, port));
        done();
      });
    },
  };
}

function withPort(url: string, port: number): string {
  const known = parseUrl(url);
  if (known?.port !== '0') return url;
  known.port = String(port);
  return withoutEndSlashes(known.href);
}
