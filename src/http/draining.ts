import type { FastifyInstance } from 'fastify';

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

/** While draining, every answer ends its connection, so that keep-alive does not hold up the stop. */
export function closeConnectionsWhileDraining(app: FastifyInstance, draining: Draining): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (draining.started) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    draining.start();
    done();
  });
}
