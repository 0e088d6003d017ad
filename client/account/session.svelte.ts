/** Who is signed in, as the frame and the screens need it. The server decides what they may do. */
export interface Person {
  readonly name: string;
  readonly roles: readonly string[];
}

class Session {
  /** Null while nobody is signed in, or before the first answer. */
  person = $state.raw<Person | null>(null);

  /** Whether the desk is for this person. */
  get isStaff(): boolean {
    return this.person?.roles.some((role) => role !== 'citizen') ?? false;
  }
}

/** The one session of the page. */
export const session = new Session();
