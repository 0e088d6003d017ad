/** Sessions in the database: drafts, who may host them, PINs. What happens in an open one is its room's. */
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { LiveSettings } from '../contracts/live.ts';
import type { Identity } from '../platform/access.ts';
import { ConflictError, expecting } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import type { LiveEvent, PlannedStage } from './machine/events.ts';
import { nameKey } from './name-rules.ts';

export interface SessionRow {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  readonly state: string;
  readonly rehearsal: boolean;
  readonly pin: string | null;
  readonly contestId: number | null;
  readonly roundId: number | null;
  readonly settings: LiveSettings;
  readonly version: number;
  readonly createdBy: number;
  readonly createdAt: number;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
}

export interface NewSession {
  readonly title: string;
  readonly settings: LiveSettings;
  readonly round: { readonly id: number; readonly contestId: number } | null;
  readonly rehearsal: boolean;
  readonly personId: number;
}

/** What contests tell. */
export interface ContestsForLive {
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}

type SessionsContext = Pick<Context, 'database' | 'keys' | 'clock' | 'announcer'>;

const LISTED_MOST = 300;
const PIN_TRIES = 50;

export class Sessions {
  readonly #context: SessionsContext;
  readonly #contests: ContestsForLive;

  constructor(context: SessionsContext, contests: ContestsForLive) {
    this.#context = context;
    this.#contests = contests;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** Null: there is none. */
  async find(uid: string): Promise<SessionRow | null> {
    const { liveSessions } = this.#tables;
    const [row] = await this.#query.select().from(liveSessions).where(eq(liveSessions.uid, uid));
    return row ?? null;
  }

  async byId(id: number): Promise<SessionRow | null> {
    const { liveSessions } = this.#tables;
    const [row] = await this.#query.select().from(liveSessions).where(eq(liveSessions.id, id));
    return row ?? null;
  }

  async byPin(pin: string): Promise<SessionRow | null> {
    const { liveSessions } = this.#tables;
    const [row] = await this.#query.select().from(liveSessions).where(eq(liveSessions.pin, pin));
    return row ?? null;
  }

  /** Open ones: what a restart takes up again. */
  async open(): Promise<SessionRow[]> {
    const { liveSessions } = this.#tables;
    return this.#query.select().from(liveSessions).where(eq(liveSessions.state, 'open'));
  }

  /** The session for one of its hosts. Throws `notFound` for everybody else. */
  async ofHost(uid: string, who: Pick<Identity, 'personId' | 'roles'>): Promise<SessionRow> {
    const row = await this.find(uid);
    if (row === null || !(await this.mayHost(row, who))) throw new AppError('notFound');
    return row;
  }

  async mayHost(row: SessionRow, who: Pick<Identity, 'personId' | 'roles'>): Promise<boolean> {
    return who.roles.has('admin') || this.isHost(row, who.personId);
  }

  /** A session of a contest is its organisers', whoever of them made it; another one is whose who made it. */
  async isHost(row: SessionRow, personId: number): Promise<boolean> {
    if (isOwn(row, personId)) return true;
    const { liveHosts } = this.#tables;
    const [host] = await this.#query
      .select({ personId: liveHosts.personId })
      .from(liveHosts)
      .where(and(eq(liveHosts.sessionId, row.id), eq(liveHosts.personId, personId)));
    if (host !== undefined) return true;
    return row.contestId !== null && (await this.#contests.isOrganiser(row.contestId, personId));
  }

  /** Newest first; those that this person may host. */
  async list(who: Pick<Identity, 'personId' | 'roles'>): Promise<SessionRow[]> {
    const { liveSessions, liveHosts, contestStaff } = this.#tables;
    const { personId } = who;
    const hosted = this.#query
      .select({ id: liveHosts.sessionId })
      .from(liveHosts)
      .where(eq(liveHosts.personId, personId));
    const organised = this.#query
      .select({ id: contestStaff.contestId })
      .from(contestStaff)
      .where(eq(contestStaff.personId, personId));
    const mine = or(
      and(eq(liveSessions.createdBy, personId), isNull(liveSessions.contestId)),
      inArray(liveSessions.id, hosted),
      inArray(liveSessions.contestId, organised),
    );
    return this.#query
      .select()
      .from(liveSessions)
      .where(who.roles.has('admin') ? undefined : mine)
      .orderBy(desc(liveSessions.createdAt))
      .limit(LISTED_MOST);
  }

  async create({ title, settings, round, rehearsal, personId }: NewSession): Promise<SessionRow> {
    const now = this.#context.clock.now();
    const row: SessionRow = {
      id: await this.#context.keys.next('live_sessions'),
      uid: uidAt(now),
      ...{ title, settings, rehearsal },
      state: 'draft',
      pin: null,
      contestId: round?.contestId ?? null,
      roundId: round?.id ?? null,
      version: 1,
      createdBy: personId,
      createdAt: now,
      openedAt: null,
      endedAt: null,
    };
    await this.#context.database.atomic([this.#query.insert(this.#tables.liveSessions).values(row)]);
    return row;
  }

  /** Throws `live.opened`, `conflict`. */
  async save(row: SessionRow, expectedVersion: number, title: string, settings: LiveSettings): Promise<void> {
    if (row.state !== 'draft') throw new AppError('live.opened');
    const { liveSessions: t } = this.#tables;
    const update = this.#query
      .update(t)
      .set({ title, settings, version: expectedVersion + 1 })
      .where(and(eq(t.id, row.id), eq(t.version, expectedVersion), eq(t.state, 'draft')));
    await this.#context.database.atomic([expecting(1, update)]);
  }

  /** Drafts and rehearsals with all that happened in them. Throws `live.opened`. */
  async remove(row: SessionRow): Promise<void> {
    if (row.state !== 'draft' && !row.rehearsal) throw new AppError('live.opened');
    const { liveSessions, liveHosts, liveEvents, livePlayers, liveTeams, liveAskings, liveAnswers } =
      this.#tables;
    const q = this.#query;
    const askings = q
      .select({ id: liveAskings.id })
      .from(liveAskings)
      .where(eq(liveAskings.sessionId, row.id));
    await this.#context.database.atomic([
      q.delete(liveAnswers).where(inArray(liveAnswers.askingId, askings)),
      q.delete(liveAskings).where(eq(liveAskings.sessionId, row.id)),
      q.delete(livePlayers).where(eq(livePlayers.sessionId, row.id)),
      q.delete(liveTeams).where(eq(liveTeams.sessionId, row.id)),
      q.delete(liveEvents).where(eq(liveEvents.sessionId, row.id)),
      q.delete(liveHosts).where(eq(liveHosts.sessionId, row.id)),
      q.delete(liveSessions).where(eq(liveSessions.id, row.id)),
    ]);
  }

  /** Gives it a PIN and writes the first entry of its log. Opening twice is once. */
  async openWith(row: SessionRow, plan: readonly PlannedStage[]): Promise<SessionRow> {
    for (let tries = 0; tries < PIN_TRIES; tries++) {
      try {
        await this.#context.database.atomic(this.#opening(row, plan, freshPin()));
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
      }
      const opened = await this.byId(row.id);
      if (opened === null || opened.state !== 'draft') return opened ?? row;
      if (opened.version !== row.version) throw new AppError('conflict');
    }
    throw new AppError('busy');
  }

  #opening(row: SessionRow, plan: readonly PlannedStage[], pin: string) {
    const { liveSessions: t, liveEvents, liveTeams } = this.#tables;
    const now = this.#context.clock.now();
    const { uid, title, rehearsal, settings } = row;
    const opening = this.#query
      .update(t)
      .set({ state: 'open', pin, openedAt: now })
      .where(and(eq(t.id, row.id), eq(t.state, 'draft'), eq(t.version, row.version)));
    const event: LiveEvent = {
      type: 'opened',
      ...{ uid, title, rehearsal, plan },
      // The plan holds all that is played, and the roster names people.
      settings: { ...settings, roster: [], stages: [] },
    };
    const entry = { sessionId: row.id, version: 1, at: now, by: null, command: null, event };
    const statements = [expecting(1, opening), expecting(1, this.#query.insert(liveEvents).values(entry))];
    const teams = teamsOf(row);
    if (teams.length === 0) return statements;
    return [...statements, expecting(teams.length, this.#query.insert(liveTeams).values(teams))];
  }

  async hosts(
    row: SessionRow,
  ): Promise<{ readonly id: string; readonly name: string; readonly creator: boolean }[]> {
    const { liveHosts, people } = this.#tables;
    const added = await this.#query
      .select({ id: people.uid, name: people.name })
      .from(liveHosts)
      .innerJoin(people, eq(people.id, liveHosts.personId))
      .where(eq(liveHosts.sessionId, row.id))
      .orderBy(liveHosts.addedAt);
    const creator = await this.#query
      .select({ id: people.uid, name: people.name })
      .from(people)
      .where(eq(people.id, row.createdBy));
    return [
      ...creator.map((host) => ({ ...host, creator: true })),
      ...added
        .filter(({ id }) => creator.every((one) => one.id !== id))
        .map((host) => ({ ...host, creator: false })),
    ];
  }

  /** Adding twice is once. Throws `notFound` for a person who is not there or has no account. */
  async addHost(row: SessionRow, personUid: string): Promise<void> {
    const person = await this.#person(personUid);
    if (isOwn(row, person.id)) return;
    const host = { sessionId: row.id, personId: person.id, addedAt: this.#context.clock.now() };
    const { liveHosts } = this.#tables;
    await this.#context.database.atomic([this.#query.insert(liveHosts).values(host).onConflictDoNothing()]);
  }

  /** Their lines into the session end with it. */
  async removeHost(row: SessionRow, personUid: string): Promise<void> {
    const person = await this.#person(personUid);
    const { liveHosts: t } = this.#tables;
    await this.#context.database.atomic([
      this.#query.delete(t).where(and(eq(t.sessionId, row.id), eq(t.personId, person.id))),
    ]);
    this.#context.announcer.announce(`person:${person.id}`);
  }

  async #person(uid: string): Promise<{ readonly id: number }> {
    const { people } = this.#tables;
    const [person] = await this.#query
      .select({ id: people.id, guest: people.guest, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.uid, uid));
    if (person === undefined || person.guest || person.erasedAt !== null) throw new AppError('notFound');
    return person;
  }
}

/** Made by this person, and no contest's. */
function isOwn({ contestId, createdBy }: SessionRow, personId: number): boolean {
  return contestId === null && createdBy === personId;
}

function teamsOf({ id, settings: { teams } }: SessionRow) {
  if (teams.mode !== 'own' || teams.formedBy === 'units') return [];
  return teams.names.map((name, i) => ({ sessionId: id, number: i + 1, name, nameKey: nameKey(name) }));
}

/** Six digits that people type; the first is no zero, which some drop. */
function freshPin(): string {
  return String(100_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000));
}
