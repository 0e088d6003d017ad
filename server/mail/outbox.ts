/**
 * Letters and pushes as rows: written together with what they tell of, taken by one node at a time, tried again after a
 * crash. A letter may arrive twice when a node dies between sending and writing so (its Message-ID is the same); never not.
 */
import { and, asc, count, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Audience, Letter, LetterFile } from '../contracts/letters.ts';
import { compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import { uidAt } from '../platform/uid.ts';

export type MailingRow = Tables['mailings']['$inferSelect'];
export type DeliveryRow = Tables['deliveries']['$inferSelect'];
export type Channel = 'mail' | 'push';

export const DeliveryState = { waiting: 1, sent: 2, givenUp: 3, dropped: 4 } as const;

/** What one delivery came to. */
export type DeliveryEnd =
  | {
      readonly state: (typeof DeliveryState)['sent' | 'givenUp' | 'dropped'];
      readonly problem: string | null;
    }
  | { readonly again: number; readonly tries: number; readonly problem: string };

export interface NewMailing {
  /** Chosen by who asks, so that asking twice is one mailing. */
  readonly uid?: string;
  /** Natural key of what is sent of itself. */
  readonly key?: string;
  readonly purpose: string;
  readonly contestId?: number | null;
  readonly roundId?: number | null;
  readonly letter: Letter;
  readonly files?: readonly LetterFile[];
  /** uid, or "system". */
  readonly by: string;
}

/** While a node sends it, nobody else tries; then it is thought dead. */
const LEASE_MS = 5 * 60_000;
/** Letters to single addresses stand before those of mailings to many. */
const AHEAD_MS = 86_400_000;

type OutboxContext = Pick<Context, 'database' | 'keys' | 'clock' | 'secrets'>;

export class Outbox {
  readonly #context: OutboxContext;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  get #t(): Tables {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** Statements that queue a letter to addresses; a key or uid that is there already is a ConflictError. */
  async toAddresses(mailing: NewMailing, addresses: readonly string[]): Promise<readonly Statement[]> {
    const now = this.#context.clock.now();
    const { row, statement } = await this.#mailing(mailing, null, 'sending', now);
    const unique = [...new Set(addresses.map((address) => address.trim().toLowerCase()))];
    const deliveries = await Promise.all(
      unique.map(async (address) => ({
        id: await this.#context.keys.next('deliveries'),
        mailingId: row.id,
        channel: 'mail',
        addressCipher: this.#context.secrets.encrypt('email', address),
        addressHash: this.addressHash(address),
        state: DeliveryState.waiting,
        tries: 0,
        nextAt: now - AHEAD_MS,
      })),
    );
    const insert = compile(this.#query.insert(this.#t.deliveries).values(deliveries));
    return deliveries.length === 0 ? [statement] : [statement, insert];
  }

  /** Statement that begins a mailing to many, whose deliveries are made piece by piece. */
  async toAudience(mailing: NewMailing, audience: Audience): Promise<Statement> {
    return (await this.#mailing(mailing, audience, 'filling', this.#context.clock.now())).statement;
  }

  async #mailing(mailing: NewMailing, audience: Audience | null, state: MailingRow['state'], now: number) {
    const row: MailingRow = {
      id: await this.#context.keys.next('mailings'),
      uid: mailing.uid ?? uidAt(now),
      key: mailing.key ?? null,
      purpose: mailing.purpose,
      contestId: mailing.contestId ?? null,
      roundId: mailing.roundId ?? null,
      audience,
      letter: mailing.letter,
      files: mailing.files ?? null,
      state,
      cursor: 0,
      createdBy: mailing.by,
      createdAt: now,
      doneAt: null,
    };
    return { row, statement: compile(this.#query.insert(this.#t.mailings).values(row)) };
  }

  addressHash(address: string): string {
    return this.#context.secrets.hash('email', address);
  }

  /** One piece of a mailing to many: deliveries for these people, and how far it has come. A race lost is a ConflictError. */
  async fill(
    mailing: MailingRow,
    people: readonly { readonly personId: number; readonly channel: Channel }[],
    upTo: { readonly cursor: number; readonly last: boolean },
  ): Promise<void> {
    const { deliveries, mailings } = this.#t;
    const nextAt = this.#context.clock.now();
    const { keys } = this.#context;
    const rows = [];
    for (const one of people)
      rows.push({
        id: await keys.next('deliveries'),
        mailingId: mailing.id,
        ...one,
        state: DeliveryState.waiting,
        tries: 0,
        nextAt,
      });
    const move = this.#query
      .update(mailings)
      .set({ cursor: upTo.cursor, state: upTo.last ? 'sending' : 'filling' })
      .where(
        and(eq(mailings.id, mailing.id), eq(mailings.cursor, mailing.cursor), eq(mailings.state, 'filling')),
      );
    const insert =
      rows.length === 0 ? [] : [this.#query.insert(deliveries).values(rows).onConflictDoNothing()];
    await this.#context.database.atomic([expecting(1, move), ...insert], 'low');
  }

  async inState(state: 'filling' | 'sending'): Promise<readonly MailingRow[]> {
    const { mailings } = this.#t;
    return this.#query
      .select()
      .from(mailings)
      .where(eq(mailings.state, state))
      .orderBy(asc(mailings.id))
      .limit(50);
  }

  async byIds(ids: readonly number[]): Promise<ReadonlyMap<number, MailingRow>> {
    const { mailings } = this.#t;
    const rows = await this.#query
      .select()
      .from(mailings)
      .where(inArray(mailings.id, [...ids]));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Takes up to `most` that are due, as many of them as `allows` one after another: whoever moves the row on sends it. */
  async take(
    channels: readonly Channel[],
    most: number,
    allows: () => boolean = () => true,
  ): Promise<readonly DeliveryRow[]> {
    const { deliveries: d } = this.#t;
    const now = this.#context.clock.now();
    const isDue = and(
      eq(d.state, DeliveryState.waiting),
      lte(d.nextAt, now),
      inArray(d.channel, [...channels]),
    );
    const due = await this.#query
      .select({ id: d.id })
      .from(d)
      .where(isDue)
      .orderBy(asc(d.nextAt))
      .limit(most);
    const ids = due.filter(allows).map(({ id }) => id);
    if (ids.length === 0) return [];
    const take = this.#query
      .update(d)
      .set({ nextAt: now + LEASE_MS, tries: sql`${d.tries} + 1` })
      .where(and(inArray(d.id, ids), isDue))
      .returning({ id: d.id });
    const [taken] = await this.#context.database.atomic([take], 'low');
    const mine = taken.rows.map(({ id }) => Number(id));
    if (mine.length === 0) return [];
    return this.#query.select().from(d).where(inArray(d.id, mine));
  }

  async end(delivery: DeliveryRow, how: DeliveryEnd): Promise<void> {
    const { deliveries } = this.#t;
    const set =
      'state' in how
        ? { state: how.state, problem: how.problem, endedAt: this.#context.clock.now(), addressCipher: null }
        : { nextAt: how.again, tries: how.tries, problem: how.problem };
    const statement = this.#query
      .update(deliveries)
      .set(set)
      .where(and(eq(deliveries.id, delivery.id), eq(deliveries.state, DeliveryState.waiting)));
    await this.#context.database.atomic([statement], 'low');
  }

  /** Mailings with nothing left to send are done; their files are let go. */
  async finish(mailing: MailingRow): Promise<void> {
    const { mailings, deliveries } = this.#t;
    const waits = await this.#query
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(eq(deliveries.mailingId, mailing.id), eq(deliveries.state, DeliveryState.waiting)))
      .limit(1);
    if (waits.length > 0) return;
    const done = this.#query
      .update(mailings)
      .set({ state: 'done', doneAt: this.#context.clock.now(), files: null })
      .where(and(eq(mailings.id, mailing.id), eq(mailings.state, 'sending')));
    await this.#context.database.atomic([done], 'low');
  }

  /** Statements that stop a mailing: what has not gone stays here. */
  cancelling(mailing: MailingRow): readonly Statement[] {
    const { mailings, deliveries } = this.#t;
    const now = this.#context.clock.now();
    const stop = this.#query
      .update(mailings)
      .set({ state: 'cancelled', doneAt: now })
      .where(and(eq(mailings.id, mailing.id), inArray(mailings.state, ['filling', 'sending'])));
    const drop = this.#query
      .update(deliveries)
      .set({ state: DeliveryState.dropped, problem: 'cancelled', endedAt: now })
      .where(and(eq(deliveries.mailingId, mailing.id), eq(deliveries.state, DeliveryState.waiting)));
    return [expecting(1, stop), compile(drop)];
  }

  /** How its deliveries stand: by channel and state. Counted in an index, outside the main thread. */
  async counts(mailingId: number): Promise<ReadonlyMap<string, number>> {
    const { deliveries: d } = this.#t;
    const query = this.#query
      .select({ channel: d.channel, state: d.state, n: count() })
      .from(d)
      .where(eq(d.mailingId, mailingId))
      .groupBy(d.channel, d.state);
    const found = new Map<string, number>();
    for await (const rows of this.#context.database.scan(query))
      for (const [channel, state, n] of rows) found.set(`${String(channel)}:${Number(state)}`, Number(n));
    return found;
  }

  async isRefused(addressHash: string, purpose: string): Promise<boolean> {
    const { mailRefusals: t } = this.#t;
    const rows = await this.#query
      .select({ at: t.at })
      .from(t)
      .where(and(eq(t.addressHash, addressHash), eq(t.purpose, purpose)));
    return rows.length > 0;
  }

  /** Remembers, or forgets, that an address wants no letters of a purpose. */
  async refuse(addressHash: string, purpose: string, refused: boolean): Promise<void> {
    const { mailRefusals: t } = this.#t;
    const at = this.#context.clock.now();
    const statement = refused
      ? this.#query.insert(t).values({ addressHash, purpose, at }).onConflictDoNothing()
      : this.#query.delete(t).where(and(eq(t.addressHash, addressHash), eq(t.purpose, purpose)));
    await this.#context.database.atomic([statement]);
  }

  /** The address of a person who has not been erased; null when there is none. */
  async addressOf(personId: number): Promise<string | null> {
    const { people } = this.#t;
    const [row] = await this.#query
      .select({ cipher: people.emailCipher })
      .from(people)
      .where(and(eq(people.id, personId), isNull(people.erasedAt)));
    return row?.cipher == null ? null : this.#context.secrets.decrypt('email', row.cipher);
  }
}
