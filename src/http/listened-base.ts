import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface ListenedBase {
  readonly url: string;
  /** To be registered beside the routes. */
  readonly learn: (app: FastifyInstance) => Promise<void>;
}

/**
 * A base URL at which this service is reached. Where it names port 0, which nobody can call, it takes the port that is
 * listened on, as soon as one is.
 */
export function listenedBase(configured: string): ListenedBase {
  let url = configured;
  return {
    get url() {
      return url;
    },
    learn: async (app) => {
      app.addHook('onListen', (done) => {
        const known = URL.canParse(configured) ? new URL(configured) : undefined;
        if (known?.port === '0') {
          known.port = String((app.server.address() as AddressInfo).port);
          url = known.origin;
        }
        done();
      });
    },
  };
}
