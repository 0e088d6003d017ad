/** The log of who did what, for admins. */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Seq } from './values.ts';

const closed = { additionalProperties: false };

/** What of the log is wanted; everything unless said. */
export const AuditFilter = {
  /** uid, or "system". */
  actor: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  action: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** "contest:<uid>"; "contest:" stands for all contests. */
  subject: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Moment),
  /** Exclusive. */
  to: Type.Optional(Moment),
};

/** GET /api/audit (admin): the newest first, before `before`. */
export const AuditQuery = Type.Object(
  {
    before: Type.Optional(Seq),
    ...AuditFilter,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);
export type AuditQuery = Static<typeof AuditQuery>;
export const AuditReply = Type.Object(
  {
    entries: Type.Array(
      Type.Object(
        {
          seq: Type.Integer(),
          at: Moment,
          /** uid, or "system". */
          actor: Type.String(),
          /** Null when the actor's name was erased, or it was the system. */
          actorName: Nullable(Type.String()),
          action: Type.String(),
          subject: Type.String(),
          reason: Nullable(Type.String()),
          details: Nullable(Type.Record(Type.String(), Type.Unknown())),
          /** Network address of who asked. */
          address: Nullable(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AuditReply = Static<typeof AuditReply>;

/** GET /api/audit/actions (admin): what was ever done, to choose from. */
export const AuditActionsReply = Type.Object({ actions: Type.Array(Type.String()) }, closed);
export type AuditActionsReply = Static<typeof AuditActionsReply>;

/** POST /api/audit/check (admin): follows the chain from its beginning. */
export const AuditCheckReply = Type.Object(
  {
    /** Rows that fit, from the first on. */
    rows: Type.Integer(),
    /** The first row that does not fit; null: all do. */
    broken: Nullable(
      Type.Object(
        {
          seq: Type.Integer(),
          /** missing: a row was taken out before it; changed: what it says is not what was written. */
          how: Type.Union([Type.Literal('missing'), Type.Literal('changed')]),
          at: Moment,
          action: Type.String(),
        },
        closed,
      ),
    ),
    /** Hash of the last row that fits: written down elsewhere, it shows whether the end was cut off. */
    head: Type.String(),
  },
  closed,
);
export type AuditCheckReply = Static<typeof AuditCheckReply>;
