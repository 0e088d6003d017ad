/** The countdown: warnings once, the end once, whatever happens to the clock. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AttemptTimer } from '../../../client/attempt/attempt-timer.svelte.ts';

const minuteMs = 60_000;
const day = Date.UTC(2022, 7, 1);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started(leftMs: number) {
  let offset = day - Date.now();
  const said: (string | number)[] = [];
  const timer = new AttemptTimer({
    now: () => Date.now() + offset,
    warn: (minutes) => void said.push(minutes),
    end: () => void said.push('end'),
  });
  timer.start(day + leftMs);
  return {
    timer,
    said,
    /** The phone slept, or the server's time became known better. */
    jump: (ms: number) => {
      offset += ms;
      timer.tick();
    },
  };
}

describe('a timer', () => {
  test('warns at five minutes and at one, and ends, each once', () => {
    const { timer, said } = started(6 * minuteMs);
    vi.advanceTimersByTime(minuteMs + 100);
    expect([said, timer.warning]).toEqual([[5], 5]);
    vi.advanceTimersByTime(minuteMs);
    expect(timer.warning).toBeNull();
    vi.advanceTimersByTime(3 * minuteMs);
    expect([said, timer.warning]).toEqual([[5, 1], 1]);
    vi.advanceTimersByTime(10 * minuteMs);
    expect([said, timer.leftMs]).toEqual([[5, 1, 'end'], 0]);
  });

  test('does not raise an alarm when a paper is opened with little time left', () => {
    const { said } = started(4 * minuteMs);
    vi.advanceTimersByTime(2 * minuteMs);
    expect(said).toEqual([]);
  });

  test('says only the nearer mark after a sleep over both, and the end after a sleep over all', () => {
    const slept = started(6 * minuteMs);
    slept.jump(5.5 * minuteMs);
    expect(slept.said).toEqual([1]);
    const long = started(6 * minuteMs);
    long.jump(60 * minuteMs);
    expect([long.said, long.timer.leftMs]).toEqual([['end'], 0]);
  });

  test('takes a later deadline, and may warn again before it', () => {
    const { timer, said } = started(minuteMs + 500);
    vi.advanceTimersByTime(1000);
    timer.start(day + 10 * minuteMs);
    expect(timer.warning).toBeNull();
    vi.advanceTimersByTime(6 * minuteMs);
    expect(said).toEqual([1, 5]);
  });

  test('is silent when stopped', () => {
    const { timer, said } = started(2000);
    timer.stop();
    vi.advanceTimersByTime(minuteMs);
    expect(said).toEqual([]);
  });
});
