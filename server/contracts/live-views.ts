/** What host, screen and players see of a session. Nothing else leaves; before the reveal nothing here holds a right answer. */
import Type, { type Static } from 'typebox';
import { PlayerNumber, Points, Team } from './live-players.ts';
import { AnyJson, Moment, Nullable, Uid } from './values.ts';

/**
 * lobby   people come in
 * intro   a stage begins: its title
 * break   a pause stage: text, picture
 * asked   a question is open: answers from `opensAt` to `deadline`
 * closed  no more answers; being graded (a moment)
 * graded  the outcome is known and not shown
 * revealed the right answer (or the chart of a poll) is shown
 * board   the leaderboard
 * podium  the first three, `podiumFrom` counting down 3, 2, 1
 * ended
 */
export const LivePhase = Type.Union([
  Type.Literal('lobby'),
  Type.Literal('intro'),
  Type.Literal('break'),
  Type.Literal('asked'),
  Type.Literal('closed'),
  Type.Literal('graded'),
  Type.Literal('revealed'),
  Type.Literal('board'),
  Type.Literal('podium'),
  Type.Literal('ended'),
]);
export type LivePhase = Static<typeof LivePhase>;

/** An open (or just closed) question. All times are the server's. */
export const LiveQuestionView = Type.Object({
  asking: Type.Integer(),
  /** In the stage, from 1. */
  number: Type.Integer(),
  of: Type.Integer(),
  /** A kind of question, "poll" (prompt and answer of a choice) or "cloud" ({ stem, words, length }; answer string[]). */
  kind: Type.String(),
  /** Options stand in the order in which they are shown; answers name these positions. */
  prompt: AnyJson,
  /** Full points. */
  points: Type.Integer(),
  opensAt: Moment,
  /** Moves with pauses and extensions. */
  deadline: Moment,
  /** Time to answer at the start, ms: the whole length of the countdown. */
  totalMs: Type.Integer(),
  /** Bell: the final question, for the best player alone. */
  final: Type.Boolean(),
  voided: Type.Boolean(),
});
export type LiveQuestionView = Static<typeof LiveQuestionView>;

/**
 * How the answers are spread. options: a count for each shown position. texts: the commonest, as most people wrote them, and
 * from the reveal on the mean share of each that was right, 0..1, where something is.
 */
export const LiveTally = Type.Union([
  Type.Object({ type: Type.Literal('options'), counts: Type.Array(Type.Integer()) }),
  Type.Object({
    type: Type.Literal('texts'),
    lines: Type.Array(
      Type.Object({ text: Type.String(), count: Type.Integer(), share: Type.Optional(Type.Number()) }),
    ),
    /** Answers outside the lines. */
    others: Type.Integer(),
  }),
]);
export type LiveTally = Static<typeof LiveTally>;

/** Known at the reveal and not before. */
export const LiveRevealView = Type.Object({
  /** The right answer in shown positions, as the kind's answers are; null for polls, clouds and questions without a key. */
  answer: AnyJson,
  explanation: Type.String(),
  citation: Nullable(Type.Object({ document: Type.String(), section: Type.String() })),
  tally: LiveTally,
  /** Players who could answer, who did, who had it all right. */
  asked: Type.Integer(),
  answered: Type.Integer(),
  right: Type.Integer(),
});
export type LiveRevealView = Static<typeof LiveRevealView>;

const common = {
  session: Uid,
  title: Type.String(),
  rehearsal: Type.Boolean(),
  phase: LivePhase,
  stage: Nullable(
    Type.Object({ index: Type.Integer(), of: Type.Integer(), kind: Type.String(), title: Type.String() }),
  ),
  /** host: by the host. interrupted: the server or many connections were gone; goes on by itself, time is given back. */
  paused: Nullable(
    Type.Object({
      by: Type.Union([Type.Literal('host'), Type.Literal('interrupted')]),
      since: Moment,
      /** Time left to answer when it goes on, ms; null where no question is open. */
      leftMs: Nullable(Type.Integer()),
    }),
  ),
  /** False: "đang chờ người dẫn chương trình". */
  hostPresent: Type.Boolean(),
  /** From asked to revealed. */
  question: Nullable(LiveQuestionView),
  /** In revealed only. */
  reveal: Nullable(LiveRevealView),
  /** In break only. */
  break: Nullable(
    Type.Object({ text: Type.String(), image: Nullable(Type.String()), endsAt: Nullable(Moment) }),
  ),
  /** Bell stages: who is where. */
  bell: Nullable(
    Type.Object({
      /** Players of the stage, and those still in. */
      total: Type.Integer(),
      standing: Type.Integer(),
      rescuesLeft: Type.Integer(),
      /** The last one standing; rang: the final question was right (null: not known). */
      best: Nullable(PlayerNumber),
      rang: Nullable(Type.Boolean()),
    }),
  ),
};

export const LivePlayerView = Type.Object(common);
export type LivePlayerView = Static<typeof LivePlayerView>;

/** What one player alone is told. */
export const LiveMe = Type.Object({
  number: PlayerNumber,
  name: Type.String(),
  team: Nullable(Type.Object({ ...Team.properties, points: Type.Number(), rank: Type.Integer() })),
  points: Points,
  /** Null where players do not see their rank, or nothing was played yet. */
  rank: Nullable(Type.Integer()),
  of: Type.Integer(),
  /** May answer the open question; false: out of the bell, or joined too late for it. */
  in: Type.Boolean(),
  /** What stands for me at the open question: given, locked in; null: nothing yet. */
  answer: Nullable(Type.Object({ asking: Type.Integer(), at: Moment, answer: AnyJson })),
  /** At the reveal: what the question brought. */
  last: Nullable(
    Type.Object({
      asking: Type.Integer(),
      points: Points,
      /** Share of the question that was right, 0..1; null: nothing to be right about. */
      share: Nullable(Type.Number()),
      answered: Type.Boolean(),
      /** Rank before it minus rank after it: positive is up; null: not shown. */
      change: Nullable(Type.Integer()),
      /** Right answers in a row. */
      streak: Type.Integer(),
    }),
  ),
});
export type LiveMe = Static<typeof LiveMe>;

export const LiveBoardLine = Type.Object({
  number: PlayerNumber,
  name: Type.String(),
  team: Nullable(Type.String()),
  points: Points,
  /** Points that the last question brought. */
  gained: Points,
  rank: Type.Integer(),
  /** Rank before the last question; null: new. */
  before: Nullable(Type.Integer()),
});
export type LiveBoardLine = Static<typeof LiveBoardLine>;

export const LiveTeamLine = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  points: Type.Number(),
  members: Type.Integer(),
  rank: Type.Integer(),
  before: Nullable(Type.Integer()),
});
export type LiveTeamLine = Static<typeof LiveTeamLine>;

/** A player on the screen's list. */
export const Seat = Type.Object({
  number: PlayerNumber,
  name: Type.String(),
  team: Nullable(Type.Integer()),
});

const onScreen = {
  ...common,
  pin: Nullable(Type.String()),
  /** e.g. "hoithi.example.vn/vao/123456"; the QR is `/api/live/qr.svg?pin=…`. */
  joinUrl: Type.String(),
  locked: Type.Boolean(),
  namesHidden: Type.Boolean(),
  /** Shown by the host's `show`. chart and counts begin as shown. */
  shown: Type.Object({ counts: Type.Boolean(), chart: Type.Boolean() }),
  /** From graded on (poll and cloud with a live chart: while open, as of the last frame). Null before, or when the chart is hidden. */
  tally: Nullable(LiveTally),
  /** In board and podium. */
  board: Nullable(
    Type.Object({
      lines: Type.Array(LiveBoardLine),
      teams: Type.Array(LiveTeamLine),
      /** Players on the whole board. */
      total: Type.Integer(),
    }),
  ),
  /** podium: places 3..1 that are shown: 4 = none yet, 3 = the third, 1 = all. */
  podiumFrom: Nullable(Type.Integer()),
  /** Bell: seats by number, rows of `columns`. */
  floor: Nullable(
    Type.Object({
      columns: Type.Integer(),
      /** Players of the stage; every other number up to `seats` watches. */
      seats: Type.Integer(),
      out: Type.Array(PlayerNumber),
      rescued: Type.Array(PlayerNumber),
    }),
  ),
  counts: Type.Object({
    players: Type.Integer(),
    connected: Type.Integer(),
    /** Answers to the open question. */
    answered: Type.Integer(),
    /** Players who may answer it. */
    asked: Type.Integer(),
  }),
  /** Everybody, up to 600 players (names as shown: "Số 12" where names are hidden); empty beyond. More come as `joined`. */
  players: Type.Array(Seat),
  teams: Type.Array(Team),
};

export const LiveScreenView = Type.Object(onScreen);
export type LiveScreenView = Static<typeof LiveScreenView>;

/** Names of commands, to enable buttons by. */
const CommandName = Type.String();

export const LiveHostView = Type.Object({
  ...onScreen,
  /** The one in control; `client` is what that browser gave as its own. */
  control: Nullable(Type.Object({ client: Type.String(), name: Type.String() })),
  /** Other hosts who follow now: a hand-over needs their `client`. */
  hosts: Type.Array(Type.Object({ client: Type.String(), name: Type.String() })),
  /** Names of commands that can be given now. */
  can: Type.Array(CommandName),
  /** What `next` would do: start, ask, closeEarly, reveal, board, stage, podium, place; null: nothing. */
  next: Nullable(Type.String()),
  /** What `undo` would take back: the name of a command; null: nothing. */
  undo: Nullable(Type.String()),
  /** The question that comes next, for the host's eyes; never its key. */
  upcoming: Nullable(
    Type.Object({ number: Type.Integer(), of: Type.Integer(), kind: Type.String(), prompt: AnyJson }),
  ),
  stages: Type.Array(Type.Object({ kind: Type.String(), title: Type.String(), questions: Type.Integer() })),
});
export type LiveHostView = Static<typeof LiveHostView>;
