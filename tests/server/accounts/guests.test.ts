import { beforeAll, expect, it } from 'vitest';
import { prepareGuest } from '../../../server/accounts/guests.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

onBothDatabases('guests', (databases) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    const { database } = server.context;
    const { contests } = database.tables;
    const contest = (id: number, slug: string) => ({
      id,
      uid: `00000000-0000-7000-8000-00000000000${id}`,
      slug,
      title: 'Cuộc thi',
      summary: '',
      page: '',
      state: 'published',
      // biome-ignore lint/suspicious/noExplicitAny: settings play no part here.
      settings: {} as any,
      version: 1,
      createdAt: 0,
    });
    await database.atomic([database.query.insert(contests).values([contest(1, 'mot'), contest(2, 'hai')])]);
  });

  async function letIn(contestId: number, name = 'Khách Mời') {
    const guest = await prepareGuest(
      server.app.accounts,
      { address: '203.0.113.1', device: null, label: null, before: null },
      { contestId, details: { name }, unitId: null, group: null, remember: true },
    );
    await server.context.database.atomic(guest.statements);
    guest.told();
    return guest;
  }
  const comeBack = (contest: string, code: string, visitor = new Visitor(server)) =>
    visitor.post('/api/guests/return', { contest, code });

  it('come back with the typed code or the link, again and again', async () => {
    const { access, uid } = await letIn(1);
    expect(access.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    for (const code of [access.code, access.linkToken, access.code.toLowerCase().replaceAll('-', '')]) {
      const visitor = new Visitor(server);
      const { body } = await comeBack('mot', code, visitor);
      expect(body.person).toMatchObject({ uid, name: 'Khách Mời', guest: true, roles: [] });
      expect((await visitor.get('/api/me')).body).toMatchObject({ uid, guest: true });
    }
    expect((await comeBack('00000000-0000-7000-8000-000000000001', access.code)).status).toBe(200);
  });

  it('come back to their own contest alone', async () => {
    const { access } = await letIn(1);
    for (const [contest, code] of [
      ['hai', access.code],
      ['khong-co', access.code],
      ['mot', 'ABCD-EFGH-JKMN'],
      ['mot', '🙂🙂🙂🙂'],
    ] as const)
      expect((await comeBack(contest, code)).body.code).toBe('auth.wrongCode');
  });

  it('may see and erase what they gave, but do nothing that needs an account', async () => {
    const { access, uid } = await letIn(2, 'Khách Sẽ Xoá');
    const visitor = new Visitor(server);
    await comeBack('hai', access.code, visitor);
    expect((await visitor.patch('/api/me', { name: 'Khách Đổi Tên', phone: '0912888001' })).body.name).toBe(
      'Khách Đổi Tên',
    );
    expect((await visitor.put('/api/me/password', { password: 'x', newPassword: 'y' })).status).toBe(401);
    expect((await visitor.post('/api/me/second-factor', {})).status).toBe(401);
    const admin = await (await new Visitor(server).register()).become('admin');
    expect((await admin.put(`/api/people/${uid}/roles/editor`, { reason: 'thử nghiệm' })).status).toBe(404);
    expect((await visitor.get('/api/me/export')).body.me.phone).toBe('0912888001');
    expect((await visitor.post('/api/me/erase')).status).toBe(204);
    expect((await comeBack('hai', access.code)).body.code).toBe('auth.wrongCode');
  });

  it('cannot be guessed: tries from one address run out', async () => {
    const strict = await startServer(await databases.location(), { HOITHI_LIMIT_FACTOR: '1' });
    const visitor = new Visitor(strict);
    const tries = await Promise.all(
      Array.from({ length: 400 }, () =>
        visitor.post('/api/guests/return', { contest: 'mot', code: 'ABCD-EFGH-JKMN' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(90);
  });
});
