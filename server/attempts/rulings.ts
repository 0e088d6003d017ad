/** The rulings in force, in memory on every node: grading asks for them with each paper. Rows are the truth; a nudge or a slow poll reads them again. */
import { asc, eq } from 'drizzle-orm';
import type { Announcer } from '../platform/announcer.ts';
import type { Database } from '../platform/database/door.ts';
import type { Ruling, RulingKind } from './ruling-rules.ts';

/** Announced when rulings were made or withdrawn. */
export const RULINGS_TOPIC = 'rulings';

/** A nudge that was lost is healed after so long: until then a node may still grade by what was in force before. */
export const RULINGS_POLL_MS = 10_000;

/** Version → what was decided about it, in order. */
export type RulingsOfRound = ReadonlyMap<number, readonly Ruling[]>;

const NONE: RulingsOfRound = new Map();
const KINDS: readonly string[] = ['key', 'also', 'full', 'void'] satisfies RulingKind[];

export class Rulings {
  readonly #database: Database;
  readonly #stops: (() => void)[] = [];
  #byRound: ReadonlyMap<number, RulingsOfRound> = new Map();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads them, then follows changes until `close`. */
  async follow(announcer: Announcer): Promise<void> {
    await this.load();
    const again = (): void => void this.load().catch(() => undefined);
    this.#stops.push(announcer.listen(RULINGS_TOPIC, again));
    const poll = setInterval(again, RULINGS_POLL_MS).unref();
    this.#stops.push(() => clearInterval(poll));
  }

  async load(): Promise<void> {
    const { rulings } = this.#database.tables;
    const rows = await this.#database.query
      .select()
      .from(rulings)
      .where(eq(rulings.withdrawn, false))
      .orderBy(asc(rulings.remedyId));
    const byRound = new Map<number, Map<number, Ruling[]>>();
    for (const { roundId, versionId, kind, key } of rows) {
      if (!isRulingKind(kind)) throw new RangeError(`unknown ruling "${kind}"`);
      const ofRound = byRound.get(roundId) ?? new Map<number, Ruling[]>();
      byRound.set(roundId, ofRound);
      const known = ofRound.get(versionId) ?? [];
      ofRound.set(versionId, known);
      known.push({ kind, key });
    }
    this.#byRound = byRound;
  }

  of(roundId: number): RulingsOfRound {
    return this.#byRound.get(roundId) ?? NONE;
  }

  /** Versions that count for nothing in the round. */
  isVoid(roundId: number, versionId: number): boolean {
    return (
      this.#byRound
        .get(roundId)
        ?.get(versionId)
        ?.some(({ kind }) => kind === 'void') ?? false
    );
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}

export function isRulingKind(kind: string): kind is RulingKind {
  return KINDS.includes(kind);
}
