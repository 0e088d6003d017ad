/**
 * Entering a contest.
 *
 * GET    /api/contests/:slug/entry                   EntryReply    anybody; `entry: null` when not entered
 * POST   /api/contests/:slug/entry    EnterContest → EntryReply    person, or anybody when guests are let in; twice is once
 */
import Type, { type Static } from 'typebox';
import { Group } from './accounts.ts';
import { Moment, Nullable, Uid } from './values.ts';

/**
 * What somebody gives to enter. People with an account leave out what their account holds already (`known`); guests give
 * their name and all that the contest requires.
 */
export const EnterContest = Type.Object(
  {
    /** Guests only: made by the client and kept until the reply has come, so that sending twice lets one guest in. */
    key: Type.Optional(Uid),
    /** Guests only. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    /** "yyyy-mm-dd". */
    birthDate: Type.Optional(Type.String({ maxLength: 10 })),
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    email: Type.Optional(Type.String({ maxLength: 200 })),
    citizenId: Type.Optional(Type.String({ maxLength: 20 })),
    address: Type.Optional(Type.String({ maxLength: 300 })),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    group: Type.Optional(Group),
    unit: Type.Optional(Uid),
    /** "My unit is not here": its name in one's own words, instead of `unit`; organisers say later which one it is. */
    unitText: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
    /** Handed out to the members of a roster; it says which unit they belong to. */
    rosterCode: Type.Optional(Type.String({ maxLength: 60 })),
    /** Each purpose that is agreed to, at the version of its text that was shown. */
    consents: Type.Array(
      Type.Object(
        { id: Type.String({ maxLength: 40 }), version: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
      { maxItems: 10 },
    ),
    /** For people under sixteen: the parent or guardian who agrees, with them, that their name is shown. */
    guardian: Type.Optional(
      Type.Object(
        { name: Type.String({ minLength: 1, maxLength: 120 }), version: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type EnterContest = Static<typeof EnterContest>;

export const Entry = Type.Object({
  /** Running number in the contest. */
  number: Type.Integer(),
  enteredAt: Moment,
  name: Type.String(),
  unit: Nullable(Type.Object({ id: Uid, name: Type.String() })),
  /** What was written as the unit because it was not found, and what the organisers made of it; null: nothing. */
  unitAsked: Nullable(
    Type.Object({
      text: Type.String(),
      state: Type.Union([Type.Literal('waiting'), Type.Literal('mapped'), Type.Literal('refused')]),
      /** Why it was refused. */
      reason: Nullable(Type.String()),
    }),
  ),
  group: Nullable(Group),
  consents: Type.Array(Type.Object({ id: Type.String(), version: Type.Integer(), at: Moment })),
});
export type Entry = Static<typeof Entry>;

/** Why somebody may not take a round; `code` is asked at the start and is no bar here. */
export const Bar = Type.Union([
  Type.Literal('unit'),
  Type.Literal('group'),
  Type.Literal('tooYoung'),
  Type.Literal('tooOld'),
  Type.Literal('birthDateMissing'),
]);
export type Bar = Static<typeof Bar>;

export const EntryReply = Type.Object({
  entry: Nullable(Entry),
  /** What the account holds already, partly hidden; null for people who are not signed in. */
  known: Nullable(
    Type.Object({
      name: Type.String(),
      birthDate: Nullable(Type.String()),
      /** Last three digits. */
      phone: Nullable(Type.String()),
      /** First letter and domain. */
      email: Nullable(Type.String()),
      /** Last digits. */
      citizenId: Nullable(Type.String()),
      address: Nullable(Type.String()),
      title: Nullable(Type.String()),
      group: Nullable(Group),
      unit: Nullable(Type.Object({ id: Uid, name: Type.String() })),
    }),
  ),
  /** For each round, what bars this person; empty: may start while it is open. Only when entered. */
  rounds: Type.Array(Type.Object({ id: Uid, bars: Type.Array(Bar) })),
  /** Only in the reply that made a guest: shown once, to keep. `code` is typed at sign-in; `link` has it in its fragment. */
  guest: Nullable(Type.Object({ code: Type.String(), link: Type.String() })),
});
export type EntryReply = Static<typeof EntryReply>;
