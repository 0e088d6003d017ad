/** `npm run hoithi -- audit …` as those who look after the server run it: a process of its own, beside one that writes. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { appendAudit } from '../../../server/platform/audit.ts';
import type { Database } from '../../../server/platform/database/door.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases, temporaryFolder } from '../../harness/databases.ts';

const SECRET = 'a secret of tests, long enough for anybody';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function hoithi(location: string, folder: string, ...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['server/cli.ts', ...words], {
    env: { ...process.env, DATABASE_URL: location, HOITHI_DATA_DIR: folder, HOITHI_SECRET: SECRET },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  return new Promise((ended) => child.on('close', (status) => ended({ status, out, err })));
}

async function filled(location: string): Promise<Database> {
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  const context = { database, secrets: new Secrets(SECRET), clock: { now: () => 1_700_000_000_000 } };
  for (let i = 1; i <= 12; i += 1)
    await appendAudit(context, {
      actor: 'system',
      action: 'tested',
      subject: `=việc ${i}`,
      reason: 'kiểm, "thử"',
    });
  return database;
}

onBothDatabases('the audit log at the command line', (databases) => {
  it('is followed whole, taken along, and told where it breaks', async () => {
    const location = await databases.location();
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const database = await filled(location);
    const whole = await hoithi(location, folder, 'audit', 'verify');
    expect([whole.status, whole.err]).toEqual([0, '']);
    expect(JSON.parse(whole.out)).toMatchObject({ rows: 12, broken: null });

    const file = join(folder, 'nhat-ky.csv');
    const taken = await hoithi(location, folder, 'audit', 'export', '-o', file);
    expect([taken.status, taken.err]).toEqual([0, '']);
    const lines = readFileSync(file, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(13);
    expect(lines[12]).toContain("'=việc 12");
    expect(lines[12]).toContain('"kiểm, ""thử"""');

    const { auditLog } = database.tables;
    await database.atomic([
      database.query.update(auditLog).set({ reason: 'khác' }).where(eq(auditLog.seq, 7)),
    ]);
    const broken = await hoithi(location, folder, 'audit', 'verify');
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ rows: 6, broken: { seq: 7, how: 'changed' } });
    expect((await hoithi(location, folder, 'audit', 'mend')).status).toBe(2);
    await database.close();
  });
});
