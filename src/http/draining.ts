import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Unanswered } from './unanswered.js';

/** Whether the service is on its way out: what was accepted is finished, but nobody should send more. */
export interface Draining {
  readonly started: boolean;
  start(): void;
}

export function createDraining(): Draining {
  let started = false;
  return {
    get started() {
      return started;
    },
    start: () => {
      started = true;
    },
  };
}

/**
 * While draining, every answer ends its connection, so that keep-alive does not hold up the stop. Once no request is being
 * answered, all connections are closed: Node waits for those on which no whole request ever came.
 */
export function closeConnectionsWhileDraining(app: FastifyInstance, draining: Draining, unanswered: Unanswered): void {
  const connections = new Set<Socket>();
  const closeUnused = (): void => {
    if (!draining.started || unanswered.count > 0) return;
    for (const connection of connections) connection.destroy();
  };
  app.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    closeUnused();
  });
  unanswered.onFewer(closeUnused);
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (draining.started) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    draining.start();
    closeUnused();
    done();
  });
}
