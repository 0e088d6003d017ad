/** Socket messages of live play, both ways; see `live.ts` for how they are used. */
import Type, { type Static } from 'typebox';
import { PlayerNumber } from './live-players.ts';
import { LiveHostView, LiveMe, LivePlayerView, LiveScreenView, LiveTally, Seat } from './live-views.ts';
import { AnyJson, Moment, Nullable, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false } as const;
const V1 = Type.Literal(1);

/** Who follows a session. */
const Audience = Type.Union([Type.Literal('host'), Type.Literal('screen'), Type.Literal('player')]);
export type Audience = Static<typeof Audience>;

const Token = Type.String({ minLength: 10, maxLength: 300 });

/**
 * player: `token` of Joined. host, screen: `token` of a pass, or none when the browser is signed in as one of the hosts.
 * `client`: a random name that this browser keeps while its page is open (sessionStorage); hosts must give it.
 */
export const FollowLive = Type.Object(
  {
    v: V1,
    live: Uid,
    as: Audience,
    token: Type.Optional(Token),
    client: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{8,40}$' })),
  },
  closed,
);
export type FollowLive = Static<typeof FollowLive>;

/** `refused`: an error code of `errors.ts`. */
const Refused = Type.Object({ refused: Type.String() });

export const FollowReply = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    now: Moment,
    /** After a lost connection wait a random time up to this before coming back, ms. */
    reconnectMs: Type.Integer(),
  }),
  Refused,
]);
export type FollowReply = Static<typeof FollowReply>;

export const LeaveLive = Type.Object({ v: V1 }, closed);
export const AskTime = Type.Object({ v: V1 }, closed);
export type TimeReply = { readonly now: number };

/** The answer's shape belongs to the kind; the server normalises it. The first one counts. */
export const SocketAnswer = Type.Object(
  { v: V1, asking: Type.Integer({ minimum: 1 }), answer: AnyJson },
  closed,
);
export type SocketAnswer = Static<typeof SocketAnswer>;

export const HttpAnswer = Type.Object({ asking: Type.Integer({ minimum: 1 }), answer: AnyJson }, closed);

/** `at`: when the server received the first answer, which stands (also when this was a second one). */
export const AnswerReply = Type.Union([Type.Object({ ok: Type.Literal(true), at: Moment }), Refused]);
export type AnswerReply = Static<typeof AnswerReply>;

const command = {
  v: V1,
  /** Made by the client for each press of a button: the same again is done once. */
  id: Type.String({ pattern: '^[A-Za-z0-9_-]{8,40}$' }),
  /** Over HTTP: which session, and as which client (the socket knows both). */
  client: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{8,40}$' })),
};
/** The version of the view that the host saw: a step decided on an older one is refused with `live.stale` (a double press). */
const seen = { seen: Type.Integer({ minimum: 0 }) };
const plain = <Name extends string>(name: Name) =>
  Type.Object({ ...command, do: Type.Literal(name) }, closed);
const step = <Name extends string>(name: Name) =>
  Type.Object({ ...command, ...seen, do: Type.Literal(name) }, closed);
const withReason = { reason: Reason };

/** What a host says. Everything but takeControl is refused with `live.notInControl` from who is not in control. */
export const LiveCommand = Type.Union([
  /** Takes control, from somebody else too; done by itself when nobody has it. */
  plain('takeControl'),
  Type.Object({ ...command, do: Type.Literal('handOver'), to: Type.String({ maxLength: 40 }) }, closed),
  plain('lock'),
  plain('unlock'),
  Type.Object({ ...command, do: Type.Literal('hideNames'), hidden: Type.Boolean() }, closed),
  /** From the lobby into the first stage. */
  step('start'),
  /** The obvious next thing; see `next` of the host's view. */
  step('next'),
  step('closeEarly'),
  step('reveal'),
  /** Leaves the rest of the stage out. */
  step('skipStage'),
  /** Leaves the open or the coming question out: an open one is voided. */
  step('skip'),
  /** Takes back the last step. What was opened or revealed is voided, not undone. */
  Type.Object({ ...command, ...seen, do: Type.Literal('undo'), ...withReason }, closed),
  plain('pause'),
  plain('resume'),
  Type.Object(
    { ...command, do: Type.Literal('extend'), seconds: Type.Integer({ minimum: 1, maximum: 600 }) },
    closed,
  ),
  /** A question that was asked no longer counts: its points go, who it put out is back in. */
  Type.Object(
    { ...command, do: Type.Literal('void'), asking: Type.Integer({ minimum: 1 }), ...withReason },
    closed,
  ),
  Type.Object(
    {
      ...command,
      do: Type.Literal('show'),
      counts: Type.Optional(Type.Boolean()),
      chart: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  /** Shows the leaderboard, from graded on or between questions; `hideBoard` goes back. */
  step('showBoard'),
  step('hideBoard'),
  step('podium'),
  Type.Object(
    {
      ...command,
      do: Type.Literal('adjust'),
      player: PlayerNumber,
      points: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
      ...withReason,
    },
    closed,
  ),
  /** Bell: puts a player out or back in by hand. */
  Type.Object(
    { ...command, do: Type.Literal('seat'), player: PlayerNumber, in: Type.Boolean(), ...withReason },
    closed,
  ),
  /** Bell: cứu trợ. Without `players`: as many as allowed, who came furthest first. */
  Type.Object(
    {
      ...command,
      do: Type.Literal('rescue'),
      players: Type.Optional(Type.Array(PlayerNumber, { maxItems: 20_000, uniqueItems: true })),
    },
    closed,
  ),
  Type.Object(
    {
      ...command,
      do: Type.Literal('rename'),
      player: PlayerNumber,
      name: Type.String({ minLength: 1, maxLength: 60 }),
    },
    closed,
  ),
  /** Takes a player out and keeps that device (or account) out. */
  Type.Object({ ...command, do: Type.Literal('remove'), player: PlayerNumber, ...withReason }, closed),
  /** Teams: adds one, or puts a player into one (null: out of all). */
  Type.Object(
    { ...command, do: Type.Literal('addTeam'), name: Type.String({ minLength: 1, maxLength: 60 }) },
    closed,
  ),
  Type.Object(
    {
      ...command,
      do: Type.Literal('moveToTeam'),
      player: PlayerNumber,
      team: Nullable(Type.Integer({ minimum: 1 })),
    },
    closed,
  ),
  /** Deals all players without a team out over the teams. */
  plain('dealTeams'),
  step('end'),
]);
export type LiveCommand = Static<typeof LiveCommand>;

/** `version`: of the log after the command, now and whenever it is sent again. */
export const CommandReply = Type.Union([
  Type.Object({ ok: Type.Literal(true), version: Type.Integer() }),
  Refused,
]);
export type CommandReply = Static<typeof CommandReply>;

const frame = { v: V1, live: Uid, version: Type.Integer(), now: Moment };

/** `me` absent: unchanged, except that a new `question.asking` starts without an answer. */
export const PlayerFrame = Type.Object({
  ...frame,
  type: Type.Literal('player'),
  view: LivePlayerView,
  me: Type.Optional(LiveMe),
});
export type PlayerFrame = Static<typeof PlayerFrame>;
export const ScreenFrame = Type.Object({ ...frame, type: Type.Literal('screen'), view: LiveScreenView });
export type ScreenFrame = Static<typeof ScreenFrame>;
export const HostFrame = Type.Object({ ...frame, type: Type.Literal('host'), view: LiveHostView });
export type HostFrame = Static<typeof HostFrame>;

/** Host and screen, at most four a second. `tally`: of an open poll or cloud with a live chart. */
export const CountsFrame = Type.Object({
  ...frame,
  type: Type.Literal('counts'),
  counts: LiveScreenView.properties.counts,
  tally: Type.Optional(LiveTally),
});
export type CountsFrame = Static<typeof CountsFrame>;

/** Host and screen: who came in since the last one (at most 50 of them named). */
export const JoinedFrame = Type.Object({
  ...frame,
  type: Type.Literal('joined'),
  total: Type.Integer(),
  players: Type.Array(Seat),
});
export type JoinedFrame = Static<typeof JoinedFrame>;

/** Player: taken out by the host; the token is worth nothing any more. */
export const RemovedFrame = Type.Object({ ...frame, type: Type.Literal('removed') });
export type RemovedFrame = Static<typeof RemovedFrame>;

export const LiveFrame = Type.Union([
  PlayerFrame,
  ScreenFrame,
  HostFrame,
  CountsFrame,
  JoinedFrame,
  RemovedFrame,
]);
export type LiveFrame = Static<typeof LiveFrame>;
