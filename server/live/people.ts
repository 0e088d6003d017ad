/**
 * The players of one room in memory: names, teams, and what tells that somebody came before. A projection of their rows:
 * numbers have no gaps and are committed in their order, so what follows is what has a higher one.
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

export interface PlayerRow {
  readonly number: number;
  readonly name: string;
  readonly nameKey: string;
  readonly device: string;
  readonly personId: number | null;
  readonly unitId: number | null;
  readonly entry: number | null;
  readonly team: number | null;
  readonly simulated: boolean;
}

export interface Team {
  readonly number: number;
  readonly name: string;
}

export class People {
  readonly #database: Database;
  readonly #sessionId: number;
  /** By number; 0 is nobody. */
  readonly #rows: (PlayerRow | undefined)[] = [undefined];
  readonly #byDevice = new Map<string, number>();
  readonly #byName = new Map<string, number>();
  readonly #byPerson = new Map<number, number>();
  readonly #byEntry = new Map<number, number>();
  #teams: readonly (Team & { readonly nameKey: string })[] = [];
  #reading: Promise<void> | null = null;

  constructor(database: Database, sessionId: number) {
    this.#database = database;
    this.#sessionId = sessionId;
  }

  /** Highest number. */
  get count(): number {
    return this.#rows.length - 1;
  }

  get teams(): readonly Team[] {
    return this.#teams;
  }

  row(player: number): PlayerRow | undefined {
    return this.#rows[player];
  }

  name(player: number): string {
    return this.#rows[player]?.name ?? '';
  }

  /** 0: none. */
  teamOf(player: number): number {
    return this.#rows[player]?.team ?? 0;
  }

  byDevice(hash: string): number | undefined {
    return this.#byDevice.get(hash);
  }
  byName(key: string): number | undefined {
    return this.#byName.get(key);
  }
  byPerson(id: number): number | undefined {
    return this.#byPerson.get(id);
  }
  byEntry(entry: number): number | undefined {
    return this.#byEntry.get(entry);
  }
  teamByName(nameKey: string): number | undefined {
    return this.#teams.find((team) => team.nameKey === nameKey)?.number;
  }

  rows(): readonly PlayerRow[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  /** Reads who came since; callers at the same time share one reading. */
  follow(): Promise<void> {
    this.#reading ??= this.#follow().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #follow(): Promise<void> {
    const { livePlayers, liveTeams } = this.#database.tables;
    const query = this.#database.query
      .select(this.#columns)
      .from(livePlayers)
      .where(and(eq(livePlayers.sessionId, this.#sessionId), gt(livePlayers.number, this.count)))
      .orderBy(asc(livePlayers.number));
    for (const row of await query) this.#put(row);
    this.#teams = await this.#database.query
      .select({ number: liveTeams.number, name: liveTeams.name, nameKey: liveTeams.nameKey })
      .from(liveTeams)
      .where(eq(liveTeams.sessionId, this.#sessionId))
      .orderBy(asc(liveTeams.number));
  }

  /** Reads these again: their name or team was changed. */
  async refresh(player: number): Promise<void> {
    const { livePlayers } = this.#database.tables;
    const [row] = await this.#database.query
      .select(this.#columns)
      .from(livePlayers)
      .where(and(eq(livePlayers.sessionId, this.#sessionId), eq(livePlayers.number, player)));
    if (row !== undefined) this.#put(row);
  }

  /** Reads everybody again. */
  async refreshAll(): Promise<void> {
    const { livePlayers } = this.#database.tables;
    const rows = await this.#database.query
      .select(this.#columns)
      .from(livePlayers)
      .where(eq(livePlayers.sessionId, this.#sessionId))
      .orderBy(asc(livePlayers.number));
    for (const row of rows) this.#put(row);
  }

  get #columns() {
    const { livePlayers: t } = this.#database.tables;
    return {
      number: t.number,
      name: t.name,
      nameKey: t.nameKey,
      device: t.device,
      personId: t.personId,
      unitId: t.unitId,
      entry: t.entry,
      team: t.team,
      simulated: t.simulated,
    };
  }

  /** A row that has been committed. */
  #put(row: PlayerRow): void {
    const before = this.#rows[row.number];
    if (before !== undefined && before.nameKey !== row.nameKey) this.#byName.delete(before.nameKey);
    this.#rows[row.number] = row;
    this.#byDevice.set(row.device, row.number);
    this.#byName.set(row.nameKey, row.number);
    if (row.personId !== null) this.#byPerson.set(row.personId, row.number);
    if (row.entry !== null) this.#byEntry.set(row.entry, row.number);
  }

  /** Rows that this node has just committed. */
  came(rows: readonly PlayerRow[]): void {
    for (const row of rows) this.#put(row);
  }
}
