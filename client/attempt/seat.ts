/**
 * One tab at a time answers an attempt: tabs of a browser share what is kept there, and two of them would write over each
 * other. The tab that was opened last takes the seat; the other one finishes its sentence, lets go, and says so.
 * Tabs talk over a BroadcastChannel where there is one, and over storage events everywhere.
 */

/** How long to wait for the other tab's last words; a frozen one cannot answer. */
const patienceMs = 400;
const prefix = 'hoithi.seat.';

interface Said {
  readonly what: 'wish' | 'left';
  readonly by: string;
}

export class Seat {
  readonly #by = randomName();
  readonly #key: string;
  readonly #storage: Storage | null;
  readonly #channel: BroadcastChannel | null;
  readonly #onleave: () => void;
  #left: (() => void) | null = null;
  #sits = false;

  /** `onleave` is called while this tab still holds the seat: what it writes then counts. */
  constructor(storage: Storage | null, attempt: string, onleave: () => void) {
    this.#storage = storage;
    this.#key = prefix + attempt;
    this.#onleave = onleave;
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(this.#key);
    this.#channel?.addEventListener('message', this.#hear);
    addEventListener('storage', this.#hearStorage);
  }

  /** Resolves when this tab has the seat. */
  async take(): Promise<void> {
    if (this.#sits) return;
    const taken = this.#read();
    if (taken !== null && taken !== this.#by) await this.#wish();
    this.#sits = true;
    this.#write(this.#by);
  }

  /** Whether this tab may write; false as soon as another has taken the seat, even before it said so. */
  get holds(): boolean {
    if (!this.#sits) return false;
    const taken = this.#read();
    return taken === null || taken === this.#by;
  }

  /** Gives the seat back: the tab goes away. */
  leave(): void {
    if (this.holds) this.#write(null);
    this.#sits = false;
  }

  close(): void {
    this.leave();
    removeEventListener('storage', this.#hearStorage);
    this.#channel?.close();
  }

  async #wish(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#left = resolve;
    });
    this.#say({ what: 'wish', by: this.#by });
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    this.#left = null;
  }

  #say(said: Said): void {
    this.#channel?.postMessage(said);
    // Written and removed at once: other tabs get an event for each, and the first one holds the text.
    this.#write(JSON.stringify(said), '.said');
    this.#write(null, '.said');
  }

  readonly #hear = ({ data }: MessageEvent<unknown>): void => {
    if (isSaid(data)) this.#heard(data);
  };

  readonly #hearStorage = (event: StorageEvent): void => {
    if (event.key === this.#key && event.newValue !== null && event.newValue !== this.#by) this.#give();
    if (event.key !== `${this.#key}.said` || event.newValue === null) return;
    const said: unknown = JSON.parse(event.newValue);
    if (isSaid(said)) this.#heard(said);
  };

  #heard({ what, by }: Said): void {
    if (by === this.#by) return;
    if (what === 'left') this.#left?.();
    else if (this.#sits) {
      this.#give();
      this.#say({ what: 'left', by: this.#by });
    }
  }

  #give(): void {
    if (!this.#sits) return;
    this.#onleave();
    this.leave();
  }

  #read(): string | null {
    try {
      return this.#storage?.getItem(this.#key) ?? null;
    } catch {
      return null;
    }
  }

  #write(value: string | null, suffix = ''): void {
    try {
      if (value === null) this.#storage?.removeItem(this.#key + suffix);
      else this.#storage?.setItem(this.#key + suffix, value);
    } catch {
      // Storage is refused: tabs that have a channel still hear each other.
    }
  }
}

function isSaid(value: unknown): value is Said {
  if (typeof value !== 'object' || value === null || !('what' in value) || !('by' in value)) return false;
  return (value.what === 'wish' || value.what === 'left') && typeof value.by === 'string';
}

const nameKey = 'hoithi.device';

/** Twelve letters and digits that nobody else has. `randomUUID` is missing on plain HTTP. */
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}

/**
 * This tab's name as a device. While the page is open its session storage does not hold it: a duplicated tab copies that
 * storage and must not copy the name, since two devices of one name would count each other's saves as repetitions.
 */
export function takeDeviceName(): string {
  try {
    const name = sessionStorage.getItem(nameKey);
    sessionStorage.removeItem(nameKey);
    return name ?? randomName();
  } catch {
    return randomName();
  }
}

/** Puts the name back for the next page of this tab. */
export function leaveDeviceName(name: string): void {
  try {
    sessionStorage.setItem(nameKey, name);
  } catch {
    // The next page is a new device.
  }
}
