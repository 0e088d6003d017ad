/**
 * Requests to our server: JSON both ways, problems as ApiError, a time limit, and for calls that may safely arrive twice
 * a retry with jitter, so that a hall of phones coming back does not knock at the same moment.
 */
import { connection } from './connection.svelte.ts';
import { ApiError, localError, problemOf } from './problem.ts';

/** How one request differs from the usual. */
export interface RequestOptions {
  /** Added to the address; null and undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** ms for one try; 15,000 unless said. */
  readonly timeoutMs?: number;
  /** Tries in all: 4 for GET, PUT and DELETE, 1 for POST and PATCH unless said (say it where twice is once). */
  readonly tries?: number;
  /** Goes on after the page is left, for a last save. */
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const defaultTimeoutMs = 15_000;
const firstPauseMs = 500;
const longestPauseMs = 8_000;
const passing = new Set([408, 425, 429, 502, 503, 504]);

/** Full jitter (0 … 2ⁿ × 0.5 s), never less than the server asked for. */
export function pauseMs(failures: number, retryAfterMs: number | null, random = Math.random): number {
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
  return (retryAfterMs ?? 0) + random() * ceiling;
}

/** Whether the same request may succeed in a moment. */
function isPassing(error: ApiError): boolean {
  return error.code === 'network' || error.code === 'timeout' || passing.has(error.status);
}

function address(path: string, query: RequestOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** One try. A request that the caller gave up rejects with the browser's AbortError. */
async function tryOnce(
  method: Method,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Response> {
  const limit = new AbortController();
  const giveUp = (): void => limit.abort();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  if (options.signal?.aborted === true) giveUp();
  const timer = setTimeout(giveUp, options.timeoutMs ?? defaultTimeoutMs);
  try {
    const reply = await fetch(address(path, options.query), {
      method,
      credentials: 'same-origin',
      keepalive: options.keepalive ?? false,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: limit.signal,
    });
    connection.report(true);
    return reply;
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    connection.report(false);
    throw localError(limit.signal.aborted ? 'timeout' : 'network');
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', giveUp);
  }
}

async function answer<Reply>(reply: Response): Promise<Reply> {
  if (!reply.ok) throw await problemOf(reply);
  if (reply.status === 204) return JSON.parse('null');
  return reply.json().catch(() => {
    throw localError('unreadable');
  });
}

/** Sends until it is answered, refused, given up, or out of tries. Throws ApiError. */
async function send<Reply>(
  method: Method,
  path: string,
  body: unknown,
  options: RequestOptions = {},
): Promise<Reply> {
  const tries = options.tries ?? (method === 'POST' || method === 'PATCH' ? 1 : 4);
  for (let failures = 0; ; failures++) {
    try {
      return await answer<Reply>(await tryOnce(method, path, body, options));
    } catch (error) {
      const mayRetry = error instanceof ApiError && isPassing(error) && failures + 1 < tries;
      if (!mayRetry) throw error;
      await connection.pause(pauseMs(failures, error.retryAfterMs));
    }
  }
}

/** `await http.get<ContestList>('/api/contests', { query: { page: 2 } })`; the type is one of server/contracts. */
export const http = {
  get: <Reply>(path: string, options?: RequestOptions) => send<Reply>('GET', path, undefined, options),
  post: <Reply>(path: string, body?: unknown, options?: RequestOptions) =>
    send<Reply>('POST', path, body ?? {}, options),
  put: <Reply>(path: string, body?: unknown, options?: RequestOptions) =>
    send<Reply>('PUT', path, body ?? {}, options),
  patch: <Reply>(path: string, body?: unknown, options?: RequestOptions) =>
    send<Reply>('PATCH', path, body ?? {}, options),
  /** `body` where the server wants a reason. */
  delete: <Reply>(path: string, options?: RequestOptions & { readonly body?: unknown }) =>
    send<Reply>('DELETE', path, options?.body, options),
};
