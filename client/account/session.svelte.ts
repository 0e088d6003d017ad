/** Who is signed in, as the frame and the screens need it. The server decides what they may do. */
import { accounts, type RoleName, type SessionPerson } from '../api/accounts.ts';

class Session {
  /** Null while nobody is signed in, or before the first answer. */
  person = $state.raw<SessionPerson | null>(null);
  /** The server has been asked: what is shown is true. */
  known = $state(false);

  /** Whether the desk is for this person. */
  get isStaff(): boolean {
    return (this.person?.roles.length ?? 0) > 0;
  }

  /** Whether they have one of these roles; an admin has all. */
  has(...roles: RoleName[]): boolean {
    const own = this.person?.roles ?? [];
    return own.includes('admin') || own.some((role) => roles.includes(role));
  }

  /** Asks the server; without an answer the page goes on as for somebody not signed in. */
  async load(): Promise<void> {
    const reply = await accounts.session().catch(() => null);
    if (reply !== null) this.is(reply.person);
  }

  /** Takes over what a sign-in, a change or a sign-out answered. */
  is(person: SessionPerson | null): void {
    this.person = person;
    this.known = true;
  }
}

/** The one session of the page. */
export const session = new Session();
