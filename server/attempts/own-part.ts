/** The part of personal data that attempts keep: what was answered when, and what it came to. Erasing leaves them nameless. */
import { eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Database } from '../platform/database/door.ts';
import { sheetOf } from './attempts.ts';
import { paperOf } from './papers.ts';
import { releaseOf } from './release-rules.ts';

export function attemptsPart(database: Database): PersonalPart {
  const { attempts, results, rounds } = database.tables;
  return {
    name: 'attempts',
    async collect(personId) {
      const rows = await database.query
        .select({
          attempt: attempts,
          round: rounds,
          marks: results.marks,
          elapsedMs: results.elapsedMs,
        })
        .from(rounds)
        .innerJoin(attempts, eq(attempts.roundId, rounds.id))
        .leftJoin(results, eq(results.attemptId, attempts.id))
        .where(eq(attempts.personId, personId));
      return rows.map(({ attempt, round, marks, elapsedMs }) => {
        const released = releaseOf(round.settings, attempt.closedAt, round.settledAt).result !== null;
        return {
          round: round.title,
          number: attempt.number,
          startedAt: attempt.startedAt,
          closedAt: attempt.closedAt,
          answers: attempt.sheet === null ? null : sheetOf(attempt, paperOf(attempt.paper)).answers,
          ...(released ? { marks, elapsedMs } : {}),
        };
      });
    },
    erase: () => [],
  };
}
