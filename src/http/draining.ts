import type { Server, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Unanswered } from './unanswered.js';

/** Whether the service is on its way out: what was accepted is finished, but nobody should send more. */
export interface Draining {
  readonly started: boolean;
}

/**
 * While draining, every answer ends its connection, so that keep-alive does not hold up the stop. Once no request is being
 * answered, all connections are closed: Node waits for those on which no whole request ever came.
 */
export function closeConnectionsWhileDraining(app: FastifyInstance, unanswered: Unanswered): Draining {
  const draining = { started: false };
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
    draining.started = true;
    closeUnused();
    done();
  });
  return draining;
}

/**
 * Takes in what callers had sent and this process, being busy, had not read: connections that wait to be accepted, and
 * requests on open ones. A server that closes would reset them.
 *
 * Resolves once a whole turn of the event loop brought nothing. Requests are held until then: Node may accept one connection a
 * turn, and a turn in which a call is answered is long.
 *
 * @param mostMs no longer than this, where connections keep coming
 */
export async function takeInWhatCame(server: Server, mostMs: number): Promise<void> {
  let turnsOfNothing = 0;
  const held: unknown[][] = [];
  const accepted = (): void => {
    turnsOfNothing = 0;
  };
  const hold = (...request: unknown[]): void => {
    turnsOfNothing = 0;
    held.push(request);
  };
  const answering = server.rawListeners('request') as (typeof hold)[];
  server.removeAllListeners('request').on('request', hold).on('connection', accepted);
  const until = performance.now() + mostMs;
  // The first turn may be what is left of one.
  while (turnsOfNothing < 2 && performance.now() < until) {
    turnsOfNothing += 1;
    await nextTurn();
  }
  server.off('request', hold).off('connection', accepted);
  for (const listener of answering) server.on('request', listener);
  for (const request of held) server.emit('request', ...request);
}
