/** Accounts at the doors: registration, sign-in, second factor, recovery, one's own data, guests, the family at one phone. */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Uid } from './values.ts';

const closed = { additionalProperties: false };

/** Everybody is a citizen; these are given by an admin. */
export const RoleName = Type.Union([
  Type.Literal('organiser'),
  Type.Literal('editor'),
  Type.Literal('reviewer'),
  Type.Literal('admin'),
  Type.Literal('officer'),
]);
export type RoleName = Static<typeof RoleName>;

export const Group = Type.Union([
  Type.Literal('official'),
  Type.Literal('citizen'),
  Type.Literal('student'),
  Type.Literal('soldier'),
]);
export type Group = Static<typeof Group>;

export const PersonName = Type.String({ minLength: 1, maxLength: 120 });
/** "yyyy-mm-dd". */
export const BirthDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** As typed; the server brings it into one form ("0912345678") and refuses what is no Vietnamese phone number. */
export const PhoneText = Type.String({ minLength: 1, maxLength: 30 });
export const EmailText = Type.String({ minLength: 3, maxLength: 254 });
/** As typed; 12 digits. */
export const CitizenIdText = Type.String({ minLength: 1, maxLength: 30 });
/** 3 to 30: letters a–z (at least one), digits, ".", "_", "-". Case does not count. */
export const UserNameText = Type.String({ minLength: 3, maxLength: 40 });
/** At least 8 characters, any characters; too common ones are refused with `request.invalid` at this field. */
const NewPassword = Type.String({ minLength: 1, maxLength: 200 });
const Password = Type.String({ minLength: 1, maxLength: 200 });
/** Six digits; spaces are ignored. */
const TotpCode = Type.String({ minLength: 6, maxLength: 10 });

/**
 * Passwords are hashed in a queue. When it is long the reply is 429 `auth.wait` with facts `{ ticket, place, retryAfterMs }`:
 * show the place ("Bạn đang ở vị trí thứ 120"), wait `retryAfterMs`, and send the same body again with this ticket,
 * which keeps the place. A ticket given with any other code (`auth.secondFactor`) spares the wait in the same way.
 */
const Ticket = Type.Optional(Type.String({ maxLength: 60 }));

/** Who is signed in, as every page needs it. */
export const SessionPerson = Type.Object(
  {
    uid: Uid,
    name: Type.String(),
    roles: Type.Array(RoleName),
    /** Came with a personal code, for one contest; has no login. */
    guest: Type.Boolean(),
    /** The second factor was given in this session. */
    elevated: Type.Boolean(),
    /** Their desk stays shut (`auth.secondFactorNeeded`) until they turn on or give the second factor. */
    secondFactorNeeded: Type.Boolean(),
  },
  closed,
);
export type SessionPerson = Static<typeof SessionPerson>;

/** GET /api/session (public, never 401), and the answer of whatever signs somebody in. */
export const SessionReply = Type.Object({ person: Nullable(SessionPerson) }, closed);
export type SessionReply = Static<typeof SessionReply>;

/** POST /api/accounts → RegisteredReply, signed in. At least one of phone, email, userName; `taken` names the field in `errors`. */
export const RegisterBody = Type.Object(
  {
    name: PersonName,
    password: NewPassword,
    phone: Type.Optional(PhoneText),
    email: Type.Optional(EmailText),
    userName: Type.Optional(UserNameText),
    birthDate: Type.Optional(BirthDate),
    citizenId: Type.Optional(CitizenIdText),
    /** uid of a unit. */
    unit: Type.Optional(Uid),
    group: Type.Optional(Group),
    title: Type.Optional(Type.String({ maxLength: 120 })),
    address: Type.Optional(Type.String({ maxLength: 300 })),
    /** Version of the text about personal data that was agreed to by an act of one's own (never pre-ticked). */
    consentVersion: Type.Integer({ minimum: 1 }),
    /** False on a shared computer: the session ends with the browser, and after 12 hours. True unless said. */
    remember: Type.Optional(Type.Boolean()),
    ticket: Ticket,
    /** What `auth.proofNeeded` asked for in its facts: n with SHA-256(`salt:n`) beginning with `bits` zero bits. */
    proof: Type.Optional(
      Type.Object({ salt: Type.String({ maxLength: 200 }), n: Type.Integer({ minimum: 0 }) }, closed),
    ),
  },
  closed,
);
export type RegisterBody = Static<typeof RegisterBody>;

/** `recoveryCode` is shown this once: "XXXXX-XXXXX-XXXXX-XXXXX". */
export const RegisteredReply = Type.Object({ person: SessionPerson, recoveryCode: Type.String() }, closed);
export type RegisteredReply = Static<typeof RegisteredReply>;

/** POST /api/sessions → SessionReply. `auth.failed`, `auth.wait`, `auth.secondFactor` (send again with `totp` and the ticket). */
export const SignInBody = Type.Object(
  {
    /** Phone, e-mail or user name. */
    login: Type.String({ minLength: 1, maxLength: 254 }),
    password: Password,
    totp: Type.Optional(TotpCode),
    remember: Type.Optional(Type.Boolean()),
    ticket: Ticket,
  },
  closed,
);
export type SignInBody = Static<typeof SignInBody>;

/** DELETE /api/session → 204: sign out here; also when nobody is signed in. */

/** POST /api/accounts/first-admin → RegisteredReply. `token` from the fragment of the one-time link. */
export const FirstAdminBody = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100 }),
    name: PersonName,
    password: NewPassword,
    userName: UserNameText,
    ticket: Ticket,
  },
  closed,
);
export type FirstAdminBody = Static<typeof FirstAdminBody>;

/** POST /api/accounts/recover → RegisteredReply (with the next recovery code), signed in; every other session ends. `auth.wrongCode`. */
export const RecoverBody = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 254 }),
    /** The recovery code kept since registration, or the one-time code that staff gave. Case, spaces and dashes are ignored. */
    code: Type.String({ minLength: 1, maxLength: 60 }),
    newPassword: NewPassword,
    totp: Type.Optional(TotpCode),
    ticket: Ticket,
  },
  closed,
);
export type RecoverBody = Static<typeof RecoverBody>;

/** PUT /api/me/password → SessionReply; this session gets a new token, all others end. `auth.wrongPassword`. */
export const PasswordBody = Type.Object(
  { password: Password, newPassword: NewPassword, ticket: Ticket },
  closed,
);
export type PasswordBody = Static<typeof PasswordBody>;

/** POST /api/me/recovery-code → RecoveryCodeReply; the old one stops working. Also: POST /api/me/erase (204), DELETE the second factor. */
export const ProveBody = Type.Object(
  {
    /** Left out by guests, who have none. */
    password: Type.Optional(Password),
    ticket: Ticket,
  },
  closed,
);
export type ProveBody = Static<typeof ProveBody>;

export const RecoveryCodeReply = Type.Object({ recoveryCode: Type.String() }, closed);
export type RecoveryCodeReply = Static<typeof RecoveryCodeReply>;

/** POST /api/me/second-factor (ProveBody) → this; nothing is on until the first code is confirmed. */
export const SecondFactorReply = Type.Object(
  {
    /** For typing by hand, base32. */
    secret: Type.String(),
    /** otpauth://… */
    uri: Type.String(),
    /** The same as a QR code: `<svg viewBox="0 0 {size} {size}"><path d="{path}"/></svg>`, modules of size 1. */
    qr: Type.Object({ size: Type.Integer(), path: Type.String() }, closed),
  },
  closed,
);
export type SecondFactorReply = Static<typeof SecondFactorReply>;

/**
 * PUT /api/me/second-factor: confirms it → SessionReply. `auth.wrongCode`.
 * POST /api/me/elevation: gives it in a session that came without → SessionReply.
 */
export const TotpBody = Type.Object({ totp: TotpCode }, closed);
export type TotpBody = Static<typeof TotpBody>;

/** POST /api/me/second-factor/off → SessionReply. */
export const SecondFactorOffBody = Type.Object(
  { password: Password, totp: TotpCode, ticket: Ticket },
  closed,
);
export type SecondFactorOffBody = Static<typeof SecondFactorOffBody>;

export const UnitRef = Type.Object({ uid: Uid, name: Type.String() }, closed);

/** GET /api/me and the answer of PATCH /api/me: everything one gave, to oneself alone. */
export const Me = Type.Object(
  {
    uid: Uid,
    name: Type.String(),
    guest: Type.Boolean(),
    roles: Type.Array(RoleName),
    birthDate: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    email: Nullable(Type.String()),
    userName: Nullable(Type.String()),
    /** Last digits; the number itself is not kept. */
    citizenIdLast: Nullable(Type.String()),
    unit: Nullable(UnitRef),
    group: Nullable(Group),
    title: Nullable(Type.String()),
    address: Nullable(Type.String()),
    secondFactor: Type.Boolean(),
    /** Whether a recovery code is in force. */
    recoveryCode: Type.Boolean(),
    createdAt: Moment,
  },
  closed,
);
export type Me = Static<typeof Me>;

/** PATCH /api/me. What is left out stays; null clears. Phone, e-mail and user name need the password, as one signs in by them. */
export const MePatch = Type.Object(
  {
    name: Type.Optional(PersonName),
    birthDate: Type.Optional(Nullable(BirthDate)),
    phone: Type.Optional(Nullable(PhoneText)),
    email: Type.Optional(Nullable(EmailText)),
    userName: Type.Optional(Nullable(UserNameText)),
    citizenId: Type.Optional(Nullable(CitizenIdText)),
    unit: Type.Optional(Nullable(Uid)),
    group: Type.Optional(Nullable(Group)),
    title: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
    address: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
    password: Type.Optional(Password),
    ticket: Ticket,
  },
  closed,
);
export type MePatch = Static<typeof MePatch>;

/** GET /api/me/export: a download (attachment) with all data about oneself, a part for each feature. */
export const ExportReply = Type.Object(
  { exportedAt: Moment, me: Me, parts: Type.Record(Type.String(), Type.Unknown()) },
  closed,
);
export type ExportReply = Static<typeof ExportReply>;

/** GET /api/me/sessions, the latest first. */
export const SessionList = Type.Object(
  {
    sessions: Type.Array(
      Type.Object(
        {
          uid: Uid,
          /** e.g. "Chrome · Android"; null when the browser did not say. */
          device: Nullable(Type.String()),
          createdAt: Moment,
          /** To the hour. */
          seenAt: Moment,
          current: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type SessionList = Static<typeof SessionList>;

/** DELETE /api/me/sessions/:session → 204. */
export const SessionParams = Type.Object({ session: Uid }, closed);

/** POST /api/me/sessions/end → 204. "all" signs out here too. */
export const EndSessionsBody = Type.Object(
  { which: Type.Union([Type.Literal('others'), Type.Literal('all')]) },
  closed,
);
export type EndSessionsBody = Static<typeof EndSessionsBody>;

/** POST /api/guests/return → SessionReply. `auth.wrongCode`. */
export const GuestReturnBody = Type.Object(
  {
    /** uid or slug of the contest. */
    contest: Type.String({ minLength: 1, maxLength: 200 }),
    /** The typed code, or what stands in the fragment of the personal link. */
    code: Type.String({ minLength: 1, maxLength: 60 }),
    /** False on a shared computer. */
    remember: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type GuestReturnBody = Static<typeof GuestReturnBody>;

/** What a guest is shown once, by the contest that lets them in. */
export const GuestAccess = Type.Object(
  {
    /** "XXXX-XXXX-XXXX", for typing. */
    code: Type.String(),
    /** For the fragment of the personal link. */
    linkToken: Type.String(),
  },
  closed,
);
export type GuestAccess = Static<typeof GuestAccess>;

/** GET /api/household (signed in): who shares this phone, whose it is first; the answer of POST too. */
export const Household = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          uid: Uid,
          name: Type.String(),
          birthYear: Nullable(Type.Integer()),
          me: Type.Boolean(),
          holder: Type.Boolean(),
        },
        closed,
      ),
    ),
    most: Type.Integer(),
  },
  closed,
);
export type Household = Static<typeof Household>;
/** POST /api/household: another one of the family. */
export const HouseholdBody = Type.Object(
  {
    name: PersonName,
    /** "yyyy-mm-dd". */
    birthDate: Type.Optional(Type.String({ maxLength: 10 })),
    consentVersion: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type HouseholdBody = Static<typeof HouseholdBody>;
/** POST /api/household/switch → SessionReply: now somebody else takes part. */
export const SwitchBody = Type.Object({ person: Uid }, closed);
