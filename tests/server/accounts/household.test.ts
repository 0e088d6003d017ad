import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

onBothDatabases('a family with one phone', (databases) => {
  let server: TestServer;
  let mother: Visitor;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    mother = await new Visitor(server).register({
      name: 'Trần Thị Mẹ',
      phone: '0912345678',
      userName: undefined,
    });
  });
  const family = async () => (await mother.get('/api/household')).body.people;
  const add = (name: string, birthDate?: string) =>
    mother.post('/api/household', {
      name,
      consentVersion: 1,
      ...(birthDate === undefined ? {} : { birthDate }),
    });

  it('is one person at first; others are added by whoever is signed in, each once', async () => {
    expect(await family()).toMatchObject([{ name: 'Trần Thị Mẹ', me: true, holder: true }]);
    expect((await add('Nguyễn Văn Con', '2010-05-06')).body.people).toHaveLength(2);
    expect((await add('Nguyễn Văn Con', '2010-05-06')).body.errors[0].path).toBe('name');
    expect((await add('  ')).status).toBe(400);
  });

  it('says who takes part: a session of their own, and the one before is over', async () => {
    const before = new Map(mother.cookies);
    const [, child] = await family();
    const switched = await mother.post('/api/household/switch', { person: child.uid });
    expect(switched.body.person, switched.text).toMatchObject({
      name: 'Nguyễn Văn Con',
      roles: [],
      guest: false,
    });
    expect((await mother.get('/api/me')).body).toMatchObject({ name: 'Nguyễn Văn Con', phone: '0912345678' });
    const old = new Visitor(server);
    for (const [name, value] of before) old.cookies.set(name, value);
    expect((await old.get('/api/me')).status).toBe(401);
    expect((await family())[1].me).toBe(true);
  });

  it('lets a child neither take the phone away nor change the password', async () => {
    expect(
      (await mother.patch('/api/me', { phone: '0987654321', password: PASSWORD })).body.errors[0].path,
    ).toBe('phone');
    const change = { password: PASSWORD, newPassword: 'một mật khẩu khác dài' };
    expect((await mother.post('/api/me/password', change)).status).toBeGreaterThanOrEqual(400);
    const [holder] = await family();
    expect((await mother.post('/api/household/switch', { person: holder.uid })).status).toBe(200);
  });

  it('is nobody else’s to see or to become', async () => {
    const [, child] = await family();
    const stranger = await new Visitor(server).register();
    expect((await stranger.get('/api/household')).body.people).toHaveLength(1);
    expect((await stranger.post('/api/household/switch', { person: child.uid })).status).toBe(404);
    const staff = await (await new Visitor(server).register()).become('organiser');
    expect((await staff.post('/api/household', { name: 'Ai Đó', consentVersion: 1 })).status).toBe(403);
  });

  it('has each of its people once and no more than ten, however many are added at the same moment', async () => {
    const aunt = await new Visitor(server).register({ phone: '0912345679', userName: undefined });
    const add = (name: string) => aunt.post('/api/household', { name, consentVersion: 1 });
    const twins = await Promise.all(Array.from({ length: 3 }, () => add('Lê Văn Song')));
    expect(twins.filter(({ status }) => status === 200)).toHaveLength(1);
    for (let i = 0; i < 7; i++) expect((await add(`Lê Thị ${i}`)).status).toBe(200);
    const last = await Promise.all(['Lê Thị Út', 'Lê Thị Thêm', 'Lê Thị Nữa'].map(add));
    expect(last.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await aunt.get('/api/household')).body.people).toHaveLength(10);
  });

  it('is signed out together, since whoever is one of them becomes any of them', async () => {
    const father = await new Visitor(server).register({ phone: '0912345680', userName: undefined });
    const { body } = await father.post('/api/household', { name: 'Lê Văn Con', consentVersion: 1 });
    const child = body.people.find(({ me }: { me: boolean }) => !me);
    const lost = new Visitor(server);
    const signIn = { login: '0912345680', password: PASSWORD };
    await lost.post('/api/sessions', signIn);
    await lost.post('/api/household/switch', { person: child.uid });
    expect((await lost.get('/api/me')).body.name).toBe('Lê Văn Con');
    expect((await father.post('/api/me/sessions/end', { which: 'others' })).status).toBe(204);
    expect((await lost.get('/api/me')).status).toBe(401);
    expect((await father.get('/api/me')).status).toBe(200);
  });

  it('stays no longer on a computer that others use, whoever of them takes part', async () => {
    const shared = new Visitor(server);
    const lasts = ({ headers }: { headers: object }) => /max-age/i.test(JSON.stringify(headers));
    const signIn = { login: '0912345680', password: PASSWORD };
    expect(lasts(await shared.post('/api/sessions', { ...signIn, remember: false }))).toBe(false);
    const { people } = (await shared.get('/api/household')).body;
    const other = people.find(({ me }: { me: boolean }) => !me);
    const switched = await shared.post('/api/household/switch', { person: other.uid });
    expect([switched.status, lasts(switched)]).toEqual([200, false]);
    server.clock.advance(13 * 3_600_000);
    expect((await shared.get('/api/me')).status).toBe(401);
    const own = new Visitor(server);
    await own.post('/api/sessions', signIn);
    expect(lasts(await own.post('/api/household/switch', { person: other.uid }))).toBe(true);
  });

  it('does not sign out one of them who has duties, whom nobody else becomes', async () => {
    const father = await new Visitor(server).register({ phone: '0912345681', userName: undefined });
    const { body } = await father.post('/api/household', { name: 'Lê Văn Con', consentVersion: 1 });
    const child = body.people.find(({ me }: { me: boolean }) => !me);
    const shared = new Visitor(server);
    await shared.post('/api/sessions', { login: '0912345681', password: PASSWORD });
    await shared.post('/api/household/switch', { person: child.uid });
    await father.become('organiser');
    expect((await shared.post('/api/me/sessions/end', { which: 'all' })).status).toBe(204);
    expect((await shared.get('/api/me')).status).toBe(401);
    expect((await father.get('/api/me')).status).toBe(200);
  });

  it('is not left without its phone: the others’ data go first', async () => {
    const refused = await mother.post('/api/me/erase', { password: PASSWORD });
    expect(refused.body?.code, refused.text).toBe('household.notEmpty');
  });
});

describe('how to reach somebody', () => {
  it('is read by an organiser for a reason, and the log knows', async () => {
    const server = await startServer();
    const citizen = await new Visitor(server).register({ phone: '0912345678' });
    const organiser = await (await new Visitor(server).register()).become('organiser');
    const read = (who: Visitor, reason: string) => who.post(`/api/people/${citizen.uid}/contact`, { reason });
    expect((await read(citizen, 'tò mò')).status).toBe(403);
    expect((await read(organiser, '')).status).toBe(400);
    expect((await read(organiser, 'báo trúng giải')).body).toEqual({ phone: '0912345678', email: null });
    const admin = await (await new Visitor(server).register()).become('admin');
    const { body } = await admin.get(`/api/audit?subject=person:${citizen.uid}`);
    expect(JSON.stringify(body)).toContain('contact.read');
    expect(JSON.stringify(body)).toContain('báo trúng giải');
  });
});
