import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const reason = 'theo phân công';

onBothDatabases('people, as staff see them', (databases) => {
  let server: TestServer;
  let admin: Visitor;
  let organiser: Visitor;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    admin = await (await new Visitor(server).register({ name: 'Quản Trị Viên' })).become('admin');
    organiser = await (await new Visitor(server).register({ name: 'Ban Tổ Chức' })).become('organiser');
    const names = [
      'Trần Văn Ánh',
      'Trần Văn Anh',
      'Trần Văn Anh Tuấn',
      'Đỗ Anh',
      'Anh Thư',
      'Trần 100% Văn',
      'Vân Anh Trần',
    ];
    for (const name of names) await new Visitor(server).register({ name });
  });
  const namesFor = async (q: string) =>
    (await organiser.get(`/api/people?q=${encodeURIComponent(q)}`)).body.people.map(
      ({ name }: { name: string }) => name,
    );

  it('are found by name without diacritics, exact ones first', async () => {
    expect(await namesFor('tran van anh')).toEqual(['Trần Văn Anh', 'Trần Văn Ánh', 'Trần Văn Anh Tuấn']);
    // Those that begin so, then those called so by their given name, then the rest.
    expect(await namesFor('ANH')).toEqual([
      'Anh Thư',
      'Đỗ Anh',
      'Trần Văn Anh',
      'Trần Văn Ánh',
      'Vân Anh Trần',
      'Trần Văn Anh Tuấn',
    ]);
    expect(await namesFor('do anh')).toEqual(['Đỗ Anh']);
    expect(await namesFor('100%')).toEqual(['Trần 100% Văn']);
    expect(await namesFor('%')).toEqual([]);
    expect(await namesFor('_ran')).toEqual([]);
  });

  it('are found exactly by phone, e-mail, user name, citizen id and uid', async () => {
    const an = await new Visitor(server).register({
      name: 'Người Cần Tìm',
      phone: '0912666001',
      email: 'tim@example.vn',
      citizenId: '001185054321',
    });
    for (const q of ['+84 912 666 001', 'TIM@example.vn', an.userName, '001185054321', an.uid])
      expect([q, await namesFor(q)]).toEqual([q, ['Người Cần Tìm']]);
    expect(await namesFor('091266600')).toEqual([]);
  });

  it('show no more than tells them apart', async () => {
    const secret = {
      name: 'Kín Đáo',
      phone: '0912777123',
      email: 'kindao@example.vn',
      citizenId: '001185099999',
      birthDate: '1985-03-04',
      address: 'Ngõ 7 Hàng Gai',
    };
    const kin = await new Visitor(server).register(secret);
    const list = await organiser.get('/api/people?q=kin%20dao');
    const detail = await organiser.get(`/api/people/${kin.uid}`);
    expect(list.body.people[0]).toEqual({
      uid: kin.uid,
      name: 'Kín Đáo',
      birthYear: 1985,
      unit: null,
      phoneMasked: '•••••••123',
      userName: kin.userName,
      roles: [],
      guest: false,
    });
    expect(detail.body.emailMasked).toBe('k•••@example.vn');
    for (const { text } of [list, detail])
      for (const hidden of ['0912777', 'kindao@', '001185099999', '99999', '1985-03', 'Hàng Gai', 'argon2'])
        expect(text).not.toContain(hidden);
  });

  it('are not for citizens, editors or strangers', async () => {
    const citizen = await new Visitor(server).register();
    const editor = await (await new Visitor(server).register()).become('editor');
    for (const who of [citizen, editor, new Visitor(server)]) {
      expect([401, 403]).toContain((await who.get('/api/people?q=an')).status);
      expect([401, 403]).toContain((await who.get(`/api/people/${citizen.uid}`)).status);
      expect([401, 403]).toContain((await who.get('/api/audit')).status);
      const granted = await who.put(`/api/people/${citizen.uid}/roles/admin`, { reason });
      expect([401, 403]).toContain(granted.status);
    }
    expect((await organiser.put(`/api/people/${organiser.uid}/roles/admin`, { reason })).status).toBe(403);
    expect((await organiser.get('/api/audit')).status).toBe(403);
  });

  it('are given and taken roles, at once, with the reason in the log', async () => {
    const an = await new Visitor(server).register();
    expect((await an.get('/api/people?q=an')).status).toBe(403);
    expect((await admin.put(`/api/people/${an.uid}/roles/organiser`, { reason })).body.roles).toEqual([
      'organiser',
    ]);
    // What was open before does not grow into the role: whoever got it signs in again, and stays in when it is given twice.
    expect((await an.get('/api/people?q=an')).status).toBe(401);
    expect((await an.signIn()).status).toBe(200);
    await admin.put(`/api/people/${an.uid}/roles/organiser`, { reason });
    expect((await an.get('/api/people?q=an')).status).toBe(200);
    const listed = await admin.get('/api/people?role=organiser&q=nguyen');
    expect(listed.body.people.map(({ uid }: { uid: string }) => uid)).toContain(an.uid);
    expect((await admin.delete(`/api/people/${an.uid}/roles/organiser`, { reason })).body.roles).toEqual([]);
    expect((await an.get('/api/people?q=an')).status).toBe(403);
    const { body } = await admin.get(`/api/audit?subject=person:${an.uid}`);
    expect(body.entries.map(({ action }: { action: string }) => action)).toEqual([
      'role.revoked',
      'role.granted',
    ]);
    expect(body.entries[0]).toMatchObject({
      actorName: 'Quản Trị Viên',
      reason,
      details: { role: 'organiser' },
    });
  });

  it('cannot be climbed by whoever helped with a password before the role was given', async () => {
    const helper = await (await new Visitor(server).register()).become('organiser');
    const an = await new Visitor(server).register();
    const code = async () =>
      (await helper.post(`/api/people/${an.uid}/reset-codes`, { checkedBy: 'phone', reason })).body.code;
    const inside = new Visitor(server);
    const recovery = { login: an.userName, newPassword: 'mật khẩu của kẻ khác' };
    expect((await inside.post('/api/accounts/recover', { ...recovery, code: await code() })).status).toBe(
      200,
    );
    const left = await code();
    await admin.put(`/api/people/${an.uid}/roles/admin`, { reason });
    expect((await inside.get('/api/audit')).status).toBe(401);
    expect((await inside.post('/api/accounts/recover', { ...recovery, code: left })).body.code).toBe(
      'auth.wrongCode',
    );
    await admin.delete(`/api/people/${an.uid}/roles/admin`, { reason });
  });

  it('always keep an admin, also when two take the role from each other at the same moment', async () => {
    const second = await (await new Visitor(server).register()).become('admin');
    const replies = await Promise.all([
      admin.delete(`/api/people/${second.uid}/roles/admin`, { reason }),
      second.delete(`/api/people/${admin.uid}/roles/admin`, { reason }),
    ]);
    // Whoever comes second is refused at the door (no admin any more) or in the store (the last one), as it falls.
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(1);
    expect([403, 409]).toContain(refused[0]?.status);
    const stayed = replies[0]?.status === 200 ? admin : second;
    const { body } = await stayed.get('/api/people?role=admin');
    expect(body.people).toHaveLength(1);
  });
});

describe('somebody who lost the phone with the codes', () => {
  it('is helped by an admin', async () => {
    const server = await startServer();
    const admin = await (await new Visitor(server).register()).become('admin');
    const an = await new Visitor(server).register();
    expect((await admin.post(`/api/people/${an.uid}/second-factor/off`, { reason })).status).toBe(409);
    const { body } = await an.post('/api/me/second-factor', { password: PASSWORD });
    const totp = new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({
      timestamp: server.clock.now(),
    });
    await an.put('/api/me/second-factor', { totp });
    expect((await an.signIn()).body.code).toBe('auth.secondFactor');
    expect((await admin.post(`/api/people/${an.uid}/second-factor/off`, { reason })).body.secondFactor).toBe(
      false,
    );
    expect((await an.get('/api/me')).status).toBe(401);
    expect((await an.signIn()).status).toBe(200);
  });
});
