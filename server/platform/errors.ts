/** The one error that features throw on purpose, and how any error becomes what people read (problem+json). */
import {
  type Bilingual,
  type ErrorCode,
  errorCodes,
  type FieldError,
  type ProblemReply,
} from '../contracts/errors.ts';
import { BusyError, ConflictError, UnavailableError } from './database/door.ts';

type Facts = Record<string, string | number | boolean | null>;

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly facts: Facts | undefined;
  constructor(
    code: ErrorCode,
    more: { readonly errors?: readonly FieldError[]; readonly facts?: Facts } = {},
  ) {
    super(code);
    this.code = code;
    this.errors = more.errors;
    this.facts = more.facts;
  }
}

/** Something wrong with one field of a request: 400 with its place. */
export function invalidField(path: string, vi: string, en: string): AppError {
  return new AppError('request.invalid', { errors: [{ path, vi, en }] });
}

export function statusOf(code: ErrorCode): number {
  return errorCodes[code][0];
}

export function messagesOf(code: ErrorCode): Bilingual {
  const [, vi, en] = errorCodes[code];
  return { vi, en };
}

/** Which of our codes an error is; anything unknown is `internal`, and nothing of it leaves. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  if (error instanceof ConflictError) return 'conflict';
  if (error instanceof BusyError) return 'busy';
  if (error instanceof UnavailableError) return 'unavailable';
  if (isUnstorable(error)) return 'request.invalid';
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return 'request.tooLarge';
  if (status === 415) return 'request.type';
  if (status === 429) return 'request.tooMany';
  if (status === 404) return 'notFound';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'request.invalid' : 'internal';
}

/**
 * Texts and numbers that PostgreSQL has no room for: a zero byte (22021, 22P05), a number beyond its type (22003), a number
 * that is none (22P02). Whoever sent them is told; SQLite takes them.
 */
const UNSTORABLE: readonly unknown[] = ['22003', '22021', '22P02', '22P05'];

function isUnstorable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && UNSTORABLE.includes(cause.code);
}

export function problemOf(error: unknown, requestId: string): ProblemReply {
  const code = codeOf(error);
  const messages = messagesOf(code);
  const more = error instanceof AppError ? error : undefined;
  return {
    type: `urn:hoithi:error:${code}`,
    title: messages.vi,
    status: statusOf(code),
    code,
    messages,
    ...(more?.errors === undefined ? {} : { errors: [...more.errors] }),
    ...(more?.facts === undefined ? {} : { facts: more.facts }),
    requestId,
  };
}
