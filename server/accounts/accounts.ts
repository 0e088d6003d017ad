/** What the accounts feature is made of, and what other features may use of it. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Identify, Identity } from '../platform/access.ts';
import { Limit } from '../platform/limits.ts';
import { Proofs } from '../platform/proofs.ts';
import type { Units } from '../units/units.ts';
import { readCookie } from './cookies.ts';
import { type Device, deviceLabel, readDevice } from './device-rules.ts';
import { HashingQueue } from './hashing-queue.ts';
import { PersonalData } from './personal-data.ts';
import { RecentRegistrations } from './recent-registrations.ts';
import { Sessions } from './sessions.ts';
import { SignInThrottle } from './throttle.ts';

export interface Accounts {
  readonly context: Context;
  readonly units: Units;
  readonly sessions: Sessions;
  readonly hashing: HashingQueue;
  readonly throttle: SignInThrottle;
  readonly limits: AccountLimits;
  readonly proofs: Proofs;
  readonly recent: RecentRegistrations;
  /** Other features add their part to export and erasure here. */
  readonly personalData: PersonalData;
  /** For `createHttp`; also for public routes that want to know who asks. */
  readonly identify: Identify;
}

/** Limits beside sign-in's. */
export interface AccountLimits {
  /** By address: a whole school may register in one lesson. */
  readonly registering: Limit;
  /** From everywhere together, without a proof of work: bots come from many addresses. */
  readonly unproven: Limit;
  /** By address: codes that are typed. */
  readonly codes: Limit;
  /** By person: a password asked for again inside a session. */
  readonly proving: Limit;
  /** By person: six digits. A million codes, three of which are right at any time. */
  readonly totp: Limit;
}

export function createAccounts(context: Context, units: Units): Accounts {
  const { config } = context;
  const factor = config.limitFactor;
  const sessions = new Sessions(context);
  return {
    context,
    units,
    sessions,
    hashing: new HashingQueue({ lanes: config.hashLanes }),
    throttle: new SignInThrottle(factor),
    limits: {
      registering: new Limit(1000 * factor, 300 * factor),
      unproven: new Limit(600 * factor, 300 * factor),
      codes: new Limit(300 * factor, 120 * factor),
      proving: new Limit(10 * factor, 6 * factor),
      totp: new Limit(5 * factor, factor),
    },
    proofs: new Proofs(context.secrets),
    recent: new RecentRegistrations(),
    personalData: new PersonalData(),
    identify: (request) => sessions.identify(request),
  };
}

/** Who stands at a door, before anybody knows their name. */
export interface Caller {
  readonly address: string;
  readonly device: Device | null;
  /** e.g. "Chrome · Android". */
  readonly label: string | null;
  /** Whose session came along; it ends when another one is opened. */
  readonly before: Identity | null;
}

/** The device that a request came from, when it was here before. */
export function deviceOf(accounts: Accounts, { headers }: FastifyRequest): Device | null {
  return readDevice(readCookie(headers.cookie, accounts.sessions.names.device));
}

export async function callerOf(accounts: Accounts, request: FastifyRequest): Promise<Caller> {
  return {
    address: request.ip,
    device: deviceOf(accounts, request),
    label: deviceLabel(request.headers['user-agent']),
    before: await accounts.identify(request),
  };
}
