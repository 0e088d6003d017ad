/** `import` and `export` of the command line: the same reading and the same commit as on the page, told as text or JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Message } from '../../questions/formats/message.ts';
import type { Outcome } from '../../questions/formats/reading.ts';
import type { Context } from '../context.ts';
import { MediaStore } from '../media/media-store.ts';
import { AppError } from '../platform/errors.ts';
import { planOf, writeBank } from './exporting/exporting.ts';
import { Imports } from './importing/imports.ts';
import { ReadingStopped, readInThread, stoppedMessage } from './importing/reading-thread.ts';
import { type BankRow, BankStore } from './store.ts';

/** 0: all went in; 1: the file could not be read; 3: something was quarantined. */
export type ImportStatus = 0 | 1 | 3;

type Told = Message & { readonly block: number; readonly outcome: Outcome };

/** What is said of a file; as JSON with `--json`. */
export interface ImportTold {
  readonly file: string;
  readonly format: string;
  readonly bank: string;
  readonly dryRun: boolean;
  readonly balance: Readonly<Record<Outcome | 'seen', number>>;
  /** Questions written; zeros when nothing was. */
  readonly added: number;
  readonly changed: number;
  /** Questions that the bank has already, as they are. */
  readonly same: number;
  readonly messages: readonly Told[];
  readonly failure: Message | null;
}

/** What went wrong with the order itself, for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export function statusOf({ failure, balance }: ImportTold): ImportStatus {
  if (failure !== null) return 1;
  return balance.quarantined > 0 ? 3 : 0;
}

/** Reads and tells; nothing is written, no database is opened. */
export async function tryFile(file: string, bank: string, answersFile?: string): Promise<ImportTold> {
  const told = { file, format: '', bank, dryRun: true, added: 0, changed: 0, same: 0 };
  const balance = { seen: 0, imported: 0, warned: 0, quarantined: 0, ignored: 0 };
  const messages: Told[] = [];
  let head: { readonly format: string; readonly failure: Message | null } = { format: '', failure: null };
  const answers = answersFile === undefined ? null : bytesOf(answersFile);
  const task = {
    ...{ pieces: [bytesOf(file)], name: basename(file), format: null },
    ...{ settings: null, isNew: false, answers },
  };
  try {
    await readInThread(task, {
      progress: () => undefined,
      take: async (news) => {
        if (news.is === 'head') head = news.head;
        if (news.is !== 'rows') return;
        for (const row of news.rows) {
          balance.seen += 1;
          balance[row.outcome] += 1;
          const said: readonly Message[] = JSON.parse(row.messages);
          messages.push(...said.map((message) => ({ ...message, block: row.number, outcome: row.outcome })));
        }
      },
    });
  } catch (error) {
    if (!(error instanceof ReadingStopped)) throw error;
    head = { ...head, failure: stoppedMessage };
  }
  return { ...told, ...head, balance, messages };
}

function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new CommandError(`${file}: không đọc được / cannot be read`);
  }
}

/** Everything that can go in goes in; with a failure nothing does. `bank`: its short name or its title. */
export async function importFile(
  context: Context,
  file: string,
  bankName: string,
  answersFile?: string,
): Promise<ImportTold> {
  const banks = new BankStore(context);
  const bank = await bankCalled(banks, bankName);
  const imports = new Imports(context, banks, { refresh: async () => undefined }, new MediaStore(context));
  const taken = await imports.take({
    bank,
    personId: null,
    name: basename(file),
    bytes: bytesOf(file),
    format: null,
    answers: answersFile === undefined ? undefined : bytesOf(answersFile),
  });
  await imports.settled(taken.id);
  const row = await imports.look(taken.uid);
  const { counts, failure } = row.report;
  const { outcomes, fates } = counts;
  const messages: Told[] = [];
  for (let after = 0; ; ) {
    const blocks = await imports.blocks.list(row.id, {}, { after, limit: 200 });
    if (blocks.length === 0) break;
    for (const { messages: said, number, outcome } of blocks)
      for (const message of JSON.parse(said)) messages.push({ ...message, block: number, outcome });
    after = blocks.at(-1)?.number ?? after;
  }
  const isWritten = failure === null && fates.new + fates.changed > 0;
  if (isWritten) {
    await imports.commit(row, {
      by: null,
      at: context.clock.now(),
      reason: row.name,
      log: { actor: 'system', address: '' },
    });
    await imports.settled(row.id);
    const { report } = await imports.look(row.uid);
    if (report.problem !== null) throw new CommandError(`${report.problem.vi} / ${report.problem.en}`);
  } else await imports.drop(row.id);
  const seen = outcomes.imported + outcomes.warned + outcomes.quarantined + outcomes.ignored;
  return {
    file,
    format: row.format,
    bank: bank.slug,
    dryRun: false,
    balance: { seen, ...outcomes },
    added: isWritten ? fates.new : 0,
    changed: isWritten ? fates.changed : 0,
    same: fates.same,
    messages,
    failure,
  };
}

/** What the questions lost on the way; the file is written. */
export async function exportFile(context: Context, bankName: string, format: string, file: string) {
  const banks = new BankStore(context);
  const bank = await bankCalled(banks, bankName);
  const written = await writeBank(context, banks, bank, format).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    throw new CommandError(`${format}: không có định dạng này / no such format`);
  });
  writeFileSync(file, written.bytes);
  return { file, format, bank: bank.slug, ...planOf(written) };
}

async function bankCalled(banks: BankStore, name: string): Promise<BankRow> {
  const wanted = name.normalize('NFC').trim().toLocaleLowerCase('vi');
  const all = await banks.list();
  const found =
    all.find(({ slug }) => slug === wanted) ??
    all.find(({ title }) => title.toLocaleLowerCase('vi') === wanted);
  if (found !== undefined) return found;
  throw new CommandError(
    `${name}: không có ngân hàng này / no such bank: ${all.map(({ slug }) => slug).join(', ')}`,
  );
}

/** For people: the balance, then each message at its place. */
export function textOf({
  balance,
  added,
  changed,
  same,
  messages,
  failure,
  format,
  dryRun,
}: ImportTold): string {
  const { seen, imported, warned, quarantined, ignored } = balance;
  const lines = [
    `${format}: ${seen} khối / blocks = ${imported} nhập / imported + ${warned} có lưu ý / with warnings + ${quarantined} chờ xử lý / quarantined + ${ignored} bỏ qua / ignored`,
    ...(dryRun ? [] : [`+${added} mới / new, ~${changed} sửa / changed, =${same} đã có / there already`]),
    ...messages
      .filter(({ severity }) => severity !== 'note')
      .map((one) => `${placeOf(one)} [${one.severity}] ${one.vi} / ${one.en}`),
    ...(failure === null ? [] : [`${placeOf(failure)} ${failure.vi} / ${failure.en}`]),
  ];
  return lines.join('\n');
}

function placeOf({ place }: Pick<Message, 'place'>): string {
  if ('paragraph' in place) return `¶${place.paragraph}`;
  if ('sheet' in place) return `${place.sheet}!${place.column ?? ''}${place.row}`;
  return `${place.line}${place.column === undefined ? '' : `:${place.column}`}`;
}
