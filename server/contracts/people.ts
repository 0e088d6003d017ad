/** People as staff see them: found, given roles, reached, let in again. */
import Type, { type Static } from 'typebox';
import { Group, RoleName, UnitRef } from './accounts.ts';
import { Moment, Nullable, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false };

/** Somebody as staff see them: enough to tell people apart, nothing more. */
export const PersonSummary = Type.Object(
  {
    uid: Uid,
    name: Type.String(),
    birthYear: Nullable(Type.Integer()),
    unit: Nullable(UnitRef),
    /** "•••••••678". */
    phoneMasked: Nullable(Type.String()),
    userName: Nullable(Type.String()),
    roles: Type.Array(RoleName),
    guest: Type.Boolean(),
  },
  closed,
);
export type PersonSummary = Static<typeof PersonSummary>;

/**
 * GET /api/people (organiser, admin): by name (diacritics ignored, exact first), or exactly by phone, e-mail, user name,
 * citizen id, uid. With `role` alone: everybody who has it.
 */
export const PeopleQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 254 })),
    role: Type.Optional(RoleName),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  closed,
);
export type PeopleQuery = Static<typeof PeopleQuery>;
export const PeopleReply = Type.Object({ people: Type.Array(PersonSummary) }, closed);
export type PeopleReply = Static<typeof PeopleReply>;

export const PersonParams = Type.Object({ person: Uid }, closed);

/** GET /api/people/:person (organiser, admin). */
export const PersonDetail = Type.Object(
  {
    ...PersonSummary.properties,
    title: Nullable(Type.String()),
    group: Nullable(Group),
    emailMasked: Nullable(Type.String()),
    secondFactor: Type.Boolean(),
    createdAt: Moment,
  },
  closed,
);
export type PersonDetail = Static<typeof PersonDetail>;

/** PUT and DELETE /api/people/:person/roles/:role (admin) → PersonDetail. `roles.lastAdmin`. */
/** POST /api/people/:person/contact (organiser): how to reach somebody, in full. Each reading is logged with its reason. */
export const ContactReply = Type.Object({
  phone: Type.Union([Type.Null(), Type.String()]),
  email: Type.Union([Type.Null(), Type.String()]),
});
export type ContactReply = Static<typeof ContactReply>;

export const RoleParams = Type.Object({ person: Uid, role: RoleName }, closed);
/** POST /api/people/:person/second-factor/off (admin) too: somebody lost their phone. */
export const ReasonBody = Type.Object({ reason: Reason }, closed);
export type ReasonBody = Static<typeof ReasonBody>;

/** POST /api/people/:person/reset-codes (organiser for citizens, admin for anybody) → ResetCodeReply. Logged. */
export const ResetCodeBody = Type.Object(
  {
    /** How the person who asks was checked. */
    checkedBy: Type.Union([
      Type.Literal('inPerson'),
      Type.Literal('document'),
      Type.Literal('phone'),
      Type.Literal('superior'),
    ]),
    reason: Reason,
  },
  closed,
);
export type ResetCodeBody = Static<typeof ResetCodeBody>;
/** Works once, for 30 minutes, with POST /api/accounts/recover. "XXXX-XXXX-XXXX". */
export const ResetCodeReply = Type.Object({ code: Type.String(), expiresAt: Moment }, closed);
export type ResetCodeReply = Static<typeof ResetCodeReply>;
