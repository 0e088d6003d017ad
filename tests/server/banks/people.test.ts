import { beforeAll, describe, expect, it } from 'vitest';
import { BankStaff } from '../../../server/banks/staff.ts';
import { BankStore } from '../../../server/banks/store.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

onBothDatabases('people of a bank', (databases) => {
  async function open() {
    const database = await databases.open();
    const secrets = new Secrets('test secret of more than thirty-two characters');
    const clock = new MovableClock(5000);
    const context = { database, secrets, clock, keys: new Keys(database), announcer: new LocalAnnouncer() };
    const { people, roles } = database.tables;
    const rows = [1, 2].map((id) => ({
      id,
      uid: `00000000-0000-7000-8000-00000000000${id}`,
      name: `Người ${id}`,
      folded: `nguoi ${id}`,
      sortKey: `${id}`,
      guest: false,
      createdAt: 0,
    }));
    await database.atomic([
      database.query.insert(people).values(rows),
      database.query
        .insert(roles)
        .values(rows.map(({ id }) => ({ personId: id, role: 'editor', grantedAt: 0 }))),
    ]);
    const store = new BankStore(context);
    const staff = new BankStaff(context);
    const about = {
      slug: 'rieng',
      title: 'Riêng',
      description: '',
      licence: '',
      shipped: false,
      practice: false,
    };
    const log = { actor: rows[0]?.uid ?? '', address: '::1' };
    const bank = await store.create(about, { by: 1, at: 10, reason: null, log });
    return { staff, store, bank, uids: rows.map(({ uid }) => uid), author: { ...log, at: 20 } };
  }
  const editor = (personId: number) => ({ personId, roles: new Set(['editor'] as const) });

  it('belongs to who opened it, and to those whom they take in', async () => {
    const { staff, bank, uids, author } = await open();
    expect(await staff.rights(editor(1), bank.id)).toMatchObject({ own: true, write: true });
    expect(await staff.rights(editor(2), bank.id)).toMatchObject({ read: false });
    await expect(staff.demand(editor(2), bank.id, 'read')).rejects.toMatchObject({ code: 'auth.forbidden' });
    await staff.add(bank, uids[1] ?? '', 'editor', author);
    await staff.add(bank, uids[1] ?? '', 'editor', author);
    expect(await staff.list(bank.id)).toMatchObject([{ duties: ['owner'] }, { duties: ['editor'] }]);
    expect((await staff.allRights(editor(2)))(bank.id)).toMatchObject({ write: true, own: false });
    const notTheirRole = staff.add(bank, uids[1] ?? '', 'reviewer', author);
    await expect(notTheirRole).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('keeps an owner, also when two owners take each other out', async () => {
    const { staff, bank, uids, author } = await open();
    const [first = '', second = ''] = uids;
    await expect(staff.remove(bank, first, 'owner', author)).rejects.toMatchObject({
      code: 'banks.lastOwner',
    });
    await staff.add(bank, second, 'owner', author);
    const both = [first, second].map((uid) => staff.remove(bank, uid, 'owner', author));
    const done = await Promise.allSettled(both);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await staff.list(bank.id)).toHaveLength(1);
  });
});

describe('the doors of a bank with people', () => {
  let server: TestServer;
  let owner: Visitor;
  let other: Visitor;
  let admin: Visitor;
  let organiser: Visitor;
  let bank = '';

  beforeAll(async () => {
    server = await startServer();
    const come = (name: string) => new Visitor(server).register({ name });
    owner = await (await come('Chủ Ngân Hàng')).become('editor', 'reviewer');
    other = await (await come('Người Ngoài')).become('editor', 'reviewer');
    admin = await (await come('Quản Trị')).become('admin');
    organiser = await (await come('Ban Tổ Chức')).become('organiser');
    const about = { slug: 'rieng', title: 'Riêng', description: '', licence: '' };
    bank = (await owner.post('/api/desk/banks', about)).body.id;
  }, 60_000);

  const listed = async (who: Visitor) =>
    (await who.get('/api/desk/banks')).body.banks.find(({ id }: { id: string }) => id === bank);

  it('show it to its people, to admins, and, without its questions, to organisers', async () => {
    expect(await listed(other)).toBeUndefined();
    expect((await listed(owner)).rights).toMatchObject({ own: true, approve: true });
    expect((await listed(admin)).rights.own).toBe(true);
    expect((await listed(organiser)).rights).toMatchObject({ read: false });
    expect((await organiser.get(`/api/desk/banks/${bank}/counts`)).status).toBe(200);
    expect((await other.get(`/api/desk/banks/${bank}/counts`)).status).toBe(403);
    expect((await other.get(`/api/desk/banks/${bank}/questions`)).status).toBe(403);
    expect((await other.get(`/api/desk/banks/${bank}/statistics`)).status).toBe(403);
  });

  it('let the owner take people in and out, and nobody else', async () => {
    const people = `/api/desk/banks/${bank}/people`;
    expect((await other.post(people, { person: other.uid, duty: 'owner' })).status).toBe(403);
    const found = await owner.get(`/api/desk/banks/${bank}/candidates?q=ngoai`);
    expect(found.body.people).toEqual([{ id: other.uid, name: 'Người Ngoài' }]);
    await owner.post(people, { person: other.uid, duty: 'reviewer' });
    expect((await listed(other)).rights).toMatchObject({ read: true, write: false, approve: true });
    expect((await other.post(people, { person: other.uid, duty: 'owner' })).status).toBe(403);
    expect((await other.put(`/api/desk/banks/${bank}`, { title: 'Cướp' })).status).toBe(403);
    await owner.delete(`${people}/${other.uid}/reviewer`);
    expect(await listed(other)).toBeUndefined();
    const last = await owner.delete(`${people}/${owner.uid}/owner`);
    expect(last.body.code).toBe('banks.lastOwner');
  });
});
