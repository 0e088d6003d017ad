/** Environment → frozen, typed configuration. Nothing else reads `process.env`; what is wrong is refused with its name. */
import { resolve } from 'node:path';

/** What one password hash (argon2id) costs whoever computes it. */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** As OWASP gives it; no setting makes it less. */
const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2 };

export interface Config {
  readonly port: number;
  readonly host: string;
  /** A file path, or `postgres://…`. */
  readonly databaseUrl: string;
  /** Where people reach us, e.g. "https://hoithi.example.vn"; decides about Secure cookies and which Origin may write. */
  readonly publicUrl: URL;
  /** Where the secret file and backups stand. */
  readonly dataDir: string;
  /** Keys of everything signed, hashed or encrypted; null = generated into the data folder (refused on PostgreSQL). */
  readonly secret: string | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** How many proxies in front may say who the client is. */
  readonly trustProxy: number;
  /** Limits by account, attempt and address are multiplied by this (loads in benches come from one address). */
  readonly limitFactor: number;
  /** Answers are taken so long after the deadline (by receive time), ms. */
  readonly graceMs: number;
  readonly staffSecondFactor: 'required' | 'optional';
  /** Reports that made themselves are kept so many days. */
  readonly keepReportsDays: number;
  /** Whether an empty database gets the shipped banks and a sample contest. */
  readonly seed: boolean;
  /** Password hashes computed at the same time. */
  readonly hashLanes: number;
  readonly passwordCost: PasswordCost;
  /** Whether registering costs a proof of work: always, when very many register at once, never. */
  readonly proofOfWork: 'on' | 'auto' | 'off';
  /** With it /metrics may be read from elsewhere; null: from this machine only. */
  readonly metricsToken: string | null;
  /** How letters leave; null: none do. */
  readonly mail: MailConfig | null;
  /** Push services beside those on the open web, as host:port, e.g. one inside an organisation's own network. */
  readonly pushHosts: readonly string[];
}

export interface MailConfig {
  /** smtp://user:password@host:port, or smtps://…; never logged. */
  readonly smtpUrl: string;
  /** e.g. "Hội Thi <khong-tra-loi@example.vn>". */
  readonly from: string;
  /** Letters a minute from this process: what the mail server takes. */
  readonly perMinute: number;
}

/** Name → what it is, for the README and for refusals. */
export const configNames = {
  PORT: 'port to listen on (3000)',
  HOST: 'address to listen on (0.0.0.0)',
  DATABASE_URL: 'file path, or postgres://… (data/hoithi.db)',
  PUBLIC_URL: 'address that people open (http://localhost:PORT)',
  HOITHI_DATA_DIR: 'folder for the secret and backups (data)',
  HOITHI_SECRET:
    'at least 32 characters; generated into the data folder when not set (needed with PostgreSQL)',
  HOITHI_LOG_LEVEL: 'fatal, error, warn, info, debug or silent (info)',
  HOITHI_TRUST_PROXY: 'number of proxies in front (0)',
  HOITHI_LIMIT_FACTOR: 'multiplies all rate limits (1)',
  HOITHI_GRACE_MS: 'answers are taken so long after the deadline, ms (3000)',
  HOITHI_STAFF_SECOND_FACTOR: 'required or optional (required when PUBLIC_URL is https)',
  HOITHI_KEEP_REPORTS_DAYS:
    'weekly reports that made themselves are kept so many days, then removed, 1 to 36500 (365)',
  HOITHI_SEED: 'yes or no: shipped banks and a sample contest into an empty database (yes)',
  HOITHI_HASH_LANES: 'password hashes at the same time (1)',
  HOITHI_PROOF_OF_WORK:
    'on, auto or off: registering costs a second of computing, always, during a burst of registrations, or never (auto)',
  HOITHI_METRICS_TOKEN:
    'at least 16 characters: who sends it as a Bearer token may read /metrics from elsewhere (none: from this machine only)',
  HOITHI_SMTP_URL:
    'smtp://user:password@host:port or smtps://…: how letters leave (none: no letters); needs HOITHI_MAIL_FROM',
  HOITHI_MAIL_FROM: 'sender of letters, e.g. Hội Thi <khong-tra-loi@example.vn>',
  HOITHI_PUSH_HOSTS:
    'host:port, more with commas: push services beside those on the open web, e.g. in a network of your own (none)',
  HOITHI_MAIL_PER_MINUTE: 'letters a minute from one process, 1 to 100000 (120)',
} as const;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;
type Name = keyof typeof configNames;

/** Throws `ConfigError` that names the variable and what it may be. */
export function readConfig(env: Environment): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('HOITHI_') && !(name in configNames))
      throw new ConfigError(`${name}: unknown variable / biến không có trong danh sách`);
  }
  const port = integer(env, 'PORT', 3000, 0, 65_535);
  const publicUrl = url(env, 'PUBLIC_URL', `http://localhost:${port}`);
  const databaseUrl = env.DATABASE_URL ?? 'data/hoithi.db';
  const secret = env.HOITHI_SECRET ?? null;
  const metricsToken = env.HOITHI_METRICS_TOKEN ?? null;
  if (metricsToken !== null && metricsToken.length < 16) refuse('HOITHI_METRICS_TOKEN');
  const shared = /^postgres(ql)?:/.test(databaseUrl);
  if (secret === null ? shared : secret.length < 32) refuse('HOITHI_SECRET');
  return Object.freeze({
    port,
    host: env.HOST ?? '0.0.0.0',
    databaseUrl,
    publicUrl,
    dataDir: resolve(env.HOITHI_DATA_DIR ?? 'data'),
    secret,
    logLevel: oneOf(env, 'HOITHI_LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    trustProxy: integer(env, 'HOITHI_TRUST_PROXY', 0, 0, 10),
    limitFactor: integer(env, 'HOITHI_LIMIT_FACTOR', 1, 1, 1_000_000),
    graceMs: integer(env, 'HOITHI_GRACE_MS', 3000, 0, 60_000),
    staffSecondFactor: oneOf(
      env,
      'HOITHI_STAFF_SECOND_FACTOR',
      ['required', 'optional'],
      publicUrl.protocol === 'https:' ? 'required' : 'optional',
    ),
    keepReportsDays: integer(env, 'HOITHI_KEEP_REPORTS_DAYS', 365, 1, 36_500),
    seed: oneOf(env, 'HOITHI_SEED', ['yes', 'no'], 'yes') === 'yes',
    hashLanes: integer(env, 'HOITHI_HASH_LANES', 1, 1, 64),
    passwordCost: PASSWORD_COST,
    proofOfWork: oneOf(env, 'HOITHI_PROOF_OF_WORK', ['on', 'auto', 'off'], 'auto'),
    metricsToken,
    mail: readMail(env),
    pushHosts: (env.HOITHI_PUSH_HOSTS ?? '').split(',').filter((host) => host !== ''),
  });
}

function readMail(env: Environment): MailConfig | null {
  const { HOITHI_SMTP_URL: smtpUrl = '', HOITHI_MAIL_FROM: from = '' } = env;
  if (smtpUrl === '') return null;
  if (!/^smtps?:\/\/[^/]/.test(smtpUrl) || !URL.canParse(smtpUrl)) refuse('HOITHI_SMTP_URL');
  if (!/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/.test(from)) refuse('HOITHI_MAIL_FROM');
  return { smtpUrl, from, perMinute: integer(env, 'HOITHI_MAIL_PER_MINUTE', 120, 1, 100_000) };
}

function refuse(name: Name): never {
  throw new ConfigError(`${name}: ${configNames[name]}`);
}

function integer(env: Environment, name: Name, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max ? value : refuse(name);
}

function oneOf<const T extends string>(env: Environment, name: Name, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  return values.find((value) => value === text) ?? refuse(name);
}

function url(env: Environment, name: Name, fallback: string): URL {
  const text = env[name] ?? fallback;
  if (!URL.canParse(text)) refuse(name);
  const parsed = new URL(text);
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : refuse(name);
}
