/**
 * Certificates: designed from a template, made in the background, verified by anybody who holds one.
 *
 * Desk (organisers of the contest)
 * GET  /api/desk/contests/:contest/certificates                      CertificatesView
 * POST /api/desk/contests/:contest/certificate-designs  SaveDesign → CertificatesView   new, or at an expected version
 * POST /api/desk/contests/:contest/certificate-preview  CertificateDesign → PDF
 * POST /api/desk/contests/:contest/certificate-batches  OrderBatch → CertificatesView
 * GET  /api/desk/contests/:contest/certificate-batches/:batch?offset BatchView
 * GET  /api/desk/contests/:contest/certificate-batches/:batch/files  ZIP
 * POST /api/desk/contests/:contest/certificates/:certificate/revocation  Revoke → Verification
 *
 * Public
 * GET  /api/certificates/:certificate                   Verification
 * GET  /api/certificates/:certificate/file              PDF
 */
import Type, { type Static } from 'typebox';
import { BoardKey } from './closing.ts';
import { MediaId } from './contests.ts';
import { Moment, Nullable, Reason, Uid } from './values.ts';

/** What may stand in a line of the text, in braces: {ten} {don_vi} {giai} {cuoc_thi} {vong} {ngay} {diem}. */
export const CertificateLine = Type.Object(
  {
    text: Type.String({ maxLength: 500 }),
    size: Type.Integer({ minimum: 8, maximum: 60 }),
    style: Type.Union([
      Type.Literal('plain'),
      Type.Literal('bold'),
      Type.Literal('italic'),
      Type.Literal('title'),
      Type.Literal('name'),
    ]),
  },
  { additionalProperties: false },
);
export type CertificateLine = Static<typeof CertificateLine>;

export const CertificateDesign = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    landscape: Type.Boolean(),
    /** Frame around the page. */
    frame: Type.Union([Type.Literal('gold'), Type.Literal('red'), Type.Literal('none')]),
    /** State's name and motto at the head. */
    motto: Type.Boolean(),
    /** Who gives it, at the head on the left. */
    issuer: Type.String({ maxLength: 300 }),
    logo: Nullable(MediaId),
    /** From the top down, centred. */
    lines: Type.Array(CertificateLine, { minItems: 1, maxItems: 20 }),
    place: Type.String({ maxLength: 100 }),
    signRole: Type.String({ maxLength: 200 }),
    signName: Type.String({ maxLength: 100 }),
    signature: Nullable(MediaId),
  },
  { additionalProperties: false },
);
export type CertificateDesign = Static<typeof CertificateDesign>;

/** What a certificate says beside the name of its person or unit. */
export const CertificateSaying = Type.Object({
  contest: Type.String(),
  round: Nullable(Type.String()),
  /** Null: for taking part. */
  prize: Nullable(Type.String()),
  /** Hundredths. */
  marks: Nullable(Type.Integer()),
  unit: Nullable(Type.String()),
});
export type CertificateSaying = Static<typeof CertificateSaying>;

/** Who gets one: the winners of a board, or everybody of its newest snapshot from these marks on. */
export const CertificateSource = Type.Union([
  Type.Object({ kind: Type.Literal('winners'), board: BoardKey }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('entrants'),
      board: BoardKey,
      minMarks: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    },
    { additionalProperties: false },
  ),
]);
export type CertificateSource = Static<typeof CertificateSource>;

export const SaveDesign = Type.Object(
  {
    /** Null: a new one. */
    id: Nullable(Uid),
    /** 0 for a new one. */
    expectedVersion: Type.Integer({ minimum: 0 }),
    design: CertificateDesign,
  },
  { additionalProperties: false },
);
export type SaveDesign = Static<typeof SaveDesign>;

export const OrderBatch = Type.Object(
  {
    /** Chosen by the client, so that sending twice orders once. */
    id: Uid,
    design: Uid,
    source: CertificateSource,
    reason: Reason,
  },
  { additionalProperties: false },
);
export type OrderBatch = Static<typeof OrderBatch>;

export const BatchCard = Type.Object({
  id: Uid,
  design: Type.String(),
  board: BoardKey,
  kind: Type.Union([Type.Literal('winners'), Type.Literal('entrants')]),
  state: Type.Union([
    Type.Literal('gathering'),
    Type.Literal('making'),
    Type.Literal('done'),
    Type.Literal('stopped'),
  ]),
  total: Type.Integer(),
  made: Type.Integer(),
  /** Files that all of them fill, see `FilesQuery`. */
  parts: Type.Integer(),
  createdAt: Moment,
});
export type BatchCard = Static<typeof BatchCard>;

export const CertificatesView = Type.Object({
  designs: Type.Array(Type.Object({ id: Uid, version: Type.Integer(), design: CertificateDesign })),
  /** Newest first. */
  batches: Type.Array(BatchCard),
});
export type CertificatesView = Static<typeof CertificatesView>;

/** Holds the number and 100 bits of a keyed signature: nobody guesses or makes one. */
export const CertificateCode = Type.String({ pattern: '^[0-9A-Za-z]{1,12}-[0-9A-Za-z-]{20,30}$' });
export const CertificateParams = Type.Object({ certificate: CertificateCode });
export const BatchParams = Type.Object({ contest: Uid, batch: Uid });
export const RevokeParams = Type.Object({ contest: Uid, certificate: CertificateCode });
export const BatchQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
});
export const Revoke = Type.Object({ reason: Reason }, { additionalProperties: false });

export const BatchView = Type.Object({
  batch: BatchCard,
  offset: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      code: Type.String(),
      number: Type.Integer(),
      name: Type.String(),
      prize: Nullable(Type.String()),
      made: Type.Boolean(),
      revokedAt: Nullable(Moment),
    }),
  ),
});
export type BatchView = Static<typeof BatchView>;

/** What a certificate says, for whoever holds it. */
export const Verification = Type.Object({
  code: Type.String(),
  number: Type.Integer(),
  name: Type.String(),
  unit: Nullable(Type.String()),
  contest: Type.String(),
  round: Nullable(Type.String()),
  prize: Nullable(Type.String()),
  marks: Nullable(Type.Integer()),
  issuer: Type.String(),
  issuedAt: Moment,
  revokedAt: Nullable(Moment),
  revokedReason: Nullable(Type.String()),
  hasFile: Type.Boolean(),
});
export type Verification = Static<typeof Verification>;

/** Files that one ZIP holds: programs that open them take no more than 65,535. */
export const CERTIFICATES_A_PART = 10_000;
export const FilesQuery = Type.Object(
  { part: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })) },
  { additionalProperties: false },
);
