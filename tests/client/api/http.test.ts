import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { best } from '../../../client/api/clock.ts';
import { connection } from '../../../client/api/connection.svelte.ts';
import { http, pauseMs } from '../../../client/api/http.ts';
import { ApiError } from '../../../client/api/problem.ts';
import { setLocale } from '../../../client/messages/locale.svelte.ts';

const asked = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (status: number, code = 'busy', more = {}): Response =>
  json(
    { type: 'about:blank', title: code, status, code, messages: { vi: 'Đang bận.', en: 'Busy.' }, ...more },
    status,
  );

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error('an ApiError was expected');
  return error;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  asked.mockReset();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  setLocale('vi');
});

describe('a request', () => {
  test('gives the reply, with the query in the address', async () => {
    asked.mockResolvedValueOnce(json({ rows: [] }));
    expect(await http.get('/api/x', { query: { page: 2, unit: null, q: 'hà nội' } })).toEqual({ rows: [] });
    expect(asked.mock.calls[0]?.[0]).toBe('/api/x?page=2&q=h%C3%A0+n%E1%BB%99i');
  });

  test('that is refused tells why, in the reader’s language, by field', async () => {
    asked.mockResolvedValueOnce(
      problem(400, 'request.invalid', { errors: [{ path: '/phone', vi: 'Thiếu số.', en: 'Too short.' }] }),
    );
    const error = await failure(http.post('/api/x', {}));
    expect([error.code, error.status, error.text, error.field('phone'), error.field('name')]).toEqual([
      'request.invalid',
      400,
      'Đang bận.',
      'Thiếu số.',
      undefined,
    ]);
    setLocale('en');
    expect([error.text, error.field('phone')]).toEqual(['Busy.', 'Too short.']);
  });

  test('that may arrive twice is tried again after 503, and not after 409', async () => {
    asked.mockResolvedValueOnce(problem(503)).mockResolvedValueOnce(json(1));
    const answer = http.get('/api/x');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toBe(1);
    asked.mockReset().mockResolvedValueOnce(problem(409, 'conflict'));
    expect((await failure(http.put('/api/x'))).code).toBe('conflict');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('that may not arrive twice is sent once', async () => {
    asked.mockRejectedValueOnce(new TypeError('failed'));
    expect((await failure(http.post('/api/x'))).code).toBe('network');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(connection.online).toBe(false);
    asked.mockResolvedValueOnce(json(1));
    await http.get('/api/x');
    expect(connection.online).toBe(true);
  });

  test('that hangs ends as a timeout', async () => {
    asked.mockImplementationOnce(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    );
    const error = failure(http.post('/api/x', {}, { timeoutMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(1_001);
    expect((await error).code).toBe('timeout');
  });

  test('answered by something else than our server is unreadable', async () => {
    asked.mockResolvedValueOnce(new Response('<html>', { status: 200 }));
    expect((await failure(http.get('/api/x', { tries: 1 }))).code).toBe('unreadable');
  });
});

test('a pause never is shorter than the server asked for, and spreads', () => {
  expect(pauseMs(0, 3_000, () => 0)).toBe(3_000);
  expect(pauseMs(2, null, () => 0.5)).toBe(1_000);
  expect(pauseMs(30, null, () => 1)).toBe(8_000);
});

test('a pause ends early when the connection is back', async () => {
  const over = vi.fn();
  void connection.pause(60_000).then(over);
  connection.report(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalled();
});

test('the ping with the shortest round trip wins', () => {
  const pings = [80, 20, 300].map((roundTripMs) => ({ roundTripMs, offsetMs: roundTripMs * 10 }));
  expect(best(pings)?.offsetMs).toBe(200);
  expect(best([])).toBeUndefined();
});
