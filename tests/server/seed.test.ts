import { expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { type Context, closeContext, createContext } from '../../server/context.ts';
import { MovableClock } from '../../server/platform/clock.ts';
import { seed } from '../../server/seed.ts';
import { FIRST_DAY } from '../harness/app.ts';
import { onBothDatabases } from '../harness/databases.ts';
import { temporaryFolder } from '../harness/folder.ts';

onBothDatabases('the first start', (databases) => {
  function open(location: string): Promise<Context> {
    const config = readConfig({
      DATABASE_URL: location,
      HOITHI_DATA_DIR: temporaryFolder(),
      HOITHI_SECRET: 'a secret of tests, long enough for anybody',
      HOITHI_LOG_LEVEL: 'silent',
    });
    return createContext(config, new MovableClock(FIRST_DAY));
  }

  async function whatIsThere({ database }: Context) {
    const { banks, questions, contests, rounds, units } = database.tables;
    const [allBanks, allQuestions, allContests, allRounds, allUnits] = await Promise.all([
      database.query.select().from(banks),
      database.query.select().from(questions),
      database.query.select().from(contests),
      database.query.select().from(rounds).orderBy(rounds.number),
      database.query.select().from(units),
    ]);
    return {
      banks: allBanks,
      questions: allQuestions,
      contests: allContests,
      rounds: allRounds,
      units: allUnits,
    };
  }

  it('finds banks, example units and an open contest, and changes nothing the second time', async () => {
    const context = await open(await databases.location());
    await seed(context);
    const first = await whatIsThere(context);
    expect(first.banks.length).toBeGreaterThanOrEqual(5);
    expect(first.banks.every(({ shipped }) => shipped)).toBe(true);
    expect(first.questions.every(({ status }) => status === 'approved')).toBe(true);
    expect(first.contests).toMatchObject([
      { slug: 'tim-hieu-nghi-quyet-15', state: 'published', createdBy: null },
    ]);
    expect(first.rounds).toHaveLength(4);
    expect(first.rounds[0]?.opensAt).toBe(FIRST_DAY);
    expect(first.rounds[0]?.settings.attemptsAllowed).toBe(7);
    expect(first.units.every(({ name }) => name.includes('(ví dụ)'))).toBe(true);
    await seed(context);
    expect(await whatIsThere(context)).toEqual(first);
    await closeContext(context);
  }, 60_000);

  it('does not disturb an installation that has contests of its own', async () => {
    const context = await open(await databases.location());
    await seed(context);
    const { contests, units } = context.database.tables;
    await context.database.atomic([
      context.database.query.update(contests).set({ slug: 'khac', title: 'Của chúng tôi' }),
      context.database.query.delete(units),
    ]);
    await seed(context);
    const after = await whatIsThere(context);
    expect(after.contests.map(({ title }) => title)).toEqual(['Của chúng tôi']);
    expect(after.units).toEqual([]);
    await closeContext(context);
  }, 60_000);
});
