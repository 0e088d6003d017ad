import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Board,
  type BoardSettings,
  buffersOf,
  factsOf,
  type PackedBoard,
} from '../../../server/leaderboards/board.ts';
import { comparePositions, type ResultVersion } from '../../../server/leaderboards/counting.ts';
import type { UnitMetric } from '../../../server/leaderboards/unit-ranking.ts';
import { SlowBoard } from './brute-force.ts';
import { history, Rows, UNITS } from './histories.ts';

const METRICS: readonly UnitMetric[] = ['entrants', 'attempts', 'rate', 'average'];
const SCOPES = [null, ...UNITS.map(({ unit }) => unit)];

const plain: BoardSettings = { order: ['marks', 'time'], counting: 'best', freeze: null, units: UNITS };

function result(sequence: number, given: Partial<ResultVersion> = {}): ResultVersion {
  return {
    marks: 0,
    predictionDistance: 0,
    elapsedMs: 0,
    submittedAt: sequence,
    sequence,
    version: 1,
    feed: { transaction: 0, number: sequence },
    round: 1,
    unit: null,
    voided: false,
    ...given,
  };
}

/** Everything that a board says about people, compared with the slow one. */
function expectSamePeople(board: Board, slow: SlowBoard): void {
  for (const unit of SCOPES) {
    const list = slow.list(unit);
    expect(board.page(0, 100, unit)).toEqual(list);
    expect(board.count(unit)).toBe(list.length);
    expect(board.page(1, 3, unit)).toEqual(list.slice(1, 4));
    expect(board.page(list.length, 5, unit)).toEqual([]);
    list.forEach((entry, i) => {
      const below = list.filter(({ rank }) => rank > entry.rank).length;
      const shareBelow = list.length === 1 ? 0 : below / (list.length - 1);
      expect(board.rank(entry.person, unit)).toEqual({ ...entry, of: list.length, below, shareBelow });
      expect(board.around(entry.person, 2, 1, unit)).toEqual(list.slice(Math.max(0, i - 2), i + 2));
    });
    for (const { person } of slow.list(null)) {
      const inside = list.some((entry) => entry.person === person);
      expect(board.rank(person, unit) !== null).toBe(inside);
      expect(board.around(person, 1, 1, unit).length > 0).toBe(inside);
    }
  }
}

/** Everything that a board says about units, compared with the slow one. */
function expectSameUnits(board: Board, slow: SlowBoard): void {
  for (const { unit } of UNITS) expect(board.unit(unit)).toEqual(slow.totals(unit));
  for (const metric of METRICS) {
    for (const level of [0, 1, 2]) {
      const peers = slow.units(metric, (_, depth) => depth === level);
      const page = board.unitsOfLevel(level, metric, 0, 100);
      expect(page.map(({ unit, rank }) => ({ unit, rank }))).toEqual(peers);
      for (const { unit, rank } of peers) expect(board.unitRank(unit, metric)).toEqual(stand(peers, rank));
    }
    for (const parent of SCOPES) {
      const peers = slow.units(metric, (unit) => unit.parent === parent);
      const page = board.unitsBelow(parent, metric, 0, 100);
      expect(page.map(({ unit, rank }) => ({ unit, rank }))).toEqual(peers);
      for (const { unit, rank } of peers) {
        expect(board.unitRank(unit, metric, 'parent')).toEqual(stand(peers, rank));
      }
    }
  }
}

function stand(peers: readonly { rank: number }[], rank: number): unknown {
  return { rank, of: peers.length, below: peers.filter((other) => other.rank > rank).length };
}

function view(board: Board): unknown {
  return SCOPES.map((unit) => [
    board.page(0, 100, unit),
    unit === null ? null : [board.unit(unit), METRICS.map((metric) => board.unitRank(unit, metric))],
  ]);
}

/** Through a port, as a worker would send it, with its memory moved. */
function moved(packed: PackedBoard): PackedBoard {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(packed, buffersOf(packed));
  const received: { message: PackedBoard } | undefined = receiveMessageOnPort(port2);
  port1.close();
  if (received === undefined) throw new Error('nothing came through');
  return received.message;
}

describe('a board', () => {
  it('equals a brute-force recomputation on 1,000 random histories', () => {
    fc.assert(
      fc.property(history, ({ settings, changes }) => {
        const rows = new Rows();
        const board = new Board(settings);
        changes.forEach((change, i) => {
          board.apply(rows.write(change));
          // Asked in between too, so that rankings of units are kept up and not only made at the end.
          if (i % 16 === 7) expectSameUnits(board, new SlowBoard(rows.facts(), settings, UNITS));
        });
        const slow = new SlowBoard(rows.facts(), settings, UNITS);
        expectSamePeople(board, slow);
        expectSameUnits(board, slow);
      }),
      { numRuns: 1_000 },
    );
  }, 180_000);

  it('built from the table equals one that grew, and goes on growing after a hand-over', () => {
    fc.assert(
      fc.property(history, fc.nat(60), ({ settings, changes }, at) => {
        const rows = new Rows();
        const grown = new Board(settings);
        for (const change of changes.slice(0, at)) grown.apply(rows.write(change));
        const loaded = new Board(settings);
        loaded.load(rows.facts());
        expect(view(loaded)).toEqual(view(grown));
        const taken = Board.unpack(moved(loaded.pack()));
        expect(taken.revision).toBe(1);
        for (const change of changes.slice(at)) {
          const fact = rows.write(change);
          expect(taken.apply(fact)).toBe(grown.apply(fact));
        }
        expect(view(taken)).toEqual(view(grown));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('says that something changed exactly when something that shows did', () => {
    fc.assert(
      fc.property(history, ({ settings, changes }) => {
        const rows = new Rows();
        const board = new Board(settings);
        for (const change of changes) {
          const before = { view: view(board), revision: board.revision };
          const fact = rows.write(change);
          const changed = board.apply(fact);
          expect(board.revision).toBe(before.revision + (changed ? 1 : 0));
          const same = JSON.stringify(view(board)) === JSON.stringify(before.view);
          expect(changed).toBe(!same);
          expect(board.apply(fact)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('frozen, is not moved by anything that comes after its moment or its position', () => {
    fc.assert(
      fc.property(history, fc.nat(40), ({ settings, changes }, at) => {
        const rows = new Rows();
        const past = changes.slice(0, at);
        const facts = past.map((change) => rows.write(change));
        const seen = facts.flatMap(({ results }) => results.map(({ feed }) => feed));
        const position = seen.sort(comparePositions).at(-1) ?? { transaction: 0, number: 0 };
        const freeze = { moment: 1_760_000_000_000 + 6 * 60_000, position };
        const board = new Board({ ...settings, freeze });
        for (const fact of facts) board.apply(fact);
        const before = { view: view(board), revision: board.revision };
        for (const change of changes.slice(at)) {
          // Erasure is meant to reach a frozen board too. Later entries stand behind the position.
          if (change.what === 'erase') continue;
          const fact = rows.write(change);
          const results = fact.results.map((version) =>
            version.feed.number <= at
              ? version
              : { ...version, feed: { ...version.feed, transaction: 1_000 } },
          );
          expect(board.apply({ person: fact.person, results })).toBe(false);
        }
        expect({ view: view(board), revision: board.revision }).toEqual(before);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('shows a void, a regrade and a late submission to the organisers and not on the frozen board', () => {
    const freeze = { moment: 100, position: { transaction: 0, number: 10 } };
    const open = new Board(plain);
    const frozen = new Board({ ...plain, freeze });
    const facts = [
      {
        person: 1,
        results: [
          result(1, { marks: 900 }),
          result(1, { version: 2, voided: true, feed: { transaction: 0, number: 11 } }),
        ],
      },
      {
        person: 2,
        results: [
          result(2, { marks: 500 }),
          result(2, { version: 2, marks: 800, feed: { transaction: 0, number: 12 } }),
        ],
      },
      { person: 3, results: [result(3, { marks: 1000, submittedAt: 101 })] },
    ];
    for (const fact of facts) {
      open.apply(fact);
      frozen.apply(fact);
    }
    expect(open.page(0, 9).map(({ person, standing }) => [person, standing.marks])).toEqual([
      [3, 1000],
      [2, 800],
    ]);
    expect(frozen.page(0, 9).map(({ person, standing }) => [person, standing.marks])).toEqual([
      [1, 900],
      [2, 500],
    ]);
  });

  it('gives equals one rank and skips past them: 1, 2, 2, 4', () => {
    const board = new Board(plain);
    for (const [i, marks] of [900, 700, 700, 100].entries()) {
      board.apply({ person: i + 1, results: [result(i + 1, { marks })] });
    }
    expect(board.page(0, 9).map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
    expect(board.page(2, 9).map(({ rank }) => rank)).toEqual([2, 4]);
    expect(board.rank(3)).toMatchObject({ rank: 2, of: 4, below: 1, shareBelow: 1 / 3 });
  });

  it('counts somebody with attempts in two units once in the unit above them', () => {
    const board = new Board(plain);
    board.apply({
      person: 1,
      results: [result(1, { unit: 70, marks: 400 }), result(2, { unit: 711, marks: 600 })],
    });
    expect(board.unit(70)).toMatchObject({ entrants: 1, attempts: 1, counted: 0, average: null });
    expect(board.unit(711)).toMatchObject({ entrants: 1, attempts: 1, counted: 1, average: 600, rate: null });
    expect(board.unit(7)).toMatchObject({ entrants: 1, attempts: 2, counted: 1, members: 10, rate: 0.1 });
    expect(board.rank(1, 71)).toMatchObject({ rank: 1, unit: 711 });
    expect(board.rank(1, 70)).toBeNull();
  });

  it('tells units that it does not know apart, instead of losing their people', () => {
    const board = new Board(plain);
    expect(board.knows(70)).toBe(true);
    expect(board.knows(5)).toBe(false);
    expect(() => board.apply({ person: 1, results: [result(1, { unit: 5 })] })).toThrow(
      'unit 5 is not in the tree',
    );
    expect(() => board.page(0, 1, 5)).toThrow(RangeError);
    expect(board.count()).toBe(0);
    expect(board.revision).toBe(0);
  });

  it('refuses a scan that names a person twice', () => {
    const facts = factsOf([1, 2, 1].map((person, i) => ({ person, ...result(i) })));
    expect(() => new Board(plain).load(facts)).toThrow('person 1 came twice');
  });
});
