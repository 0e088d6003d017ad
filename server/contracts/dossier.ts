/**
 * The dossier of an attempt: a page of facts that answers a complaint. Times are ms UTC, marks hundredths.
 *
 * GET /api/desk/contests/:contest/attempts?q                         FoundAttempts  by number, name or code; organisers
 * GET /api/desk/contests/:contest/attempts/:attempt/dossier          Dossier        reading it is logged
 * GET /api/desk/contests/:contest/attempts/:attempt/dossier/file     PDF            the same
 * GET /api/attempts/:attempt/dossier                                 Dossier        one's own, after the release
 * GET /api/attempts/:attempt/dossier/file                            PDF
 */
import Type, { type Static } from 'typebox';
import { RoundStanding } from './closing.ts';
import { Bilingual } from './errors.ts';
import { Moment, Nullable, Uid } from './values.ts';

export const AttemptId = Type.String({ maxLength: 60 });
export const DossierParams = Type.Object({ contest: Uid, attempt: AttemptId });
export const OwnDossierParams = Type.Object({ attempt: AttemptId });
export const AttemptQuery = Type.Object({ q: Type.String({ minLength: 1, maxLength: 100 }) });

const State = Type.Union([
  Type.Literal('open'),
  Type.Literal('submitted'),
  Type.Literal('timedOut'),
  Type.Literal('annulled'),
]);

export const FoundAttempts = Type.Object({
  attempts: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      number: Nullable(Type.Integer()),
      unit: Nullable(Type.String()),
      round: Type.String(),
      attempt: Type.Integer(),
      state: State,
      startedAt: Moment,
      marks: Nullable(Type.Integer()),
    }),
  ),
});
export type FoundAttempts = Static<typeof FoundAttempts>;

export const DossierQuestion = Type.Object({
  number: Type.Integer(),
  stem: Type.String(),
  /** What stood to choose from, as shown on this paper. */
  options: Type.Array(Type.String()),
  answer: Bilingual,
  /** Null while it is not released. */
  key: Nullable(Bilingual),
  marks: Nullable(Type.Integer()),
  points: Type.Integer(),
  /** Of the last change; null: never answered. */
  changedAt: Nullable(Moment),
  changes: Type.Integer(),
  /** What was decided about the question after it was asked. */
  rulings: Type.Array(Bilingual),
});
export type DossierQuestion = Static<typeof DossierQuestion>;

export const Neighbour = Type.Object({ rank: Type.Integer(), why: Bilingual });

export const Dossier = Type.Object({
  id: Type.String(),
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  round: Type.Object({ title: Type.String(), standing: RoundStanding }),
  name: Type.String(),
  /** Of the entry. */
  number: Nullable(Type.Integer()),
  unit: Nullable(Type.String()),
  attempt: Type.Integer(),
  state: State,
  startedAt: Moment,
  /** In force, with all that was given back. */
  deadline: Moment,
  closedAt: Nullable(Moment),
  elapsedMs: Nullable(Type.Integer()),
  prediction: Nullable(Type.Integer()),
  predictionTruth: Nullable(Type.Integer()),
  marks: Nullable(Type.Integer()),
  maxMarks: Type.Integer(),
  rightCount: Nullable(Type.Integer()),
  /** Outages, extra time, devices, other windows: in words. */
  interruptions: Type.Array(Bilingual),
  questions: Type.Array(DossierQuestion),
  /** Each version of the result, the first one first. */
  versions: Type.Array(
    Type.Object({ version: Type.Integer(), marks: Type.Integer(), counts: Type.Boolean() }),
  ),
  /** Null when this attempt is not ranked. */
  place: Nullable(
    Type.Object({
      rank: Type.Integer(),
      of: Type.Integer(),
      /** Why it stands below the one above, and above the one below. */
      above: Nullable(Neighbour),
      below: Nullable(Neighbour),
    }),
  ),
  /** Code under which the result can be looked up; null before the release. */
  code: Nullable(Type.String()),
});
export type Dossier = Static<typeof Dossier>;
