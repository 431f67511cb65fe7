import { createServer, connect, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Between a client and PostgreSQL on a socket; what it has open can be made to fall silent, as a failing network does. */
export interface SilentProxy {
  /** The database's URL by way of the proxy. */
  readonly databaseUrl: string;
  /** Nothing more comes through on what is open now, and nobody is told; new connections work. */
  fallSilent(): void;
  close(): Promise<void>;
}

const SOCKET = '.s.PGSQL.5432';

export async function startSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const url = new URL(databaseUrl);
  const behind = path.join(url.searchParams.get('host') ?? '', SOCKET);
  const directory = await mkdtemp(path.join(tmpdir(), 'imsr-cds-proxy-'));
  let open: (readonly [Socket, Socket])[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(behind);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far);
    far.pipe(near);
    open.push([near, far]);
  });
  await new Promise<void>((resolve) => server.listen(path.join(directory, SOCKET), resolve));
  url.searchParams.set('host', directory);
  return {
    databaseUrl: url.href,
    fallSilent() {
      for (const [near, far] of open) {
        near.unpipe(far);
        far.unpipe(near);
      }
      open = [];
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
