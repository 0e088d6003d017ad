import { expect, it } from 'vitest';
import { firstAdminLink } from '../../../server/accounts/first-admin.ts';
import { startServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

onBothDatabases('the first admin', (databases) => {
  it('is made once with a link, whatever is sent at the same time, and there is no link afterwards', async () => {
    const server = await startServer(await databases.location(), { PUBLIC_URL: 'http://192.168.1.5:3000' });
    const links = [await firstAdminLink(server.context), await firstAdminLink(server.context)];
    for (const link of links) expect(link).toMatch(/^http:\/\/192\.168\.1\.5:3000\/bat-dau#[\w-]{22}$/);
    const tokens = links.map((link) => new URL(link ?? '').hash.slice(1));
    const enter = (token: string, i: number) => {
      const visitor = new Visitor(server);
      const body = { token, name: 'Quản Trị', password: `${PASSWORD} ${i}`, userName: `quan.tri.${i}` };
      return visitor.post('/api/accounts/first-admin', body);
    };
    expect((await enter('AAAAAAAAAAAAAAAAAAAAAA', 99)).body.code).toBe('auth.wrongCode');
    const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => enter(tokens[i % 2] ?? '', i)));
    const made = replies.filter(({ status }) => status === 200);
    expect(made).toHaveLength(1);
    expect(made[0]?.body.person.roles).toEqual(['admin']);
    const refused = new Set(replies.filter(({ status }) => status !== 200).map(({ body }) => body.code));
    expect([...refused]).toEqual(['auth.wrongCode']);
    expect(await firstAdminLink(server.context)).toBeNull();
    const { people } = server.context.database.tables;
    expect(await server.context.database.query.select().from(people)).toHaveLength(1);
  });

  it('has a day for it', async () => {
    const server = await startServer(await databases.location());
    const token = new URL((await firstAdminLink(server.context)) ?? '').hash.slice(1);
    server.clock.advance(24 * 3_600_000);
    const body = { token, name: 'Quản Trị', password: PASSWORD, userName: 'quan.tri' };
    expect((await new Visitor(server).post('/api/accounts/first-admin', body)).body.code).toBe(
      'auth.wrongCode',
    );
  });
});
