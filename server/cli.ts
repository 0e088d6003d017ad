/** The command line: `npm run hoithi -- <command>`. Exit codes: 0 done, 1 failed, 2 wrong use. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { backup, restore, secretPath } from './platform/database/backup.ts';

const USAGE = `Hội Thi

  npm run hoithi -- backup [FILE]       copy the embedded database while the server runs, and check the copy
                                        (sao lưu khi máy chủ đang chạy, có kiểm tra)
  npm run hoithi -- restore FILE        put a backup in its place; the server must be stopped
                                        (khôi phục; phải dừng máy chủ trước)

DATABASE_URL and HOITHI_DATA_DIR are read as by the server.
`;

interface Command {
  readonly arguments: readonly string[];
  readonly config: ReturnType<typeof readConfig>;
}

const commands: Readonly<Record<string, (command: Command) => void>> = {
  backup({ arguments: [file], config }) {
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    const target = resolve(file ?? `${config.dataDir}/backups/hoithi-${stamp}.db`);
    console.log(
      JSON.stringify(backup(embedded(config.databaseUrl), secretPath(config.dataDir), target), null, 2),
    );
  },
  restore({ arguments: [file], config }) {
    if (file === undefined) throw new UsageError();
    console.log(
      JSON.stringify(
        restore(resolve(file), embedded(config.databaseUrl), secretPath(config.dataDir), Date.now()),
        null,
        2,
      ),
    );
  },
};

class UsageError extends Error {}

function embedded(url: string): string {
  if (/^postgres(ql)?:/.test(url))
    throw new Error('PostgreSQL has its own tools: pg_dump, pg_restore / hãy dùng pg_dump, pg_restore');
  return url;
}

function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [name = '', ...rest] = positionals;
  const command = commands[name];
  if (command === undefined) {
    console.error(USAGE);
    return 2;
  }
  try {
    command({ arguments: rest, config: readConfig(process.env) });
    return 0;
  } catch (error) {
    console.error(
      error instanceof UsageError ? USAGE : error instanceof Error ? error.message : String(error),
    );
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = main();
