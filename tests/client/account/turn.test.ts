/** Waiting in the queue for passwords: the same is sent again with the ticket, by itself, until it is one's turn. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Turn } from '../../../client/account/turn.svelte.ts';
import { ApiError, localError } from '../../../client/api/problem.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const wait = (place: number, ticket: string): ApiError =>
  new ApiError({
    code: 'auth.wait',
    status: 429,
    messages: { vi: '', en: '' },
    facts: { ticket, place, retryAfterMs: 2000 },
  });
const refused = (code: string, facts = {}): ApiError =>
  new ApiError({ code, status: 401, messages: { vi: 'sai', en: 'wrong' }, facts });

/** Sends answer one after another; what tickets came along is noted. */
function door(...answers: (ApiError | string)[]) {
  const tickets: (string | null)[] = [];
  const send = async (ticket: string | null): Promise<string> => {
    tickets.push(ticket);
    const answer = answers[tickets.length - 1];
    if (answer instanceof ApiError) throw answer;
    return answer ?? '';
  };
  return { tickets, send };
}

describe('a turn', () => {
  test('is over at once when nobody waits', async () => {
    const { tickets, send } = door('in');
    expect(await new Turn().take(send)).toBe('in');
    expect(tickets).toEqual([null]);
  });

  test('shows the place, waits as long as it is told and comes back with the newest ticket', async () => {
    const { tickets, send } = door(wait(120, 'a'), wait(7, 'b'), 'in');
    const turn = new Turn();
    const done = turn.take(send);
    await vi.advanceTimersByTimeAsync(0);
    expect(turn.place).toBe(120);
    await vi.advanceTimersByTimeAsync(1999);
    expect(tickets).toEqual([null]);
    await vi.advanceTimersByTimeAsync(1);
    expect(turn.place).toBe(7);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await done).toBe('in');
    expect(tickets).toEqual([null, 'a', 'b']);
    expect(turn.place).toBeNull();
  });

  test('keeps the place while the network is gone for a moment', async () => {
    const { tickets, send } = door(wait(3, 'a'), localError('network'), 'in');
    const done = new Turn().take(send);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await done).toBe('in');
    expect(tickets).toEqual([null, 'a', 'a']);
  });

  test('hands any other refusal over, and keeps its ticket for the next try', async () => {
    const { tickets, send } = door(refused('auth.secondFactor', { ticket: 't' }), 'in');
    const turn = new Turn();
    await expect(turn.take(send)).rejects.toMatchObject({ code: 'auth.secondFactor' });
    expect(await turn.take(send)).toBe('in');
    expect(tickets).toEqual([null, 't']);
  });

  test('sends nothing more once the screen was left', async () => {
    const { tickets, send } = door(wait(3, 'a'), 'in');
    const turn = new Turn();
    const done = turn.take(send).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    turn.leave();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await done).toBeInstanceOf(ApiError);
    expect(tickets).toEqual([null]);
  });
});
