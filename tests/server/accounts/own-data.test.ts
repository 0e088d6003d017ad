import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const everything = {
  name: 'Lê Thị Bưởi',
  phone: '0912555001',
  email: 'buoi@example.vn',
  userName: 'le.thi.buoi',
  birthDate: '1985-09-02',
  citizenId: '001185012345',
  group: 'official',
  title: 'Bí thư',
  address: '1 Phố Huế, Hà Nội',
};

onBothDatabases('registering', (databases) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(await databases.location());
  });
  const register = (more: object) =>
    new Visitor(server).post('/api/accounts', { name: 'An', password: PASSWORD, consentVersion: 1, ...more });

  it('wants a name to sign in by, and says what is wrong at which field', async () => {
    const paths = async (more: object) =>
      (await register(more)).body.errors.map(({ path }: { path: string }) => path);
    expect(await paths({})).toEqual(['phone']);
    expect(await paths({ phone: '123', email: 'a@b' })).toEqual(['phone', 'email']);
    expect(await paths({ userName: 'mot.hai', password: '12345678' })).toEqual(['password']);
    expect(await paths({ userName: 'mot.hai', unit: '00000000-0000-7000-8000-000000000000' })).toEqual([
      'unit',
    ]);
    expect(await paths({ userName: 'mot.hai', birthDate: '2999-01-01' })).toEqual(['birthDate']);
    expect((await register({ userName: 'mot.hai', roles: ['admin'] })).body.code).toBe('request.invalid');
  });

  it('says which names are taken, also when fifty want one at the same moment', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => register({ phone: '0912555100', name: `Người thứ ${i}` })),
    );
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(19);
    for (const { body } of refused) expect([body.code, body.errors[0].path]).toEqual(['taken', 'phone']);
    const { body } = await register({ phone: '+84912555100', userName: 'moi.hoan.toan' });
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['phone']);
    const { people, logins } = server.context.database.tables;
    const kept = await server.context.database.query.select().from(people);
    expect(await server.context.database.query.select().from(logins)).toHaveLength(kept.length);
  });

  it('is one account when the same request arrives twice, at once or a minute later', async () => {
    const body = { phone: '0912555200', userName: 'hai.lan' };
    const replies = await Promise.all([register(body), register(body), register(body)]);
    server.clock.advance(60_000);
    replies.push(await register(body));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(replies.map(({ body: { person } }) => person.uid)).size).toBe(1);
    expect((await register({ ...body, password: 'mật khẩu của kẻ khác' })).body.code).toBe('taken');
    const last = replies.at(-1)?.body.recoveryCode;
    const recovered = await new Visitor(server).post('/api/accounts/recover', {
      login: 'hai.lan',
      code: last,
      newPassword: 'mật khẩu khác hẳn',
    });
    expect(recovered.status).toBe(200);
    expect((await register(body)).body.code).toBe('taken');
  });
});

onBothDatabases("one's own data", (databases) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(await databases.location());
  });

  it('is shown to oneself, stored unreadably where it is private', async () => {
    const buoi = await new Visitor(server).register(everything);
    const { citizenId: _, ...shown } = everything;
    expect((await buoi.get('/api/me')).body).toMatchObject({
      ...shown,
      citizenIdLast: '2345',
      unit: null,
      guest: false,
    });
    const { people } = server.context.database.tables;
    const [row] = await server.context.database.query.select().from(people).where(eq(people.uid, buoi.uid));
    const stored = JSON.stringify(row);
    for (const secret of ['912555001', 'buoi@', '001185012345', PASSWORD])
      expect(stored).not.toContain(secret);
    expect(row?.consents).toEqual({ account: { at: expect.any(Number), version: 1 } });
  });

  it('is changed in parts; names to sign in by need the password and move along', async () => {
    const an = await new Visitor(server).register({ phone: '0912555002', title: 'Tổ trưởng' });
    const changed = await an.patch('/api/me', { name: 'Nguyễn Văn Ân', title: null, group: 'student' });
    expect(changed.body).toMatchObject({
      name: 'Nguyễn Văn Ân',
      title: null,
      group: 'student',
      phone: '0912555002',
    });
    expect((await an.get('/api/session')).body.person.name).toBe('Nguyễn Văn Ân');
    expect((await an.patch('/api/me', { phone: '0912555003' })).body.code).toBe('auth.wrongPassword');
    expect((await an.patch('/api/me', { phone: '0912555003', password: 'sai' })).body.code).toBe(
      'auth.wrongPassword',
    );
    expect((await an.patch('/api/me', { phone: '0912 555 003', password: PASSWORD })).status).toBe(200);
    const by = (login: string) => new Visitor(server).post('/api/sessions', { login, password: PASSWORD });
    expect((await by('0912555003')).status).toBe(200);
    expect((await by('0912555002')).body.code).toBe('auth.failed');
    const other = await new Visitor(server).register();
    const taken = await other.patch('/api/me', { phone: '0912555003', password: PASSWORD });
    expect([taken.status, taken.body.code]).toEqual([409, 'taken']);
    const none = await an.patch('/api/me', { phone: null, userName: null, password: PASSWORD });
    expect(none.body.errors[0].path).toBe('phone');
  });

  it('is exported in one file, with the parts of other features', async () => {
    const an = await new Visitor(server).register();
    const { personalData } = server.app.accounts;
    personalData.add({ name: 'bench', collect: async () => [{ kept: 'something' }], erase: () => [] });
    const { headers, body } = await an.get('/api/me/export');
    expect(headers['content-disposition']).toContain('attachment');
    expect(body.me.uid).toBe(an.uid);
    expect(body.parts.bench).toEqual([{ kept: 'something' }]);
    expect(body.parts.account.sessions).toHaveLength(1);
  });

  it('is erased for good: nothing personal stays in any row, the names are free, every session ends', async () => {
    const given = {
      ...everything,
      phone: '0912555009',
      email: 'xoa@example.vn',
      userName: 'nguoi.xoa',
      name: 'Phạm Xoá Đi',
    };
    const xoa = await new Visitor(server).register(given);
    const other = new Visitor(server);
    other.userName = 'nguoi.xoa';
    await other.signIn();
    expect((await xoa.post('/api/me/erase')).body.code).toBe('auth.wrongPassword');
    expect((await xoa.post('/api/me/erase', { password: PASSWORD })).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
    expect((await other.signIn()).body.code).toBe('auth.failed');
    const { database } = server.context;
    const { people, loginNames, logins, sessions } = database.tables;
    const [row] = await database.query.select().from(people).where(eq(people.uid, xoa.uid));
    const { id, uid: _, createdAt, erasedAt, guest, ...personal } = row ?? { id: -1 };
    expect(Object.values(personal).filter((value) => value !== null && value !== '')).toEqual([]);
    expect([guest, typeof createdAt, typeof erasedAt]).toEqual([false, 'number', 'number']);
    for (const table of [loginNames, logins, sessions])
      expect(await database.query.select().from(table).where(eq(table.personId, id))).toEqual([]);
    await new Visitor(server).register({ ...given, name: 'Người Mới' });
  });

  it('keeps the last admin', async () => {
    const admin = await (await new Visitor(server).register()).become('admin');
    expect((await admin.post('/api/me/erase', { password: PASSWORD })).body.code).toBe('roles.lastAdmin');
    await (await new Visitor(server).register()).become('admin');
    expect((await admin.post('/api/me/erase', { password: PASSWORD })).status).toBe(204);
  });
});

describe('a person without a session', () => {
  it('gets nothing of it', async () => {
    const server = await startServer();
    const stranger = new Visitor(server);
    stranger.cookies.set('hoithi', 'A'.repeat(43));
    for (const url of ['/api/me', '/api/me/export', '/api/me/sessions'])
      expect((await stranger.get(url)).status).toBe(401);
  });
});
