/** The part of personal data that live sessions keep: under which name somebody played, and what they answered. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import { compile, type Database } from '../platform/database/door.ts';

/** Erasing takes the name and the link to the person; the number and its points stay. */
export function livePart(database: Database): PersonalPart {
  const { livePlayers, liveSessions, liveAskings, liveAnswers, liveHosts } = database.tables;
  return {
    name: 'live',
    async collect(personId) {
      const played = await database.query
        .select({
          sessionId: liveSessions.id,
          session: liveSessions.title,
          number: livePlayers.number,
          name: livePlayers.name,
          joinedAt: livePlayers.joinedAt,
        })
        .from(livePlayers)
        .innerJoin(liveSessions, eq(liveSessions.id, livePlayers.sessionId))
        .where(eq(livePlayers.personId, personId));
      return Promise.all(
        played.map(async ({ sessionId, ...player }) => ({
          ...player,
          answers: await database.query
            .select({ at: liveAnswers.at, answer: liveAnswers.answer })
            .from(liveAskings)
            .innerJoin(liveAnswers, eq(liveAnswers.askingId, liveAskings.id))
            .where(and(eq(liveAskings.sessionId, sessionId), eq(liveAnswers.player, player.number)))
            .orderBy(asc(liveAnswers.at)),
        })),
      );
    },
    erase(personId) {
      const nameless = database.query
        .update(livePlayers)
        .set({
          name: '',
          nameKey: sql`'#' || cast(${livePlayers.number} as text)`,
          personId: null,
          unitId: null,
        })
        .where(eq(livePlayers.personId, personId));
      const hosts = database.query.delete(liveHosts).where(eq(liveHosts.personId, personId));
      return [compile(nameless), compile(hosts)];
    },
  };
}
