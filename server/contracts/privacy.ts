/**
 * What people agreed to, and the register of breaches.
 *
 * GET  /api/me/consents                          ConsentList    person
 * PUT  /api/me/consents          ChangeConsent → ConsentList    person: gives one, or takes it back
 * GET  /api/desk/breaches                        BreachList     admin
 * POST /api/desk/breaches        NewBreach     → Breach         admin; twice is once (`id`)
 * PUT  /api/desk/breaches/:breach  SaveBreach  → Breach         admin, at an expected version
 */
import Type, { type Static } from 'typebox';
import { Bilingual } from './errors.ts';
import { ExpectedVersion, Moment, Nullable, Reason, Uid } from './values.ts';

/** One purpose in one contest. */
export const OwnConsent = Type.Object({
  /** As in the contest's settings; "guardian" for a parent's. */
  id: Type.String(),
  required: Type.Boolean(),
  /** What was agreed to, in the words of its version; null: not agreed. `text` null: that version is not on file. */
  given: Nullable(Type.Object({ at: Moment, version: Type.Integer(), text: Nullable(Bilingual) })),
  /** The text as it is now; null: no longer asked. */
  now: Nullable(Type.Object({ version: Type.Integer(), text: Bilingual })),
});
export type OwnConsent = Static<typeof OwnConsent>;

export const ConsentList = Type.Object({
  /** For the account itself; null for guests. */
  account: Nullable(Type.Object({ at: Moment, version: Type.Integer() })),
  contests: Type.Array(
    Type.Object({
      id: Uid,
      slug: Type.String(),
      title: Type.String(),
      enteredAt: Moment,
      /** When personal fields of this entry are erased; null: kept with the account. */
      erasedAt: Nullable(Moment),
      consents: Type.Array(OwnConsent),
    }),
  ),
  /** What was changed after the entry, the newest first. */
  changes: Type.Array(
    Type.Object({
      at: Moment,
      contest: Nullable(Type.String()),
      id: Type.String(),
      version: Type.Integer(),
      given: Type.Boolean(),
      via: Type.Union([Type.Literal('account'), Type.Literal('letter'), Type.Literal('browser')]),
    }),
  ),
});
export type ConsentList = Static<typeof ConsentList>;

export const ChangeConsent = Type.Object(
  {
    contest: Uid,
    id: Type.String({ maxLength: 40 }),
    given: Type.Boolean(),
    /** Of the text that was shown, when it is given. */
    version: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type ChangeConsent = Static<typeof ChangeConsent>;

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const breach = {
  title: words(200),
  happenedAt: Moment,
  foundAt: Moment,
  /** What happened; which kinds of data; why; what was done. Describes, never contains, the data. */
  what: words(5000),
  data: words(2000),
  cause: Type.String({ maxLength: 2000 }),
  measures: Type.String({ maxLength: 5000 }),
  people: Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  authorityToldAt: Nullable(Moment),
  peopleToldAt: Nullable(Moment),
  closedAt: Nullable(Moment),
};

export const NewBreach = Type.Object(
  { /** Chosen by the client. */ id: Uid, ...breach },
  { additionalProperties: false },
);
export type NewBreach = Static<typeof NewBreach>;
export const SaveBreach = Type.Object(
  { expectedVersion: ExpectedVersion, reason: Reason, ...breach },
  { additionalProperties: false },
);
export type SaveBreach = Static<typeof SaveBreach>;
export const Breach = Type.Object({
  id: Uid,
  version: Type.Integer(),
  ...breach,
  /** The law gives 72 hours from the finding for telling the authority. */
  tellBy: Moment,
  createdBy: Type.String(),
  createdAt: Moment,
});
export type Breach = Static<typeof Breach>;
export const BreachList = Type.Object({ breaches: Type.Array(Breach) });
export type BreachList = Static<typeof BreachList>;
export const BreachParams = Type.Object({ breach: Uid });
