import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends it with all its connections. */
  close(): Promise<void>;
}

/** A real HTTP server on loopback. */
export async function loopback(listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port on which nothing listens now. */
export async function freePort(): Promise<number> {
  const { url, close } = await loopback(() => undefined);
  await close();
  return Number(new URL(url).port);
}
