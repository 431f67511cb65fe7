import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.js';
import type { AppParts } from './app-parts.js';
import { takeInWhatCame } from './draining.js';
import { listeningUrl } from '../config/listening-url.js';

export interface ServeOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** How long accepted calls may take to finish once the service is told to stop. */
  readonly graceMs: number;
  /** Lets go of the store and whatever else the parts hold; called once, after the last answer. */
  close(): Promise<void>;
}

export interface Running {
  /** Base URL at which the service listens, without trailing slash. */
  readonly url: string;
  /**
   * Stops: not ready, no new connections, accepted calls finished, parts closed.
   * @throws what the server threw when it could not close; the parts are closed all the same
   * @returns `cut-off` when calls were still running at the end of the grace period and lost their connection
   */
  stop(): Promise<'finished' | 'cut-off'>;
}

/** Builds the service around its parts and listens. */
export async function serve(parts: AppParts, options: ServeOptions): Promise<Running> {
  const app = await buildApp(parts);
  // Of a name with several addresses one: the framework would open a server for each, and a stop knows of the first alone.
  const { address } = await lookup(options.host);
  await app.listen({ host: address, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  let stopped: Promise<'finished' | 'cut-off'> | undefined;

  const stop = async (): Promise<'finished' | 'cut-off'> => {
    let end: 'finished' | 'cut-off' = 'finished';
    const grace = setTimeout(() => {
      end = 'cut-off';
      app.server.closeAllConnections();
    }, options.graceMs);
    try {
      await takeInWhatCame(app.server, options.graceMs / 2);
      await app.close();
    } finally {
      clearTimeout(grace);
      // What waits to be stored is written, whatever became of the server.
      await options.close();
    }
    return end;
  };
  const url = listeningUrl(options.host, port, parts.settings.tls !== undefined);
  return { url, stop: () => (stopped ??= stop()) };
}
