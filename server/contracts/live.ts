/**
 * Live contests: sessions at the desk, the way in, and what host, screen and players say and hear.
 *
 * A **session** is made at the desk (draft), opened (gets a PIN; from then on its settings stand), played, ended. Everything
 * that happens in it is an event in its log; `version` is the number of the newest event and rises by one with each.
 * A **player** is a number from 1 in the order of joining: seat on the floor plan, and what boards and commands name.
 * An **asking** is one opening of one question: the same question asked again is another asking.
 *
 * ## Desk (organisers of the session's contest, its hosts, who made it where it is no contest's; others get 404)
 * GET    /api/desk/live                               → LiveSessionList
 * POST   /api/desk/live                CreateLive     → 201 DeskLive (draft)
 * GET    /api/desk/live/stages                        → LiveStageList: kinds with defaults
 * GET    /api/desk/live/questions?bank&q&kinds&ids    → QuestionsForLive: approved ones to choose from, without keys
 * GET    /api/desk/live/addresses                     → HallAddresses: what phones on the same Wi-Fi must open
 * GET    /api/desk/live/:live                         → DeskLive
 * PUT    /api/desk/live/:live          SaveLive       → DeskLive; `problems` says what must be put right; live.opened once it is open
 * DELETE /api/desk/live/:live                         → 204, drafts and rehearsals only
 * POST   /api/desk/live/:live/open     {}             → DeskLive with a PIN; live.cannotOpen with `errors` when there are problems
 * POST   /api/desk/live/:live/copy     {}             → 201 DeskLive: a new draft with the same settings; of the same round for organisers of its contest
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
 *                hosts and screens need what the desk demands (role, second factor) or a pass whose maker has the role; a line is cut when that ends
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
import { PlayerNumber, Points, Team } from './live-players.ts';
import { LiveSettings, LiveTeams } from './live-settings.ts';
import { LiveScreenView, LiveTally, LiveTeamLine } from './live-views.ts';
import { AnyJson, ExpectedVersion, Moment, Nullable, Uid } from './values.ts';

export * from './live-messages.ts';
export * from './live-settings.ts';
export * from './live-views.ts';

const closed = { additionalProperties: false } as const;

// ── Desk ──

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

// ── The way in ──

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

// ── Afterwards ──

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
