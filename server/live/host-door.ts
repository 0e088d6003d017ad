/** Who may host or show a session: somebody signed in as one of its hosts, or who holds a pass that one of them made. */
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Identity, Role } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { SessionRow, Sessions } from './sessions.ts';
import { readPass } from './tokens.ts';

interface Host {
  readonly uid: string;
  readonly name: string;
}

type DoorContext = Pick<Context, 'database' | 'secrets' | 'clock'>;

export class HostDoor {
  readonly #context: DoorContext;
  readonly #sessions: Sessions;
  readonly #identify: (cookies: string | undefined) => Promise<Identity | null>;

  constructor(
    context: DoorContext,
    sessions: Sessions,
    identify: (cookies: string | undefined) => Promise<Identity | null>,
  ) {
    this.#context = context;
    this.#sessions = sessions;
    this.#identify = identify;
  }

  /** Throws `live.token` for a pass that opens nothing (any more), `auth.required`, `notFound`. */
  async enter(
    live: string,
    as: 'host' | 'screen',
    token: string | undefined,
    cookies: string | undefined,
  ): Promise<Host> {
    const session = await this.#sessions.find(live);
    if (session === null) throw new AppError('notFound');
    if (token !== undefined) return this.#byPass(session, as, token);
    const identity = await this.#identify(cookies);
    if (identity === null || identity.guest) throw new AppError('auth.required');
    if (!(await this.#sessions.mayHost(session, identity))) throw new AppError('notFound');
    return identity;
  }

  /** A pass is worth what who made it is worth now. A host's pass shows the screen too. */
  async #byPass(session: SessionRow, as: 'host' | 'screen', token: string): Promise<Host> {
    const pass = readPass(this.#context.secrets, token, this.#context.clock.now());
    if (pass === null || pass.sessionId !== session.id) throw new AppError('live.token');
    if (as === 'host' && pass.as !== 'host') throw new AppError('live.token');
    const { people, roles } = this.#context.database.tables;
    const [maker] = await this.#context.database.query
      .select({ uid: people.uid, name: people.name, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.id, pass.personId));
    const given = await this.#context.database.query
      .select({ role: roles.role })
      .from(roles)
      .where(eq(roles.personId, pass.personId));
    const held = new Set<Role>();
    if (given.some(({ role }) => role === 'admin')) held.add('admin');
    const isHost = await this.#sessions.mayHost(session, { personId: pass.personId, roles: held });
    if (maker === undefined || maker.erasedAt !== null || !isHost) throw new AppError('live.token');
    return maker;
  }
}
