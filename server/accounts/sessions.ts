/**
 * Sessions: opaque tokens, of which the table keeps the SHA-256. What a token stands for is remembered here for a short
 * while; whoever ends a session or changes a person says so (`session:<uid>`, `person:<id>`), and every node forgets at once.
 */
import { hash } from 'node:crypto';
import { and, eq, gt, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Identity, Role } from '../platform/access.ts';
import { expecting, prepare, type Statement, type Writable } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { Recent } from '../platform/recent.ts';
import { randomToken } from '../platform/secrets.ts';
import { uidAt } from '../platform/uid.ts';
import { type CookieNames, cookieNames, readCookie, writeCookie } from './cookies.ts';
import {
  firstExpiry,
  isElevated,
  isShort,
  LONGEST_MS,
  nextExpiry,
  readRole,
  type SessionTimes,
  TOUCH_MS,
} from './session-rules.ts';
import { raisingEpoch } from './token-epochs.ts';

/** A session that `statement` makes, to be written together with what opened it. */
export interface OpenedSession {
  readonly uid: string;
  readonly statement: Statement;
  /** The Set-Cookie header. */
  readonly cookie: string;
}

export interface OpenOptions {
  readonly staff: boolean;
  readonly remember: boolean;
  readonly elevated: boolean;
  readonly device: string | null;
}

interface Held {
  readonly identity: Identity;
  readonly times: SessionTimes;
  /** How many changes had been heard of when it was read. */
  readonly asOf: number;
  /** By the server's clock. */
  readonly freshUntil: number;
}

const MOST_HELD = 20_000;
/** One process hears of every change; nodes of a cluster may lose a nudge, so there nothing is remembered for longer than a second. */
const FRESH_MS = { sqlite: 30_000, postgres: 1000 } as const;

export const sha256 = (text: string): string => hash('sha256', text, 'base64url');

export class Sessions {
  readonly #context: Context;
  readonly names: CookieNames;
  readonly #held = new Recent<string, Held>(MOST_HELD);
  readonly #rows;
  readonly #loading = new Map<string, Promise<Held | null>>();
  /** Topic → number of its last change: what was read before it is not true any more. */
  readonly #changed = new Map<string, number>();
  #changes = 0;
  readonly #watchers = new Map<string, Set<() => void>>();
  /** What was read before this change is not believed: its topics are forgotten. */
  #floor = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#rows = sessionRows(context.database);
    this.names = cookieNames(context.config.publicUrl);
    context.announcer.listen('session:', (topic) => this.#heard(topic));
    context.announcer.listen('person:', (topic) => this.#heard(topic));
  }

  #heard(topic: string): void {
    if (this.#changed.size >= MOST_HELD) {
      this.#changed.clear();
      this.#held.clear();
      this.#floor = this.#changes + 1;
    }
    this.#changes += 1;
    this.#changed.set(topic, this.#changes);
    this.#loading.clear();
    for (const watcher of this.#watchers.get(topic) ?? []) watcher();
  }

  #isTrue({ identity, asOf }: Held): boolean {
    const last = (topic: string): number => this.#changed.get(topic) ?? 0;
    const changed = Math.max(last(sessionTopic(identity.sessionUid)), last(personTopic(identity.personId)));
    return Math.max(changed, this.#floor) <= asOf;
  }

  /** Who asks, or null. Reads no row when the same token asked a moment ago. */
  identify(request: Pick<FastifyRequest, 'headers'>): Promise<Identity | null> {
    return this.identifyCookies(request.headers.cookie);
  }

  /** As `identify`, for sockets: `header` is the Cookie header of the handshake. */
  async identifyCookies(header: string | undefined): Promise<Identity | null> {
    const token = readCookie(header, this.names.session);
    if (token === null || token.length !== 43) return null;
    const hash = sha256(token);
    const now = this.#context.clock.now();
    const held = this.#held.get(hash);
    if (held !== undefined && now < held.freshUntil && this.#isTrue(held)) return usable(held, now);
    return usable(await this.#loadOnce(hash, now), now);
  }

  #loadOnce(hash: string, now: number): Promise<Held | null> {
    const running = this.#loading.get(hash);
    if (running !== undefined) return running;
    const loading = this.#load(hash, now).finally(() => {
      if (this.#loading.get(hash) === loading) this.#loading.delete(hash);
    });
    this.#loading.set(hash, loading);
    return loading;
  }

  async #load(hash: string, now: number): Promise<Held | null> {
    const held = await this.#read({ hash }, now);
    if (held === null) {
      this.#held.delete(hash);
      return null;
    }
    this.#held.set(hash, held);
    if (now - held.times.seenAt > TOUCH_MS) this.#touch(hash, held, now);
    return held;
  }

  async #read(find: Finding, now: number): Promise<Held | null> {
    const asOf = this.#changes;
    const { database } = this.#context;
    const rows = await database.look(
      'hash' in find
        ? this.#rows.byToken({ hash: find.hash, now })
        : this.#rows.bySession({ person: find.personId, uid: find.sessionUid, now }),
    );
    const [row] = rows;
    if (row === undefined) return null;
    const { createdAt, seenAt, expiresAt, elevatedAt, role: _role, ...who } = row;
    const times = { createdAt, seenAt, expiresAt, elevatedAt };
    const identity: Identity = {
      ...who,
      roles: rolesIn(rows),
      elevated: false,
    };
    return { identity, times, asOf, freshUntil: Math.min(expiresAt, now + FRESH_MS[database.dialect]) };
  }

  /** A lost touch costs an hour of a month: nobody waits for it. */
  #touch(hash: string, { identity, times }: Held, now: number): void {
    const { database, log } = this.#context;
    const { sessions } = database.tables;
    const expiresAt = nextExpiry(times, now, identity.roles.size > 0);
    database
      .atomic(
        [database.query.update(sessions).set({ seenAt: now, expiresAt }).where(eq(sessions.tokenHash, hash))],
        'low',
      )
      .catch((error: unknown) => log.warn({ err: error }, 'use of a session not written'));
  }

  /** A new session of `personId`. */
  open(personId: number, options: OpenOptions): OpenedSession {
    const now = this.#context.clock.now();
    const token = randomToken();
    const uid = uidAt(now);
    const { database } = this.#context;
    const insert = database.query.insert(database.tables.sessions).values({
      tokenHash: sha256(token),
      uid,
      personId,
      createdAt: now,
      seenAt: now,
      expiresAt: firstExpiry(now, options.remember, options.staff),
      elevatedAt: options.elevated ? now : null,
      device: options.device,
    });
    const cookie = writeCookie(this.names, 'session', token, options.remember ? LONGEST_MS : null);
    return { uid, statement: expecting(1, insert), cookie };
  }

  /** The same session under a new token; `elevatedAt` when the second factor was just given or taken away. */
  async rotate(identity: Identity, elevatedAt?: number | null): Promise<OpenedSession> {
    const { database } = this.#context;
    const { sessions } = database.tables;
    const mine = and(eq(sessions.personId, identity.personId), eq(sessions.uid, identity.sessionUid));
    const held = await this.#read(identity, this.#context.clock.now());
    if (held === null) throw new AppError('auth.required');
    const token = randomToken();
    const update = database.query
      .update(sessions)
      .set({ tokenHash: sha256(token), ...(elevatedAt !== undefined && { elevatedAt }) })
      .where(mine);
    const cookie = writeCookie(this.names, 'session', token, isShort(held.times) ? null : LONGEST_MS);
    return { uid: identity.sessionUid, statement: expecting(1, update), cookie };
  }

  /** Whether it was opened on a computer that others use: what follows from it lives no longer either. */
  async isOnSharedComputer(identity: Identity): Promise<boolean> {
    const held = await this.#read(identity, this.#context.clock.now());
    return held === null || isShort(held.times);
  }

  /** Ends all sessions of a person but the one named, and what their attempts' tokens allowed. */
  ending(personId: number, except: string | null): readonly [Writable, Writable] {
    const { database } = this.#context;
    const { sessions } = database.tables;
    const theirs = eq(sessions.personId, personId);
    const ended = database.query
      .delete(sessions)
      .where(except === null ? theirs : and(theirs, ne(sessions.uid, except)));
    return [ended, raisingEpoch(database, personId)];
  }

  /** Ends one session. */
  endingOne(personId: number, uid: string): Writable {
    const { database } = this.#context;
    const { sessions } = database.tables;
    return database.query.delete(sessions).where(and(eq(sessions.personId, personId), eq(sessions.uid, uid)));
  }

  /** Ends one session now, and what tokens in that browser allowed; true when there was one. */
  async end(personId: number, uid: string): Promise<boolean> {
    const { database } = this.#context;
    const [ended] = await database.atomic([this.endingOne(personId, uid), raisingEpoch(database, personId)]);
    this.tellSession(uid);
    this.tellPerson(personId);
    return ended.changes > 0;
  }

  /** The Set-Cookie header that takes the session's cookie away. */
  get gone(): string {
    return writeCookie(this.names, 'session', '', 0);
  }

  /** After a commit that changed or ended a session: forgotten here now, elsewhere as fast as nudges go. */
  tellSession(uid: string): void {
    this.#tell(sessionTopic(uid));
  }

  /** After a commit that changed a person's name, roles or sessions. */
  tellPerson(personId: number): void {
    this.#tell(personTopic(personId));
  }

  #tell(topic: string): void {
    this.#heard(topic);
    this.#context.announcer.announce(topic);
  }

  /**
   * For sockets, which are let in once: calls `ended` when the session ends, gets a new token, or its person's roles change.
   * Gives the way to stop. Calls at most once.
   */
  watch(identity: Identity, ended: () => void): () => void {
    const own = sessionTopic(identity.sessionUid);
    const person = personTopic(identity.personId);
    const stop = (): void => {
      this.#unwatch(own, end);
      this.#unwatch(person, look);
    };
    const end = (): void => {
      stop();
      ended();
    };
    const look = (): void => {
      this.#isSame(identity).then(
        (same) => same || end(),
        (error: unknown) => {
          this.#context.log.warn({ err: error }, 'session of a socket not read');
          end();
        },
      );
    };
    for (const [topic, watcher] of [[own, end] as const, [person, look] as const]) {
      const watchers = this.#watchers.get(topic) ?? new Set();
      this.#watchers.set(topic, watchers.add(watcher));
    }
    return stop;
  }

  #unwatch(topic: string, watcher: () => void): void {
    const watchers = this.#watchers.get(topic);
    watchers?.delete(watcher);
    if (watchers?.size === 0) this.#watchers.delete(topic);
  }

  async #isSame(identity: Identity): Promise<boolean> {
    const held = await this.#read(identity, this.#context.clock.now());
    if (held === null) return false;
    const { roles } = held.identity;
    return roles.size === identity.roles.size && [...roles].every((role) => identity.roles.has(role));
  }

  /** Deletes what has expired: small pieces, in the low lane. */
  async sweep(): Promise<void> {
    const { database } = this.#context;
    const { sessions } = database.tables;
    const now = this.#context.clock.now();
    const expired = database.query
      .select({ hash: sessions.tokenHash })
      .from(sessions)
      .where(lt(sessions.expiresAt, now))
      .limit(500);
    for (;;) {
      const [done] = await database.atomic(
        [database.query.delete(sessions).where(inArray(sessions.tokenHash, expired))],
        'low',
      );
      if (done.changes < 500) return;
    }
  }
}

/** One session: by its token, or by its person and its own uid. */
type Finding = { readonly hash: string } | { readonly personId: number; readonly sessionUid: string };

/** What is read of a session, a row a role, prepared once: everybody who comes in asks for it. */
function sessionRows({ query, tables }: Context['database']) {
  const { people, roles, sessions } = tables;
  const p = sql.placeholder;
  const live = (where: SQL | undefined) =>
    query
      .select({
        personId: people.id,
        uid: people.uid,
        name: people.name,
        guest: people.guest,
        sessionUid: sessions.uid,
        createdAt: sessions.createdAt,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
        elevatedAt: sessions.elevatedAt,
        role: roles.role,
      })
      .from(sessions)
      .innerJoin(people, eq(people.id, sessions.personId))
      .leftJoin(roles, eq(roles.personId, people.id))
      .where(and(where, gt(sessions.expiresAt, p('now'))));
  return {
    byToken: prepare(live(eq(sessions.tokenHash, p('hash')))),
    bySession: prepare(live(and(eq(sessions.personId, p('person')), eq(sessions.uid, p('uid'))))),
  };
}

function rolesIn(rows: readonly { readonly role: string | null }[]): ReadonlySet<Role> {
  const roles = rows.map(({ role }) => (role === null ? null : readRole(role)));
  return new Set(roles.filter((role): role is Role => role !== null));
}

const sessionTopic = (uid: string): string => `session:${uid}`;
const personTopic = (personId: number): string => `person:${personId}`;

function usable(held: Held | null, now: number): Identity | null {
  if (held === null || now >= held.times.expiresAt) return null;
  return { ...held.identity, elevated: isElevated(held.times, now) };
}
