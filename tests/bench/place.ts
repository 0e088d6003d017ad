/** A folder and empty databases for one run, taken away afterwards. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../harness/folder.ts';
import { startPostgres } from '../harness/postgres.ts';

/** Where the databases of one run are. */
export interface Place {
  readonly folder: string;
  /** An empty database of this name. */
  database(name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function openPlace(database: 'sqlite' | 'postgres'): Promise<Place> {
  const folder = temporaryFolder();
  if (database === 'sqlite') {
    const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
    return { folder, database: async (name) => join(folder, `${name}.db`), remove };
  }
  const server = await startPostgres(['-c', 'shared_buffers=512MB', '-c', 'max_wal_size=4GB']);
  return {
    folder,
    database: () => server.createDatabase(),
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
