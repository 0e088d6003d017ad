/** Many files at once, over real connections: each is held whole until it was read. */
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, it } from 'vitest';
import { ARRIVALS_MOST } from '../../../../server/banks/importing/arrivals.ts';
import { startServer, type TestServer } from '../../../harness/app.ts';
import { Visitor } from '../../../harness/visitor.ts';

const LARGE = 30_000_000;
let server: TestServer;
let editor: Visitor;
let stranger: Visitor;
let origin = '';
let bank = '';

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register()).become('editor');
  stranger = await new Visitor(server).register();
  const made = await editor.post('/api/desk/banks', { slug: 'b', title: 'B', description: '', licence: '' });
  bank = made.body.id;
  origin = await server.app.http.listen({ port: 0, host: '127.0.0.1' });
}, 60_000);

/** An upload of which only the first bytes are sent. */
function begun(who: Visitor, length = LARGE): ClientRequest {
  const sending = request(`${origin}/api/desk/banks/${bank}/imports?name=de.gift`, {
    method: 'POST',
    headers: {
      cookie: [...who.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': 'application/octet-stream',
      'content-length': length,
    },
  });
  sending.on('error', () => undefined);
  sending.write('Một cộng một? {=hai ~ba}');
  return sending;
}

async function replyTo(sending: ClientRequest): Promise<IncomingMessage> {
  const [reply] = await once(sending, 'response');
  return reply;
}

it('are refused before they are taken, and let in again when others are gone', async () => {
  const strangers = Array.from({ length: ARRIVALS_MOST }, () => begun(stranger));
  for (const sending of strangers) expect((await replyTo(sending)).statusCode).toBe(403);
  const sent = Array.from({ length: ARRIVALS_MOST + 1 }, () => begun(editor));
  const replies = sent.map(replyTo);
  const reply = await Promise.any(replies);
  expect(reply.statusCode).toBe(503);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(JSON.parse(await text(reply))).toMatchObject({ code: 'busy' });
  for (const sending of [...sent, ...strangers]) sending.destroy();
  const settled = await Promise.allSettled(replies);
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(ARRIVALS_MOST);
  const small = 'Một cộng một? {=hai ~ba}';
  await expect
    .poll(async () => {
      const sending = begun(editor, Buffer.byteLength(small));
      sending.end();
      return (await replyTo(sending)).statusCode;
    })
    .toBe(201);
});
