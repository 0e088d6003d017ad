/** What an organiser sets for a live session. Stored as it is; from its opening on it stands. */
import Type, { type Static } from 'typebox';
import { AnyJson } from './values.ts';

const closed = { additionalProperties: false } as const;

/** A part of the session. Kinds that ship: quiz, bell, poll, cloud, pause; their settings stand in `live-stages.ts`. */
export const LiveStage = Type.Object(
  {
    kind: Type.String({ pattern: '^[a-z][a-zA-Z]{1,30}$' }),
    title: Type.String({ maxLength: 200 }),
    settings: AnyJson,
  },
  closed,
);
export type LiveStage = Static<typeof LiveStage>;

export const LiveTeams = Type.Object(
  {
    /** own: every member on a device of their own. shared: one device a team, which joins as one player under the team's name. */
    mode: Type.Union([Type.Literal('none'), Type.Literal('own'), Type.Literal('shared')]),
    /** own: who puts people into teams: the host, players when they join, or their unit. */
    formedBy: Type.Union([Type.Literal('host'), Type.Literal('players'), Type.Literal('units')]),
    /** Score of a team from those of its members. */
    score: Type.Union([Type.Literal('mean'), Type.Literal('sum')]),
    /** Names of the teams; for units they come as their first member joins. */
    names: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 200, uniqueItems: true }),
  },
  closed,
);
export type LiveTeams = Static<typeof LiveTeams>;

export const RosterEntry = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60 }), unit: Type.String({ maxLength: 120 }) },
  closed,
);
export type RosterEntry = Static<typeof RosterEntry>;

export const LiveSettings = Type.Object(
  {
    stages: Type.Array(LiveStage, { maxItems: 30 }),
    /** free: what people type. roster: they find themselves on `roster`. accounts: signed in, the account's name. */
    names: Type.Union([Type.Literal('free'), Type.Literal('roster'), Type.Literal('accounts')]),
    /** Free names: bad words and names that somebody else has are refused. */
    filterNames: Type.Boolean(),
    roster: Type.Array(RosterEntry, { maxItems: 5000 }),
    /** Whether people may join after the start. In a bell they watch until the next stage. */
    lateJoin: Type.Boolean(),
    maxPlayers: Type.Integer({ minimum: 1, maximum: 20_000 }),
    /** Joining costs a second of computing: for rooms that bots would flood. */
    proofOfWork: Type.Boolean(),
    teams: LiveTeams,
    /** Answers that arrive so long after the deadline count, at full time used, ms. */
    graceMs: Type.Integer({ minimum: 0, maximum: 5000 }),
    /** Lines of the leaderboard on the screen. */
    boardLines: Type.Integer({ minimum: 3, maximum: 50 }),
    /** Whether players see their own rank. */
    ownRank: Type.Boolean(),
  },
  closed,
);
export type LiveSettings = Static<typeof LiveSettings>;
