/** What staff weigh: people who may be one, who is left out of prizes, and attempts that look odd. Nothing here acts by itself. */
import type { Vocabulary } from '../vocabulary.ts';

export function defineFairness(w: Vocabulary) {
  /** Two entrants of a contest who may be one person; the smaller id stands first. */
  const duplicates = w.table(
    'duplicates',
    {
      contestId: w.int('contest_id').notNull(),
      personA: w.int('person_a').notNull(),
      personB: w.int('person_b').notNull(),
      /** What they share, words of `duplicate-rules.ts`, between spaces. */
      signs: w.text('signs').notNull(),
      weight: w.int('weight').notNull(),
      /** open, merged, allowed, excluded. */
      state: w.text('state').notNull(),
      foundAt: w.int('found_at').notNull(),
      decidedBy: w.text('decided_by'),
      decidedAt: w.int('decided_at'),
      reason: w.text('reason'),
    },
    (t) => [
      w.primaryKey({ columns: [t.contestId, t.personA, t.personB] }),
      w.index('duplicates_state').on(t.contestId, t.state, t.weight),
    ],
  );
  /** Who gets no prize and no rank in a contest, and why. They may still play. */
  const exclusions = w.table(
    'exclusions',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      reason: w.text('reason').notNull(),
      /** uid of who decided it. */
      createdBy: w.text('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
      /** Null while it holds. */
      liftedAt: w.int('lifted_at'),
    },
    (t) => [w.primaryKey({ columns: [t.contestId, t.personId] })],
  );
  /** What is odd about an attempt, and what somebody thought of it. */
  const attemptSignals = w.table(
    'attempt_signals',
    {
      attemptId: w.key('attempt_id'),
      roundId: w.int('round_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** Words of `signal-rules.ts` with what was measured. */
      signs: w.json('signs').$type<Record<string, number>>().notNull(),
      weight: w.int('weight').notNull(),
      /** open, fine, noted. */
      state: w.text('state').notNull(),
      note: w.text('note'),
      foundAt: w.int('found_at').notNull(),
      decidedBy: w.text('decided_by'),
      decidedAt: w.int('decided_at'),
    },
    (t) => [w.index('attempt_signals_state').on(t.roundId, t.state, t.weight)],
  );
  /** How often and how long the page of an attempt was out of sight, where the contest says that it looks. */
  const attemptAways = w.table('attempt_aways', {
    attemptId: w.key('attempt_id'),
    times: w.int('times').notNull(),
    ms: w.int('ms').notNull(),
  });
  return { duplicates, exclusions, attemptSignals, attemptAways };
}
