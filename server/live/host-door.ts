/** Who may host or show a session: somebody signed in as one of its hosts, or who holds a pass that one of them made. */
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type Access, demandAccess, type Identity, type Role } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { SessionRow, Sessions } from './sessions.ts';
import { readPass } from './tokens.ts';

/** What somebody shows at the door; kept beside their line, to be looked at again. */
export interface HostCall {
  /** uid of the session. */
  readonly live: string;
  readonly as: 'host' | 'screen';
  /** A pass; without one it is the session behind the cookies that counts. */
  readonly token: string | undefined;
  readonly cookies: string | undefined;
}

interface Host {
  readonly personId: number;
  readonly uid: string;
  readonly name: string;
}

type DoorContext = Pick<Context, 'database' | 'secrets' | 'clock' | 'config'>;

/** As at the desk: what somebody once made or was named for is theirs as long as the role is. */
const HOSTS: Access = { roles: ['organiser'] };

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

  /**
   * Throws `live.token` for a pass that opens nothing (any more), `auth.required`, `auth.forbidden`,
   * `auth.secondFactorNeeded`, `notFound`.
   */
  async enter({ live, as, token, cookies }: HostCall): Promise<Host> {
    const session = await this.#sessions.find(live);
    if (session === null) throw new AppError('notFound');
    if (token !== undefined) return this.#byPass(session, as, token);
    const identity = await this.#identify(cookies);
    demandAccess(HOSTS, identity, this.#context.config.staffSecondFactor);
    if (identity === null || !(await this.#sessions.mayHost(session, identity)))
      throw new AppError('notFound');
    return identity;
  }

  /** A pass is worth what who made it is worth now. A host's pass shows the screen too. */
  async #byPass(session: SessionRow, as: 'host' | 'screen', token: string): Promise<Host> {
    const pass = readPass(this.#context.secrets, token, this.#context.clock.now());
    if (pass === null || pass.sessionId !== session.id) throw new AppError('live.token');
    if (as === 'host' && pass.as !== 'host') throw new AppError('live.token');
    const { people, roles } = this.#context.database.tables;
    const [maker] = await this.#context.database.query
      .select({ personId: people.id, uid: people.uid, name: people.name, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.id, pass.personId));
    const given = await this.#context.database.query
      .select({ role: roles.role })
      .from(roles)
      .where(eq(roles.personId, pass.personId));
    const held = new Set<Role>();
    for (const role of ['admin', 'organiser'] as const)
      if (given.some((row) => row.role === role)) held.add(role);
    const isHost =
      held.size > 0 && (await this.#sessions.mayHost(session, { personId: pass.personId, roles: held }));
    if (maker === undefined || maker.erasedAt !== null || !isHost) throw new AppError('live.token');
    return maker;
  }
}
