/** A report made of counts: a line for each unit, zeros included, in the order that is asked for. Pure. */
import type { ReportSort } from '../contracts/unit-reports.ts';
import { isAlive } from '../units/unit.ts';
import { type Counted, type DayCount, type Sums, slotsOf } from './count-rules.ts';
import type { Period } from './period-rules.ts';
import type { ReportUnit, UnitsOfReport } from './units-of-report.ts';

export interface Figures {
  readonly people: number;
  readonly attempts: number;
  readonly headcount: number | null;
  readonly rate: number | null;
  /** Hundredths of a mark. */
  readonly average: number | null;
  readonly fullShare: number | null;
  readonly before: {
    readonly people: number;
    readonly attempts: number;
    readonly average: number | null;
  } | null;
}

export interface Line extends Figures {
  readonly kind: 'unit' | 'block' | 'nowhere' | 'total';
  readonly unit: ReportUnit | null;
  readonly name: string;
  readonly block: string | null;
  readonly level: number;
  readonly hasBelow: boolean;
}

export interface Report {
  readonly contest: { readonly uid: string; readonly title: string };
  /** When it was counted. */
  readonly at: number;
  readonly period: Period;
  /** What it is limited to. */
  readonly root: ReportUnit | null;
  readonly total: Line;
  /** Units in the order of the tree. */
  readonly units: readonly Line[];
  readonly blocks: readonly Line[];
  /** People without a unit; null where the report is of one unit, or nobody is. */
  readonly nowhere: Line | null;
  readonly days: readonly DayCount[];
}

export const NOWHERE = 'Không thuộc đơn vị nào';
export const TOTAL = 'Tổng cộng';
const NO_BLOCK = 'Không thuộc khối nào';

export interface ReportSource {
  readonly contest: { readonly uid: string; readonly title: string };
  readonly at: number;
  readonly period: Period;
  readonly units: UnitsOfReport;
  readonly counted: Counted;
  readonly root: ReportUnit | null;
  /** Units that the contest is for, with those below; null: all. */
  readonly scope: readonly ReportUnit[] | null;
}

export function reportOf(source: ReportSource): Report {
  const { contest, at, period, units, counted, root } = source;
  const slots = slotsOf(units.forest);
  const figures = (slot: number, headcount: number | null) => figuresAt(source, slot, headcount);
  const lines = units.inOrder
    .filter((one) => isListed(source, one))
    .map((one): Line => {
      return {
        kind: 'unit',
        unit: one,
        name: one.unit.name,
        block: one.block,
        level: one.level - (root?.level ?? 0),
        hasBelow: units.tree.childrenOf(one.node) > 0,
        ...figures(one.node, units.tree.members(one.node)),
      };
    });
  const plain = (kind: Line['kind'], name: string, slot: number, headcount: number | null): Line => {
    return { kind, unit: null, name, block: null, level: 0, hasBelow: false, ...figures(slot, headcount) };
  };
  const nowhere = plain('nowhere', NOWHERE, slots.nowhere, null);
  return {
    contest,
    at,
    period,
    root,
    total:
      root === null
        ? plain('total', TOTAL, slots.total, sumOf(lines.filter(({ level }) => level === 0)))
        : plain('total', TOTAL, root.node, units.tree.members(root.node)),
    units: lines,
    blocks: root === null ? blockLines(source, lines, plain) : [],
    nowhere: root === null && nowhere.attempts + (nowhere.before?.attempts ?? 0) > 0 ? nowhere : null,
    days: counted.days,
  };
}

/** Alive at some moment of the period, or somebody took part for it; within what the contest and the report are about. */
function isListed(
  { units, period, root, scope, counted }: ReportSource,
  { unit, node }: ReportUnit,
): boolean {
  if (root !== null && !units.isWithin(node, root.node)) return false;
  if ((counted.now.attempts[node] ?? 0) + (counted.before.attempts[node] ?? 0) > 0) return true;
  if (scope !== null && !scope.some((one) => units.isWithin(node, one.node))) return false;
  const { validFrom, validUntil } = unit;
  return (
    isAlive(unit, period.from) ||
    ((validFrom === null || validFrom < period.to) && (validUntil === null || validUntil > period.from))
  );
}

type Plain = (kind: Line['kind'], name: string, slot: number, headcount: number | null) => Line;

/** Each block with its members: those of its topmost units, whose numbers hold what is below them. */
function blockLines({ units }: ReportSource, lines: readonly Line[], plain: Plain): Line[] {
  const slots = slotsOf(units.forest);
  const topOf = (name: string | null): Line[] =>
    lines.filter(({ unit, block }) => {
      if (unit === null || block !== name) return false;
      const parent = units.tree.parent(unit.node);
      return parent < 0 || units.forest.blocks[parent] !== units.forest.blocks[unit.node];
    });
  const named = units.blocks.map((name, number): Line => {
    return { ...plain('block', name, slots.block(number), sumOf(topOf(name))), block: name };
  });
  const rest = plain('block', NO_BLOCK, slots.noBlock, null);
  return units.blocks.length === 0 ? [] : [...named, ...(rest.attempts > 0 ? [rest] : [])];
}

function sumOf(lines: readonly Line[]): number | null {
  const known = lines.flatMap(({ headcount }) => headcount ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

function figuresAt({ counted, period }: ReportSource, slot: number, headcount: number | null): Figures {
  const now = at(counted.now, slot);
  const before = at(counted.before, slot);
  return {
    people: now.people,
    attempts: now.attempts,
    headcount,
    rate: headcount === null || headcount === 0 ? null : now.people / headcount,
    average: now.average,
    fullShare: now.attempts === 0 ? null : now.full / now.attempts,
    before:
      period.before === null
        ? null
        : { people: before.people, attempts: before.attempts, average: before.average },
  };
}

function at({ people, attempts, marks, full }: Sums, slot: number) {
  const tried = attempts[slot] ?? 0;
  return {
    people: people[slot] ?? 0,
    attempts: tried,
    full: full[slot] ?? 0,
    average: tried === 0 ? null : (marks[slot] ?? 0) / tried,
  };
}

/** People more or fewer than in the period before; null when there is none. */
export function changeOf({ people, before }: Figures): number | null {
  return before === null ? null : people - before.people;
}

export interface LineOrder {
  readonly sort: ReportSort;
  readonly descending: boolean;
  /** So many levels; null: all. */
  readonly levels: number | null;
}

export const AS_TREE: LineOrder = { sort: 'tree', descending: false, levels: null };

/** The lines as they stand in a list: by the tree, under their blocks, or by a figure; people without a unit come last. */
export function linesIn(report: Report, { sort, descending, levels }: LineOrder): readonly Line[] {
  const units = levels === null ? report.units : report.units.filter(({ level }) => level < levels);
  const last = report.nowhere === null ? [] : [report.nowhere];
  if (sort === 'tree') return [...units, ...last];
  if (sort === 'block') return [...byBlock(report, units), ...last];
  const value = sortedBy[sort];
  const direction = descending ? -1 : 1;
  const sorted = [...units].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    // What is not known comes last, whichever way.
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return direction * compare(left, right);
  });
  return [...sorted, ...last];
}

const sortedBy: Readonly<
  Record<Exclude<ReportSort, 'tree' | 'block'>, (line: Line) => number | string | null>
> = {
  name: ({ unit }) => unit?.unit.sortKey ?? '',
  people: ({ people }) => people,
  attempts: ({ attempts }) => attempts,
  rate: ({ rate }) => rate,
  average: ({ average }) => average,
  full: ({ fullShare }) => fullShare,
  change: changeOf,
};

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byBlock({ blocks }: Report, units: readonly Line[]): Line[] {
  if (blocks.length === 0) return [...units];
  const own = new Map<string | null, Line[]>();
  for (const line of units) {
    const known = own.get(line.block);
    if (known === undefined) own.set(line.block, [line]);
    else known.push(line);
  }
  return blocks.flatMap((block) => [block, ...(own.get(block.block) ?? [])]);
}

/** Lines right below the top of the report, the most people first. */
export function largestOf(report: Report, most: number): readonly Line[] {
  const level = report.root === null ? 0 : 1;
  const tops = report.units.filter((line) => line.level === level);
  const one =
    tops.length === 1 && report.root === null ? report.units.filter((line) => line.level === 1) : tops;
  return (one.length > 0 ? one : tops)
    .filter(({ people }) => people > 0)
    .toSorted((a, b) => b.people - a.people)
    .slice(0, most);
}
