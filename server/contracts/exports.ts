/**
 * Rows of a contest as files of any size, and what their columns mean.
 *
 * POST /api/desk/contests/:contest/exports   ExportBody → ExportReply    logged, with its reason
 * GET  /api/desk/exports?ticket=…            the file, for who asked, for some minutes
 * GET  /api/desk/data-dictionary             → DataDictionary
 * GET  /api/desk/data-dictionary/file        the same as CSV
 * POST /api/audit/exports                    AuditExportBody → ExportReply    admin; logged too
 * GET  /api/audit/file?ticket=…              the log as CSV
 */
import Type, { type Static } from 'typebox';
import { AuditFilter } from './audit.ts';
import { Bilingual } from './errors.ts';
import { Moment, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false };

export const ExportKind = Type.Union([
  Type.Literal('attempts'),
  Type.Literal('answers'),
  Type.Literal('people'),
]);
export type ExportKind = Static<typeof ExportKind>;

export const ExportBody = Type.Object(
  {
    of: ExportKind,
    format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
    /** With names, dates of birth, phones …: left out unless asked for. */
    personal: Type.Boolean(),
    /** Only this round; people are of the whole contest. */
    round: Type.Optional(Uid),
    reason: Reason,
  },
  closed,
);
export type ExportBody = Static<typeof ExportBody>;

/** Where the file is fetched, until when. */
export const ExportReply = Type.Object({ path: Type.String(), until: Moment }, closed);
export type ExportReply = Static<typeof ExportReply>;
export const TicketQuery = Type.Object({ ticket: Type.String({ minLength: 1, maxLength: 2000 }) }, closed);

export const AuditExportBody = Type.Object({ ...AuditFilter, reason: Reason }, closed);
export type AuditExportBody = Static<typeof AuditExportBody>;

export const DataDictionary = Type.Object(
  {
    tables: Type.Array(
      Type.Object(
        {
          of: Type.String(),
          name: Bilingual,
          about: Bilingual,
          columns: Type.Array(
            Type.Object(
              { title: Type.String(), about: Type.String(), kind: Type.String(), personal: Type.Boolean() },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DataDictionary = Static<typeof DataDictionary>;
