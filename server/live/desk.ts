/** Sessions at the organiser's desk: drafts, opening, copies, rehearsals, and what is shown of them. */
import { eq, inArray } from 'drizzle-orm';
import { cleanText } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { CreateLive, DeskLive, LiveSessionList, LiveSettings, SaveLive } from '../contracts/live.ts';
import type { Identity } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import { randomToken } from '../platform/secrets.ts';
import type { Planning } from './planning.ts';
import type { Rooms } from './rooms.ts';
import type { ContestsForLive, SessionRow, Sessions } from './sessions.ts';
import { Simulation } from './simulation.ts';
import { stageOf } from './stages/stage-registry.ts';

type DeskContext = Pick<Context, 'database' | 'clock' | 'log'>;
type Head = LiveSessionList['sessions'][number];

/** What a new session begins with. */
export function freshSettings(): LiveSettings {
  return {
    stages: [{ kind: 'quiz', title: stageOf('quiz').name.vi, settings: stageOf('quiz').defaults }],
    names: 'free',
    filterNames: true,
    roster: [],
    lateJoin: true,
    maxPlayers: 5000,
    proofOfWork: false,
    teams: { mode: 'none', formedBy: 'host', score: 'mean', names: [] },
    graceMs: 700,
    boardLines: 10,
    ownRank: true,
  };
}

export class LiveDesk {
  readonly #context: DeskContext;
  readonly #sessions: Sessions;
  readonly #planning: Planning;
  readonly #rooms: Rooms;
  readonly #contests: ContestsForLive;
  readonly #simulations = new Map<number, Simulation>();

  constructor(
    context: DeskContext,
    parts: {
      readonly sessions: Sessions;
      readonly planning: Planning;
      readonly rooms: Rooms;
      readonly contests: ContestsForLive;
    },
  ) {
    this.#context = context;
    this.#sessions = parts.sessions;
    this.#planning = parts.planning;
    this.#rooms = parts.rooms;
    this.#contests = parts.contests;
  }

  async list(who: Identity): Promise<LiveSessionList> {
    const rows = await this.#sessions.list(who);
    return { sessions: await this.#heads(rows) };
  }

  async show(row: SessionRow): Promise<DeskLive> {
    const [head] = await this.#heads([row]);
    if (head === undefined) throw new AppError('notFound');
    const { problems } =
      row.state === 'draft' ? await this.#planning.plan(row.settings, freshSeed()) : { problems: [] };
    const open = row.state === 'draft' ? null : await this.#rooms.byId(row.id);
    return {
      ...head,
      version: row.version,
      settings: row.settings,
      problems: [...problems],
      hosts: await this.#sessions.hosts(row),
      players: open === null ? 0 : open.room.people.count - open.room.state.removed.length,
    };
  }

  async create({ title, round, settings }: CreateLive, who: Identity): Promise<DeskLive> {
    const row = await this.#sessions.create({
      title: cleanText(title),
      settings: settings ?? freshSettings(),
      round: round == null ? null : await this.#round(round, who),
      rehearsal: false,
      personId: who.personId,
    });
    return this.show(row);
  }

  async save(row: SessionRow, { expectedVersion, title, settings }: SaveLive): Promise<DeskLive> {
    await this.#sessions.save(row, expectedVersion, cleanText(title), settings);
    return this.show(await this.#again(row));
  }

  /** For the same round, when whoever copies organises its contest. */
  async copy(row: SessionRow, who: Identity): Promise<DeskLive> {
    const like = this.#like(row, who, false);
    const counts = row.contestId !== null && (await this.#organises(row.contestId, who));
    return this.show(await this.#sessions.create({ ...like, round: counts ? like.round : null }));
  }

  async open(row: SessionRow): Promise<DeskLive> {
    if (row.state !== 'draft') return this.show(row);
    const { plan, problems } = await this.#planning.plan(row.settings, freshSeed());
    if (problems.length > 0) throw new AppError('live.cannotOpen', { errors: problems });
    return this.show(await this.#sessions.openWith(row, plan));
  }

  /** A session of its own, open at once, with players who are not there. */
  async rehearse(row: SessionRow, players: number, who: Identity): Promise<DeskLive> {
    const { plan, problems } = await this.#planning.plan(row.settings, freshSeed());
    if (problems.length > 0) throw new AppError('live.cannotOpen', { errors: problems });
    const copy = await this.#sessions.create(this.#like(row, who, true));
    const opened = await this.#sessions.openWith(copy, plan);
    const open = await this.#rooms.byId(opened.id);
    if (open !== null) {
      const simulation = new Simulation(this.#context, open, (seen) => this.#rooms.watch(opened.id, seen));
      this.#simulations.set(opened.id, simulation);
      await simulation.join(players);
    }
    return this.show(opened);
  }

  async remove(row: SessionRow): Promise<void> {
    await this.#sessions.remove(row);
    this.#simulations.get(row.id)?.stop();
    this.#simulations.delete(row.id);
    this.#rooms.drop(row.id);
  }

  #like({ title, settings, roundId, contestId }: SessionRow, who: Identity, rehearsal: boolean) {
    const round = roundId === null || contestId === null ? null : { id: roundId, contestId };
    return { title, settings, round: rehearsal ? null : round, rehearsal, personId: who.personId };
  }

  async #again(row: SessionRow): Promise<SessionRow> {
    const found = await this.#sessions.byId(row.id);
    if (found === null) throw new AppError('notFound');
    return found;
  }

  async #round(uid: string, who: Identity): Promise<{ readonly id: number; readonly contestId: number }> {
    const { rounds } = this.#context.database.tables;
    const [round] = await this.#context.database.query
      .select({ id: rounds.id, contestId: rounds.contestId })
      .from(rounds)
      .where(eq(rounds.uid, uid));
    if (round === undefined) throw new AppError('notFound');
    if (!(await this.#organises(round.contestId, who))) throw new AppError('notFound');
    return round;
  }

  async #organises(contestId: number, { roles, personId }: Identity): Promise<boolean> {
    return roles.has('admin') || this.#contests.isOrganiser(contestId, personId);
  }

  async #heads(rows: readonly SessionRow[]): Promise<Head[]> {
    const { contests, rounds } = this.#context.database.tables;
    const contestIds = [...new Set(rows.flatMap(({ contestId }) => contestId ?? []))];
    const roundIds = [...new Set(rows.flatMap(({ roundId }) => roundId ?? []))];
    const contestRows =
      contestIds.length === 0
        ? []
        : await this.#context.database.query
            .select({ key: contests.id, id: contests.uid, slug: contests.slug, title: contests.title })
            .from(contests)
            .where(inArray(contests.id, contestIds));
    const roundRows =
      roundIds.length === 0
        ? []
        : await this.#context.database.query
            .select({ key: rounds.id, id: rounds.uid, title: rounds.title })
            .from(rounds)
            .where(inArray(rounds.id, roundIds));
    const contestOf = new Map(contestRows.map(({ key, ...contest }) => [key, contest]));
    const roundOf = new Map(roundRows.map(({ key, ...round }) => [key, round]));
    return rows.map((row) => ({
      id: row.uid,
      title: row.title,
      state: row.state === 'open' || row.state === 'ended' ? row.state : 'draft',
      rehearsal: row.rehearsal,
      pin: row.pin,
      contest: (row.contestId === null ? null : contestOf.get(row.contestId)) ?? null,
      round: (row.roundId === null ? null : roundOf.get(row.roundId)) ?? null,
      createdAt: row.createdAt,
      openedAt: row.openedAt,
      endedAt: row.endedAt,
    }));
  }

  close(): void {
    for (const simulation of this.#simulations.values()) simulation.stop();
  }
}

function freshSeed(): string {
  return Buffer.from(randomToken(8), 'base64url').toString('hex');
}
