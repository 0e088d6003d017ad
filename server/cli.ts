/** The command line: `npm run hoithi -- <command>`. Exit codes: 0 done, 1 failed, 2 wrong use, 3 imported but for what was quarantined. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import type { Context } from './context.ts';
import { backup, restore, secretPath } from './platform/database/backup.ts';

const USAGE = `Hội Thi

  npm run hoithi -- backup [FILE]       copy the embedded database while the server runs, and check the copy
                                        (sao lưu khi máy chủ đang chạy, có kiểm tra)
  npm run hoithi -- restore FILE        put a backup in its place; the server must be stopped
                                        (khôi phục; phải dừng máy chủ trước)
  npm run hoithi -- import FILE --bank NAME [--answers FILE] [--dry-run] [--json]
                                        bring a file of questions into a bank; --dry-run only reads it
                                        (đưa tệp câu hỏi vào ngân hàng; --dry-run chỉ đọc thử)
  npm run hoithi -- export --bank NAME --format F -o FILE
                                        write the questions of a bank as a file, and say what they lose
                                        (xuất câu hỏi ra tệp, báo trước những gì bị mất)
  npm run hoithi -- audit verify        follow the chain of the audit log and say where it breaks; beside a running server too
                                        (kiểm tra chuỗi nhật ký, chỉ ra chỗ đứt; được cả khi máy chủ đang chạy)
  npm run hoithi -- audit export -o FILE
                                        write the whole audit log as CSV
                                        (xuất toàn bộ nhật ký ra tệp CSV)

DATABASE_URL and HOITHI_DATA_DIR are read as by the server. Beside a running server, import and export need PostgreSQL;
the embedded database belongs to the server while it runs: import on its page then (--dry-run works always).
`;

interface Command {
  readonly arguments: readonly string[];
  readonly options: Options;
  readonly config: ReturnType<typeof readConfig>;
}

interface Options {
  readonly bank?: string | undefined;
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  readonly answers?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const commands: Readonly<Record<string, (command: Command) => number | Promise<number>>> = {
  backup({ arguments: [file], config }) {
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    const target = resolve(file ?? `${config.dataDir}/backups/hoithi-${stamp}.db`);
    print(backup(embedded(config.databaseUrl), secretPath(config.dataDir), target));
    return 0;
  },
  restore({ arguments: [file], config }) {
    if (file === undefined) throw new UsageError();
    print(restore(resolve(file), embedded(config.databaseUrl), secretPath(config.dataDir), Date.now()));
    return 0;
  },
  async import({ arguments: [file], options, config }) {
    const { bank, json = false, 'dry-run': dryRun = false } = options;
    if (file === undefined || bank === undefined) throw new UsageError();
    const { importFile, statusOf, textOf, tryFile } = await import('./banks/command.ts');
    const answers = options.answers === undefined ? undefined : resolve(options.answers);
    const told = dryRun
      ? await tryFile(resolve(file), bank, answers)
      : await withContext(config, (context) => importFile(context, resolve(file), bank, answers));
    if (json) print(told);
    else console.log(textOf(told));
    return statusOf(told);
  },
  async export({ options, config }) {
    const { bank, format, output } = options;
    if (bank === undefined || format === undefined || output === undefined) throw new UsageError();
    const { exportFile } = await import('./banks/command.ts');
    print(await withContext(config, (context) => exportFile(context, bank, format, resolve(output))));
    return 0;
  },
  async audit({ arguments: [verb], options: { output }, config }) {
    if (verb === 'export' && output !== undefined) {
      const { writeAudit } = await import('./reports/exporting/audit-file.ts');
      print(await writeAudit(config, resolve(output)));
      return 0;
    }
    if (verb !== 'verify') throw new UsageError();
    const { verifyAudit } = await import('./platform/audit-command.ts');
    const check = await verifyAudit(config);
    print(check);
    return check.broken === null ? 0 : 1;
  },
};

class UsageError extends Error {}

function print(told: unknown): void {
  console.log(JSON.stringify(told, null, 2));
}

/** Throws UnavailableError while a server has the embedded database. */
async function withContext<T>(config: Command['config'], work: (context: Context) => Promise<T>): Promise<T> {
  const { closeContext, createContext } = await import('./context.ts');
  const context = await createContext({ ...config, logLevel: 'silent' });
  try {
    return await work(context);
  } finally {
    await closeContext(context);
  }
}

function embedded(url: string): string {
  if (/^postgres(ql)?:/.test(url))
    throw new Error('PostgreSQL has its own tools: pg_dump, pg_restore / hãy dùng pg_dump, pg_restore');
  return url;
}

async function main(): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        bank: { type: 'string' },
        format: { type: 'string' },
        output: { type: 'string', short: 'o' },
        answers: { type: 'string' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const [name = '', ...rest] = positionals;
    const command = commands[name];
    if (command === undefined) throw new UsageError();
    return await command({ arguments: rest, options: values, config: readConfig(process.env) });
  } catch (error) {
    const isUsage = error instanceof UsageError || error instanceof TypeError;
    console.error(isUsage ? USAGE : error instanceof Error ? error.message : String(error));
    return isUsage ? 2 : 1;
  }
}

process.exitCode = await main();
