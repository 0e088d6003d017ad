/** Looks into the rows, after the server has stopped, for what it had acknowledged. */
import { attemptKey } from '../../server/attempts/attempt-id.ts';
import { unpackSheet } from '../../server/attempts/sheet-rules.ts';
import type { Database } from '../../server/platform/database/door.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { SECRET } from '../harness/product.ts';

/** Answers that were acknowledged and are not there, over finished attempts with all questions answered; a missing result counts whole. */
export async function countLost(
  location: string,
  finished: readonly string[],
  questions: number,
): Promise<number> {
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  try {
    const kept = await readAnswered(database);
    return finished.reduce((lost, uid) => lost + questions - (kept.get(keyOf(uid)) ?? 0), 0);
  } finally {
    await database.close();
  }
}

/** Attempt → answers on its final sheet, for those with exactly one result. */
async function readAnswered(database: Database): Promise<ReadonlyMap<number, number>> {
  const { attempts, results } = database.tables;
  const graded = new Map<number, number>();
  for await (const rows of database.scanNumbers(
    database.query.select({ id: results.attemptId }).from(results),
  ))
    for (const id of rows) graded.set(id, (graded.get(id) ?? 0) + 1);
  const answered = new Map<number, number>();
  for await (const rows of database.scan(
    database.query.select({ id: attempts.id, sheet: attempts.sheet }).from(attempts),
  )) {
    for (const [id, sheet] of rows) {
      if (typeof sheet !== 'string' || sheet === '' || graded.get(Number(id)) !== 1) continue;
      answered.set(Number(id), unpackSheet(sheet).answers.filter((answer) => answer !== null).length);
    }
  }
  return answered;
}

const secrets = new Secrets(SECRET);

/** The key behind an attempt's id at the doors. Throws when it is none of the product's. */
export function keyOf(uid: string): number {
  const key = attemptKey(secrets, uid);
  if (key === null) throw new Error(`no attempt's id: ${uid}`);
  return key;
}
