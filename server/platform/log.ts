/** Structured logs, with request ids and without secrets. */
import { type Logger, pino } from 'pino';
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
