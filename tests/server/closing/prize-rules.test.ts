import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf, lineKeyOf } from '../../../server/closing/lines.ts';
import { byLot, commitmentOf, lotOf } from '../../../server/closing/lot-rules.ts';
import { type Award, decideWinners, type PrizeWorld } from '../../../server/closing/prize-rules.ts';
import type { CountedUnit, PlacedPerson } from '../../../server/closing/snapshot-rows.ts';
import type { Prize } from '../../../server/contracts/prizes.ts';
import { type Criterion, compareRank } from '../../../server/leaderboards/order.ts';
import { totalsOf } from '../../../server/leaderboards/units.ts';

/** Unit 1 has 2 and 3 below it, 3 has 4 and 5; 6 stands alone. Blocks: A has 2, 4, 6; B has 3, 5. */
const PARENTS: Readonly<Record<number, number | null>> = { 1: null, 2: 1, 3: 1, 4: 3, 5: 3, 6: null };
const BLOCKS: Readonly<Record<number, string>> = { 2: 'A', 3: 'B', 4: 'A', 5: 'B', 6: 'A' };
const UNITS = Object.keys(PARENTS).map(Number);
const uidOf = (unit: number): string => `unit-${unit}`;
const tree = {
  parentOf: (unit: number) => PARENTS[unit] ?? null,
  blockOf: (unit: number) => BLOCKS[unit] ?? null,
  labelOf: (unit: number) => `U${unit}`,
  idOf: (uid: string) => UNITS.find((unit) => uidOf(unit) === uid) ?? null,
  isWithin(unit: number, above: number): boolean {
    for (let at: number | null = unit; at !== null; at = PARENTS[at] ?? null) if (at === above) return true;
    return false;
  },
};

const ORDER: readonly Criterion[] = ['marks', 'time'];
const draw = { seed: 'ab'.repeat(32), extra: '12345', board: 'round-x' };

function prize(more: Partial<Prize>): Prize {
  return {
    id: 'nhat',
    title: 'Giải Nhất',
    value: '',
    count: 1,
    scope: 'round',
    to: 'people',
    by: 'rank',
    metric: 'entrants',
    unit: null,
    block: null,
    membersFrom: null,
    membersTo: null,
    minMarks: null,
    minEntrants: null,
    ...more,
  };
}

/** A list in the board's order, equals sharing a rank, from a handful of figures with many ties. */
const people = fc
  .array(fc.record({ marks: fc.nat(3), elapsedMs: fc.nat(2), unit: fc.constantFrom(null, 2, 3, 4, 5, 6) }), {
    maxLength: 14,
  })
  .map((figures): PlacedPerson[] => {
    const standings = figures.map(({ marks, elapsedMs, unit }, i) => ({
      person: i + 1,
      number: (i * 7) % 23,
      unit,
      attempt: i + 100,
      standing: { marks, elapsedMs, predictionDistance: null, submittedAt: 0, sequence: i + 100 },
    }));
    standings.sort(
      (a, b) => compareRank(ORDER, a.standing, b.standing) || a.standing.sequence - b.standing.sequence,
    );
    return standings.map(({ standing, ...rest }) => ({
      ...rest,
      rank: 1 + standings.filter((other) => compareRank(ORDER, other.standing, standing) < 0).length,
      marks: standing.marks,
      distance: null,
      elapsedMs: standing.elapsedMs,
      submittedAt: 0,
    }));
  });
const units = fc
  .tuple(
    ...UNITS.map(() =>
      fc.record({ entrants: fc.nat(3), more: fc.nat(2), members: fc.option(fc.nat(5), { nil: null }) }),
    ),
  )
  .map((figures) =>
    figures.map(({ entrants, more, members }, i): CountedUnit => {
      const attempts = entrants + more;
      return {
        unit: UNITS[i] ?? 0,
        ...totalsOf({ entrants, attempts, counted: entrants, marks: entrants * more * 100, members }),
      };
    }),
  );
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const prizes = fc
  .array(
    fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      scope: fc.constantFrom('round' as const, 'round' as const, 'contest' as const),
      to: fc.constantFrom('people' as const, 'people' as const, 'units' as const),
      by: fc.constantFrom('rank' as const, 'lot' as const),
      metric: fc.constantFrom('entrants' as const, 'attempts' as const, 'rate' as const, 'average' as const),
      unit: fc.constantFrom(null, null, 'unit-1', 'unit-3'),
      block: fc.constantFrom(null, 'A', 'B'),
      membersFrom: optional(fc.nat(3)),
      membersTo: optional(fc.integer({ min: 2, max: 5 })),
      minMarks: optional(fc.nat(2)),
      minEntrants: optional(fc.nat(2)),
    }),
    { maxLength: 5 },
  )
  .map((list) => list.map((more, i) => prize({ ...more, id: `giai${i}` })));
const cap = optional(fc.integer({ min: 1, max: 2 }));
const worlds: fc.Arbitrary<PrizeWorld> = fc
  .record({
    people,
    units,
    plan: fc.record({
      prizes,
      caps: fc.record({ onePerBoard: fc.boolean(), person: cap, unit: cap, unitWins: cap }),
    }),
    excluded: fc
      .array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 })
      .map((list) => new Map(list.map((person) => [person, 'organiser' as const]))),
    won: fc.record({
      people: fc.constantFrom(
        new Map(),
        new Map([
          [1, 1],
          [2, 2],
        ]),
      ),
      units: fc.constantFrom(new Map(), new Map([[4, 1]])),
      asUnits: fc.constantFrom(new Map(), new Map([[2, 1]])),
    }),
  })
  .map((world) => ({ ...world, order: ORDER, tree, draw, scope: 'round' as const }));

/** The slow obvious version: for each place, everybody is looked at, and the best of those who may win wins. */
function slowly(world: PrizeWorld): { prize: string; id: number; kind: string }[] {
  const won: { prize: Prize; id: number; unit: number | null; line: string }[] = [];
  const { caps } = world.plan;
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
  const lot = (line: string, label: string): string =>
    sha(`${draw.seed}|${draw.extra}|${draw.board}|${line}|${label}`);
  const firstOfLine = (one: Prize): Prize =>
    world.plan.prizes.find((other) => other.scope === 'round' && lineKeyOf(other) === lineKeyOf(one)) ?? one;
  const mayPerson = (one: PlacedPerson): boolean =>
    !world.excluded.has(one.person) &&
    !(caps.onePerBoard && won.some((w) => w.prize.to === 'people' && w.id === one.person)) &&
    (caps.person === null ||
      (world.won.people.get(one.person) ?? 0) +
        won.filter((w) => w.prize.to === 'people' && w.id === one.person).length <
        caps.person) &&
    (caps.unit === null ||
      one.unit === null ||
      (world.won.units.get(one.unit) ?? 0) +
        won.filter((w) => w.prize.to === 'people' && w.unit === one.unit).length <
        caps.unit);
  const mayUnit = (unit: number): boolean =>
    !(caps.onePerBoard && won.some((w) => w.prize.to === 'units' && w.id === unit)) &&
    (caps.unitWins === null ||
      (world.won.asUnits.get(unit) ?? 0) + won.filter((w) => w.prize.to === 'units' && w.id === unit).length <
        caps.unitWins);
  for (const one of world.plan.prizes.filter(({ scope }) => scope === 'round')) {
    const line = lineKeyOf(one);
    const above = one.unit === null ? null : tree.idOf(one.unit);
    for (let place = 0; place < one.count; place += 1) {
      const isNew = (id: number): boolean => !won.some((w) => w.line === line && w.id === id);
      if (one.to === 'people') {
        const able = world.people.filter(
          (person) =>
            isNew(person.person) &&
            mayPerson(person) &&
            (above === null || (person.unit !== null && tree.isWithin(person.unit, above))) &&
            (one.minMarks === null || person.marks >= one.minMarks),
        );
        const key = (person: PlacedPerson): string =>
          one.by === 'lot' ? lot(firstOfLine(one).id, labelOf(person)) : lot('ties', labelOf(person));
        able.sort((a, b) => (one.by === 'lot' ? 0 : a.rank - b.rank) || (key(a) < key(b) ? -1 : 1));
        const [best] = able;
        if (best === undefined) break;
        won.push({ prize: one, id: best.person, unit: best.unit, line });
        continue;
      }
      const able = world.units.filter(
        (unit) =>
          isNew(unit.unit) &&
          mayUnit(unit.unit) &&
          unit.attempts > 0 &&
          unit[one.metric] !== null &&
          (one.block === null
            ? tree.parentOf(unit.unit) === above
            : tree.blockOf(unit.unit) === one.block && (above === null || tree.isWithin(unit.unit, above))) &&
          (one.membersFrom === null || (unit.members ?? -1) >= one.membersFrom) &&
          (one.membersTo === null || (unit.members !== null && unit.members <= one.membersTo)) &&
          (one.minEntrants === null || unit.entrants >= one.minEntrants),
      );
      const figures = [one.metric, 'entrants', 'attempts', 'average', 'rate'] as const;
      able.sort((a, b) => {
        for (const figure of figures) {
          const difference = (b[figure] ?? -1) - (a[figure] ?? -1);
          if (difference !== 0) return difference;
        }
        return lot('ties', `U${a.unit}`) < lot('ties', `U${b.unit}`) ? -1 : 1;
      });
      const [best] = able;
      if (best === undefined) break;
      won.push({ prize: one, id: best.unit, unit: null, line });
    }
  }
  return won.map(({ prize: { id: of, to }, id }) => ({ prize: of, id, kind: to }));
}

/** A line that passed somebody over never comes back to them, though a cap can only tighten: so both agree. */
function expectAbove({ candidate, by, next, mine, theirs }: Award): void {
  expect(by === 'last').toBe(next === null);
  if (by === 'lot' && next !== null) expect((candidate.lot ?? '') < (next.lot ?? '')).toBe(true);
  if (by === 'marks') expect(mine ?? 0).toBeGreaterThan(theirs ?? 0);
  if (by === 'time') expect(mine ?? 0).toBeLessThan(theirs ?? 0);
}

describe('winners', () => {
  it('are those that looking at everybody for each place finds', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { awards } = decideWinners(world);
        const found = awards.map(({ prize: of, candidate }) => ({
          prize: of,
          id: candidate.id,
          kind: candidate.person === null ? 'units' : 'people',
        }));
        expect(found).toEqual(slowly(world));
      }),
      { numRuns: 600 },
    );
  });

  it('never are excluded, never pass a cap, and each stands above the next in line', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { awards, unfilled } = decideWinners(world);
        for (const { candidate } of awards)
          if (candidate.person !== null) expect(world.excluded.has(candidate.id)).toBe(false);
        awards.forEach(expectAbove);
        for (const { id, count } of world.plan.prizes.filter(({ scope }) => scope === 'round')) {
          const missing = unfilled.find(({ prize: of }) => of === id)?.missing ?? 0;
          expect(awards.filter(({ prize: of }) => of === id).length + missing).toBe(count);
        }
      }),
    );
  });

  const list = (count: number): PlacedPerson[] =>
    Array.from({ length: count }, (_, i) => ({
      person: i + 1,
      number: i + 1,
      rank: i + 1,
      unit: 2,
      marks: 100 - i,
      distance: null,
      elapsedMs: 1000,
      submittedAt: 0,
      attempt: i + 1,
    }));
  const plain: Omit<PrizeWorld, 'plan' | 'people'> = {
    units: [],
    order: ORDER,
    tree,
    draw,
    scope: 'round',
    excluded: new Map(),
    won: { people: new Map(), units: new Map(), asUnits: new Map() },
  };
  const caps = { onePerBoard: true, person: null, unit: null, unitWins: null };

  it('are promoted when somebody above is excluded, and that is told', () => {
    const winning = decideWinners({
      ...plain,
      people: list(5),
      excluded: new Map([[1, 'organiser']]),
      plan: { prizes: [prize({}), prize({ id: 'nhi', count: 2 })], caps },
    });
    expect(winning.awards.map(({ candidate, prize: of, place }) => [of, place, candidate.id])).toEqual([
      ['nhat', 1, 2],
      ['nhi', 1, 3],
      ['nhi', 2, 4],
    ]);
    expect(winning.passed.map(({ candidate, cause }) => [candidate.id, cause])).toEqual([[1, 'organiser']]);
    expect(winning.awards[0]).toMatchObject({ passed: 1, by: 'marks', mine: 99, theirs: 98 });
    expect(winning.awards[2]?.next?.id).toBe(5);
  });

  it('do not change their order by who else is there: lots are of each alone', () => {
    const lots = (count: number): number[] =>
      decideWinners({
        ...plain,
        people: list(count),
        plan: { prizes: [prize({ by: 'lot', count })], caps },
      }).awards.map(({ candidate }) => candidate.id);
    const all = lots(40);
    expect(all.filter((id) => id <= 20)).toEqual(lots(20));
    expect(all).not.toEqual([...all].sort((a, b) => a - b));
  });
});

describe('lots', () => {
  it('are what the published recipe gives', () => {
    const seed = '0f'.repeat(32);
    const text = `${seed}|kqxs 27/11/2026: 45812|round-1|nhat|123`;
    expect(lotOf({ seed, extra: 'kqxs 27/11/2026: 45812', board: 'round-1' }, 'nhat', '123')).toBe(
      createHash('sha256').update(text, 'utf8').digest('hex'),
    );
    expect(commitmentOf(seed)).toBe(createHash('sha256').update(seed).digest('hex'));
  });

  it('come in the order of their texts, however many are taken', () => {
    const hex = fc.array(fc.constantFrom('0', '1', 'f'), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(
        fc.array(
          hex.map((digits) => digits.join('')),
          { maxLength: 700 },
        ),
        (lots) => {
          const keys = Float64Array.from(lots, (lot) => Number.parseInt(lot.slice(0, 12), 16));
          const taken = [...byLot(keys, (place) => lots[place] ?? '')].map((place) => lots[place]);
          expect(taken).toEqual([...lots].sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});
