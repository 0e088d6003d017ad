import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const codeOf = (secret: string, now: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

/** Turns it on and gives the secret. */
async function turnOn(visitor: Visitor): Promise<string> {
  const { body } = await visitor.post('/api/me/second-factor', { password: PASSWORD });
  const confirmed = await visitor.put('/api/me/second-factor', {
    totp: codeOf(body.secret, visitor.server.clock.now()),
  });
  expect(confirmed.body.person.elevated).toBe(true);
  return body.secret;
}

onBothDatabases('the second factor', (databases) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(await databases.location());
  });
  const nextCode = (secret: string): string => {
    server.clock.advance(30_000);
    return codeOf(secret, server.clock.now());
  };

  it('is on once its first code is confirmed, and gives the session a new token', async () => {
    const an = await new Visitor(server).register();
    expect((await an.post('/api/me/second-factor', { password: 'sai mật khẩu' })).body.code).toBe(
      'auth.wrongPassword',
    );
    const { body } = await an.post('/api/me/second-factor', { password: PASSWORD });
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect((await an.put('/api/me/second-factor', { totp: '000000' })).body.code).toBe('auth.wrongCode');
    expect((await an.get('/api/me')).body.secondFactor).toBe(false);
    const before = an.cookies.get('hoithi');
    const confirmed = await an.put('/api/me/second-factor', {
      totp: codeOf(body.secret, server.clock.now()),
    });
    expect(confirmed.status).toBe(200);
    expect(an.cookies.get('hoithi')).not.toBe(before);
    expect((await an.get('/api/me')).body.secondFactor).toBe(true);
    expect((await an.get('/api/session')).body.person.elevated).toBe(true);
    expect((await an.post('/api/me/second-factor', { password: PASSWORD })).status).toBe(409);
  });

  it('is asked for at sign-in; the ticket spares a second hash', async () => {
    const an = await new Visitor(server).register();
    const secret = await turnOn(an);
    const other = new Visitor(server);
    other.userName = an.userName;
    const asked = await other.signIn();
    expect(asked.body.code).toBe('auth.secondFactor');
    expect(other.cookies.size).toBe(0);
    const { begun } = server.app.accounts.hashing.load;
    const wrong = await other.signIn({ totp: '123456', ticket: asked.body.facts.ticket });
    expect(wrong.body.code).toBe('auth.wrongCode');
    const right = await other.signIn({ totp: nextCode(secret), ticket: asked.body.facts.ticket });
    expect(right.body.person).toMatchObject({ uid: an.uid, elevated: true });
    expect(server.app.accounts.hashing.load.begun).toBe(begun);
  });

  it('takes a code once, even when it is sent fifty times at the same moment', async () => {
    const an = await new Visitor(server).register();
    const secret = await turnOn(an);
    const totp = nextCode(secret);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => {
        const other = new Visitor(server);
        other.userName = an.userName;
        return other.signIn({ totp });
      }),
    );
    const codes = replies.map(({ status, body }) => (status === 200 ? 'in' : body.code));
    expect(codes.filter((code) => code === 'in')).toHaveLength(1);
    expect(codes.filter((code) => code === 'auth.wrongCode')).toHaveLength(49);
  });

  it('is turned off with password and code alone', async () => {
    const an = await new Visitor(server).register();
    const secret = await turnOn(an);
    const off = (password: string, totp: string) => an.post('/api/me/second-factor/off', { password, totp });
    expect((await off('sai mật khẩu', nextCode(secret))).body.code).toBe('auth.wrongPassword');
    expect((await off(PASSWORD, '123456')).body.code).toBe('auth.wrongCode');
    expect((await off(PASSWORD, nextCode(secret))).body.person.elevated).toBe(false);
    const other = new Visitor(server);
    other.userName = an.userName;
    expect((await other.signIn()).status).toBe(200);
  });
});

describe('a desk that needs the second factor', () => {
  it('stays shut without it, opens with it, and shuts again after a day', async () => {
    const server = await startServer(undefined, { HOITHI_STAFF_SECOND_FACTOR: 'required' });
    const an = await (await new Visitor(server).register()).become('admin');
    expect((await an.get('/api/people?q=an')).body.code).toBe('auth.secondFactorNeeded');
    expect((await an.get('/api/session')).body.person.secondFactorNeeded).toBe(true);
    const secret = await turnOn(an);
    expect((await an.get('/api/people?q=an')).status).toBe(200);
    server.clock.advance(25 * 3_600_000);
    expect((await an.get('/api/people?q=an')).body.code).toBe('auth.secondFactorNeeded');
    const before = an.cookies.get('hoithi');
    const again = await an.post('/api/me/elevation', { totp: codeOf(secret, server.clock.now()) });
    expect(again.body.person).toMatchObject({ elevated: true, secondFactorNeeded: false });
    expect(an.cookies.get('hoithi')).not.toBe(before);
    expect((await an.get('/api/people?q=an')).status).toBe(200);
  });

  it('cannot be opened by trying codes', async () => {
    const server = await startServer(undefined, { HOITHI_LIMIT_FACTOR: '1' });
    const an = await new Visitor(server).register();
    await turnOn(an);
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        an.post('/api/me/elevation', { totp: String(i).padStart(6, '0') }),
      ),
    );
    expect(tries.filter(({ body }) => body.code === 'request.tooMany').length).toBeGreaterThanOrEqual(15);
  });
});
