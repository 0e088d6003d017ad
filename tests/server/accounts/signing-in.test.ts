import { beforeAll, describe, expect, it } from 'vitest';
import { REAL_COST, startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

onBothDatabases('signing in and out', (databases) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(await databases.location());
  });

  it('registers, is signed in, and says so to the page', async () => {
    const an = await new Visitor(server).register({ phone: '+84 912 000 001', name: '  Trần  Thị Ánh ' });
    expect(an.recoveryCode).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/);
    const { body } = await an.get('/api/session');
    expect(body.person).toEqual({
      uid: an.uid,
      name: 'Trần Thị Ánh',
      roles: [],
      guest: false,
      elevated: false,
      secondFactorNeeded: false,
    });
    expect((await new Visitor(server).get('/api/session')).body).toEqual({ person: null });
  });

  it('signs in by phone, e-mail or user name, however they are typed', async () => {
    const an = await new Visitor(server).register({ phone: '0912000002', email: 'An.2@Example.vn' });
    for (const login of ['+84912000002', '0912 000 002', 'an.2@example.vn', an.userName.toUpperCase()]) {
      const reply = await new Visitor(server).post('/api/sessions', { login, password: PASSWORD });
      expect([login, reply.status, reply.body.person?.uid]).toEqual([login, 200, an.uid]);
    }
  });

  it('gives a new token at every sign-in, and the old one dies', async () => {
    const an = await new Visitor(server).register();
    const first = an.cookies.get('hoithi');
    const second = new Visitor(server);
    second.cookies.set('hoithi', first ?? '');
    second.userName = an.userName;
    expect((await second.signIn()).status).toBe(200);
    expect(second.cookies.get('hoithi')).not.toBe(first);
    expect((await an.get('/api/me')).status).toBe(401);
    expect((await second.get('/api/me')).status).toBe(200);
  });

  it('dies at sign-out at once, also where it had just been used', async () => {
    const an = await new Visitor(server).register();
    const copy = new Visitor(server);
    copy.cookies.set('hoithi', an.cookies.get('hoithi') ?? '');
    expect((await copy.get('/api/me')).status).toBe(200);
    const out = await an.delete('/api/session');
    expect(out.status).toBe(204);
    expect(an.cookies.has('hoithi')).toBe(false);
    expect((await copy.get('/api/me')).status).toBe(401);
    expect((await an.delete('/api/session')).status).toBe(204);
  });

  it('lists where one is signed in, and signs the others out, or all', async () => {
    const an = await new Visitor(server).register();
    const others = await Promise.all(
      [1, 2, 3].map(async () => {
        const other = new Visitor(server);
        other.userName = an.userName;
        await other.signIn();
        return other;
      }),
    );
    const { sessions } = (await an.get('/api/me/sessions')).body;
    expect(sessions).toHaveLength(4);
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const stranger = await new Visitor(server).register();
    const mine = sessions.find(({ current }: { current: boolean }) => current);
    expect((await stranger.delete(`/api/me/sessions/${mine.uid}`)).status).toBe(404);
    expect((await an.post('/api/me/sessions/end', { which: 'others' })).status).toBe(204);
    for (const other of others) expect((await other.get('/api/me')).status).toBe(401);
    expect((await an.get('/api/me')).status).toBe(200);
    await an.post('/api/me/sessions/end', { which: 'all' });
    expect((await an.get('/api/me')).status).toBe(401);
  });

  it('ends by itself on a shared computer after twelve hours, else after a month unused', async () => {
    const shared = await new Visitor(server).register({ remember: false });
    const own = await new Visitor(server).register();
    server.clock.advance(11 * 3_600_000);
    expect((await shared.get('/api/me')).status).toBe(200);
    server.clock.advance(3_600_001);
    expect((await shared.get('/api/me')).status).toBe(401);
    for (let week = 0; week < 6; week++) {
      server.clock.advance(7 * 86_400_000);
      expect((await own.get('/api/me')).status).toBe(200);
      await new Promise((done) => setTimeout(done, 30));
    }
    server.clock.advance(31 * 86_400_000);
    expect((await own.get('/api/me')).status).toBe(401);
  });

  it('tells sockets that a session ended, within a second', async () => {
    const an = await new Visitor(server).register();
    const { sessions } = server.app.accounts;
    const identity = await sessions.identifyCookies(`hoithi=${an.cookies.get('hoithi')}`);
    if (identity === null) throw new Error('not signed in');
    const ended = Promise.withResolvers<number>();
    const began = performance.now();
    sessions.watch(identity, () => ended.resolve(performance.now() - began));
    await an.patch('/api/me', { title: 'Bí thư chi bộ' });
    const other = new Visitor(server);
    other.userName = an.userName;
    await other.signIn();
    await other.post('/api/me/sessions/end', { which: 'others' });
    expect(await ended.promise).toBeLessThan(5000);
  });
});

describe('cookies', () => {
  it('are plain over HTTP and __Host- over HTTPS, never for scripts or other sites', async () => {
    const plain = await startServer();
    const [cookie] = [(await registration(plain)).headers['set-cookie']].flat();
    expect(cookie).toMatch(/^hoithi=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/i);
    const secure = await startServer(undefined, { PUBLIC_URL: 'https://hoithi.example.vn' });
    const headers = [(await registration(secure)).headers['set-cookie']].flat();
    expect(headers).toHaveLength(2);
    for (const header of headers)
      expect(header).toMatch(
        /^__Host-hoithi(-device)?=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/i,
      );
  });

  it('last as long as the browser on a shared computer, and leave no trace of the device', async () => {
    const server = await startServer();
    const headers = [(await registration(server, { remember: false })).headers['set-cookie']].flat();
    expect(headers).toHaveLength(1);
    expect(headers[0]).not.toMatch(/max-age/i);
  });
});

function registration(server: TestServer, more: object = {}) {
  return new Visitor(server).post('/api/accounts', {
    name: 'An',
    password: PASSWORD,
    userName: 'an.nguyen',
    consentVersion: 1,
    ...more,
  });
}

describe('guessing', () => {
  it('costs one hash for a known and for an unknown name, and answers the same', async () => {
    const server = await startServer();
    const an = await new Visitor(server).register({ phone: '0912000003' });
    const { hashing } = server.app.accounts;
    const answers: unknown[] = [];
    for (const login of [
      an.userName,
      '0912000003',
      'nobody.here',
      '0912999999',
      'không ai cả',
      'x@example.vn',
    ]) {
      const before = hashing.load.begun;
      const reply = await new Visitor(server).post('/api/sessions', { login, password: 'sai mật khẩu' });
      expect([login, hashing.load.begun - before]).toEqual([login, 1]);
      const { requestId: _, ...rest } = reply.body;
      answers.push({ status: reply.status, ...rest });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, code: 'auth.failed' });
  });

  it('is slowed down, while the owner still signs in on a known device and from home', async () => {
    const server = await startServer(undefined, { HOITHI_LIMIT_FACTOR: '1' });
    const an = await new Visitor(server, '203.0.113.7').register();
    const { login, password } = { login: an.userName, password: 'sai mật khẩu' };
    const codes = new Map<string, number>();
    for (let i = 0; i < 40; i++) {
      const { body } = await new Visitor(server, '198.51.100.1').post('/api/sessions', { login, password });
      codes.set(body.code, (codes.get(body.code) ?? 0) + 1);
    }
    expect(codes.get('request.tooMany')).toBeGreaterThan(20);
    const attackersPlace = new Visitor(server, '198.51.100.1');
    attackersPlace.userName = an.userName;
    expect((await attackersPlace.signIn()).status).toBe(429);
    an.address = '198.51.100.1';
    an.cookies.delete('hoithi');
    expect((await an.signIn()).status).toBe(200);
    const elsewhere = new Visitor(server, '192.0.2.9');
    elsewhere.userName = an.userName;
    expect((await elsewhere.signIn()).status).toBe(200);
  });

  it('makes nobody else wait for ever: a rush is answered with places and ends without an error', async () => {
    const server = await startServer(undefined, {}, undefined, REAL_COST);
    const an = await new Visitor(server).register();
    const signIn = async (i: number): Promise<number[]> => {
      const places: number[] = [];
      const visitor = new Visitor(server, `198.51.100.${i}`);
      visitor.patient = false;
      let ticket: string | undefined;
      for (;;) {
        // Different passwords, so that each is a hash of its own.
        const body = { login: an.userName, password: `${PASSWORD} ${i}`, ...(ticket && { ticket }) };
        const reply = await visitor.post('/api/sessions', body);
        if (reply.body.code !== 'auth.wait') {
          expect(reply.body.code).toBe('auth.failed');
          return places;
        }
        expect(reply.status).toBe(429);
        ticket = reply.body.facts.ticket;
        places.push(reply.body.facts.place);
        await new Promise((done) => setTimeout(done, reply.body.facts.retryAfterMs));
      }
    };
    const places = await Promise.all(Array.from({ length: 70 }, (_, i) => signIn(i)));
    for (const mine of places) expect(mine).toEqual([...mine].sort((a, b) => b - a));
    expect(places.flat().length).toBeGreaterThan(0);
  });
});
