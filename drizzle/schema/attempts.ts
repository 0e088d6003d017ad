/** The hot tables: attempts, the journal of saved answers, results, and what followers read. Integer keys, few bytes. */
import { sql } from 'drizzle-orm';
import type { Vocabulary } from '../vocabulary.ts';

export function defineAttempts(w: Vocabulary) {
  const attempts = w.table(
    'attempts',
    {
      id: w.key('id'),
      roundId: w.int('round_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** 1 for a person's first attempt in the round. */
      number: w.int('number').notNull(),
      /** 1 while answers are taken, 2 submitted by the person, 3 closed by the sweeper, 4 annulled. */
      state: w.int('state').notNull(),
      unitId: w.int('unit_id'),
      startedAt: w.int('started_at').notNull(),
      /** Without extra time and outages, which are added when it is read. */
      deadline: w.int('deadline').notNull(),
      extraMs: w.int('extra_ms').notNull(),
      /** Packed paper (`draw-rules.ts`): question versions and option orders. */
      paper: w.text('paper').notNull(),
      /** Packed sheet (`sheet-rules.ts`): answers, when and how often each changed. Null until it is folded. */
      sheet: w.text('sheet'),
      /** When it was submitted or swept; null while open. */
      closedAt: w.int('closed_at'),
    },
    (t) => [
      w.uniqueIndex('attempts_number').on(t.roundId, t.personId, t.number),
      w.index('attempts_open').on(t.deadline).where(sql`${t.state} = 1`),
      // Closed, not graded yet: a handful at any time.
      w.index('attempts_unfolded').on(t.id).where(sql`${t.state} in (2, 3) and ${t.sheet} is null`),
    ],
  );
  /** What was saved, by attempt: whole sheets, and on SQLite differences to them (`journal-rules.ts`). */
  const saves = w.table(
    'saves',
    w.dialect === 'sqlite'
      ? {
          id: w.rowid('id'),
          attemptId: w.int('attempt_id').notNull(),
          seq: w.int('seq').notNull(),
          sheet: w.text('sheet').notNull(),
        }
      : {
          id: w.int('id').notNull().default(0),
          attemptId: w.int('attempt_id').notNull(),
          seq: w.int('seq').notNull(),
          sheet: w.text('sheet').notNull(),
        },
    (t) => (w.dialect === 'sqlite' ? [] : [w.primaryKey({ columns: [t.attemptId, t.seq] })]),
  );
  /** Versions of results, append-only, and the change feed that leaderboards follow: the newest of an attempt counts. */
  const results = w.table(
    'results',
    {
      seq: w.sequence('seq'),
      /** PostgreSQL's transaction number, 0 on SQLite: with `seq` a follower's position. */
      xid: w.transaction('xid').notNull(),
      attemptId: w.int('attempt_id').notNull(),
      roundId: w.int('round_id').notNull(),
      personId: w.int('person_id').notNull(),
      unitId: w.int('unit_id'),
      /** 0 for the first; a regrade, annulment, merge or erasure adds the next. */
      version: w.int('version').notNull(),
      /** 1 counts, 0 annulled. */
      counts: w.int('counts').notNull(),
      /** Hundredths of a mark. */
      marks: w.int('marks').notNull(),
      /** Questions answered fully right. */
      rightCount: w.int('right_count').notNull(),
      elapsedMs: w.int('elapsed_ms').notNull(),
      submittedAt: w.int('submitted_at').notNull(),
      prediction: w.int('prediction'),
    },
    (t) => [
      w.uniqueIndex('results_attempt').on(t.attemptId, t.version),
      // Followers on PostgreSQL read in this order; on SQLite the sequence alone is it.
      ...(w.dialect === 'sqlite' ? [] : [w.index('results_feed').on(t.xid, t.seq)]),
    ],
  );
  /** Time during which nobody could answer; given back to every attempt that was open then. */
  const outages = w.table('outages', {
    id: w.key('id'),
    /** Null: all rounds. */
    roundId: w.int('round_id'),
    fromAt: w.int('from_at').notNull(),
    toAt: w.int('to_at').notNull(),
    reason: w.text('reason').notNull(),
    recordedBy: w.text('recorded_by').notNull(),
    recordedAt: w.int('recorded_at').notNull(),
  });
  /** Extra time that one person has in one round, ms. */
  const extraTimes = w.table(
    'extra_times',
    {
      roundId: w.int('round_id').notNull(),
      personId: w.int('person_id').notNull(),
      extraMs: w.int('extra_ms').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.roundId, t.personId] })],
  );
  /** What tokens of a person's attempts must say; raised when their sessions are ended. Most people have no row. */
  const tokenEpochs = w.table('token_epochs', {
    personId: w.key('person_id'),
    epoch: w.int('epoch').notNull(),
  });
  /** Blocks of integer keys that nodes have taken: the next free one of each name. */
  const keyBlocks = w.table('key_blocks', {
    name: w.text('name').primaryKey(),
    next: w.int('next').notNull(),
  });
  /** Small facts of the installation: seed done, heartbeat, clock steps. */
  const facts = w.table('facts', { name: w.text('name').primaryKey(), value: w.text('value').notNull() });
  return { attempts, saves, results, outages, extraTimes, tokenEpochs, keyBlocks, facts };
}
