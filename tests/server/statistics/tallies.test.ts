/** Statistics over rows equal those over the same attempts added up here. */
import { eq, gt } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { statisticsOf } from '../../../questions/analysis/statistics.ts';
import { Tally } from '../../../questions/analysis/tally.ts';
import { gradingOf } from '../../../questions/kinds/gradings.ts';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { paperOf } from '../../../server/attempts/papers.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { createLog } from '../../../server/platform/log.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { uidAt } from '../../../server/platform/uid.ts';
import { Tallies } from '../../../server/statistics/tallies.ts';
import { QuestionUses } from '../../../server/statistics/uses.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { openRound, roundsOf, sampleQuestion } from '../../harness/round.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');

/** What somebody answers to the i-th question of a paper; every fourth is left blank. */
function answerTo(kind: string, i: number, person: number): number[] | boolean | string | null {
  if ((i + person) % 4 === 0) return null;
  if (kind === 'choice') return [(i * person) % 4];
  if (kind === 'trueFalse') return (i + person) % 2 === 0;
  return kind === 'shortText' ? 'Ha Noi' : String(person);
}

onBothDatabases('item statistics', (databases) => {
  it('are those of the closed attempts of the rounds that were asked for, blank ones too', async () => {
    const location = await databases.location();
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    const { attempts, clock, round } = await openRound(database);
    const expected = new Tally();
    for (let person = 1; person <= 12; person++) {
      const row = await attempts.start(round, person, { number: 1 }, clock.now());
      const open = await attempts.openByToken(attemptToken(secrets, row.id));
      const changes: Record<string, number[] | boolean | string> = {};
      const marked = paperOf(row.paper).questions.map(({ versionId, order }, i) => {
        const { kind, prompt, key } = sampleQuestion(versionId);
        const answer = person === 12 ? null : answerTo(kind, i, person);
        if (answer !== null) changes[i] = answer;
        const chosen = Array.isArray(answer) ? answer.map((shown) => order[shown] ?? shown) : [];
        return {
          item: versionId,
          maxMarks: 100,
          marks: Math.round(100 * gradingOf(kind).grade(prompt, key, answer, order)),
          blank: answer === null,
          chosen: kind === 'choice' ? chosen : null,
        };
      });
      // The last one opens the paper and hands it in as it is; one is still at it.
      if (person < 12) await attempts.save(open, { device: 'test', n: 1, base: 0, changes }, clock.now());
      if (person === 5) continue;
      await attempts.submit(open, {}, clock.now());
      expected.add(marked);
    }
    const tallies = new Tallies(database, location);
    const found = await tallies.of([round.id], null);
    expect(found).toEqual(statisticsOf(expected));
    expect(found.paper.attempts).toBe(11);
    expect(await new Tallies(database, location, 3).of([round.id], null)).toEqual(found);
    const some = found.items.slice(0, 3).map(({ item }) => item);
    expect((await tallies.of([round.id], some)).items).toEqual(found.items.slice(0, 3));
    expect((await tallies.of([99], null)).paper.attempts).toBe(0);
    await database.close();
  });

  it('leave out what people mark by hand until it is marked, and then count it by its marks', async () => {
    const location = await databases.location();
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    const { attempts, clock, round } = await openRound(database);
    const { questionVersions, questionKeys, essays } = database.tables;
    await database.atomic([
      database.query
        .update(questionVersions)
        .set({ kind: 'essay', prompt: { stem: 'Vì sao?', maxWords: null } })
        .where(gt(questionVersions.id, 0)),
      database.query.update(questionKeys).set({ key: null }).where(gt(questionKeys.versionId, 0)),
    ]);
    // Two write an essay, the third leaves it blank.
    let asked = 0;
    for (let person = 1; person <= 3; person++) {
      const row = await attempts.start(round, person, { number: 1 }, clock.now());
      const open = await attempts.openByToken(attemptToken(secrets, row.id));
      const changes = { 0: person === 3 ? null : 'Vì…' };
      await attempts.save(open, { device: 'test', n: 1, base: 0, changes }, clock.now());
      await attempts.submit(open, {}, clock.now());
      if (person === 1) asked = paperOf(row.paper).questions[0]?.versionId ?? 0;
    }
    const counted = async () => (await new Tallies(database, location).of([round.id], null)).items;
    const blanksOnly = await counted();
    expect(blanksOnly.every(({ n, blanks }) => n === blanks)).toBe(true);
    const written = await database.query.select().from(essays).orderBy(essays.id);
    const [first] = written;
    expect([written.length, first?.versionId]).toEqual([2, asked]);
    const before = blanksOnly.find(({ item }) => item === asked)?.n ?? 0;
    await database.atomic([
      database.query
        .update(essays)
        .set({ state: 'done', marks: 80 })
        .where(eq(essays.id, first?.id ?? 0)),
    ]);
    const item = (await counted()).find((one) => one.item === asked);
    expect([item?.n, item?.blanks]).toEqual([before + 1, before]);
    expect(item?.facility).toBeCloseTo(80 / (before + 1));
    await database.close();
  });

  it('are kept for the table of the bank, counted again when results come in and once the round is over', async () => {
    const location = await databases.location();
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    const { attempts, clock, round } = await openRound(database);
    const { questions, questionUses, results } = database.tables;
    const rows = Array.from({ length: 30 }, (_, i) => ({
      id: i + 1,
      uid: uidAt(i),
      bankId: 1,
      code: `c${i}`,
      status: 'approved',
      currentVersionId: i + 1,
      createdAt: 0,
    }));
    await database.atomic([database.query.insert(questions).values(rows)]);
    const uses = new QuestionUses(
      { database, clock, log: createLog('silent') },
      roundsOf(round),
      new Tallies(database, location),
    );
    expect(await uses.count()).toBe(0);
    // One leaves all ten blank: nobody earned anything yet.
    const blank = await attempts.start(round, 1, { number: 1 }, clock.now());
    await attempts.submit(await attempts.openByToken(attemptToken(secrets, blank.id)), {}, clock.now());
    expect(await uses.count()).toBe(1);
    const stored = async () =>
      new Map((await database.query.select().from(questionUses)).map((row) => [row.questionId, row]));
    const first = await stored();
    expect([...first.keys()].sort()).toEqual(
      paperOf(blank.paper)
        .questions.map(({ versionId }) => versionId)
        .sort(),
    );
    for (const row of first.values()) expect(row).toMatchObject({ roundId: round.id, asked: 1, facility: 0 });
    // Nothing new: nothing is counted.
    expect(await uses.count()).toBe(0);
    // Somebody else hands in a paper, and the round is over: counted again, and not from memory.
    const second = await attempts.start(round, 2, { number: 1 }, clock.now());
    await attempts.submit(await attempts.openByToken(attemptToken(secrets, second.id)), {}, clock.now());
    clock.advance(8 * 86_400_000);
    expect(await uses.count()).toBe(1);
    const asked = async () => [...(await stored()).values()].reduce((sum, row) => sum + row.asked, 0);
    expect(await asked()).toBe(20);
    // A regrade writes another result; the same attempt is not counted twice.
    clock.advance(31 * 60_000);
    const [result] = await database.query.select().from(results).limit(1);
    if (result === undefined) throw new Error('no result');
    const { seq: _seq, xid: _xid, ...rest } = result;
    await database.atomic([database.query.insert(results).values({ ...rest, version: rest.version + 1 })]);
    expect(await uses.count()).toBe(1);
    expect(await asked()).toBe(20);
    await uses.stop();
    await database.close();
  });
});
