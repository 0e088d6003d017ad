/**
 * Reaching people: the frame on other sites, the short address and poster, reminders, pushes, and a letter's links.
 *
 * GET  /t/:code                                      302 to the contest's page
 * GET  /nhung/:slug                                  HTML; may be framed by the origins that the contest allows
 * GET  /api/contests/:slug/summary                   ContestSummary   public: what the frame shows, fresh
 * GET  /api/desk/contests/:contest/reach             ReachDesk        organiser
 * GET  /api/desk/contests/:contest/poster            PDF, A4          organiser
 * POST /api/desk/contests/:contest/reminders/preview Reminder      → ReminderPreview; nothing is sent
 * POST /api/desk/contests/:contest/reminders         SendReminder  → ReachDesk (201); twice is once (`id`)
 * POST /api/desk/contests/:contest/reminders/:mailing/cancel       → ReachDesk
 * POST /api/letters/:letter/unsubscribe, …/subscribe               → LetterReply   public, by the sealed token
 * GET  /api/push                                     PushKey          public
 * POST /api/me/push          SubscribePush → PushReply   person: agrees to pushes in this browser
 * POST /api/me/push/off      { endpoint }  → PushReply   person
 */
import Type, { type Static } from 'typebox';
import { ContestParams } from './contests.ts';
import { Moment, Nullable, Reason, Uid } from './values.ts';

export const LetterParams = Type.Object({ letter: Type.String({ minLength: 40, maxLength: 300 }) });
export const LetterReply = Type.Object({
  /** Title of the contest that it was about; null for other letters. */
  contest: Nullable(Type.String()),
  /** Whether these letters come from now on. */
  wanted: Type.Boolean(),
});
export type LetterReply = Static<typeof LetterReply>;

/** What the frame shows. */
export const ContestSummary = Type.Object({
  at: Moment,
  title: Type.String(),
  phase: Type.Union([Type.Literal('now'), Type.Literal('soon'), Type.Literal('past')]),
  /** The open round that closes first, else the next one. */
  round: Nullable(
    Type.Object({ title: Type.String(), isOpen: Type.Boolean(), opensAt: Moment, closesAt: Moment }),
  ),
  /** Null while somebody is asked to predict it. */
  entrants: Nullable(Type.Integer()),
  /** Of the present round, or the last one; empty: nobody yet, or not to be seen. */
  top: Type.Array(Type.Object({ rank: Type.Integer(), name: Type.String(), marks: Type.Integer() })),
});
export type ContestSummary = Static<typeof ContestSummary>;

export const ReminderKind = Type.Union([
  Type.Literal('opens'),
  /** To those who have not taken part. */
  Type.Literal('closes'),
  Type.Literal('results'),
]);
export type ReminderKind = Static<typeof ReminderKind>;

const reminder = {
  kind: ReminderKind,
  round: Uid,
  /** Only people of these units and those below them; empty: any. */
  units: Type.Array(Uid, { maxItems: 200 }),
  groups: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
  /** Words of the organiser's own, under the template's; may be empty. */
  note: Type.String({ maxLength: 1000 }),
};
export const Reminder = Type.Object(reminder, { additionalProperties: false });
export type Reminder = Static<typeof Reminder>;
export const SendReminder = Type.Object(
  { /** Chosen by the client. */ id: Uid, reason: Reason, ...reminder },
  { additionalProperties: false },
);
export type SendReminder = Static<typeof SendReminder>;

const LetterText = Type.Object({
  subject: Type.String(),
  text: Type.String(),
  action: Nullable(Type.String()),
});
export const ReminderPreview = Type.Object({
  /** Entrants who fit; of them those who agreed to letters and have an address, and those with a browser that takes pushes. */
  entrants: Type.Integer(),
  mail: Type.Integer(),
  push: Type.Integer(),
  vi: LetterText,
  en: LetterText,
  link: Type.String(),
});
export type ReminderPreview = Static<typeof ReminderPreview>;

const Counts = Type.Object({
  waiting: Type.Integer(),
  sent: Type.Integer(),
  givenUp: Type.Integer(),
  dropped: Type.Integer(),
});
export const ReminderCard = Type.Object({
  id: Uid,
  subject: Type.String(),
  round: Nullable(Type.String()),
  state: Type.Union([
    Type.Literal('filling'),
    Type.Literal('sending'),
    Type.Literal('done'),
    Type.Literal('cancelled'),
  ]),
  /** Sent of itself. */
  automatic: Type.Boolean(),
  createdAt: Moment,
  doneAt: Nullable(Moment),
  mail: Counts,
  push: Counts,
});
export type ReminderCard = Static<typeof ReminderCard>;

export const ReachDesk = Type.Object({
  /** e.g. https://hoithi.example.vn/t/k7m4 */
  shortAddress: Type.String(),
  /** Its code, as a path on a square of `size`. */
  qr: Type.Object({ size: Type.Integer(), path: Type.String() }),
  page: Type.String(),
  /** The frame's address, and the text to paste into a page of an allowed site. */
  frame: Type.String(),
  snippet: Type.String(),
  /** Whether an SMTP server was configured, and who letters come from. */
  mailFrom: Nullable(Type.String()),
  /** Whether entrants are asked to agree to letters. */
  asksForMail: Type.Boolean(),
  reminders: Type.Array(ReminderCard),
  retention: Nullable(
    Type.Object({
      days: Type.Integer(),
      dueAt: Moment,
      doneAt: Nullable(Moment),
      entries: Type.Integer(),
      guests: Type.Integer(),
    }),
  ),
});
export type ReachDesk = Static<typeof ReachDesk>;

export const MailingParams = Type.Object({ ...ContestParams.properties, mailing: Uid });

export const PushKey = Type.Object({
  /** VAPID public key, base64url. */
  key: Type.String(),
});
export const SubscribePush = Type.Object(
  {
    endpoint: Type.String({ minLength: 10, maxLength: 1000 }),
    keys: Type.Object(
      {
        p256dh: Type.String({ minLength: 20, maxLength: 200 }),
        auth: Type.String({ minLength: 10, maxLength: 100 }),
      },
      { additionalProperties: false },
    ),
    locale: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
    /** Of the text that was agreed to. */
    version: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);
export type SubscribePush = Static<typeof SubscribePush>;
export const UnsubscribePush = Type.Object(
  { endpoint: Type.String({ minLength: 10, maxLength: 1000 }) },
  { additionalProperties: false },
);
export const PushReply = Type.Object({ subscribed: Type.Boolean() });
export type PushReply = Static<typeof PushReply>;
