/** One contest that is watched: its tally from all rows, then from new ones; a message of it whenever it is asked for. */
import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { MonitorMessage } from '../../contracts/monitor.ts';
import type { FeedPosition } from '../../leaderboards/counting.ts';
import { afterPosition, START } from '../../leaderboards/results-feed.ts';
import type { Database } from '../../platform/database/door.ts';
import type { UnitsOfReport } from '../units-of-report.ts';
import { minuteSums } from './minutes.ts';
import {
  ContestTally,
  HOUR_MS,
  HOURS,
  hourOf,
  MINUTE_MS,
  MINUTES,
  minuteOf,
  type OpenSeen,
  type TopCounts,
} from './tally-rules.ts';

export interface WatchedContest {
  readonly id: number;
  readonly uid: string;
  readonly rounds: readonly { readonly id: number; readonly uid: string; readonly title: string }[];
}

const UNITS = 10;
const NO_UNIT = 'Không thuộc đơn vị nào';
/** Columns of a row of the feed. */
const WIDTH = 11;

export class ContestWatch {
  readonly #database: Database;
  readonly #contest: WatchedContest;
  readonly #units: UnitsOfReport;
  readonly #tally = new ContestTally();
  #position: FeedPosition = START;
  #entry = -1;
  /** Unit → the unit that it is counted under. */
  readonly #tops = new Map<number, number | null>();

  constructor(database: Database, contest: WatchedContest, units: UnitsOfReport) {
    this.#database = database;
    this.#contest = contest;
    this.#units = units;
  }

  /** Whether it still fits: another tree or other rounds mean that it is begun again. */
  fits({ rounds }: WatchedContest, units: UnitsOfReport): boolean {
    const same = rounds.length === this.#contest.rounds.length;
    return units === this.#units && same && rounds.every(({ id }, i) => id === this.#contest.rounds[i]?.id);
  }

  /** Reads what is new, outside the main thread, and says how things stand. */
  async message(now: number): Promise<MonitorMessage> {
    const rounds = this.#contest.rounds.map(({ id }) => id);
    if (rounds.length > 0) await this.#readResults(rounds);
    await this.#readEntries();
    const open = rounds.length === 0 ? [] : await this.#readOpen(rounds);
    const sums = await minuteSums(this.#database, rounds, now);
    this.#tally.forget(now);
    const tally = this.#tally;
    const openIn = new Map<number, number>();
    for (const { roundId } of open) openIn.set(roundId, (openIn.get(roundId) ?? 0) + 1);
    return {
      v: 1,
      contest: this.#contest.uid,
      at: now,
      entries: tally.entries,
      open: open.length,
      closed: [...tally.closed.values()].reduce((sum, one) => sum + one, 0),
      rounds: this.#contest.rounds.map(({ id, uid, title }) => ({
        id: uid,
        title,
        open: openIn.get(id) ?? 0,
        closed: tally.closed.get(id) ?? 0,
      })),
      minutes: {
        from: (minuteOf(now) - MINUTES + 1) * MINUTE_MS,
        starts: tally.starts(now, open),
        submits: tally.submits(now),
        saves: [...sums.saves],
        refused: [...sums.refused],
        failed: [...sums.failed],
      },
      marks: { step: tally.marks().step, counts: [...tally.marks().counts] },
      hours: {
        from: (hourOf(now) - HOURS + 1) * HOUR_MS,
        entries: tally.entriesByUnit(now, UNITS).map((one) => this.#named(one)),
        submits: tally.submitsByUnit(now, UNITS).map((one) => this.#named(one)),
      },
    };
  }

  #named({ top, total, counts }: TopCounts): MonitorMessage['hours']['entries'][number] {
    const unit = top === null ? undefined : this.#units.byKey(top);
    return { name: unit?.unit.name ?? NO_UNIT, total, counts: [...counts] };
  }

  /** The unit at the top of the tree; below it where the tree has only one. */
  #topOf(unit: number): number | null {
    if (Number.isNaN(unit)) return null;
    const known = this.#tops.get(unit);
    if (known !== undefined) return known;
    const { tree } = this.#units;
    const level = tree.childrenOf(-1) === 1 ? 1 : 0;
    const node = tree.has(unit) ? tree.node(unit) : -1;
    const above = tree.ancestor(node, level);
    const top = node < 0 ? null : above < 0 ? unit : tree.unit(above);
    this.#tops.set(unit, top);
    return top;
  }

  async #readResults(rounds: readonly number[]): Promise<void> {
    const { results: r, attempts: a } = this.#database.tables;
    const before = alias(r, 'before');
    const query = this.#database.query
      .select({
        seq: r.seq,
        xid: r.xid,
        roundId: r.roundId,
        unitId: r.unitId,
        version: r.version,
        counts: r.counts,
        marks: r.marks,
        submittedAt: r.submittedAt,
        startedAt: a.startedAt,
        countedBefore: before.counts,
        marksBefore: before.marks,
      })
      .from(r)
      .innerJoin(a, eq(a.id, r.attemptId))
      .leftJoin(before, and(eq(before.attemptId, r.attemptId), eq(before.version, sql`${r.version} - 1`)))
      .where(and(afterPosition(this.#database, this.#position), this.#inRounds(rounds)))
      .orderBy(...(this.#database.dialect === 'sqlite' ? [asc(r.seq)] : [asc(r.xid), asc(r.seq)]));
    for await (const rows of this.#database.scanNumbers(query))
      for (let at = 0; at < rows.length; at += WIDTH) this.#addResult(rows, at);
  }

  /** The sign keeps SQLite reading by the feed's own order. */
  #inRounds(rounds: readonly number[]): SQL {
    return inArray(sql`+${this.#database.tables.results.roundId}`, [...rounds]);
  }

  #addResult(rows: Float64Array, at: number): void {
    const [seq = 0, xid = 0, roundId = 0, unit = Number.NaN] = rows.subarray(at, at + 4);
    const [version = 0, counts = 0, marks = 0, submittedAt = 0, startedAt = 0] = rows.subarray(
      at + 4,
      at + 9,
    );
    const [countedBefore = Number.NaN, marksBefore = 0] = rows.subarray(at + 9, at + 11);
    this.#position = { transaction: xid, number: seq };
    this.#tally.addResult({
      roundId,
      top: this.#topOf(unit),
      version,
      counts: counts === 1,
      marks,
      startedAt,
      submittedAt,
      before: Number.isNaN(countedBefore) ? null : { counts: countedBefore === 1, marks: marksBefore },
    });
  }

  async #readEntries(): Promise<void> {
    const { entries: e } = this.#database.tables;
    const query = this.#database.query
      .select({ sequence: e.sequence, unitId: e.unitId, createdAt: e.createdAt })
      .from(e)
      .where(and(eq(e.contestId, this.#contest.id), gt(e.sequence, this.#entry)))
      .orderBy(asc(e.sequence));
    for await (const rows of this.#database.scanNumbers(query))
      for (let at = 0; at < rows.length; at += 3) {
        this.#entry = rows[at] ?? 0;
        this.#tally.addEntry(this.#topOf(rows[at + 1] ?? Number.NaN), rows[at + 2] ?? 0);
      }
  }

  /** By the index of attempts under way, of which there are few beside all. */
  async #readOpen(rounds: readonly number[]): Promise<OpenSeen[]> {
    const { attempts: a } = this.#database.tables;
    const query = this.#database.query
      .select({ roundId: a.roundId, startedAt: a.startedAt })
      .from(a)
      .where(and(sql`${a.state} = 1`, inArray(sql`+${a.roundId}`, [...rounds])));
    const open: OpenSeen[] = [];
    for await (const rows of this.#database.scanNumbers(query))
      for (let at = 0; at < rows.length; at += 2)
        open.push({ roundId: rows[at] ?? 0, startedAt: rows[at + 1] ?? 0 });
    return open;
  }
}
