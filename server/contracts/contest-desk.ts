/**
 * The organiser's desk of contests. Times are ms UTC; `closesAt` is exclusive.
 *
 * Desk (organiser of the contest, or admin)
 * GET    /api/desk/presets                           PresetList
 * GET    /api/desk/contests                          DeskContestList (own; admin: all)
 * POST   /api/desk/contests           CreateContest → DeskContest (201)
 * GET    /api/desk/contests/:contest                 DeskContest
 * PUT    /api/desk/contests/:contest  SaveContest   → DeskContest; the whole draft at an expected version
 * POST   /api/desk/contests/check     ContestDraft  → CheckReply; nothing is written
 * POST   /api/desk/contests/preview   ContestDraft  → ContestPage; nothing is written
 * POST   /api/desk/contests/:contest/copy     CopyContest    → DeskContest (201)
 * POST   /api/desk/contests/:contest/publish  PublishContest → DeskContest
 * POST   /api/desk/contests/:contest/archive  ArchiveContest → DeskContest
 * POST   /api/desk/rounds/:round/extend       ExtendRound    → DeskContest
 * POST   /api/desk/rounds/:round/close        CloseRound     → DeskContest; attempts in progress keep their time
 * POST   /api/desk/rounds/:round/outages      RecordOutage   → DeskContest; time is given back to attempts open then
 * PUT    /api/desk/rounds/:round/extra-time   GiveExtraTime  → ExtraTimeReply; for one person
 * POST   /api/desk/contests/:contest/organisers          AddOrganiser → DeskContest
 * DELETE /api/desk/contests/:contest/organisers/:person               → DeskContest
 * GET    /api/desk/contests/:contest/changes         ChangeList, newest first
 * POST   /api/media                   AddMedia → MediaReply (organiser, editor); PNG, JPEG or WebP, whole, at most 1 MB and 25 million pixels
 */
import Type, { type Static } from 'typebox';
import { ContestSettings, RoundSettings } from './contest-settings.ts';
import { MediaId, Phase, roundFacts } from './contests.ts';
import { FieldError } from './errors.ts';
import { ExpectedVersion, Moment, Nullable, Reason, Slug, Uid } from './values.ts';

export const RoundDraft = Type.Object(
  {
    /** null: a new round. */
    id: Nullable(Uid),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    opensAt: Moment,
    closesAt: Moment,
    durationMs: Type.Integer({ minimum: 1000, maximum: 86_400_000 }),
    settings: RoundSettings,
  },
  { additionalProperties: false },
);
export type RoundDraft = Static<typeof RoundDraft>;

const draft = {
  title: Type.String({ minLength: 1, maxLength: 300 }),
  slug: Slug,
  summary: Type.String({ maxLength: 1000 }),
  /** Page text in the small markup (`page-rules.ts`): headings, paragraphs, lists, bold, italic, links, images by media id. */
  page: Type.String({ maxLength: 50_000 }),
  image: Nullable(MediaId),
  settings: ContestSettings,
  /** In their order; numbers are given by position. */
  rounds: Type.Array(RoundDraft, { maxItems: 100 }),
};

/** The whole of what an organiser writes. May be incomplete until it is published. */
export const ContestDraft = Type.Object(draft, { additionalProperties: false });
export type ContestDraft = Static<typeof ContestDraft>;

/** `reason` is asked for once a round has opened. */
export const SaveContest = Type.Object(
  {
    expectedVersion: ExpectedVersion,
    reason: Type.Optional(Reason),
    /** As at publishing; needed when a published contest is to draw from such a bank from now on. */
    understandsPublicKeys: Type.Optional(Type.Boolean()),
    ...draft,
  },
  { additionalProperties: false },
);
export type SaveContest = Static<typeof SaveContest>;

export const PresetId = Type.Union([Type.Literal('weeklyQuiz'), Type.Literal('oneAttempt')]);
export type PresetId = Static<typeof PresetId>;

/** Makes a draft from a preset: `rounds` of them one after another from `opensAt` on, drawing from `banks`. */
export const CreateContest = Type.Object(
  {
    /** Chosen by the client, so that sending twice makes one contest. */
    id: Type.Optional(Uid),
    title: Type.String({ minLength: 1, maxLength: 300 }),
    /** Made from the title when left out. */
    slug: Type.Optional(Slug),
    preset: PresetId,
    opensAt: Moment,
    rounds: Type.Integer({ minimum: 1, maximum: 52 }),
    banks: Type.Array(Uid, { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type CreateContest = Static<typeof CreateContest>;

/** A copy is a draft; its rounds are moved so that the first opens at `opensAt`. People, results and organisers stay behind. */
export const CopyContest = Type.Object(
  {
    id: Type.Optional(Uid),
    title: Type.String({ minLength: 1, maxLength: 300 }),
    slug: Type.Optional(Slug),
    opensAt: Moment,
  },
  { additionalProperties: false },
);
export type CopyContest = Static<typeof CopyContest>;

export const PublishContest = Type.Object(
  {
    expectedVersion: ExpectedVersion,
    /** Whoever publishes understands that keys of the banks are public; needed when a round draws from such a bank, and logged. */
    understandsPublicKeys: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PublishContest = Static<typeof PublishContest>;
export const ArchiveContest = Type.Object(
  { expectedVersion: ExpectedVersion, reason: Reason },
  { additionalProperties: false },
);
/** `expectedVersion` is the contest's. */
export const ExtendRound = Type.Object(
  { expectedVersion: ExpectedVersion, closesAt: Moment, reason: Reason },
  { additionalProperties: false },
);
export const CloseRound = Type.Object(
  { expectedVersion: ExpectedVersion, reason: Reason },
  { additionalProperties: false },
);
export const RecordOutage = Type.Object(
  { fromAt: Moment, toAt: Moment, reason: Reason },
  { additionalProperties: false },
);
export const GiveExtraTime = Type.Object(
  { person: Uid, extraMs: Type.Integer({ minimum: 0, maximum: 14_400_000 }), reason: Reason },
  { additionalProperties: false },
);
export const ExtraTimeReply = Type.Object({ person: Uid, extraMs: Type.Integer() });
export type ExtraTimeReply = Static<typeof ExtraTimeReply>;
export const AddOrganiser = Type.Object({ person: Uid }, { additionalProperties: false });

/** Something that may be meant, but that the organiser should know. */
export const Warning = Type.Object({
  code: Type.Union([
    /** A ranked round draws from a bank that ships with the product: its keys are public. */
    Type.Literal('shippedBank'),
    /** A ranked round draws from a bank that is open for practice. */
    Type.Literal('practiceBank'),
    /** Keys are shown while others can still answer the same questions. */
    Type.Literal('keysWhileOpen'),
    /** Everybody gets nearly the same questions: the pool is hardly larger than a paper. */
    Type.Literal('smallPool'),
    /** An attempt started late is cut by the window's end; the window is shorter than the duration. */
    Type.Literal('shortWindow'),
    /** Rounds overlap. */
    Type.Literal('overlap'),
    /** The prediction is asked but breaks no tie, or breaks ties but is not asked. */
    Type.Literal('predictionUnused'),
  ]),
  path: Type.String(),
  vi: Type.String(),
  en: Type.String(),
});
export type Warning = Static<typeof Warning>;

/** Whether the banks can fill the papers of a round, counting what earlier rounds take when they are to be left out. */
export const RoundCheck = Type.Object({
  /** Position in `rounds`, from 0. */
  round: Type.Integer(),
  fits: Type.Boolean(),
  questions: Type.Integer(),
  /** Questions that any cell can draw from. */
  pool: Type.Integer(),
  /** One for each cell of the blueprint. */
  cells: Type.Array(
    Type.Object({
      cell: Type.Integer(),
      needs: Type.Integer(),
      /** Questions that fit this cell. */
      has: Type.Integer(),
      /** What it gets when the other cells are served too. */
      gets: Type.Integer(),
    }),
  ),
});
export type RoundCheck = Static<typeof RoundCheck>;

export const CheckReply = Type.Object({
  /** What must be put right before publishing; paths such as "rounds.0.closesAt". */
  problems: Type.Array(FieldError),
  warnings: Type.Array(Warning),
  rounds: Type.Array(RoundCheck),
});
export type CheckReply = Static<typeof CheckReply>;

export const DeskState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('published'),
  Type.Literal('archived'),
]);
export type DeskState = Static<typeof DeskState>;

export const DeskContestCard = Type.Object({
  id: Uid,
  slug: Slug,
  title: Type.String(),
  state: DeskState,
  /** null while there are no rounds. */
  phase: Nullable(Phase),
  opensAt: Nullable(Moment),
  closesAt: Nullable(Moment),
  rounds: Type.Integer(),
  version: Type.Integer(),
});
export type DeskContestCard = Static<typeof DeskContestCard>;

export const DeskContestList = Type.Object({ contests: Type.Array(DeskContestCard) });
export type DeskContestList = Static<typeof DeskContestList>;

export const DeskRound = Type.Object({
  ...roundFacts,
  settings: RoundSettings,
  settledAt: Nullable(Moment),
  frozenAt: Nullable(Moment),
  /** Times in which nobody could answer; why is in the log of changes. */
  outages: Type.Array(Type.Object({ fromAt: Moment, toAt: Moment })),
  /** What has been drawn from cannot be changed any more (`contest.fixed`): only the title and a later closing. */
  opened: Type.Boolean(),
});
export type DeskRound = Static<typeof DeskRound>;

export const DeskContest = Type.Object({
  id: Uid,
  version: Type.Integer(),
  state: DeskState,
  title: Type.String(),
  slug: Slug,
  summary: Type.String(),
  page: Type.String(),
  image: Nullable(MediaId),
  settings: ContestSettings,
  rounds: Type.Array(DeskRound),
  organisers: Type.Array(Type.Object({ id: Uid, name: Type.String(), creator: Type.Boolean() })),
  entries: Type.Integer(),
  publishedAt: Nullable(Moment),
  check: CheckReply,
});
export type DeskContest = Static<typeof DeskContest>;

export const Preset = Type.Object({
  id: PresetId,
  name: Type.Object({ vi: Type.String(), en: Type.String() }),
  about: Type.Object({ vi: Type.String(), en: Type.String() }),
  /** Rounds proposed, and how long each is open. */
  rounds: Type.Integer(),
  windowMs: Type.Integer(),
  durationMs: Type.Integer(),
  contest: ContestSettings,
  /** Its blueprint's cells name no bank yet. */
  round: RoundSettings,
});
export type Preset = Static<typeof Preset>;
export const PresetList = Type.Object({ presets: Type.Array(Preset) });
export type PresetList = Static<typeof PresetList>;

/** Attempts of each round by state; counted a few seconds ago at most while it is watched, longer ago in huge contests. */
export const ContestProgress = Type.Object({
  at: Moment,
  rounds: Type.Array(
    Type.Object({
      id: Uid,
      open: Type.Integer(),
      submitted: Type.Integer(),
      /** Closed by the server when their time was over. */
      timedOut: Type.Integer(),
      startedLastMinute: Type.Integer(),
    }),
  ),
});
export type ContestProgress = Static<typeof ContestProgress>;

export const ChangeList = Type.Object({
  changes: Type.Array(
    Type.Object({
      at: Moment,
      /** Name of who did it, or "system". */
      actor: Type.String(),
      action: Type.String(),
      reason: Nullable(Type.String()),
      /** Paths that changed. */
      paths: Type.Array(Type.String()),
      /** Titles of the banks with public keys that whoever published said to know of. */
      publicBanks: Type.Array(Type.String()),
    }),
  ),
});
export type ChangeList = Static<typeof ChangeList>;

/* -------------------------------------------------------------------- media */

export const AddMedia = Type.Object(
  {
    /** base64 of a PNG, JPEG or WebP file of at most 1,000,000 bytes. */
    data: Type.String({ minLength: 4, maxLength: 1_400_000 }),
  },
  { additionalProperties: false },
);
export type AddMedia = Static<typeof AddMedia>;

export const MediaReply = Type.Object({
  id: MediaId,
  type: Type.Union([Type.Literal('image/png'), Type.Literal('image/jpeg'), Type.Literal('image/webp')]),
  bytes: Type.Integer(),
});
export type MediaReply = Static<typeof MediaReply>;
