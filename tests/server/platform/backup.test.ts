import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backup, restore } from '../../../server/platform/database/backup.ts';
import { FIRST_DAY, startServer } from '../../harness/app.ts';
import { openContest, withoutFields } from '../../harness/contest.ts';
import { temporaryFolder } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

it('gives back the same contest, keeps what it replaces, and erases again who was erased since', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'data.db');
  const secret = join(folder, 'secret');
  writeFileSync(secret, 's'.repeat(40));
  const server = await startServer(file);
  const contest = await openContest(server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
  });
  const an = await new Visitor(server).register({ name: 'Nguyễn Văn An' });
  const binh = await new Visitor(server).register({ name: 'Trần Thị Bình' });
  for (const who of [an, binh]) await who.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await an.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  expect(started.status).toBe(200);

  const copy = join(folder, 'copy.db');
  const made = backup(file, secret, copy);
  expect(made.rows).toMatchObject({ attempts: 1, contests: 1, entries: 2 });
  expect(readFileSync(`${copy}.secret`, 'utf8')).toBe('s'.repeat(40));
  expect(() => backup(file, secret, copy)).toThrow('exists');

  expect((await binh.post('/api/me/erase', { password: PASSWORD })).status).toBeLessThan(300);
  expect(() => restore(copy, file, secret, FIRST_DAY)).toThrow('stop it first');
  await server.close();

  const restored = restore(copy, file, secret, FIRST_DAY);
  expect(restored.rows).toMatchObject({ attempts: 1, contests: 1, entries: 2 });
  expect(restored.eraseAgain).toBe(1);
  expect(existsSync(restored.replaced ?? '')).toBe(true);

  const again = await startServer(file);
  const { people } = again.context.database.tables;
  const names = (await again.context.database.query.select().from(people)).map(({ name }) => name);
  expect(names).toContain('Nguyễn Văn An');
  expect(names).not.toContain('Trần Thị Bình');
  const back = new Visitor(again);
  for (const [name, value] of an.cookies) back.cookies.set(name, value);
  const resumed = await back.get(`/api/attempts/${started.body.id}`);
  expect(resumed.body).toEqual(started.body);
});

it('refuses a file that is damaged or another program’s, and leaves the data alone', async () => {
  const folder = temporaryFolder();
  const bad = join(folder, 'bad.db');
  writeFileSync(bad, 'not a database at all, but long enough to be read as one'.repeat(100));
  const target = join(folder, 'data.db');
  expect(() => restore(bad, target, join(folder, 'secret'), FIRST_DAY)).toThrow();
  expect(existsSync(target)).toBe(false);
});
