/** One's place after handing in: the board takes a result in a moment later. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MyStanding } from '../../../client/api/leaderboards.ts';
import { Standing } from '../../../client/attempt/standing.svelte.ts';

const NOW = Date.UTC(2022, 7, 1);
const own = { marks: 900, elapsedMs: 60_000, submittedAt: NOW };
const me = { ...own, rank: 1 };
const other = { ...me, marks: 1000 };

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

/** A board that says this, one after another; the last one stays. */
function boardThatSays(...said: readonly (object | null)[]) {
  let asked = 0;
  const ask = async () => {
    const answer = said[Math.min(asked, said.length - 1)] ?? null;
    asked += 1;
    return { me: answer } as MyStanding;
  };
  return { ask, asked: () => asked };
}

async function seen(board: ReturnType<typeof boardThatSays>, submittedAt = NOW): Promise<Standing> {
  const standing = new Standing({ ...own, submittedAt }, board.ask, () => Date.now());
  const loaded = standing.load();
  await vi.runAllTimersAsync();
  await loaded;
  return standing;
}

describe("a result's place", () => {
  test('comes as soon as the board has it, and is asked for once when it has', async () => {
    const late = boardThatSays(null, null, me);
    expect((await seen(late)).me).toMatchObject({ rank: 1 });
    expect(late.asked()).toBe(3);
    const there = boardThatSays(me);
    expect((await seen(there)).isOther).toBe(false);
    expect(there.asked()).toBe(1);
  });

  test('is not taken for another attempt’s while the board shows an earlier one', async () => {
    expect((await seen(boardThatSays(other, me))).isOther).toBe(false);
    const ranked = boardThatSays(other);
    expect((await seen(ranked)).isOther).toBe(true);
    expect(ranked.asked()).toBe(4);
  });

  test('of long ago is asked for once, and nothing is asked after leaving', async () => {
    const old = boardThatSays(null);
    expect((await seen(old, NOW - 60_000)).me).toBeNull();
    expect(old.asked()).toBe(1);
    const left = boardThatSays(null);
    const standing = new Standing(own, left.ask, () => Date.now());
    void standing.load();
    await vi.advanceTimersByTimeAsync(100);
    standing.stop();
    await vi.runAllTimersAsync();
    expect(left.asked()).toBe(1);
  });
});
