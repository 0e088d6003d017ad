/** The entrance of a session: what its PIN opens, and who may come in under which name. */

import { eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { fold } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { Joined, JoinLive, JoinPage, RosterReply } from '../contracts/live.ts';
import type { Identity } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import { Proofs } from '../platform/proofs.ts';
import { closedFor, type Newcomer } from './joining.ts';
import { cleanName, unfitText } from './name-rules.ts';
import type { OpenRoom, Rooms } from './rooms.ts';
import type { SessionRow, Sessions } from './sessions.ts';
import { playerToken } from './tokens.ts';

/** What the units feature tells. */
export interface UnitsForLive {
  byId(id: number): { readonly name: string } | undefined;
}

export interface DoorParts {
  readonly context: Context;
  readonly sessions: Sessions;
  readonly rooms: Rooms;
  readonly units: UnitsForLive;
  identify(request: Pick<FastifyRequest, 'headers'>): Promise<Identity | null>;
}

type Who = Pick<Newcomer, 'name' | 'personId' | 'unitId' | 'entry' | 'teamName'>;

const FOUND_MOST = 10;

/** What a proof of work opens here. */
const placeOf = (pin: string): string => `live-${pin}`;

export class Entrance {
  readonly #parts: DoorParts;
  readonly #proofs: Proofs;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#proofs = new Proofs(parts.context.secrets);
  }

  /** Throws `notFound`. */
  async #room(pin: string): Promise<{ readonly row: SessionRow; readonly open: OpenRoom }> {
    const row = await this.#parts.sessions.byPin(pin);
    const open = row === null ? null : await this.#parts.rooms.byId(row.id);
    if (row === null || open === null) throw new AppError('notFound');
    return { row, open };
  }

  async page(pin: string): Promise<JoinPage> {
    const { open } = await this.#room(pin);
    const { state, people } = open.room;
    const { settings } = state;
    const now = this.#parts.context.clock.now();
    const { mode, formedBy } = settings.teams;
    const chooses = mode === 'own' && formedBy === 'players';
    return {
      live: state.uid,
      title: state.title,
      rehearsal: state.rehearsal,
      names: settings.names,
      closed: closedFor(state, people.count),
      players: people.count - state.removed.length,
      teams: { mode, formedBy },
      teamNames: chooses ? people.teams.map(({ number, name }) => ({ number, name })) : [],
      proof: settings.proofOfWork ? this.#proofs.challenge(placeOf(pin), now) : null,
      now,
    };
  }

  async roster(pin: string, q: string): Promise<RosterReply> {
    const { row, open } = await this.#room(pin);
    const wanted = fold(q).trim();
    if (row.settings.names !== 'roster' || wanted.length < 2) return { entries: [] };
    const entries = row.settings.roster.flatMap(({ name, unit }, entry) =>
      fold(name).includes(wanted) && open.room.people.byEntry(entry) === undefined
        ? [{ entry, name, unit }]
        : [],
    );
    return { entries: entries.slice(0, FOUND_MOST) };
  }

  async join(pin: string, body: JoinLive, identity: Identity | null): Promise<Joined> {
    const { context } = this.#parts;
    const { row, open } = await this.#room(pin);
    const { people, state, joining } = open.room;
    const device = context.secrets.hash('liveDevice', `${row.id}:${body.device}`);
    const who = await this.#who(row, body, identity, people.byDevice(device) !== undefined);
    const known = who.personId === null ? people.byDevice(device) : people.byPerson(who.personId);
    const proven =
      known !== undefined ||
      !state.settings.proofOfWork ||
      this.#proofs.take(placeOf(pin), body.proof, context.clock.now());
    if (!proven) throw new AppError('live.proofNeeded');
    const team = this.#chosenTeam(open, body.team);
    const number = await joining.join({ ...who, device, team, simulated: false });
    const joined = people.row(number);
    const inTeam = people.teams.find((one) => one.number === joined?.team);
    return {
      live: row.uid,
      token: playerToken(context.secrets, { sessionId: row.id, player: number }),
      number,
      name: joined?.name ?? '',
      team: inTeam === undefined ? null : { number: inTeam.number, name: inTeam.name },
    };
  }

  #chosenTeam({ room }: OpenRoom, team: number | undefined): number | null {
    const { mode, formedBy } = room.state.settings.teams;
    if (mode !== 'own' || formedBy !== 'players' || team === undefined) return null;
    return room.people.teams.some(({ number }) => number === team) ? team : null;
  }

  /** Under which name. Who comes again needs to give none. */
  async #who(row: SessionRow, body: JoinLive, identity: Identity | null, again: boolean): Promise<Who> {
    const { names, filterNames, roster, teams } = row.settings;
    const byUnits = teams.mode === 'own' && teams.formedBy === 'units';
    const nobody = { personId: null, unitId: null, entry: null, teamName: null };
    if (names === 'accounts') return this.#account(identity, byUnits);
    if (again) return { ...nobody, name: 'x' };
    if (names === 'roster') {
      const entry = body.entry === undefined ? undefined : roster[body.entry];
      if (entry === undefined || body.entry === undefined) throw new AppError('live.notOnRoster');
      const teamName = byUnits && entry.unit !== '' ? entry.unit : null;
      return { ...nobody, name: entry.name, entry: body.entry, teamName };
    }
    const name = cleanName(body.name ?? '');
    if (name === null || (filterNames && unfitText(name))) throw new AppError('live.nameUnfit');
    return { ...nobody, name };
  }

  async #account(identity: Identity | null, byUnits: boolean): Promise<Who> {
    if (identity === null) throw new AppError('auth.required');
    const { people } = this.#parts.context.database.tables;
    const [person] = await this.#parts.context.database.query
      .select({ unitId: people.unitId })
      .from(people)
      .where(eq(people.id, identity.personId));
    const unitId = person?.unitId ?? null;
    const unit = unitId === null ? undefined : this.#parts.units.byId(unitId);
    const { personId, name } = identity;
    return { name, personId, unitId, entry: null, teamName: byUnits ? (unit?.name ?? null) : null };
  }
}
