/**
 * Makes the certificates of a batch in the background: writes down who gets one, then draws them in a thread, a few at a
 * time. Where it has come to stands in rows, so another process, or this one after a restart, goes on from there.
 */

import { contestSubject } from '../contests/store.ts';
import type { CertificateSaying } from '../contracts/certificates.ts';
import { MediaStore } from '../media/media-store.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError } from '../platform/database/door.ts';
import { CertificateNames } from './certificate-names.ts';
import { areDrawable, picturesOf } from './certificate-pictures.ts';
import { CannotDraw, CertificatePress } from './certificate-press.ts';
import type { BatchRow, CertificateRow, CertificateStore } from './certificate-store.ts';
import { boardOf, type ClosingContext } from './closing-context.ts';
import { CERTIFICATE, codeOf } from './code-rules.ts';
import type { PlacedPerson } from './snapshot-rows.ts';
import type { Snapshots } from './snapshots.ts';
import type { WinnerStore } from './winner-store.ts';

type Recipient = Pick<CertificateRow, 'personId' | 'unitId' | 'saying'>;

/** Rows written, and files drawn, between two looks at everything else. */
const ROWS = 200;
const FILES = 10;
const POLL_MS = 10_000;

interface Parts {
  readonly store: CertificateStore;
  readonly snapshots: Snapshots;
  readonly winners: WinnerStore;
}

export class CertificateMaker {
  readonly #closing: ClosingContext;
  readonly #parts: Parts;
  readonly #names: CertificateNames;
  readonly #media: MediaStore;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(closing: ClosingContext, parts: Parts) {
    this.#closing = closing;
    this.#parts = parts;
    this.#names = new CertificateNames(closing);
    this.#media = new MediaStore(closing.context);
  }

  start(): void {
    this.#timer = setInterval(() => void this.wake(), POLL_MS).unref();
    void this.wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Works until nothing is left to do here. */
  wake(): Promise<void> {
    this.#running ??= this.#work()
      .catch((error: unknown) => {
        this.#closing.context.log.error({ err: error }, 'certificates could not be made; tried again later');
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      const batch = await this.#parts.store.waiting(this.#now());
      if (batch === null) return;
      const mine = await this.#move(batch, {});
      if (mine !== null) await this.#make(mine);
    }
  }

  #now(): number {
    return this.#closing.context.clock.now();
  }

  /** Always another moment than before, so that of two makers one sees that it lost. */
  #movedAt({ movedAt }: BatchRow): number {
    return Math.max(this.#now(), movedAt + 1);
  }

  /** Null when somebody else moved it: they have it now. */
  async #move(
    batch: BatchRow,
    set: Partial<Pick<BatchRow, 'state' | 'total' | 'made'>>,
  ): Promise<BatchRow | null> {
    const movedAt = this.#movedAt(batch);
    try {
      await this.#closing.context.database.atomic(
        [this.#parts.store.moving(batch, { ...set, movedAt })],
        'low',
      );
      return { ...batch, ...set, movedAt };
    } catch (error) {
      passOver(error);
      return null;
    }
  }

  async #make(taken: BatchRow): Promise<void> {
    const gathered = taken.state === 'gathering' ? await this.#gather(taken) : taken;
    if (gathered === null) return;
    const found = await picturesOf(this.#media, gathered.design);
    if (!areDrawable(found)) return this.#stop(gathered);
    const press = new CertificatePress({ design: gathered.design, pictures: found.pictures });
    try {
      await this.#draw(gathered, press);
    } finally {
      await press.close();
    }
  }

  /** Tried again, it would end the same way: the organisers choose another picture and order anew. */
  async #stop(batch: BatchRow): Promise<void> {
    const { contests } = this.#closing;
    const whole = (await contests.list(null)).find(({ contest }) => contest.id === batch.contestId);
    const entry = {
      ...{ actor: 'system', action: 'certificates.stopped' },
      subject: whole === undefined ? `certificates:${batch.uid}` : contestSubject(whole.contest),
      details: { batch: batch.uid, made: batch.made, total: batch.total },
    };
    const stopping = this.#parts.store.moving(batch, { state: 'stopped', movedAt: this.#movedAt(batch) });
    await withAudit(this.#closing.context, entry, [stopping]).catch(passOver);
  }

  /** Writes down who gets one, from where a maker before stopped. */
  async #gather(taken: BatchRow): Promise<BatchRow | null> {
    const { store } = this.#parts;
    let batch: BatchRow | null = taken;
    const there = await store.count(taken.id);
    let number = 0;
    for await (const recipients of this.#recipients(taken)) {
      const from = number;
      number += recipients.length;
      const fresh = recipients
        .map((one, i) => ({ ...one, number: from + i + 1 }))
        .filter((one) => one.number > there);
      if (fresh.length > 0) {
        const rows = fresh.map((one) => this.#rowOf(taken, one));
        await this.#closing.context.database.atomic([await store.adding(rows)], 'low');
      }
      batch = await this.#move(batch, {});
      if (batch === null || this.#closed) return null;
    }
    return this.#move(batch, { state: 'making', total: number });
  }

  #rowOf(
    { id, createdAt }: BatchRow,
    { number, ...recipient }: Recipient & { readonly number: number },
  ): Omit<CertificateRow, 'id'> {
    const none = { madeAt: null, revokedAt: null, revokedReason: null };
    return { batchId: id, number, ...recipient, issuedAt: createdAt, ...none };
  }

  async *#recipients({ contestId, source }: BatchRow): AsyncGenerator<readonly Recipient[]> {
    const { contests } = this.#closing;
    const whole = (await contests.list(null)).find(({ contest }) => contest.id === contestId);
    if (whole === undefined) return;
    const board = boardOf(whole, source.board);
    const saying = { contest: whole.contest.title, round: board.round === null ? null : board.title };
    if (source.kind === 'winners') yield* this.#winnersOf(contestId, source.board, saying);
    else yield* this.#entrantsOf(source.board, source.minMarks, saying);
  }

  async *#winnersOf(
    contestId: number,
    board: string,
    saying: Pick<CertificateSaying, 'contest' | 'round'>,
  ): AsyncGenerator<readonly Recipient[]> {
    const list = (await this.#parts.winners.published(contestId)).find((one) => one.board === board);
    if (list === undefined) return;
    const titles = new Map(list.plan.prizes.map(({ id, title }) => [id, title]));
    const rows = await this.#parts.winners.winnersOf([list.id]);
    for (let at = 0; at < rows.length; at += ROWS)
      yield rows.slice(at, at + ROWS).map(({ personId, unitId, withinUnitId, prize, why }) => ({
        personId,
        unitId,
        saying: {
          ...saying,
          prize: titles.get(prize) ?? null,
          marks: why.marks ?? null,
          unit: this.#unitName(withinUnitId),
        },
      }));
  }

  async *#entrantsOf(
    board: string,
    minMarks: number,
    saying: Pick<CertificateSaying, 'contest' | 'round'>,
  ): AsyncGenerator<readonly Recipient[]> {
    const snapshot = await this.#parts.snapshots.newest(board);
    if (snapshot === null) return;
    for await (const people of this.#parts.snapshots.people(snapshot.id)) {
      const some = people.filter(({ marks }) => marks >= minMarks);
      for (let at = 0; at < some.length; at += ROWS)
        yield some.slice(at, at + ROWS).map(({ person, marks, unit }: PlacedPerson) => ({
          personId: person,
          unitId: null,
          saying: { ...saying, prize: null, marks, unit: this.#unitName(unit) },
        }));
    }
  }

  #unitName(id: number | null): string | null {
    return id === null ? null : (this.#closing.units.index.byId(id)?.name ?? null);
  }

  async #draw(taken: BatchRow, press: CertificatePress): Promise<void> {
    const { store } = this.#parts;
    let batch: BatchRow | null = taken;
    let after = 0;
    while (batch !== null && !this.#closed) {
      const rows: readonly CertificateRow[] = await store.unmade(batch.id, after, FILES);
      if (rows.length === 0) {
        await this.#move(batch, { state: 'done', made: batch.total });
        return;
      }
      const names = await this.#names.of(rows);
      try {
        for (const row of rows) await this.#drawOne(row, names.get(row) ?? null, press);
      } catch (error) {
        if (!(error instanceof CannotDraw)) throw error;
        this.#closing.context.log.warn({ err: error, batch: batch.uid }, 'certificates cannot be drawn');
        return this.#stop(batch);
      }
      after = rows.at(-1)?.number ?? after;
      batch = await this.#move(batch, { made: batch.made + rows.length });
    }
  }

  /** Who was erased meanwhile gets none. */
  async #drawOne(row: CertificateRow, name: string | null, press: CertificatePress): Promise<void> {
    const { context } = this.#closing;
    const code = codeOf(context.secrets, CERTIFICATE, row.id);
    const address = `${context.config.publicUrl.origin}/xac-minh/${code}`;
    const { saying, issuedAt } = row;
    const pdf = name === null ? null : await press.print({ name, saying, issuedAt, code, address });
    await context.database.atomic(this.#parts.store.keeping(row.id, pdf, this.#now()), 'low');
  }
}

/** Somebody else moved it meanwhile: they have it now. */
function passOver(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}
