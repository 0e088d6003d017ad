/**
 * The way of a file into a bank: read in a thread, kept as a preview for whoever brought it, mended, committed in one go, and
 * undone while nothing uses it. Work under way belongs to a state of the import's row; what a stopped server left behind is
 * put right by whoever looks at it next.
 */
import type { Json } from '../../../questions/question.ts';
import type { Context } from '../../context.ts';
import type { MediaStore } from '../../media/media-store.ts';
import { ConflictError } from '../../platform/database/door.ts';
import { AppError, codeOf, messagesOf } from '../../platform/errors.ts';
import type { BankPools } from '../pool.ts';
import { type Authorship, type BankRow, type BankStore, bankTopic } from '../store.ts';
import { BlockStore } from './block-store.ts';
import { Commits, type Written } from './committing.ts';
import { Matching } from './matching.ts';
import { type Handed, ReadingStopped, readInThread, stoppedMessage } from './reading-thread.ts';
import type { ReadingHead } from './reading-worker.ts';
import { signatureOf, withSheetsOf } from './remembered-mappings.ts';
import { type ImportRow, ImportStore, NO_REPORT, type Report } from './store.ts';
import { useOf } from './uses.ts';

type ImportsContext = Pick<Context, 'database' | 'keys' | 'clock' | 'log' | 'announcer' | 'secrets'>;

/** Work that has not moved for so long belongs to a server that stopped. */
const STALE_MS = 60_000;
/** Previews that nobody touches are dropped after so long. */
const KEPT_MS = 14 * 24 * 3_600_000;
/** Previews of one person; the oldest ones go. */
const PREVIEWS_MOST = 10;
const READINGS_MOST = 2;
/** Blocks that are written in one go: their content is parsed on the main thread. */
const PIECE = 20;

export interface Upload {
  readonly bank: BankRow;
  /** Null: the command line. */
  readonly personId: number | null;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Null: by its content. */
  readonly format: string | null;
  /** Another file with the answers. */
  readonly answers?: Uint8Array | undefined;
}

export class Imports {
  readonly blocks: BlockStore;
  readonly store: ImportStore;
  readonly #context: ImportsContext;
  readonly #banks: BankStore;
  readonly #pools: Pick<BankPools, 'refresh'>;
  readonly #media: MediaStore;
  readonly #commits: Commits;
  readonly #stopping = new AbortController();
  /** Import → its work under way in this process. */
  readonly #working = new Map<number, Promise<void>>();
  #readings = 0;

  constructor(
    context: ImportsContext,
    banks: BankStore,
    pools: Pick<BankPools, 'refresh'>,
    media: MediaStore,
  ) {
    this.#context = context;
    this.#banks = banks;
    this.#pools = pools;
    this.#media = media;
    this.store = new ImportStore(context);
    this.blocks = new BlockStore(context);
    this.#commits = new Commits(context, banks);
  }

  /** Files that are being read here. */
  get readings(): number {
    return this.#readings;
  }

  /** Stops reading; what was under way is put right at the next start. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#working.values());
  }

  /** Starts reading; throws `busy` when too many files are being read. */
  async take({ bytes, answers, ...upload }: Upload): Promise<ImportRow> {
    if (this.#readings >= READINGS_MOST) throw new AppError('busy');
    await this.#tidy(upload.personId);
    const row = await this.store.create({
      ...upload,
      bankId: upload.bank.id,
      bytes: bytes.length,
      format: upload.format ?? '',
    });
    this.#start(row.id, async () => {
      if (answers !== undefined) await this.store.keepAnswers(row.id, answers);
      await this.#read(row, [ownBytes(bytes)], null, true);
    });
    return row;
  }

  /** Reads the same file again, as a person decided; the answers that were given before are read with it, or these. */
  async readAgain(
    row: ImportRow,
    format: string | null,
    settings: Json | null,
    answers: Uint8Array | null = null,
  ): Promise<void> {
    if (this.#readings >= READINGS_MOST) throw new AppError('busy');
    const signature = signatureOf(format ?? row.format, row.report.settings);
    if (signature !== null && settings !== null) await this.store.rememberMapping(signature, settings);
    const pieces = await this.store.file(row.id);
    if (!(await this.store.move(row.id, ['ready'], 'reading'))) throw new AppError('conflict');
    this.#start(row.id, async () => {
      await this.blocks.drop(row.id);
      if (answers !== null) await this.store.keepAnswers(row.id, answers);
      await this.#read({ ...row, format: format ?? '' }, pieces, settings, false);
    });
  }

  /** Resolves when nothing is under way for this import here. */
  async settled(id: number): Promise<void> {
    await this.#working.get(id);
  }

  /** The import as it stands; work that died with its server is given up. Throws `notFound`. */
  async look(uid: string): Promise<ImportRow> {
    const row = await this.store.byUid(uid);
    const isUnderWay = row.state === 'reading' || row.state === 'committing' || row.state === 'undoing';
    const isDead = !this.#working.has(row.id) && row.movedAt < this.#context.clock.now() - STALE_MS;
    if (!isUnderWay || !isDead) return row;
    await this.#giveUp(row);
    return this.store.byUid(uid);
  }

  async #giveUp(row: ImportRow): Promise<void> {
    if (row.state === 'reading') await this.#failReading(row.id, row.report);
    else if (row.state === 'undoing' && row.undoneAt === null)
      await this.store.move(row.id, ['undoing'], 'committed');
    else {
      await this.#commits.discard(row.id);
      await this.store.move(row.id, [row.state], 'ready');
    }
  }

  #start(id: number, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.#context.log.error({ err: error, import: id }, 'an import failed'))
      .finally(() => this.#working.delete(id));
    this.#working.set(id, done);
  }

  async #read(
    row: ImportRow,
    pieces: readonly Uint8Array[],
    settings: Json | null,
    isNew: boolean,
  ): Promise<void> {
    this.#readings += 1;
    try {
      const matching = new Matching(this.#context.database, this.#banks, row.bankId);
      const format = row.format === '' ? null : row.format;
      let report: Report = NO_REPORT;
      const answers = await this.store.answers(row.id);
      const task = { pieces, name: row.name, format, settings, isNew, answers };
      await readInThread(
        task,
        {
          progress: (share) => this.#progress(row.id, share),
          take: async (news) => {
            if (news.is === 'head') report = await this.#head(row, news.head);
            else await this.#took(row.id, news, matching);
          },
        },
        this.#stopping.signal,
      );
      await this.#ready(row.id, report);
      if (settings === null) await this.#applyRemembered(row, report);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      await this.#failReading(row.id, NO_REPORT);
      if (!(error instanceof ReadingStopped)) throw error;
    } finally {
      this.#readings -= 1;
    }
  }

  /** Tables with these titles were mapped by somebody before: their word counts more than our guess. */
  async #applyRemembered(row: ImportRow, report: Report): Promise<void> {
    const { format } = await this.store.byId(row.id);
    const signature = signatureOf(format, report.settings);
    const mapping = signature === null ? null : await this.store.mapping(signature);
    const remembered = mapping === null ? null : withSheetsOf(mapping, report.settings);
    if (remembered === null || JSON.stringify(remembered) === JSON.stringify(report.settings)) return;
    await this.blocks.drop(row.id);
    await this.store.move(row.id, ['ready'], 'reading');
    const pieces = await this.store.file(row.id);
    await this.#read({ ...row, format }, pieces, remembered, false);
  }

  async #head(row: ImportRow, head: ReadingHead): Promise<Report> {
    await this.store.set(row.id, { hash: head.hash, format: head.format });
    const sameFileAt = await this.store.committedBefore(row.bankId, head.hash);
    const { messages, failure, settings } = head;
    return { ...NO_REPORT, messages, failure, settings, sameFileAt };
  }

  async #took(id: number, news: Exclude<Handed, { is: 'head' }>, matching: Matching): Promise<void> {
    if (news.is === 'file') await this.store.keepFile(id, news.number, news.data);
    else if (news.is === 'picture') await this.#media.keep(news, this.#context.clock.now());
    else await this.blocks.add(id, await matching.match(news.rows));
  }

  readonly #told = new Map<number, number>();

  /** Written down about once a second. */
  #progress(id: number, share: number): void {
    const now = performance.now();
    if (now - (this.#told.get(id) ?? 0) < 700) return;
    this.#told.set(id, now);
    this.store.set(id, { progress: Math.min(999, Math.round(share * 1000)) }).catch((error: unknown) => {
      this.#context.log.warn({ err: error, import: id }, 'progress not written');
    });
  }

  async #ready(id: number, report: Report): Promise<void> {
    this.#told.delete(id);
    await this.store.set(id, { report: JSON.stringify({ ...report, counts: await this.blocks.count(id) }) });
    await this.store.move(id, ['reading'], 'ready');
  }

  async #failReading(id: number, report: Report): Promise<void> {
    await this.#ready(id, { ...report, failure: stoppedMessage });
  }

  /** After blocks were changed. */
  async recount(row: ImportRow): Promise<void> {
    const { report } = await this.store.byId(row.id);
    await this.store.set(row.id, {
      report: JSON.stringify({ ...report, counts: await this.blocks.count(row.id) }),
    });
  }

  /** Everything that can go in goes in, or nothing; goes on after this has resolved. Throws `imports.nothing`, `conflict`. */
  async commit(row: ImportRow, author: Authorship): Promise<void> {
    const { fates } = row.report.counts;
    if (row.state !== 'ready') throw new AppError('conflict');
    if (fates.new + fates.changed === 0) throw new AppError('imports.nothing');
    if (!(await this.store.move(row.id, ['ready'], 'committing'))) throw new AppError('conflict');
    this.#start(row.id, async () => {
      try {
        await this.#write(row, author, fates.new + fates.changed);
      } catch (error) {
        await this.#backToReady(row, error);
      }
    });
  }

  async #write(row: ImportRow, author: Authorship, total: number): Promise<void> {
    await this.#commits.discard(row.id);
    let written: Written = { added: 0, changed: 0 };
    for (const fate of ['new', 'changed'] as const) {
      const numbers = await this.blocks.numbers(row.id, { fate });
      for (let from = 0; from < numbers.length; from += PIECE) {
        if (this.#stopping.signal.aborted) throw new ReadingStopped('the server stops');
        const piece = numbers.slice(from, from + PIECE);
        const blocks = await this.blocks.list(row.id, { numbers: piece }, { after: 0, limit: PIECE });
        const { added, changed } = await this.#commits.stage(row.id, blocks, author);
        written = { added: written.added + added, changed: written.changed + changed };
        this.#progress(row.id, (written.added + written.changed) / total);
      }
    }
    const bank = await this.#banks.byId(row.bankId);
    await this.#commits.reveal(
      row,
      written,
      author,
      this.#entry(bank, row, 'questions.imported', written, author),
    );
    await this.#changed(bank);
  }

  async #backToReady(row: ImportRow, error: unknown): Promise<void> {
    await this.#commits.discard(row.id);
    const problem =
      error instanceof ConflictError ? messagesOf('imports.changed') : messagesOf(codeOf(error));
    await this.store.set(row.id, { report: JSON.stringify({ ...row.report, problem }) });
    await this.store.move(row.id, ['committing'], 'ready');
    if (!(error instanceof ConflictError)) throw error;
  }

  /** Takes a committed import out again and leaves its preview. Throws `imports.used` while something uses it. */
  async undo(row: ImportRow, author: Authorship): Promise<void> {
    if (row.state !== 'committed') throw new AppError('conflict');
    const use = await useOf(this.#context, row);
    if (use !== null) throw new AppError('imports.used', { facts: { use } });
    if (!(await this.store.move(row.id, ['committed'], 'undoing'))) throw new AppError('conflict');
    const written = await this.#commits.written(row.id);
    const bank = await this.#banks.byId(row.bankId);
    try {
      await this.#commits.hide(
        row,
        written,
        author,
        this.#entry(bank, row, 'questions.importUndone', written, author),
      );
    } catch (error) {
      await this.store.move(row.id, ['undoing'], 'committed');
      throw error instanceof ConflictError
        ? new AppError('imports.used', { facts: { use: 'edited' } })
        : error;
    }
    await this.#changed(bank);
    this.#start(row.id, async () => {
      await this.#commits.discard(row.id);
      await this.#matchAgain(row);
      await this.store.set(row.id, {
        report: JSON.stringify({ ...row.report, problem: null, counts: await this.blocks.count(row.id) }),
      });
      await this.store.move(row.id, ['undoing'], 'ready');
    });
  }

  /** What is new and what is changed, now that the bank is another one. */
  async #matchAgain(row: ImportRow): Promise<void> {
    const matching = new Matching(this.#context.database, this.#banks, row.bankId);
    for (let after = 0; ; ) {
      const blocks = await this.blocks.list(row.id, {}, { after, limit: PIECE });
      if (blocks.length === 0) return;
      const rows = await matching.match(blocks.map((block) => this.blocks.asRow(block)));
      await this.blocks.writeMatches(row.id, rows);
      after = blocks.at(-1)?.number ?? after;
    }
  }

  matching(row: ImportRow): Matching {
    return new Matching(this.#context.database, this.#banks, row.bankId);
  }

  async #changed(bank: BankRow): Promise<void> {
    this.#context.announcer.announce(bankTopic(bank.id));
    await this.#pools.refresh(bank.uid);
  }

  #entry(
    bank: BankRow,
    row: ImportRow,
    action: string,
    { added, changed }: Written,
    { log, reason }: Authorship,
  ) {
    return {
      actor: log?.actor ?? 'system',
      address: log?.address ?? null,
      reason,
      action,
      subject: `bank:${bank.uid}`,
      details: { import: row.uid, added, changed },
    };
  }

  /** Previews that nobody wants any more. */
  async #tidy(personId: number | null): Promise<void> {
    const forgotten = await this.store.forgotten(this.#context.clock.now() - KEPT_MS);
    const own = personId === null ? [] : (await this.store.openOf(personId)).slice(PREVIEWS_MOST - 1);
    for (const { id } of [...forgotten, ...own]) if (!this.#working.has(id)) await this.drop(id);
  }

  async drop(id: number): Promise<void> {
    await this.blocks.drop(id);
    await this.store.drop(id);
  }
}

/** Bytes in a buffer of their own, which can be given to a thread. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}
