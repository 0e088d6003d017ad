import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { appendAudit, firstBrokenLink, withAudit } from '../../../server/platform/audit.ts';
import { ConflictError, type Database } from '../../../server/platform/database/door.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const contextOf = (database: Database, secret = 'a secret of more than thirty-two characters') => ({
  database,
  secrets: new Secrets(secret),
  clock: { now: () => 1_700_000_000_000 },
});

const entry = (subject: string) => ({
  actor: 'system',
  action: 'tested',
  subject,
  reason: 'kiểm thử',
  details: { b: [1, { z: null, a: 'ă' }], a: 0.5 },
});

onBothDatabases('the audit log', (databases, dialect) => {
  it('chains what many append at the same time, in one line without a gap', async () => {
    const context = contextOf(await databases.open());
    await Promise.all(Array.from({ length: 100 }, (_, i) => appendAudit(context, entry(`thing ${i}`))));
    const { auditLog } = context.database.tables;
    const rows = await context.database.query.select().from(auditLog).orderBy(auditLog.seq);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(new Set(rows.map(({ subject }) => subject)).size).toBe(100);
    expect(rows[0]?.details).toEqual(entry('').details);
    expect(await firstBrokenLink(context)).toBeNull();
  });

  it('shows a row that was changed, a row that was taken out, and a chain made with another secret', async () => {
    const context = contextOf(await databases.open());
    const { database } = context;
    const { auditLog } = database.tables;
    for (let i = 0; i < 10; i++) await appendAudit(context, entry(`thing ${i}`));
    expect(await firstBrokenLink(contextOf(database, 'another secret of more than thirty-two letters'))).toBe(
      1,
    );
    await database.atomic([
      database.query.update(auditLog).set({ reason: 'khác' }).where(eq(auditLog.seq, 8)),
    ]);
    expect(await firstBrokenLink(context)).toBe(8);
    await database.atomic([database.query.delete(auditLog).where(eq(auditLog.seq, 4))]);
    expect(await firstBrokenLink(context)).toBe(4);
  });

  it('writes the entry and the deed together or neither', async () => {
    const context = contextOf(await databases.open());
    const { database } = context;
    const { facts, auditLog } = database.tables;
    const insert = (name: string) => database.query.insert(facts).values({ name, value: 'x' }).returning();
    const [done] = await withAudit(context, entry('a'), [insert('a')]);
    expect(done.rows).toEqual([{ name: 'a', value: 'x' }]);
    await expect(withAudit(context, entry('a'), [insert('b'), insert('a')])).rejects.toBeInstanceOf(
      ConflictError,
    );
    expect(await database.query.select().from(facts)).toHaveLength(1);
    expect(await database.query.select().from(auditLog)).toHaveLength(1);
    await appendAudit(context, entry('c'));
    expect(await firstBrokenLink(context)).toBeNull();
  });

  if (dialect === 'postgres')
    it('stays one chain when two nodes append', async () => {
      const location = await databases.location();
      const nodes = await Promise.all([1, 2].map(() => openDatabase(location, () => undefined)));
      const contexts = nodes.map((node) => contextOf(node));
      const [first] = contexts;
      if (first === undefined) throw new Error('no node');
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => appendAudit(contexts[i % 2] ?? first, entry(`${i}`))),
      );
      expect(await firstBrokenLink(first)).toBeNull();
      expect(await first.database.query.select().from(first.database.tables.auditLog)).toHaveLength(60);
      await Promise.all(nodes.map((node) => node.close()));
    });
});
