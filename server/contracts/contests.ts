/**
 * Contests as everybody sees them. Times are ms UTC; `closesAt` is exclusive, so that
 * "24h00 ngày 28/8" is 00:00 of 29/8. Nothing public here carries a key or a round's code.
 *
 * Public (no session needed)
 * GET    /api/contests                               ContestList   ETag
 * GET    /api/contests/:slug                         ContestPage   ETag
 * GET    /api/media/:media                           the picture, immutable
 */
import Type, { type Static } from 'typebox';
import { RoundStanding } from './closing.ts';
import { ContestSettings, RoundSettings } from './contest-settings.ts';
import { Moment, Nullable, Slug, Uid } from './values.ts';

const settings = ContestSettings.properties;
const roundSettings = RoundSettings.properties;

export const SlugParams = Type.Object({ slug: Slug });
export const ContestParams = Type.Object({ contest: Uid });
export const RoundParams = Type.Object({ round: Uid });
export const OrganiserParams = Type.Object({ contest: Uid, person: Uid });
export const MediaId = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const MediaParams = Type.Object({ media: MediaId });

/* ---------------------------------------------------------------- page text */

/** A piece of text in one style. `href` is an http(s), mailto, tel or own ("/…") address. */
export const Span = Type.Object({
  text: Type.String(),
  bold: Type.Optional(Type.Boolean()),
  italic: Type.Optional(Type.Boolean()),
  href: Type.Optional(Type.String()),
});
export type Span = Static<typeof Span>;

/** Page text after parsing: drawn by the client with elements, never as HTML. */
export const Block = Type.Union([
  Type.Object({
    type: Type.Literal('heading'),
    level: Type.Union([Type.Literal(2), Type.Literal(3)]),
    spans: Type.Array(Span),
  }),
  Type.Object({ type: Type.Literal('paragraph'), spans: Type.Array(Span) }),
  Type.Object({
    type: Type.Literal('list'),
    ordered: Type.Boolean(),
    items: Type.Array(Type.Array(Span)),
  }),
  /** `media` is an id for GET /api/media/:media. */
  Type.Object({ type: Type.Literal('image'), media: MediaId, alt: Type.String() }),
]);
export type Block = Static<typeof Block>;

/* ------------------------------------------------------------------- public */

/** now: a round is open, or the next one is to come after one that closed; soon: none has opened; past: all have closed. */
export const Phase = Type.Union([Type.Literal('now'), Type.Literal('soon'), Type.Literal('past')]);
export type Phase = Static<typeof Phase>;

/** soon, open, closed (attempts may still be running out, ranks not final), settled (final). */
export const RoundState = Type.Union([
  Type.Literal('soon'),
  Type.Literal('open'),
  Type.Literal('closed'),
  Type.Literal('settled'),
]);
export type RoundState = Static<typeof RoundState>;

export const ContestCard = Type.Object({
  id: Uid,
  slug: Slug,
  title: Type.String(),
  summary: Type.String(),
  image: Nullable(MediaId),
  phase: Phase,
  /** First opening and last closing. */
  opensAt: Moment,
  closesAt: Moment,
  rounds: Type.Integer(),
  /** The round that is open, else the next one to open; null when all have closed. */
  current: Nullable(
    Type.Object({
      id: Uid,
      number: Type.Integer(),
      title: Type.String(),
      state: RoundState,
      opensAt: Moment,
      closesAt: Moment,
    }),
  ),
});
export type ContestCard = Static<typeof ContestCard>;

/** Now: closing first; soon: opening first; past: closed last first. */
export const ContestList = Type.Object({
  now: Type.Array(ContestCard),
  soon: Type.Array(ContestCard),
  past: Type.Array(ContestCard),
});
export type ContestList = Static<typeof ContestList>;

/** What everybody sees of a round, and its organisers too. */
export const roundFacts = {
  id: Uid,
  number: Type.Integer(),
  title: Type.String(),
  state: RoundState,
  /** How binding its results are. */
  standing: RoundStanding,
  opensAt: Moment,
  closesAt: Moment,
  durationMs: Type.Integer(),
};

export const PublicRound = Type.Object({
  ...roundFacts,
  /** Questions on a paper, without the prediction. */
  questions: Type.Integer(),
  attemptsAllowed: roundSettings.attemptsAllowed,
  attemptsPer: roundSettings.attemptsPer,
  counting: roundSettings.counting,
  prediction: roundSettings.prediction,
  order: roundSettings.order,
  release: roundSettings.release,
  layout: roundSettings.layout,
  /** Whether the board is frozen just now. */
  frozen: Type.Boolean(),
  entry: Type.Object({
    /** Units whose people may enter, with those below them; at most 50 are named here. Empty: any. */
    units: Type.Array(Type.Object({ id: Uid, name: Type.String() })),
    unitCount: Type.Integer(),
    groups: Type.Array(Type.String()),
    minAge: Nullable(Type.Integer()),
    maxAge: Nullable(Type.Integer()),
    /** A code must be typed before the start. */
    code: Type.Boolean(),
  }),
});
export type PublicRound = Static<typeof PublicRound>;

export const ContestPage = Type.Object({
  id: Uid,
  slug: Slug,
  title: Type.String(),
  summary: Type.String(),
  image: Nullable(MediaId),
  phase: Phase,
  archived: Type.Boolean(),
  page: Type.Array(Block),
  rules: Type.Array(Block),
  prizes: Type.Array(Block),
  names: settings.names,
  fields: settings.fields,
  consents: settings.consents,
  guests: settings.guests,
  /** Members of a list were given codes: the form asks for one. */
  roster: Type.Boolean(),
  /** The contest looks at how often the page of an attempt is left, and says so. */
  watchesPages: Type.Boolean(),
  unitRanking: settings.unitRanking,
  overall: settings.overall,
  /** What a guardian agrees to for people younger than this. */
  guardian: Type.Object({
    under: Type.Integer(),
    version: Type.Integer(),
    vi: Type.String(),
    en: Type.String(),
  }),
  /** Personal fields are erased so many days after the last round; null: not of itself. */
  retentionDays: Nullable(Type.Integer()),
  rounds: Type.Array(PublicRound),
});
export type ContestPage = Static<typeof ContestPage>;
