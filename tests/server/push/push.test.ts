import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPushAddress, vapidKeys } from '../../../server/push/push-rules.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest, withoutFields } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

describe('where a push may go', () => {
  it('is a service on the open web, never this machine or its network', () => {
    for (const good of [
      'https://fcm.googleapis.com/fcm/send/x',
      'https://updates.push.services.mozilla.com/wpush/v2/x',
      'https://wns2-par02p.notify.windows.com/w/?token=x',
      'https://web.push.apple.com/x',
    ])
      expect(isPushAddress(good)).toBe(true);
    for (const bad of [
      'http://fcm.googleapis.com/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://localhost/x',
      'https://10.0.0.5/x',
      'https://db.internal/x',
      'https://may-chu.local/x',
      'https://fcm.googleapis.com:8443/x',
      // A name of a stranger's may lead to any address.
      'https://127.0.0.1.nip.io/x',
      'https://push.ke-la.vn/x',
      'https://evilgoogleapis.com/x',
      'https://fcm.googleapis.com.ke-la.vn/x',
      'https://user@fcm.googleapis.com/x',
      'file:///etc/passwd',
      'x',
    ])
      expect([bad, isPushAddress(bad)]).toEqual([bad, false]);
    expect(isPushAddress('http://127.0.0.1:99/x', ['127.0.0.1:99'])).toBe(true);
  });

  it('is known by a key pair that follows from the secret', () => {
    const keys = vapidKeys('seed');
    expect(vapidKeys('seed')).toEqual(keys);
    expect(vapidKeys('other').publicKey).not.toBe(keys.publicKey);
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(Buffer.from(keys.privateKey, 'base64url'));
    expect(pair.getPublicKey('base64url')).toBe(keys.publicKey);
  });
});

/** A browser's keys, and the reading of what was pushed to it (RFC 8291, aes128gcm). */
class FakeBrowser {
  readonly pair = createECDH('prime256v1');
  readonly auth = Buffer.from('0123456789abcdef');
  constructor() {
    this.pair.generateKeys();
  }
  get keys() {
    return { p256dh: this.pair.getPublicKey('base64url'), auth: this.auth.toString('base64url') };
  }
  read(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const idLength = body[20] ?? 0;
    const theirs = body.subarray(21, 21 + idLength);
    const shared = this.pair.computeSecret(theirs);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.pair.getPublicKey(), theirs]);
    const prk = createHmac('sha256', this.auth).update(shared).digest();
    const ikm = createHmac('sha256', prk)
      .update(Buffer.concat([info, Buffer.from([1])]))
      .digest();
    const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
    const sealed = body.subarray(21 + idLength);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // The last record ends with 2, and zeros after it.
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString('utf8'));
  }
}

onBothDatabases('pushes', (databases) => {
  const got: { path: string; body: Buffer; authorization: string }[] = [];
  const statuses = new Map<string, number>();
  const service = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      got.push({ path, body: Buffer.concat(chunks), authorization: String(request.headers.authorization) });
      reply.writeHead(statuses.get(path) ?? 201).end();
    });
  });
  let host: string;
  let server: TestServer;
  let contest: TestContest;
  let an: Visitor;
  const browser = new FakeBrowser();

  beforeAll(async () => {
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(service.address() as AddressInfo).port}`;
    server = await startServer(await databases.location(), { HOITHI_PUSH_HOSTS: host });
    contest = await openContest(server, (draft) => {
      draft.settings.consents = [];
      withoutFields(draft);
    });
    an = await new Visitor(server).register();
    await an.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  });
  afterAll(() => new Promise((done) => service.close(done)));

  const subscribe = (who: Visitor, path: string, locale = 'vi') =>
    who.post('/api/me/push', { endpoint: `http://${host}${path}`, keys: browser.keys, locale, version: 1 });
  const send = async (id: number) => {
    const sent = await contest.owner.post(`/api/desk/contests/${contest.id}/reminders`, {
      id: `01890000-0000-7000-8000-0000000000${id}`,
      reason: 'thử thông báo',
      ...{ kind: 'opens', round: contest.round, units: [], groups: [], note: '' },
    });
    expect(sent.status).toBe(201);
    await server.app.mail.sender.turn();
    const reach = await contest.owner.get(`/api/desk/contests/${contest.id}/reach`);
    return reach.body.reminders[0].push;
  };

  it('are agreed to in a browser, encrypted for it alone, and signed by us', async () => {
    expect((await subscribe(an, '/a')).body).toEqual({ subscribed: true });
    expect((await subscribe(an, '/a')).status).toBe(200);
    const foreign = await an.post('/api/me/push', {
      ...{ endpoint: 'https://10.0.0.1/x', keys: browser.keys, locale: 'vi', version: 1 },
    });
    expect([foreign.status, foreign.body.errors[0].path]).toEqual([400, 'endpoint']);
    expect(await send(10)).toMatchObject({ sent: 1, waiting: 0 });
    const [push] = got;
    expect(browser.read(push?.body ?? Buffer.alloc(0))).toMatchObject({
      title: expect.stringContaining('Đã mở'),
      path: `/cuoc-thi/${contest.slug}/dot/1`,
    });
    const { key } = (await an.get('/api/push')).body;
    const token = /t=([^,]+)/.exec(push?.authorization ?? '')?.[1] ?? '';
    const [head, claims, signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const valid = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(valid).toBe(true);
    expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()).aud).toBe(`http://${host}`);
    const { pushSubscriptions } = server.context.database.tables;
    const rows = await server.context.database.query.select().from(pushSubscriptions);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(host);
  });

  it('go to every browser of a person in its language; one that let go is forgotten', async () => {
    await subscribe(an, '/en', 'en');
    await subscribe(an, '/gone');
    statuses.set('/gone', 410);
    got.length = 0;
    expect(await send(11)).toMatchObject({ sent: 1 });
    expect(got.map(({ path }) => path).sort()).toEqual(['/a', '/en', '/gone']);
    const english = got.find(({ path }) => path === '/en');
    expect(browser.read(english?.body ?? Buffer.alloc(0))).toMatchObject({
      title: expect.stringContaining('Open now'),
    });
    got.length = 0;
    await send(12);
    expect(got.map(({ path }) => path).sort()).toEqual(['/a', '/en']);
  });

  it('come again when the service is busy, and end when they are taken back or the person is erased', async () => {
    await an.post('/api/me/push/off', { endpoint: `http://${host}/en` });
    statuses.set('/a', 503);
    expect(await send(13)).toMatchObject({ sent: 0, waiting: 1 });
    statuses.delete('/a');
    server.clock.advance(80_000);
    expect(await server.app.mail.sender.turn()).toBe(1);
    const changes = (await an.get('/api/me/consents')).body.changes;
    expect(changes[0]).toMatchObject({ id: 'push', given: false, via: 'browser' });
    expect((await an.get('/api/me/export')).body.parts.pushes).toHaveLength(1);
    await an.post('/api/me/erase', { password: PASSWORD });
    const { pushSubscriptions } = server.context.database.tables;
    expect(await server.context.database.query.select().from(pushSubscriptions)).toEqual([]);
  });
});
