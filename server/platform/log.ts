/** Structured logs, with request ids and without secrets. */
import type { FastifyBaseLogger } from 'fastify';
import { type Bindings, type ChildLoggerOptions, type Logger, pino } from 'pino';
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

export function createLog(level: Config['logLevel']): Logger {
  return pino({
    level,
    redact: { paths: REDACTED, censor: '[kín]' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  });
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
