/**
 * Erases personal fields when the time that a contest announced is over: of entries, and of guests altogether. A recorded
 * job in pieces, once in a cluster, that goes on where it was; results stay, without a name. After a restore it is due again.
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Accounts } from '../accounts/accounts.ts';
import type { Entries } from '../contests/entries.ts';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import { contestSubject } from '../contests/store.ts';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import { erasureDue } from './retention-rules.ts';

type Run = Tables['retentionRuns']['$inferSelect'];

const EVERY_MS = 600_000;
const PIECE = 100;

export class Retention {
  readonly #context: Context;
  readonly #accounts: Accounts;
  readonly #open: OpenContests;
  readonly #entries: Entries;
  readonly #sweeps: (() => Promise<unknown>)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: Context, accounts: Accounts, contests: { open: OpenContests; entries: Entries }) {
    this.#context = context;
    this.#accounts = accounts;
    this.#open = contests.open;
    this.#entries = contests.entries;
  }

  get #t(): Tables {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** What else has an end of its own is removed on the same round; each does its work in small pieces. */
  sweepToo(sweep: () => Promise<unknown>): void {
    this.#sweeps.push(sweep);
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), EVERY_MS).unref();
    void this.run();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Does what is due; how many contests were finished. */
  run(): Promise<number> {
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'personal fields not erased; tried again later');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #run(): Promise<number> {
    const now = this.#context.clock.now();
    let finished = 0;
    for (const contest of this.#open.contests) {
      const dueAt = erasureDue(contest);
      if (dueAt === null || dueAt > now) continue;
      const run = (await this.#runOf(contest)) ?? (await this.#begin(contest, dueAt, now));
      if (run.doneAt !== null) continue;
      await this.#goOn(contest, run);
      finished += 1;
    }
    for (const sweep of this.#sweeps) await sweep();
    return finished;
  }

  async #runOf({ id }: OpenContest): Promise<Run | null> {
    const { retentionRuns: t } = this.#t;
    const [run] = await this.#query.select().from(t).where(eq(t.contestId, id));
    return run ?? null;
  }

  async #begin(contest: OpenContest, dueAt: number, now: number): Promise<Run> {
    const run: Run = {
      contestId: contest.id,
      days: contest.settings.retentionDays ?? 0,
      dueAt,
      startedAt: now,
      cursor: 0,
      entries: 0,
      guests: 0,
      doneAt: null,
    };
    const insert = this.#query.insert(this.#t.retentionRuns).values(run).onConflictDoNothing();
    await this.#context.database.atomic([insert]);
    return (await this.#runOf(contest)) ?? run;
  }

  async #goOn(contest: OpenContest, begun: Run): Promise<void> {
    let run: Run | null = begun;
    while (run !== null && run.doneAt === null) {
      try {
        await this.#piece(contest, run);
      } catch (error) {
        // Another node made this piece.
        if (!(error instanceof ConflictError)) throw error;
      }
      run = await this.#runOf(contest);
    }
  }

  async #piece(contest: OpenContest, run: Run): Promise<void> {
    const { entries, people } = this.#t;
    const rows = await this.#query
      .select({ personId: entries.personId, guest: people.guest, erasedAt: people.erasedAt })
      .from(entries)
      .innerJoin(people, eq(people.id, entries.personId))
      .where(and(eq(entries.contestId, contest.id), gt(entries.personId, run.cursor)))
      .orderBy(asc(entries.personId))
      .limit(PIECE);
    const now = this.#context.clock.now();
    const last = rows.at(-1);
    const guests = rows.filter(({ guest, erasedAt }) => guest && erasedAt === null);
    const next: Run = {
      ...run,
      cursor: last?.personId ?? run.cursor,
      entries: run.entries + rows.length,
      guests: run.guests + guests.length,
      doneAt: rows.length < PIECE ? now : null,
    };
    const statements = [this.#moving(run, next), ...this.#erasing(contest, rows, guests, now)];
    if (next.doneAt === null) await this.#context.database.atomic(statements, 'low');
    else await this.#finish(contest, next, statements);
    for (const { personId } of rows) this.#entries.changed(contest.id, personId);
    for (const { personId } of guests) this.#accounts.sessions.tellPerson(personId);
  }

  /** Only from where it stood: the loser of a race does nothing. */
  #moving(run: Run, next: Run): Statement {
    const { retentionRuns: t } = this.#t;
    const { cursor, entries, guests, doneAt } = next;
    return expecting(
      1,
      this.#query
        .update(t)
        .set({ cursor, entries, guests, doneAt })
        .where(and(eq(t.contestId, run.contestId), eq(t.cursor, run.cursor), eq(t.entries, run.entries))),
    );
  }

  #erasing(
    { id }: OpenContest,
    rows: readonly { readonly personId: number }[],
    guests: readonly { readonly personId: number }[],
    now: number,
  ): Statement[] {
    const { entries } = this.#t;
    const fields = rows.map(({ personId }) =>
      compile(
        this.#query
          .update(entries)
          .set({ group: null, fields: {}, device: null, network: null })
          .where(and(eq(entries.contestId, id), eq(entries.personId, personId))),
      ),
    );
    const people = guests.flatMap(({ personId }) =>
      this.#accounts.personalData.erasing(personId, now).map((statement) => compile(statement)),
    );
    return [...fields, ...people];
  }

  async #finish(contest: OpenContest, run: Run, statements: readonly Statement[]): Promise<void> {
    const { days, entries, guests } = run;
    const entry = {
      ...{ actor: 'system', action: 'contest.dataErased', subject: contestSubject(contest) },
      details: { days, entries, guests },
    };
    await withAudit(this.#context, entry, statements);
  }
}
