/** The whole schema, written once. A dialect supplies the words; see `vocabulary.ts`. */
import { defineAttempts } from './schema/attempts.ts';
import { defineClosing } from './schema/closing.ts';
import { defineContests } from './schema/contests.ts';
import { defineDocuments } from './schema/documents.ts';
import { defineFairness } from './schema/fairness.ts';
import { defineImports } from './schema/imports.ts';
import { defineLeaderboards } from './schema/leaderboards.ts';
import { defineLive } from './schema/live.ts';
import { defineMarking } from './schema/marking.ts';
import { definePeople, defineUnits } from './schema/people.ts';
import { defineQuestions } from './schema/questions.ts';
import { defineReach } from './schema/reach.ts';
import { defineRemedies } from './schema/remedies.ts';
import { defineReports } from './schema/reports.ts';
import { defineRosters } from './schema/rosters.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All tables, by the names that queries use. */
export function defineSchema(words: Vocabulary) {
  return {
    ...defineUnits(words),
    ...definePeople(words),
    ...defineRosters(words),
    ...defineQuestions(words),
    ...defineDocuments(words),
    ...defineImports(words),
    ...defineContests(words),
    ...defineAttempts(words),
    ...defineLeaderboards(words),
    ...defineClosing(words),
    ...defineLive(words),
    ...defineMarking(words),
    ...defineReach(words),
    ...defineFairness(words),
    ...defineRemedies(words),
    ...defineReports(words),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
