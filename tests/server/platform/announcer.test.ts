/** Nudges between nodes when the connection that carries them breaks. */
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { PostgresAnnouncer } from '../../../server/platform/announcer-postgres.ts';
import { createLog } from '../../../server/platform/log.ts';
import { onBothDatabases } from '../../harness/databases.ts';

onBothDatabases('nudges', (databases, dialect) => {
  it.runIf(dialect === 'postgres')(
    'come late rather than never: those of a node that was cut off are sent again, and it is told that it missed some',
    async () => {
      const url = await databases.location();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const open = async () => {
        const announcer = new PostgresAnnouncer(url, createLog('silent'));
        await announcer.start();
        const heard = new Set<string>();
        const missed = vi.fn();
        announcer.listen('contest', (topic) => heard.add(topic), missed);
        return { announcer, heard, missed };
      };
      const cutOff = await open();
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'",
      );
      const other = await open();
      cutOff.announcer.announce('contests');
      await vi.waitFor(() => expect([...cutOff.heard]).toEqual(['contests']), 5000);
      await vi.waitFor(() => expect([...other.heard]).toEqual(['contests']), 5000);
      await vi.waitFor(() => expect(cutOff.missed).toHaveBeenCalledOnce(), 5000);
      expect(other.missed).not.toHaveBeenCalled();
      await Promise.all([cutOff.announcer.close(), other.announcer.close()]);
      await client.end();
    },
  );
});
