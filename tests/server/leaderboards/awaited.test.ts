import { beforeAll, expect, it } from 'vitest';
import { awaitedIn } from '../../../server/leaderboards/awaited.ts';
import type { Database } from '../../../server/platform/database/door.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const NOW = 1000;
const SUBMITTED = 2;
const ANNULLED = 4;

/** An attempt; annulled ones with the moment and the end of what was granted (null: nothing was). */
interface Taken {
  readonly at: number;
  readonly annulled?: readonly [at: number, until: number | null];
}

onBothDatabases('rounds whose results wait for granted attempts', (databases) => {
  let database: Database;
  let round = 0;
  let id = 0;

  beforeAll(async () => {
    database = await databases.open();
  });

  /** Whether the round of one person's attempts waits. */
  async function waits(...taken: readonly Taken[]): Promise<boolean> {
    const { attempts, annulments } = database.tables;
    round += 1;
    for (const [i, { at, annulled }] of taken.entries()) {
      id += 1;
      const state = annulled === undefined ? SUBMITTED : ANNULLED;
      const row = { id, roundId: round, personId: 7, number: i + 1, state, startedAt: at };
      const rest = { deadline: at + 10, extraMs: 0, paper: '', sheet: '', closedAt: at + 10 };
      await database.atomic([database.query.insert(attempts).values({ ...row, ...rest })]);
      if (annulled === undefined) continue;
      const [annulledAt, grantUntil] = annulled;
      const lost = { remedyId: id, attemptId: id, stateBefore: SUBMITTED, restored: false };
      const insert = database.query.insert(annulments).values({ ...lost, annulledAt, grantUntil });
      await database.atomic([insert]);
    }
    return (await awaitedIn(database, [round], NOW)).has(round);
  }

  it('are those in which a window is open and was not used', async () => {
    expect(await waits({ at: 100, annulled: [200, 2000] })).toBe(true);
    expect(await waits({ at: 100, annulled: [200, 2000] }, { at: 300 })).toBe(false);
    expect(await waits({ at: 100, annulled: [200, 900] })).toBe(false);
    expect(await waits({ at: 100, annulled: [200, null] })).toBe(false);
  });

  it('wait for each of several attempts that were annulled', async () => {
    const two: Taken[] = [
      { at: 100, annulled: [200, 2000] },
      { at: 150, annulled: [200, 2000] },
    ];
    expect(await waits(...two, { at: 300 })).toBe(true);
    expect(await waits(...two, { at: 300 }, { at: 400 })).toBe(false);
  });

  it('wait once for an attempt that was annulled, and granted again when its successor was annulled too', async () => {
    const again: Taken[] = [
      { at: 100, annulled: [200, 2000] },
      { at: 300, annulled: [400, 2000] },
    ];
    expect(await waits(...again)).toBe(true);
    expect(await waits(...again, { at: 500 })).toBe(false);
  });
});
