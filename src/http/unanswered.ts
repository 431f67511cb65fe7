import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../schemas/log.js';

/** So many requests may wait on one connection: who reads the answers sends far fewer ahead. */
const MOST_AHEAD = 32;

/** The requests of all connections that were not answered yet. */
export interface Unanswered {
  readonly count: number;
  /** Told whenever there are fewer. */
  onFewer(listener: () => void): void;
}

/**
 * Counts the requests that wait for an answer. A connection that sends more of them ahead than anybody does who reads the
 * answers is closed: Node would begin all that it has read, each with its memory and its open files.
 *
 * Must come before all other hooks.
 */
export function watchUnanswered(app: FastifyInstance, log: Log): Unanswered {
  const ofConnection = new Map<Socket, Set<ServerResponse>>();
  const listeners: (() => void)[] = [];
  let count = 0;

  const answersOn = (connection: Socket): Set<ServerResponse> => {
    const known = ofConnection.get(connection);
    if (known !== undefined) return known;
    const answers = new Set<ServerResponse>();
    ofConnection.set(connection, answers);
    connection.once('close', () => {
      ofConnection.delete(connection);
      // Node does not tell an answer that had no turn yet: what it holds, such as a file, would stay open.
      setImmediate(() => {
        for (const answer of answers) answer.destroy().emit('close');
      });
    });
    return answers;
  };

  app.server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    // Came in one piece with what closed the connection.
    if (socket.destroyed) return;
    const answers = answersOn(socket);
    answers.add(response);
    count += 1;
    response.once('close', () => {
      answers.delete(response);
      count -= 1;
      for (const listener of listeners) listener();
    });
    if (answers.size <= MOST_AHEAD) return;
    log.warn({ unanswered: answers.size }, 'a connection with too many unanswered requests was closed');
    socket.destroy();
  });
  app.addHook('onRequest', (request, reply, done) => {
    // Nobody is there to answer.
    if (request.raw.socket.destroyed) reply.hijack();
    else done();
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    // A file that was opened since then would wait for a reader for ever.
    const unread = payload instanceof Readable && request.raw.socket.destroyed;
    if (unread) payload.destroy();
    done(null, unread ? '' : payload);
  });
  return {
    get count() {
      return count;
    },
    onFewer: (listener) => void listeners.push(listener),
  };
}
