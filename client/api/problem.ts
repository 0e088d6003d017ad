/** What went wrong with a request, as something that a screen can show: the server's problem+json, or no answer at all. */

import type { ErrorCode, FieldError, ProblemReply } from '../../server/contracts/errors.ts';
import { inLocale } from '../messages/messages.ts';

/** Codes of our own, for failures that never reached a server that could name them. */
export type LocalCode = 'network' | 'timeout' | 'unreadable';

const localMessages = {
  network: {
    vi: 'Không kết nối được với máy chủ. Xin kiểm tra mạng rồi thử lại.',
    en: 'The server cannot be reached. Please check your connection and try again.',
  },
  timeout: {
    vi: 'Máy chủ trả lời quá chậm. Xin thử lại sau giây lát.',
    en: 'The server took too long to answer. Please try again shortly.',
  },
  unreadable: {
    vi: 'Máy chủ trả lời không đúng mẫu. Xin tải lại trang.',
    en: 'The answer of the server could not be read. Please reload the page.',
  },
} satisfies Record<LocalCode, { vi: string; en: string }>;

/** Facts that the server adds for the client to act on, e.g. a place in a queue. */
export type Facts = NonNullable<ProblemReply['facts']>;

/** A request that failed. `message` and `field` are in the reader's language at the time of asking. */
export class ApiError extends Error {
  /** Stable code of the contracts, or one of ours. */
  readonly code: ErrorCode | LocalCode | (string & {});
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly fields: readonly FieldError[];
  readonly facts: Facts;
  /** How long the server asks to wait before the next try, ms; null when it does not say. */
  readonly retryAfterMs: number | null;
  readonly #messages: { readonly vi: string; readonly en: string };

  constructor(
    problem: Pick<ProblemReply, 'code' | 'status' | 'messages' | 'errors' | 'facts'>,
    retryAfterMs: number | null = null,
  ) {
    super(problem.messages.vi);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.fields = problem.errors ?? [];
    this.facts = problem.facts ?? {};
    this.retryAfterMs = retryAfterMs;
    this.#messages = problem.messages;
  }

  /** What to show, in the reader's language. */
  get text(): string {
    return inLocale(this.#messages);
  }

  /** What is wrong with one field ("phone", "rounds/0/title"), or nothing. */
  field(path: string): string | undefined {
    const found = this.fields.find((error) => normal(error.path) === normal(path));
    return found === undefined ? undefined : inLocale(found);
  }
}

/** Paths come as "/phone" or "phone". */
function normal(path: string): string {
  return path.replace(/^\/?(body\/)?/, '');
}

/** An error of ours, for a request without an answer. */
export function localError(code: LocalCode): ApiError {
  return new ApiError({ code, status: 0, messages: localMessages[code] });
}

function isProblem(body: unknown): body is ProblemReply {
  return typeof body === 'object' && body !== null && 'code' in body && 'messages' in body;
}

/** Reads a reply that is not 2xx. */
export async function problemOf(reply: Response): Promise<ApiError> {
  const wait = Number(reply.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(wait) ? wait * 1000 : null;
  const body: unknown = await reply.json().catch(() => null);
  if (isProblem(body)) return new ApiError({ ...body, status: reply.status }, retryAfterMs);
  const fallback = reply.status >= 500 ? localMessages.timeout : localMessages.unreadable;
  return new ApiError({ code: 'unreadable', status: reply.status, messages: fallback }, retryAfterMs);
}

/** Any thrown value as something to show. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : localError('unreadable');
}
