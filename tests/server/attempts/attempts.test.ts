import { expect, it, vi } from 'vitest';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { sheetOf } from '../../../server/attempts/attempts.ts';
import { paperOf } from '../../../server/attempts/papers.ts';
import type { SaveBody } from '../../../server/contracts/attempts.ts';
import { AppError } from '../../../server/platform/errors.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { GRACE_MS, OPENS, openRound, settings, type TestRound } from '../../harness/round.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');
const PERSON = 5;

async function start(test: TestRound, person = PERSON, number = 1) {
  const row = await test.attempts.start(test.round, person, { number }, test.clock.now());
  return { row, open: await test.attempts.openByToken(attemptToken(secrets, row.id)) };
}

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'accepted', codeOf);

/** Answers that are right in shown positions, from the keys, for a paper. */
async function rightAnswers(test: TestRound, paperText: string): Promise<Record<string, never>> {
  const { gradingOf } = await import('../../../questions/kinds/gradings.ts');
  const paper = paperOf(paperText);
  const versions = await test.attempts.papers.versionsOf(paper);
  const keys = await test.attempts.gradingKeys.keysOf(paper, test.round.id);
  return Object.fromEntries(
    versions.map((version, i) => [
      i,
      gradingOf(version.kind).reveal(version.prompt, keys[i]?.key ?? null, paper.questions[i]?.order ?? []),
    ]),
  ) as Record<string, never>;
}

onBothDatabases('an attempt', (databases) => {
  it('is one attempt however often it is started at the same time', async () => {
    const test = await openRound(await databases.open());
    const rows = await Promise.all(
      Array.from({ length: 50 }, () =>
        test.attempts.start(test.round, PERSON, { number: 1 }, test.clock.now()),
      ),
    );
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    expect(new Set(rows.map((row) => row.paper)).size).toBe(1);
    expect(await test.database.query.$count(test.database.tables.attempts)).toBe(1);
  });

  it('keeps what was saved over a restart, merges two devices by question, and grades what it kept', async () => {
    const test = await openRound(await databases.open());
    const { row, open } = await start(test);
    const right = await rightAnswers(test, row.paper);
    const half = Object.fromEntries(Object.entries(right).slice(0, 5));
    const rest = Object.fromEntries(Object.entries(right).slice(5));
    await test.attempts.save(
      open,
      { device: 'phone1', n: 1, base: 0, changes: half, predicted: 123 },
      test.clock.now(),
    );
    const later = await test.again();
    const again = await later.attempts.openByToken(attemptToken(secrets, row.id));
    const saved = await later.attempts.save(
      again,
      { device: 'tablet', n: 1, base: 0, changes: rest },
      later.clock.now(),
    );
    expect(saved.sheet?.answers.filter((answer) => answer !== null)).toHaveLength(10);
    later.clock.advance(60_000);
    await later.attempts.submit(again, {}, later.clock.now());
    const result = (await later.attempts.store.resultsOf([row.id])).get(row.id);
    expect(result).toMatchObject({ marks: 1000, rightCount: 10, prediction: 123, counts: 1 });
    expect(result?.elapsedMs).toBeGreaterThanOrEqual(60_000);
    const stored = await later.attempts.store.byId(row.id);
    expect(stored).toMatchObject({ state: 2, unitId: 7 });
    expect(sheetOf(stored ?? { sheet: null }, paperOf(row.paper)).prediction).toBe(123);
  });

  it('tells the device that was overtaken at its next save, keeps what it sent, and lets it take the attempt back', async () => {
    let test = await openRound(await databases.open());
    const { row } = await start(test);
    const { 0: first, 1: second } = await rightAnswers(test, row.paper);
    const save = async (body: SaveBody) => {
      const open = await test.attempts.openByToken(attemptToken(secrets, row.id));
      return test.attempts.save(open, body, test.clock.now());
    };
    const none = { changes: {} };
    expect(await save({ device: 'phone1', n: 1, base: 0, ...none })).toMatchObject({ takenOver: false });
    const opened = { device: 'tablet', n: 1, base: 1, ...none, takesOver: true };
    expect(await save(opened)).toMatchObject({ takenOver: false });
    test = await test.again();
    const late = await save({ device: 'phone1', n: 2, base: 1, changes: { 0: first ?? null } });
    expect(late).toMatchObject({ takenOver: true, refused: [] });
    const more = await save({ device: 'phone1', n: 3, base: 3, changes: { 1: second ?? null } });
    expect(more.takenOver).toBe(true);
    expect(await save({ device: 'tablet', n: 2, base: 4, ...none })).toMatchObject({ takenOver: false });
    expect(await save({ device: 'phone1', n: 4, base: 5, ...none, takesOver: true })).toMatchObject({
      takenOver: false,
    });
    expect(await save(opened)).toMatchObject({ takenOver: true });
    const open = await test.attempts.openByToken(attemptToken(secrets, row.id));
    await test.attempts.submit(open, {}, test.clock.now());
    const result = (await test.attempts.store.resultsOf([row.id])).get(row.id);
    expect(result).toMatchObject({ rightCount: 2 });
  });

  it('was overtaken before its first save: a device that does not know the newest sheet is told', async () => {
    const test = await openRound(await databases.open());
    const { open } = await start(test);
    const now = test.clock.now();
    await test.attempts.save(open, { device: 'tablet', n: 1, base: 0, changes: {}, takesOver: true }, now);
    const late = await test.attempts.save(open, { device: 'phone1', n: 1, base: 0, changes: {} }, now);
    expect(late.takenOver).toBe(true);
    const other = await test.attempts.save(open, { device: 'laptop', n: 1, base: 2, changes: {} }, now);
    expect(other.takenOver).toBe(false);
  });

  it('answers the same to the same save, sent fifty times at once, and writes one row', async () => {
    const test = await openRound(await databases.open());
    const { open } = await start(test);
    const now = test.clock.now();
    const body = { device: 'phone1', n: 1, base: 0, changes: { 0: null } };
    const replies = await Promise.all(Array.from({ length: 50 }, () => test.attempts.save(open, body, now)));
    expect(new Set(replies.map(({ seq, savedAt }) => `${seq} ${savedAt}`)).size).toBe(1);
    expect(await test.database.query.$count(test.database.tables.saves)).toBe(1);
  });

  it('writes one result however often it is submitted', async () => {
    const test = await openRound(await databases.open());
    const { row, open } = await start(test);
    await Promise.all(Array.from({ length: 50 }, () => test.attempts.submit(open, {}, test.clock.now())));
    expect(await test.database.query.$count(test.database.tables.results)).toBe(1);
    expect(await refusal(test.attempts.openByToken(attemptToken(secrets, row.id)))).toBe('attempt.notOpen');
  });

  it('takes answers up to deadline + grace and none after', async () => {
    const test = await openRound(await databases.open());
    const { open } = await start(test);
    const deadline = test.attempts.deadlineOf(open);
    expect(deadline - open.startedAt).toBe(15 * 60_000);
    const save = (n: number, at: number) =>
      refusal(test.attempts.save(open, { device: 'phone1', n, base: 0, changes: {} }, at));
    expect(await save(1, deadline + GRACE_MS - 1)).toBe('accepted');
    expect(await save(2, deadline + GRACE_MS)).toBe('accepted');
    expect(await save(3, deadline + GRACE_MS + 1)).toBe('attempt.late');
  });

  it('is closed by the sweeper with what was saved, also after a restart, and once', async () => {
    const test = await openRound(await databases.open());
    const { row, open } = await start(test);
    await test.attempts.save(
      open,
      { device: 'phone1', n: 1, base: 0, changes: await rightAnswers(test, row.paper) },
      test.clock.now(),
    );
    const later = await test.again();
    later.clock.set(open.deadline + GRACE_MS + 500);
    expect(await later.sweeper.sweep()).toBe(0);
    later.clock.set(open.deadline + GRACE_MS + 2000);
    expect(await later.sweeper.sweep()).toBe(1);
    expect(await later.sweeper.sweep()).toBe(0);
    const result = (await later.attempts.store.resultsOf([row.id])).get(row.id);
    expect(result).toMatchObject({ marks: 1000, submittedAt: open.deadline, elapsedMs: 15 * 60_000 });
  });

  it('that cannot be marked holds up nobody else, and is tried again after a while', async () => {
    const test = await openRound(await databases.open());
    const [bad, ...good] = await Promise.all([5, 6, 7].map((person) => start(test, person)));
    if (bad === undefined) throw new Error('nobody started');
    const { resultOf } = test.attempts;
    const marking = vi.spyOn(test.attempts, 'resultOf').mockImplementation((attempt, ...more) => {
      if (attempt.id === bad.row.id) throw new Error('no key of this kind');
      return resultOf.call(test.attempts, attempt, ...more);
    });
    test.clock.set(bad.open.deadline + GRACE_MS + 10_000);
    expect(await test.sweeper.sweep()).toBe(2);
    // Those who come to their end meanwhile are closed all the same.
    const { open } = await start(test, 8);
    test.clock.set(open.deadline + GRACE_MS + 2000);
    expect(await test.sweeper.sweep()).toBe(1);
    const ids = [...good.map(({ row }) => row.id), open.id, bad.row.id];
    expect([...(await test.attempts.store.resultsOf(ids)).keys()].sort()).toEqual(ids.slice(0, 3).sort());
    const tries = marking.mock.calls.filter(([attempt]) => attempt.id === bad.row.id).length;
    expect(await test.sweeper.sweep()).toBe(0);
    expect(marking.mock.calls.filter(([attempt]) => attempt.id === bad.row.id)).toHaveLength(tries);
    marking.mockRestore();
    test.clock.advance(70_000);
    expect(await test.sweeper.sweep()).toBe(1);
    expect((await test.attempts.store.resultsOf([bad.row.id])).get(bad.row.id)).toMatchObject({ marks: 0 });
  });

  it('gets the time of an outage back, and never a moment more', async () => {
    const test = await openRound(await databases.open());
    const { open } = await start(test);
    await test.attempts.outages.record(
      { roundId: null, fromAt: OPENS - 10_000, toAt: open.startedAt + 20_000 },
      'mất điện',
      'system',
      test.clock.now(),
    );
    expect(test.attempts.deadlineOf(open)).toBe(open.deadline + 20_000);
    test.clock.set(open.deadline + GRACE_MS + 2000);
    expect(await test.sweeper.sweep()).toBe(0);
    test.clock.set(open.deadline + 20_000 + GRACE_MS + 2000);
    expect(await test.sweeper.sweep()).toBe(1);
  });

  it('that the window cut short gets its whole time when the window is extended', async () => {
    const test = await openRound(await databases.open());
    const { round } = test;
    test.clock.set(round.closesAt - 60_000);
    const { open } = await start(test);
    expect(test.attempts.deadlineOf(open)).toBe(round.closesAt);
    const cut = {
      roundId: round.id,
      from: round.closesAt,
      to: round.closesAt + 86_400_000,
      durationMs: round.durationMs,
    };
    await test.attempts.journal.lengthen(cut);
    const again = await test.attempts.openByToken(attemptToken(secrets, open.id));
    expect(test.attempts.deadlineOf(again)).toBe(open.startedAt + round.durationMs);
    test.clock.set(round.closesAt + GRACE_MS + 5000);
    expect(await test.sweeper.sweep()).toBe(0);
  });

  it('may be taken as often as the round allows', async () => {
    const test = await openRound(await databases.open());
    for (const number of [1, 2, 3])
      await test.attempts.submit((await start(test, PERSON, number)).open, {}, test.clock.now());
    expect(await refusal(start(test, PERSON, 4))).toBe('round.noAttemptsLeft');
    expect(await refusal(start(test, 6, 2))).toBe('conflict');
    test.clock.set(test.round.closesAt);
    expect(await refusal(start(test, 6, 1))).toBe('round.notOpen');
  });

  it('asks nothing again that the person has seen, in this round or another, while enough is left', async () => {
    const blueprint = { ...settings.blueprint, leaveOutSeen: true };
    const test = await openRound(await databases.open(), { settings: { ...settings, blueprint } });
    const { row: first, open } = await start(test);
    await test.attempts.submit(open, {}, test.clock.now());
    const { row: second } = await start(test, PERSON, 2);
    const asked = [first, second].flatMap(({ paper }) => paperOf(paper).questions.map((q) => q.versionId));
    expect(new Set(asked).size).toBe(20);
    const { attempts } = test.database.tables;
    const elsewhere = { ...second, id: 900, roundId: 2, number: 1 };
    await test.database.atomic([test.database.query.insert(attempts).values(elsewhere)]);
    const read = await test.attempts.store.ofPersonIn([2, 1], PERSON);
    expect(read.map(({ id }) => id)).toEqual([first.id, second.id, 900]);
    expect(await test.attempts.store.ofPersonIn([1], PERSON + 1)).toEqual([]);
  });

  it('never grades less than it acknowledged when saves race a submit', async () => {
    const test = await openRound(await databases.open());
    for (let run = 0; run < 30; run++) {
      const { row, open } = await start(test, 1000 + run);
      const right = Object.entries(await rightAnswers(test, row.paper));
      let acknowledged = 0;
      const saveOne = async ([question, answer]: [string, never], i: number): Promise<void> => {
        const body = { device: 'phone1', n: i + 1, base: i, changes: { [question]: answer } };
        const kept = await refusal(test.attempts.save(open, body, test.clock.now()));
        expect(['accepted', 'attempt.notOpen']).toContain(kept);
        if (kept === 'accepted') acknowledged += 1;
      };
      const saves = right.slice(0, 8).map(saveOne);
      await Promise.all(saves.slice(0, run % 9));
      await Promise.all([test.attempts.submit(open, {}, test.clock.now()), ...saves]);
      const result = (await test.attempts.store.resultsOf([row.id])).get(row.id);
      expect(result?.rightCount).toBeGreaterThanOrEqual(acknowledged);
    }
  });
});
