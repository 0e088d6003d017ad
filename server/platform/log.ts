/** Structured logs, with request ids and without secrets. */
import type { FastifyBaseLogger } from 'fastify';
import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type LogFn,
  type Logger,
  pino,
} from 'pino';
import type { Config } from '../config.ts';

export type { Logger } from 'pino';

/** Fields that never reach a log, wherever they stand at depth one or two. */
const REDACTED = [
  'password',
  'token',
  'code',
  'phone',
  'email',
  'citizenId',
  'key',
  'authorization',
  'cookie',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** `destination`: standard output unless said. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: REDACTED, censor: '[kín]' },
    serializers: { err: shownError },
    hooks: { logMethod: withOwnMessage },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error that is logged by itself would lend its message to the line, and the message carries what was asked with. */
function withOwnMessage(this: Logger, line: Parameters<LogFn>, write: LogFn): void {
  const [given, ...rest] = line as readonly unknown[];
  const error = given instanceof Error ? given : errorIn(given);
  if (error === null || rest.length > 0) Reflect.apply(write, this, line);
  else
    Reflect.apply(write, this, [given instanceof Error ? { err: given } : given, shownError(error).message]);
}

function errorIn(given: unknown): Error | null {
  const found = typeof given === 'object' && given !== null && 'err' in given ? given.err : null;
  return found instanceof Error ? found : null;
}

/** An error as the log has it: `state` is the database's or the system's own code. */
interface ShownError {
  readonly type: string;
  readonly message: string;
  readonly state?: string;
  readonly stack?: string;
  readonly cause?: ShownError;
}

/**
 * Errors of databases carry what was asked with (the parameters of a query, the row that failed): people's phones and
 * hashes of their passwords. So what is written is listed here, and everything else of an error stays away.
 */
export function shownError(error: unknown, depth = 0): ShownError {
  if (!(error instanceof Error)) return { type: typeof error, message: '' };
  const state = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: withoutValues(error.message, state),
    ...(state === undefined ? {} : { state }),
    ...(stack === undefined ? {} : { stack: stack.join('\n') }),
    ...(error.cause === undefined || depth > 2 ? {} : { cause: shownError(error.cause, depth + 1) }),
  };
}

/** Drizzle adds the parameters; PostgreSQL quotes the value in its "data exceptions" (class 22). */
function withoutValues(message: string, state: string | undefined): string {
  const [text = ''] = message.split('\nparams:', 1);
  return state?.startsWith('22') === true ? text.replace(/"[^"]*"/g, '"…"') : text;
}

/** A request's logger, made when the first line is written: most requests write none, and making one costs more than a save. */
export class RequestLog implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Bindings;
  readonly #options: ChildLoggerOptions;
  #made: FastifyBaseLogger | null = null;

  constructor(parent: FastifyBaseLogger, bindings: Bindings, options: ChildLoggerOptions) {
    this.#parent = parent;
    this.#bindings = bindings;
    this.#options = options;
  }

  get level(): string {
    return this.#parent.level;
  }

  child(bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger {
    return this.#log.child(bindings, options);
  }

  get #log(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings, this.#options);
    return this.#made;
  }

  #write(level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', line: readonly unknown[]): void {
    Reflect.apply(this.#log[level], this.#log, line);
  }

  fatal(...line: readonly unknown[]): void {
    this.#write('fatal', line);
  }
  error(...line: readonly unknown[]): void {
    this.#write('error', line);
  }
  warn(...line: readonly unknown[]): void {
    this.#write('warn', line);
  }
  info(...line: readonly unknown[]): void {
    this.#write('info', line);
  }
  debug(...line: readonly unknown[]): void {
    this.#write('debug', line);
  }
  trace(...line: readonly unknown[]): void {
    this.#write('trace', line);
  }
  silent(): void {}
}
