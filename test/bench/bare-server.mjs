import fastify from 'fastify';

/** The least that any service does: takes the body in, parses it, and answers with a card of a given size. */
const app = fastify({ logger: false, bodyLimit: 16_777_216 });
const answers = new Map();

function answerOf(bytes) {
  const known = answers.get(bytes);
  if (known !== undefined) return known;
  const card = { summary: 'constant', indicator: 'info', source: { label: 'bench' }, detail: '' };
  const empty = JSON.stringify({ cards: [card] }).length;
  const made = JSON.stringify({ cards: [{ ...card, detail: 'x'.repeat(Math.max(0, bytes - empty)) }] });
  answers.set(bytes, made);
  return made;
}

app.post('/answer/:bytes', (request, reply) => {
  if (request.body?.hook !== 'order-sign') return reply.code(400).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(answerOf(Number(request.params.bytes)));
});

await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`ready: http://127.0.0.1:${app.server.address().port}\n`);
