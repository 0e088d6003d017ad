/** Reports that make themselves and are kept, and what servers counted minute by minute. */
import type { Vocabulary } from '../vocabulary.ts';

export function defineReports(w: Vocabulary) {
  const reportSchedules = w.table(
    'report_schedules',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** 1 Monday … 7 Sunday, and minutes since 00:00, in Hà Nội. */
      weekday: w.int('weekday').notNull(),
      minute: w.int('minute').notNull(),
      /** xlsx, docx, pdf. */
      formats: w.json('formats').$type<readonly ('xlsx' | 'docx' | 'pdf')[]>().notNull(),
      /** uid of the unit that it is limited to; null: all. */
      unit: w.text('unit'),
      /** Encrypted: lines of addresses. */
      addressesCipher: w.text('addresses_cipher'),
      /** When it is due; whoever makes it moves this on in the same commit, so it is made once. */
      nextAt: w.int('next_at').notNull(),
      /** While a node makes it, nobody else tries; then it is thought dead. */
      takenUntil: w.int('taken_until').notNull().default(0),
      createdBy: w.text('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('report_schedules_uid').on(t.uid),
      w.index('report_schedules_contest').on(t.contestId),
      w.index('report_schedules_next').on(t.nextAt),
    ],
  );
  const keptReports = w.table(
    'kept_reports',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      scheduleId: w.int('schedule_id').notNull(),
      /** When it was due: with the schedule and the format its natural key. */
      dueAt: w.int('due_at').notNull(),
      format: w.text('format').notNull(),
      unit: w.text('unit'),
      fromAt: w.int('from_at').notNull(),
      toAt: w.int('to_at').notNull(),
      name: w.text('name').notNull(),
      bytes: w.int('bytes').notNull(),
      madeAt: w.int('made_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('kept_reports_uid').on(t.uid),
      w.uniqueIndex('kept_reports_due').on(t.scheduleId, t.dueAt, t.format),
      w.index('kept_reports_contest').on(t.contestId, t.madeAt),
    ],
  );
  /** The file itself in pieces, base64. */
  const keptReportPieces = w.table(
    'kept_report_pieces',
    {
      keptId: w.int('kept_id').notNull(),
      number: w.int('number').notNull(),
      bytes: w.text('bytes').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.keptId, t.number] })],
  );
  /** What no row says: saves and errors by minute, as each server counted them. Old minutes are taken away. */
  const serverMinutes = w.table(
    'server_minutes',
    {
      /** Minutes since the epoch. */
      minute: w.int('minute').notNull(),
      node: w.text('node').notNull(),
      /** Key of the round; 0: of the whole server. */
      roundId: w.int('round_id').notNull(),
      saves: w.int('saves').notNull(),
      /** Replies with a status from 400 to 499, and from 500 on. */
      refused: w.int('refused').notNull(),
      failed: w.int('failed').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.minute, t.node, t.roundId] })],
  );
  return { reportSchedules, keptReports, keptReportPieces, serverMinutes };
}
