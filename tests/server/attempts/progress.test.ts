/** How a round goes, for those who watch over it: by state, per minute, and not counted again for each who looks. */
import { expect, it } from 'vitest';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { ProgressCounts } from '../../../server/attempts/progress.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { startServer } from '../../harness/app.ts';
import { openContest } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { GRACE_MS, openRound } from '../../harness/round.ts';
import { Visitor } from '../../harness/visitor.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');

onBothDatabases('the progress of a round', (databases) => {
  it('counts attempts by state and how many started in the last minute, as the rows have it', async () => {
    const { attempts, sweeper, clock, round, database } = await openRound(await databases.open());
    const counted = async () => {
      const { rounds } = await new ProgressCounts(database).of([round.id], clock.now());
      return rounds.get(round.id);
    };
    expect(await counted()).toBeUndefined();
    for (const person of [1, 2, 3]) {
      const row = await attempts.start(round, person, { number: 1 }, clock.now());
      if (person > 1) continue;
      const open = await attempts.openByToken(attemptToken(secrets, row.id));
      await attempts.submit(open, {}, clock.now());
    }
    expect(await counted()).toEqual({ open: 2, submitted: 1, timedOut: 0, startedLastMinute: 3 });
    clock.advance(round.durationMs + GRACE_MS + 60_000);
    await sweeper.sweep();
    await attempts.start(round, 4, { number: 1 }, clock.now());
    expect(await counted()).toEqual({ open: 1, submitted: 1, timedOut: 2, startedLastMinute: 1 });
  });

  it('is counted once for all who look at the same time', async () => {
    const { database } = await openRound(await databases.open());
    const counts = new ProgressCounts(database);
    const [one, other] = [counts.of([1, 2], 5), counts.of([1, 2], 6)];
    expect(one).toBe(other);
    expect((await one).at).toBe(5);
    expect((await counts.of([1], 7)).at).toBe(7);
  });
});

it('is told to the organisers of the contest and to nobody else', async () => {
  const server = await startServer();
  const { owner, id, round } = await openContest(server);
  const path = `/api/desk/contests/${id}/progress`;
  const none = { open: 0, submitted: 0, timedOut: 0, startedLastMinute: 0 };
  expect((await owner.get(path)).body).toEqual({
    at: expect.any(Number),
    rounds: [{ id: round, ...none }],
  });
  const citizen = await new Visitor(server).register();
  expect((await citizen.get(path)).status).toBe(403);
  const other = await (await new Visitor(server).register()).become('organiser');
  expect((await other.get(path)).status).toBe(403);
  expect((await new Visitor(server).get(path)).status).toBe(401);
});
