/** Puts the questions beside their figures. */
import { eq, inArray } from 'drizzle-orm';
import type { Statistics } from '../../questions/analysis/statistics.ts';
import type { Ruling } from '../attempts/ruling-rules.ts';
import type { Context } from '../context.ts';
import type { StatisticsReply } from '../contracts/statistics.ts';
import { keyInForce, presentStatistics, type TalliedQuestion } from './presenter.ts';

/** SQLite takes so many values in one statement, and more than enough. */
const VERSIONS_A_READ = 1000;

/** Figures beside the questions that they are about, read by key. `decided`: what was ruled over them in the one round that this is about. */
export async function presentTallied(
  { database }: Pick<Context, 'database'>,
  statistics: Statistics,
  decided?: ReadonlyMap<number, readonly Ruling[]>,
): Promise<StatisticsReply> {
  const { questions: q, questionVersions: v, questionKeys: k } = database.tables;
  const ids = statistics.items.map(({ item }) => item);
  const found = new Map<number, TalliedQuestion>();
  for (let at = 0; at < ids.length; at += VERSIONS_A_READ) {
    const rows = await database.query
      .select({
        versionId: v.id,
        questionUid: q.uid,
        version: v.version,
        kind: v.kind,
        prompt: v.prompt,
        topic: v.topic,
        key: k.key,
      })
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .innerJoin(k, eq(k.versionId, v.id))
      .where(inArray(v.id, ids.slice(at, at + VERSIONS_A_READ)));
    for (const row of rows)
      found.set(row.versionId, { ...row, key: keyInForce(row.key, decided?.get(row.versionId) ?? []) });
  }
  return presentStatistics(statistics, found);
}
