/** Registrations of the last minutes: one that is sent twice, because the first answer got lost, gets its account and not "taken". */

const KEEP_MS = 600_000;
const MOST = 20_000;

/** An account as it was made; once its password is another one, the request does not open it any more. */
export interface RecentRegistration {
  readonly personId: number;
  readonly passwordHash: string;
  readonly at: number;
}

export class RecentRegistrations {
  readonly #made = new Map<string, RecentRegistration>();
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** Makes an account; the same request can wait for it meanwhile (`made`). */
  async making<T>(subject: string, make: () => Promise<T>): Promise<T> {
    const mine = make();
    const all = Promise.allSettled([this.#underWay.get(subject), mine]);
    this.#underWay.set(subject, all);
    void all.then(() => {
      if (this.#underWay.get(subject) === all) this.#underWay.delete(subject);
    });
    return mine;
  }

  /** What the same request made, a moment ago or just now: once none of them is under way. */
  async made(subject: string, now: number): Promise<RecentRegistration | null> {
    await this.#underWay.get(subject);
    return this.find(subject, now);
  }

  /** `subject`: keyed digest of all that was sent, the password too. */
  add(subject: string, registration: RecentRegistration): void {
    const oldest = this.#made.size < MOST ? undefined : this.#made.keys().next().value;
    if (oldest !== undefined) this.#made.delete(oldest);
    this.#made.set(subject, registration);
  }

  /** What the same request made, if it was a moment ago. */
  find(subject: string, now: number): RecentRegistration | null {
    const found = this.#made.get(subject);
    return found === undefined || now - found.at > KEEP_MS ? null : found;
  }
}
