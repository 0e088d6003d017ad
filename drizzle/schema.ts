/** The whole schema, written once. A dialect supplies the words; see `vocabulary.ts`. */
import { defineAttempts } from './schema/attempts.ts';
import { defineClosing } from './schema/closing.ts';
import { defineContests } from './schema/contests.ts';
import { defineImports } from './schema/imports.ts';
import { defineLeaderboards } from './schema/leaderboards.ts';
import { defineLive } from './schema/live.ts';
import { definePeople, defineUnits } from './schema/people.ts';
import { defineQuestions } from './schema/questions.ts';
import { defineRemedies } from './schema/remedies.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All tables, by the names that queries use. */
export function defineSchema(words: Vocabulary) {
  return {
    ...defineUnits(words),
    ...definePeople(words),
    ...defineQuestions(words),
    ...defineImports(words),
    ...defineContests(words),
    ...defineAttempts(words),
    ...defineLeaderboards(words),
    ...defineClosing(words),
    ...defineLive(words),
    ...defineRemedies(words),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
