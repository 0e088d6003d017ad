/**
 * Live contests: sessions at the desk, the way in, and what host, screen and players say and hear.
 *
 * A **session** is made at the desk (draft), opened (gets a PIN; from then on its settings stand), played, ended. Everything
 * that happens in it is an event in its log; `version` is the number of the newest event and rises by one with each.
 * A **player** is a number from 1 in the order of joining: seat on the floor plan, and what boards and commands name.
 * An **asking** is one opening of one question: the same question asked again is another asking.
 *
 * ## Desk (organisers of the session's contest, its hosts, who made it; others get 404)
 * GET    /api/desk/live                               → LiveSessionList
 * POST   /api/desk/live                CreateLive     → 201 DeskLive (draft)
 * GET    /api/desk/live/stages                        → LiveStageList: kinds with defaults
 * GET    /api/desk/live/questions?bank&q&kinds&ids    → QuestionsForLive: approved ones to choose from, without keys
 * GET    /api/desk/live/addresses                     → HallAddresses: what phones on the same Wi-Fi must open
 * GET    /api/desk/live/:live                         → DeskLive
 * PUT    /api/desk/live/:live          SaveLive       → DeskLive; `problems` says what must be put right; live.opened once it is open
 * DELETE /api/desk/live/:live                         → 204, drafts and rehearsals only
 * POST   /api/desk/live/:live/open     {}             → DeskLive with a PIN; live.cannotOpen with `errors` when there are problems
 * POST   /api/desk/live/:live/copy     {}             → 201 DeskLive: a new draft with the same settings
 * POST   /api/desk/live/:live/rehearsal { players }   → 201 DeskLive: an open rehearsal with simulated players, never counted
 * POST   /api/desk/live/:live/passes   { as }         → LivePass: a link with which a phone is host, or a projector screen
 * PUT    /api/desk/live/:live/hosts/:person           → DeskLive; DELETE takes them off
 * POST   /api/desk/live/:live/commands LiveCommand    → CommandReply (the socket's `live:command` over HTTP)
 * GET    /api/desk/live/:live/players?q&offset&limit  → LivePlayers
 * GET    /api/desk/live/:live/log                     → LiveLog: what happened when, for people
 * GET    /api/desk/live/:live/replay?version          → LiveReplay: host's and screen's view as of that version
 * GET    /api/desk/live/:live/report                  → LiveReport (by question, by player)
 * GET    /api/desk/live/:live/export?of=questions|players&format=csv|xlsx   file
 *
 * ## Public
 * GET  /api/live/pins/:pin                            → JoinPage (`notFound` for a PIN of nothing; limited by address)
 * GET  /api/live/pins/:pin/roster?q                   → RosterReply: free names that match, when names come from a roster
 * POST /api/live/pins/:pin/players     JoinLive       → Joined; the same `device` again is the same player (reload, lock screen)
 * GET  /api/live/qr.svg?pin&at                        → SVG of the link to join at the address `at` (an index of HallAddresses; 0 unless said)
 * POST /api/live/:live/answers         HttpAnswer     → AnswerReply (when no socket gets through; `Authorization: Live <token>`)
 * GET  /api/live/:live/me                             → PlayerFrame (the same; for polling without a socket)
 *
 * ## Pages that links and QR codes point at
 * `/vao/<pin>` join · `/choi/<live uid>` play · `/dieu-khien/<live uid>#<pass>` host · `/man-chieu/<live uid>#<pass>` screen.
 *
 * ## Sockets (namespace "/", websocket). Client → server, each with an acknowledgement:
 * `live:follow`  FollowLive   → FollowReply, and a full frame of that audience comes at once; again after every reconnect
 * `live:leave`   { v: 1 }     → { ok: true }
 * `live:answer`  SocketAnswer → AnswerReply, after the answer is durable
 * `live:command` LiveCommand  → CommandReply, after its events are durable (the new view comes as a frame)
 * `live:time`    { v: 1 }     → TimeReply; five of them, keep the one with the shortest round trip: offset = now − (sent + received)/2
 * Server → client, all as event `live`, told apart by `type` (LiveFrame):
 * - host, screen: `host` / `screen` with the whole view whenever something changed; `counts` and `joined` between, ≤ 4 a second.
 * - player: `player` with the shared `view`; `me` is there when something of one's own changed (always at follow and reveal),
 *   and **absent means unchanged**. For one question: a frame when it is asked, the acknowledgement, a frame at the reveal.
 *   A question that closes at its deadline sends players nothing: the client closes it itself by the server's time.
 * A frame with a lower `version` than the one held is dropped. After a lost connection wait a random time up to
 * `reconnectMs` of the last FollowReply, then follow again with the token.
 */
import Type, { type Static } from 'typebox';
import { FieldError } from './errors.ts';
import { AnyJson, ExpectedVersion, Moment, Reason, Uid } from './values.ts';

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const V1 = Type.Literal(1);

/** A player of a session, from 1 in the order of joining. */
const PlayerNumber = Type.Integer({ minimum: 1, maximum: 100_000 });
/** Points may be taken away too. */
const Points = Type.Integer();

// ── Settings ──────────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Desk ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const LiveParams = Type.Object({ live: Uid });
export const LiveHostParams = Type.Object({ live: Uid, person: Uid });

export const CreateLive = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    /** A live round of a contest; null: stands alone. */
    round: Type.Optional(Nullable(Uid)),
    /** Common settings with one empty quick quiz, unless given. */
    settings: Type.Optional(LiveSettings),
  },
  closed,
);
export type CreateLive = Static<typeof CreateLive>;

export const SaveLive = Type.Object(
  {
    expectedVersion: ExpectedVersion,
    title: Type.String({ minLength: 1, maxLength: 200 }),
    settings: LiveSettings,
  },
  closed,
);
export type SaveLive = Static<typeof SaveLive>;

const LiveState = Type.Union([Type.Literal('draft'), Type.Literal('open'), Type.Literal('ended')]);

/** What can be known of a session in a list. */
const head = {
  id: Uid,
  title: Type.String(),
  state: LiveState,
  rehearsal: Type.Boolean(),
  /** Six digits while it is open. */
  pin: Nullable(Type.String()),
  contest: Nullable(Type.Object({ id: Uid, slug: Type.String(), title: Type.String() })),
  round: Nullable(Type.Object({ id: Uid, title: Type.String() })),
  createdAt: Moment,
  openedAt: Nullable(Moment),
  endedAt: Nullable(Moment),
};

export const LiveSessionList = Type.Object({ sessions: Type.Array(Type.Object(head)) });
export type LiveSessionList = Static<typeof LiveSessionList>;

export const DeskLive = Type.Object({
  ...head,
  /** Of the draft: writers name the one that they saw. */
  version: Type.Integer(),
  settings: LiveSettings,
  /** What must be put right before it can open; paths as in `settings`, e.g. "stages.0.settings.questions.3". */
  problems: Type.Array(FieldError),
  hosts: Type.Array(Type.Object({ id: Uid, name: Type.String(), creator: Type.Boolean() })),
  players: Type.Integer(),
});
export type DeskLive = Static<typeof DeskLive>;

/** A stage kind with the settings that a new stage of it begins with. */
export const LiveStageList = Type.Object({
  stages: Type.Array(
    Type.Object({
      kind: Type.String(),
      /** For the builder's menu. */
      name: Type.Object({ vi: Type.String(), en: Type.String() }),
      defaults: AnyJson,
      /** Question kinds that it can ask; empty: it asks none of a bank. */
      questionKinds: Type.Array(Type.String()),
    }),
  ),
  /** A session's settings to begin from. */
  settings: LiveSettings,
});
export type LiveStageList = Static<typeof LiveStageList>;

/** `ids`: those questions, whatever their state; else approved ones of `bank` with these kinds that fit `q`. Lists are comma-separated. */
export const QuestionsForLiveQuery = Type.Object({
  bank: Type.Optional(Uid),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  kinds: Type.Optional(Type.String({ maxLength: 200 })),
  ids: Type.Optional(Type.String({ maxLength: 8000 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type QuestionsForLiveQuery = Static<typeof QuestionsForLiveQuery>;

/** A question that a stage may take; its key stays where it is. */
export const QuestionForLive = Type.Object({
  id: Uid,
  code: Type.String(),
  kind: Type.String(),
  topic: Type.String(),
  difficulty: Type.Integer(),
  stem: Type.String(),
});
export type QuestionForLive = Static<typeof QuestionForLive>;
export const QuestionsForLive = Type.Object({
  total: Type.Integer(),
  questions: Type.Array(QuestionForLive),
});
export type QuestionsForLive = Static<typeof QuestionsForLive>;

/** Addresses under which this machine answers, the public one first; `private` ones work only on the same network. */
export const HallAddresses = Type.Object({
  addresses: Type.Array(Type.Object({ origin: Type.String(), private: Type.Boolean() })),
});
export type HallAddresses = Static<typeof HallAddresses>;

export const RehearseLive = Type.Object({ players: Type.Integer({ minimum: 0, maximum: 500 }) }, closed);

const Audience = Type.Union([Type.Literal('host'), Type.Literal('screen'), Type.Literal('player')]);
export type Audience = Static<typeof Audience>;

export const MakePass = Type.Object(
  { as: Type.Union([Type.Literal('host'), Type.Literal('screen')]) },
  closed,
);
/** Good for twelve hours and as long as who made it is a host. Open `path` anywhere; the pass stands behind its `#`. */
export const LivePass = Type.Object({ token: Type.String(), path: Type.String(), expiresAt: Moment });
export type LivePass = Static<typeof LivePass>;

export const PlayersQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  offset: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type PlayersQuery = Static<typeof PlayersQuery>;

const Team = Type.Object({ number: Type.Integer(), name: Type.String() });

/** A player as hosts see them. */
export const LivePlayerLine = Type.Object({
  number: PlayerNumber,
  name: Type.String(),
  team: Nullable(Team),
  points: Points,
  /** From 1; equals share it. */
  rank: Type.Integer(),
  connected: Type.Boolean(),
  removed: Type.Boolean(),
  /** Bell: still playing. */
  in: Type.Boolean(),
  simulated: Type.Boolean(),
});
export type LivePlayerLine = Static<typeof LivePlayerLine>;
export const LivePlayers = Type.Object({
  total: Type.Integer(),
  offset: Type.Integer(),
  players: Type.Array(LivePlayerLine),
  teams: Type.Array(Team),
});
export type LivePlayers = Static<typeof LivePlayers>;

// ── The way in ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const PinParams = Type.Object({ pin: Type.String({ pattern: '^[0-9]{6}$' }) });

export const JoinPage = Type.Object({
  live: Uid,
  title: Type.String(),
  rehearsal: Type.Boolean(),
  names: LiveSettings.properties.names,
  /** Whether one can join now; `live.locked`, `live.started` (no late joins) or `live.full` when not. */
  closed: Nullable(Type.String()),
  players: Type.Integer(),
  teams: Type.Object({ mode: LiveTeams.properties.mode, formedBy: LiveTeams.properties.formedBy }),
  /** To choose from, when players form teams. */
  teamNames: Type.Array(Team),
  /** Find an integer n ≥ 0 so that SHA-256(`salt:n`) begins with `bits` zero bits; null: not asked. */
  proof: Nullable(Type.Object({ salt: Type.String(), bits: Type.Integer() })),
  /** Server's time, for a first guess at the clock. */
  now: Moment,
});
export type JoinPage = Static<typeof JoinPage>;

export const RosterQuery = Type.Object({ q: Type.String({ minLength: 2, maxLength: 60 }) });
export const RosterReply = Type.Object({
  entries: Type.Array(Type.Object({ entry: Type.Integer(), name: Type.String(), unit: Type.String() })),
});
export type RosterReply = Static<typeof RosterReply>;

export const JoinLive = Type.Object(
  {
    /** Made once by the client and kept: at least 80 random bits, base64url. Coming with it again is the same player. */
    device: Type.String({ pattern: '^[A-Za-z0-9_-]{14,64}$' }),
    /** Free names, and the team's name on a shared device. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    /** Roster: index of the entry. */
    entry: Type.Optional(Type.Integer({ minimum: 0, maximum: 5000 })),
    /** Own devices, players form teams: number of the team. */
    team: Type.Optional(Type.Integer({ minimum: 1 })),
    proof: Type.Optional(
      Type.Object({ salt: Type.String({ maxLength: 200 }), n: Type.Integer({ minimum: 0 }) }, closed),
    ),
  },
  closed,
);
export type JoinLive = Static<typeof JoinLive>;

/** `token` opens the session as this player, on sockets and over HTTP; kept by the client until the session ended. */
export const Joined = Type.Object({
  live: Uid,
  token: Type.String(),
  number: PlayerNumber,
  name: Type.String(),
  team: Nullable(Team),
});
export type Joined = Static<typeof Joined>;

export const QrQuery = Type.Object({
  pin: Type.String({ pattern: '^[0-9]{6}$' }),
  at: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
});

// ── Views: what each audience sees ────────────────────────────────────────────────────────────────────────────────────

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

/** How the answers are spread. options: a count for each shown position. texts/words: the commonest, as most people wrote them. */
export const LiveTally = Type.Union([
  Type.Object({ type: Type.Literal('options'), counts: Type.Array(Type.Integer()) }),
  Type.Object({
    type: Type.Literal('texts'),
    lines: Type.Array(Type.Object({ text: Type.String(), count: Type.Integer() })),
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

const Seat = Type.Object({
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

// ── Sockets: client → server ──────────────────────────────────────────────────────────────────────────────────────────

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

// ── Sockets: server → client, event `live` ────────────────────────────────────────────────────────────────────────────

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

// ── Afterwards ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One event of the log, for people: `what` is its name, `facts` what it says (numbers, players, reasons; no names). */
export const LiveLog = Type.Object({
  events: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Moment,
      what: Type.String(),
      /** Who: the host's name, or null for the room itself. */
      by: Nullable(Type.String()),
      facts: Type.Record(Type.String(), AnyJson),
    }),
  ),
});
export type LiveLog = Static<typeof LiveLog>;

export const ReplayQuery = Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) });
export const LiveReplay = Type.Object({
  version: Type.Integer(),
  versions: Type.Integer(),
  at: Moment,
  what: Type.String(),
  screen: LiveScreenView,
});
export type LiveReplay = Static<typeof LiveReplay>;

/** Questions with a key tell it here once they were revealed. */
export const LiveReport = Type.Object({
  questions: Type.Array(
    Type.Object({
      asking: Type.Integer(),
      stage: Type.String(),
      number: Type.Integer(),
      kind: Type.String(),
      stem: Type.String(),
      voided: Nullable(Type.String()),
      asked: Type.Integer(),
      answered: Type.Integer(),
      right: Type.Integer(),
      /** Mean share, 0..1; null: no key or nobody asked. */
      meanShare: Nullable(Type.Number()),
      /** Mean time to answer, ms; null: nobody answered. */
      meanMs: Nullable(Type.Integer()),
      tally: Nullable(LiveTally),
      answer: AnyJson,
    }),
  ),
  players: Type.Array(
    Type.Object({
      number: PlayerNumber,
      name: Type.String(),
      team: Nullable(Type.String()),
      rank: Type.Integer(),
      points: Points,
      adjusted: Points,
      answered: Type.Integer(),
      right: Type.Integer(),
      meanMs: Nullable(Type.Integer()),
      removed: Type.Boolean(),
      simulated: Type.Boolean(),
    }),
  ),
  teams: Type.Array(LiveTeamLine),
});
export type LiveReport = Static<typeof LiveReport>;

export const LiveExportQuery = Type.Object({
  of: Type.Union([Type.Literal('questions'), Type.Literal('players')]),
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
});
