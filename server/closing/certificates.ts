/** The organisers' commands over certificates, and what whoever holds one may see. */
import { contestSubject, type WholeContest } from '../contests/store.ts';
import {
  type BatchCard,
  type BatchView,
  CERTIFICATES_A_PART,
  type CertificateDesign,
  type CertificatesView,
  type OrderBatch,
  type SaveDesign,
  type Verification,
} from '../contracts/certificates.ts';
import { MediaStore } from '../media/media-store.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { Lane } from '../platform/lane.ts';
import { uidAt } from '../platform/uid.ts';
import type { CertificateMaker } from './certificate-maker.ts';
import { CertificateNames, shownOr } from './certificate-names.ts';
import { areDrawable, type DesignPictures, picturesOf } from './certificate-pictures.ts';
import { CannotDraw, CertificatePress } from './certificate-press.ts';
import { cleanDesign, designProblems, SAMPLE } from './certificate-rules.ts';
import {
  ABANDONED_MS,
  type BatchRow,
  type BatchState,
  type CertificateRow,
  type CertificateStore,
} from './certificate-store.ts';
import type { CertificateOrder } from './certificate-worker.ts';
import { type By, boardOf, type ClosingContext, ownContest } from './closing-context.ts';
import { CERTIFICATE, codeOf, idOf } from './code-rules.ts';
import type { Snapshots } from './snapshots.ts';
import type { WinnerStore } from './winner-store.ts';

const PAGE = 100;
/** Samples: each takes a thread of its own. */
const previews = new Lane(1, 5);
const STATES: readonly BatchState[] = ['gathering', 'making', 'done', 'stopped'];

interface Parts {
  readonly store: CertificateStore;
  readonly maker: CertificateMaker;
  readonly snapshots: Snapshots;
  readonly winners: WinnerStore;
}

export class Certificates {
  readonly #closing: ClosingContext;
  readonly #parts: Parts;
  readonly #names: CertificateNames;
  readonly #media: MediaStore;

  constructor(closing: ClosingContext, parts: Parts) {
    this.#closing = closing;
    this.#parts = parts;
    this.#names = new CertificateNames(closing);
    this.#media = new MediaStore(closing.context);
  }

  async view(contest: string, by: By): Promise<CertificatesView> {
    return this.#view(await ownContest(this.#closing, contest, by.who));
  }

  async #view({ contest }: WholeContest): Promise<CertificatesView> {
    const { store } = this.#parts;
    const [designs, batches] = await Promise.all([store.designs(contest.id), store.batches(contest.id)]);
    return {
      designs: designs.map(({ uid, version, design }) => ({ id: uid, version, design })),
      batches: batches.map(presentBatch),
    };
  }

  /** Throws `request.invalid` with each place, `notFound`, `conflict`. */
  async saveDesign(
    contest: string,
    { id, expectedVersion, design: given }: SaveDesign,
    by: By,
  ): Promise<CertificatesView> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const design = cleanDesign(given);
    await this.#demandDrawable(design, 'design.');
    const write = await this.#designWrite(whole, id, expectedVersion, design, by.now);
    await this.#audited(whole, 'certificates.designed', { design: design.name }, undefined, [write], by);
    return this.#view(whole);
  }

  async #designWrite(
    { contest }: WholeContest,
    uid: string | null,
    expected: number,
    design: CertificateDesign,
    now: number,
  ): Promise<Statement> {
    const { store } = this.#parts;
    if (uid === null) return store.addDesign(contest.id, uidAt(now), design, now);
    const known = (await store.designs(contest.id)).find((row) => row.uid === uid);
    if (known === undefined) throw new AppError('notFound');
    if (known.version !== expected) throw new AppError('conflict', { facts: { version: known.version } });
    return store.changeDesign(known, design, now);
  }

  async #demandDrawable(design: CertificateDesign, path: string): Promise<DesignPictures> {
    const found = await picturesOf(this.#media, design);
    const errors = designProblems(design, found.states, path);
    if (errors.length > 0) throw new AppError('request.invalid', { errors });
    return found;
  }

  /** A certificate of nobody, as a PDF. Throws `busy`. */
  async preview(contest: string, given: CertificateDesign, by: By): Promise<Uint8Array> {
    await ownContest(this.#closing, contest, by.who);
    const design = cleanDesign(given);
    const { pictures } = await this.#demandDrawable(design, '');
    return previews.run(() => this.#sample({ design, pictures }, by.now));
  }

  async #sample(order: CertificateOrder, now: number): Promise<Uint8Array> {
    const press = new CertificatePress(order);
    const address = `${this.#closing.context.config.publicUrl.origin}/xac-minh/${SAMPLE.code}`;
    try {
      return await press.print({ ...SAMPLE, issuedAt: now, address });
    } catch (error) {
      throw error instanceof CannotDraw ? new AppError('certificates.unreadable') : error;
    } finally {
      await press.close();
    }
  }

  /** Orders certificates for winners or entrants; the same order twice is once. Throws `closing.notYet`, `certificates.unreadable`, `notFound`. */
  async order(
    contest: string,
    { id, design: uid, source, reason }: OrderBatch,
    by: By,
  ): Promise<CertificatesView> {
    const { store, maker } = this.#parts;
    const whole = await ownContest(this.#closing, contest, by.who);
    const known = await store.batchByUid(id);
    if (known !== null) {
      if (known.contestId !== whole.contest.id) throw new AppError('conflict');
      return this.#view(whole);
    }
    boardOf(whole, source.board);
    const design = (await store.designs(whole.contest.id)).find((row) => row.uid === uid);
    if (design === undefined) throw new AppError('notFound');
    if (!(await this.#hasRecipients(whole, source))) throw new AppError('closing.notYet');
    // A picture that was taken in before pictures were looked through.
    if (!areDrawable(await picturesOf(this.#media, design.design)))
      throw new AppError('certificates.unreadable');
    const statement = await store.addBatch({
      uid: id,
      contestId: whole.contest.id,
      design: design.design,
      source,
      state: 'gathering',
      total: 0,
      made: 0,
      // As if long abandoned: whoever looks first takes it.
      movedAt: by.now - ABANDONED_MS - 1,
      createdAt: by.now,
      createdBy: by.who.uid,
    });
    await this.#audited(whole, 'certificates.ordered', { batch: id, ...source }, reason, [statement], by);
    void maker.wake();
    return this.#view(whole);
  }

  async #hasRecipients({ contest }: WholeContest, { kind, board }: OrderBatch['source']): Promise<boolean> {
    if (kind === 'entrants') return (await this.#parts.snapshots.newest(board)) !== null;
    return (await this.#parts.winners.published(contest.id)).some((list) => list.board === board);
  }

  async batch(contest: string, uid: string, offset: number, by: By): Promise<BatchView> {
    const batch = await this.#own(contest, uid, by);
    const rows = await this.#parts.store.page(batch.id, offset, PAGE);
    const names = await this.#names.of(rows);
    return {
      batch: presentBatch(batch),
      offset,
      lines: rows.map((row) => ({
        code: this.#code(row),
        number: row.number,
        name: shownOr(names.get(row)),
        prize: row.saying.prize,
        made: row.madeAt !== null,
        revokedAt: row.revokedAt,
      })),
    };
  }

  /** Files of a part of a batch that are made, one after another, with names for a folder; parts are counted from 1. */
  async *files(
    batch: BatchRow,
    part: number,
  ): AsyncGenerator<{ readonly number: number; readonly name: string; readonly pdf: Buffer }> {
    const { store } = this.#parts;
    const end = part * CERTIFICATES_A_PART;
    for (let offset = end - CERTIFICATES_A_PART; offset < end; ) {
      const rows = await store.page(batch.id, offset, Math.min(PAGE, end - offset));
      if (rows.length === 0) return;
      const names = await this.#names.of(rows);
      for (const row of rows) {
        offset = row.number;
        const pdf = await store.file(row.id);
        if (pdf !== null) yield { number: row.number, name: shownOr(names.get(row)), pdf };
      }
    }
  }

  /** For `files`; taking all along is logged. */
  async takeAlong(contest: string, uid: string, part: number, by: By): Promise<BatchRow> {
    const batch = await this.#own(contest, uid, by);
    const whole = await ownContest(this.#closing, contest, by.who);
    await this.#audited(whole, 'certificates.downloaded', { batch: uid, part }, undefined, [], by);
    return batch;
  }

  async #own(contest: string, uid: string, by: By): Promise<BatchRow> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const batch = await this.#parts.store.batchByUid(uid);
    if (batch === null || batch.contestId !== whole.contest.id) throw new AppError('notFound');
    return batch;
  }

  /** Takes a certificate back; twice is once. */
  async revoke(contest: string, code: string, reason: string, by: By): Promise<Verification> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const { row, batch } = await this.#byCode(code);
    if (batch.contestId !== whole.contest.id) throw new AppError('notFound');
    if (row.revokedAt === null) {
      const statement = this.#parts.store.revoking(row.id, reason, by.now);
      await this.#audited(whole, 'certificates.revoked', { code }, reason, [statement], by);
    }
    return this.verify(code);
  }

  /** What a certificate says, for whoever holds it. Throws `notFound` for a code that was not made here. */
  async verify(code: string): Promise<Verification> {
    const { row, batch } = await this.#byCode(code);
    const names = await this.#names.of([row]);
    const name = names.get(row) ?? null;
    const { contest, round, prize, marks, unit } = row.saying;
    return {
      code: this.#code(row),
      number: row.number,
      name: shownOr(name),
      unit,
      contest,
      round,
      prize,
      marks,
      issuer: batch.design.issuer,
      issuedAt: row.issuedAt,
      revokedAt: row.revokedAt,
      revokedReason: row.revokedReason,
      hasFile: row.madeAt !== null && row.revokedAt === null && name !== null,
    };
  }

  /** Throws `notFound` when there is none, or not yet, or not any more. */
  async file(code: string): Promise<Buffer> {
    const { row } = await this.#byCode(code);
    const pdf = row.revokedAt === null ? await this.#parts.store.file(row.id) : null;
    if (pdf === null) throw new AppError('notFound');
    return pdf;
  }

  async #byCode(code: string): Promise<{ readonly row: CertificateRow; readonly batch: BatchRow }> {
    const { store } = this.#parts;
    const id = idOf(this.#closing.context.secrets, CERTIFICATE, code);
    const row = id === null ? null : await store.byId(id);
    const batch = row === null ? null : await store.batchById(row.batchId);
    if (row === null || batch === null) throw new AppError('notFound');
    return { row, batch };
  }

  #code({ id }: CertificateRow): string {
    return codeOf(this.#closing.context.secrets, CERTIFICATE, id);
  }

  async #audited(
    { contest }: WholeContest,
    action: string,
    details: Readonly<Record<string, unknown>>,
    reason: string | undefined,
    statements: readonly Statement[],
    { who, address }: By,
  ): Promise<void> {
    const entry = {
      actor: who.uid,
      action,
      subject: contestSubject(contest),
      reason: reason ?? null,
      details,
      address,
    };
    await withAudit(this.#closing.context, entry, statements).catch((error: unknown) => {
      if (error instanceof ConflictError) throw new AppError('conflict');
      throw error;
    });
  }
}

function presentBatch({ uid, design, source, state, total, made, createdAt }: BatchRow): BatchCard {
  return {
    id: uid,
    design: design.name,
    board: source.board,
    kind: source.kind,
    state: STATES.find((one) => one === state) ?? 'stopped',
    total,
    made,
    parts: Math.max(1, Math.ceil(total / CERTIFICATES_A_PART)),
    createdAt,
  };
}
