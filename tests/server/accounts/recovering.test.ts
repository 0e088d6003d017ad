import { beforeAll, expect, it } from 'vitest';
import { firstBrokenLink } from '../../../server/platform/audit.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const NEW_PASSWORD = 'mật khẩu khác hẳn';

onBothDatabases('recovering an account', (databases) => {
  let server: TestServer;
  let admin: Visitor;
  let organiser: Visitor;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    admin = await (await new Visitor(server).register()).become('admin');
    organiser = await (await new Visitor(server).register()).become('organiser');
  });

  const recover = (userName: string, code: string, newPassword = NEW_PASSWORD) =>
    new Visitor(server).post('/api/accounts/recover', { login: userName, code, newPassword });

  it('sets a new password with the recovery code, signs everybody else out, and gives the next code', async () => {
    const an = await new Visitor(server).register();
    const lost = new Visitor(server);
    const reply = await lost.post('/api/accounts/recover', {
      login: an.userName,
      code: an.recoveryCode.toLowerCase().replaceAll('-', ' '),
      newPassword: NEW_PASSWORD,
    });
    expect(reply.status).toBe(200);
    expect(reply.body.recoveryCode).not.toBe(an.recoveryCode);
    expect((await lost.get('/api/me')).status).toBe(200);
    expect((await an.get('/api/me')).status).toBe(401);
    expect((await an.signIn()).body.code).toBe('auth.failed');
    expect((await an.signIn({ password: NEW_PASSWORD })).status).toBe(200);
    expect((await recover(an.userName, an.recoveryCode)).body.code).toBe('auth.wrongCode');
    expect((await recover(an.userName, reply.body.recoveryCode)).status).toBe(200);
  });

  it('answers the same for a wrong code and for nobody, at the price of one hash', async () => {
    const an = await new Visitor(server).register();
    for (const [login, code] of [
      [an.userName, 'ABCDE-FGHJK-MNPQR-STVWX'],
      [an.userName, 'ABCD-EFGH-JKMN'],
      [an.userName, 'không phải mã'],
      ['nobody.here', an.recoveryCode],
    ] as const) {
      const { begun } = server.app.accounts.hashing.load;
      const reply = await recover(login, code);
      expect([reply.status, reply.body.code]).toEqual([403, 'auth.wrongCode']);
      expect(server.app.accounts.hashing.load.begun - begun).toBe(1);
    }
  });

  it('takes a code once, even when it is sent fifty times at the same moment', async () => {
    const an = await new Visitor(server).register();
    const issued = await organiser.post(`/api/people/${an.uid}/reset-codes`, {
      checkedBy: 'inPerson',
      reason: 'quên mật khẩu',
    });
    for (const code of [an.recoveryCode, issued.body.code]) {
      const replies = await Promise.all(Array.from({ length: 50 }, () => recover(an.userName, code)));
      const statuses = replies.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200).length).toBe(code === an.recoveryCode ? 1 : 0);
      expect(new Set(replies.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
        new Set(['auth.wrongCode']),
      );
    }
  });

  it('lets staff give a code after checking who asks: once, for half an hour, logged', async () => {
    const an = await new Visitor(server).register();
    const ask = () =>
      organiser.post(`/api/people/${an.uid}/reset-codes`, {
        checkedBy: 'document',
        reason: 'mất mã khôi phục',
      });
    const first = await ask();
    const second = await ask();
    expect(second.body.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    expect((await recover(an.userName, first.body.code)).body.code).toBe('auth.wrongCode');
    const other = await new Visitor(server).register();
    expect((await recover(other.userName, second.body.code)).body.code).toBe('auth.wrongCode');
    const parallel = await Promise.all(
      Array.from({ length: 50 }, () => recover(an.userName, second.body.code)),
    );
    expect(parallel.filter(({ status }) => status === 200)).toHaveLength(1);
    const third = await ask();
    server.clock.advance(30 * 60_000);
    expect((await recover(an.userName, third.body.code)).body.code).toBe('auth.wrongCode');
    const { body } = await admin.get(`/api/audit?subject=person:${an.uid}`);
    const issued = body.entries.filter(({ action }: { action: string }) => action === 'reset.issued');
    expect(issued).toHaveLength(3);
    expect(issued[0]).toMatchObject({
      actor: organiser.uid,
      reason: 'mất mã khôi phục',
      details: { checkedBy: 'document' },
    });
    expect(await firstBrokenLink(server.context)).toBeNull();
  });

  it('lets nobody climb: an organiser cannot reset the password of staff, a citizen of nobody', async () => {
    const ask = (who: Visitor, uid: string) =>
      who.post(`/api/people/${uid}/reset-codes`, { checkedBy: 'phone', reason: 'thử xem sao' });
    expect((await ask(organiser, admin.uid)).status).toBe(403);
    expect((await ask(organiser, organiser.uid)).status).toBe(403);
    expect((await ask(admin, organiser.uid)).status).toBe(200);
    const an = await new Visitor(server).register();
    expect((await ask(an, an.uid)).status).toBe(403);
  });

  it('changes the password inside a session, which gets a new token while all others end', async () => {
    const an = await new Visitor(server).register();
    const other = new Visitor(server);
    other.userName = an.userName;
    await other.signIn();
    const change = (password: string, newPassword: string) =>
      an.put('/api/me/password', { password, newPassword });
    expect((await change('sai mật khẩu', NEW_PASSWORD)).body.code).toBe('auth.wrongPassword');
    expect((await change(PASSWORD, '12345678')).body.errors[0].path).toBe('newPassword');
    const before = an.cookies.get('hoithi');
    expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(200);
    expect(an.cookies.get('hoithi')).not.toBe(before);
    expect((await an.get('/api/me')).status).toBe(200);
    expect((await other.get('/api/me')).status).toBe(401);
    const stale = new Visitor(server);
    stale.cookies.set('hoithi', before ?? '');
    expect((await stale.get('/api/me')).status).toBe(401);
  });

  it('renews the recovery code', async () => {
    const an = await new Visitor(server).register();
    const { body } = await an.post('/api/me/recovery-code', { password: PASSWORD });
    expect((await recover(an.userName, an.recoveryCode)).status).toBe(403);
    expect((await recover(an.userName, body.recoveryCode)).status).toBe(200);
  });
});
