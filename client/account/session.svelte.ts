/** Who is signed in, as the frame and the screens need it. The server decides what they may do. */
import { accounts, type RoleName, type SessionPerson } from '../api/accounts.ts';
import { clearLocalData, keepFor, watchOwner } from './local-data.ts';

class Session {
  /** Null while nobody is signed in, or before the first answer. */
  person = $state.raw<SessionPerson | null>(null);
  /** The server has been asked: what is shown is true. */
  known = $state(false);
  /** The server was asked and could not be reached. */
  failed = $state(false);

  constructor() {
    watchOwner(() => void this.load());
  }

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
    this.failed = false;
    const reply = await accounts.session().catch(() => null);
    if (reply !== null) this.is(reply.person);
    else this.failed = true;
  }

  /** Takes over what a sign-in, a change or a sign-out answered. */
  is(person: SessionPerson | null): void {
    if (person !== null) keepFor(person.uid);
    this.person = person;
    this.known = true;
    this.failed = false;
  }

  /**
   * Signs out here; `leave` goes to a page for everybody, then what this browser kept for the person goes too. Throws
   * ApiError when the server cannot be reached.
   */
  async end(leave: () => Promise<void>): Promise<void> {
    await accounts.signOut();
    await leave();
    this.forget();
  }

  /** The account or all its sessions ended at the server. */
  forget(): void {
    clearLocalData();
    this.is(null);
  }
}

/** The one session of the page. */
export const session = new Session();
