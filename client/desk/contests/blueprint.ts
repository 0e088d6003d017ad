/**
 * A blueprint as a matrix: for each choice of banks and kinds a table of topics by difficulty, each field a number of
 * questions. The list of cells stays the truth; the matrix is a way to see and change it, and hides none of it. Pure.
 */
import type { BankCounts } from '../../api/desk-banks.ts';
import type { Blueprint } from '../../api/desk-contests.ts';

export type Cell = Blueprint['cells'][number];
export type Level = Cell['difficulties'][number];

/** Cells that draw from the same banks and kinds. */
export interface Group {
  readonly banks: readonly string[];
  readonly kinds: readonly string[];
}

/** A row or column of the matrix; an empty list means "any". */
export interface Axis<Value> {
  readonly key: string;
  readonly values: readonly Value[];
}

const levels: readonly Level[] = [1, 2, 3];

function keyOf(values: readonly (string | number)[]): string {
  return JSON.stringify([...values].sort());
}

export function groupKey({ banks, kinds }: Group): string {
  return `${keyOf(banks)}${keyOf(kinds)}`;
}

/** In the order of their first cells; `also` are groups that have no cell yet. */
export function groupsOf(cells: readonly Cell[], also: readonly Group[] = []): Group[] {
  const groups = new Map<string, Group>();
  for (const { banks, kinds } of [...cells, ...also]) {
    const group = { banks, kinds };
    if (!groups.has(groupKey(group))) groups.set(groupKey(group), group);
  }
  return [...groups.values()];
}

function uniqueAxes<Value extends string | number>(lists: readonly (readonly Value[])[]): Axis<Value>[] {
  const axes = new Map<string, Axis<Value>>();
  for (const values of lists) axes.set(keyOf(values), { key: keyOf(values), values });
  return [...axes.values()];
}

/** "Any topic", then each topic of the banks, then whatever else the cells name. */
export function rowsOf(cells: readonly Cell[], group: Group, topics: readonly string[]): Axis<string>[] {
  const own = cells.filter((cell) => groupKey(cell) === groupKey(group));
  return uniqueAxes([[], ...topics.map((topic) => [topic]), ...own.map((cell) => cell.topics)]);
}

/** The three levels, then whatever combination the cells name, then "any". */
export function columnsOf(cells: readonly Cell[], group: Group): Axis<Level>[] {
  const own = cells.filter((cell) => groupKey(cell) === groupKey(group) && cell.difficulties.length > 1);
  return uniqueAxes([...levels.map((level) => [level]), ...own.map((cell) => cell.difficulties), []]);
}

/** Places in the list of the cells that a field of the matrix stands for; more than one only in blueprints made elsewhere. */
export function placesOf(
  cells: readonly Cell[],
  group: Group,
  topics: readonly string[],
  difficulties: readonly Level[],
): number[] {
  const wanted = [groupKey(group), keyOf(topics), keyOf(difficulties)].join();
  return cells.flatMap((cell, place) =>
    [groupKey(cell), keyOf(cell.topics), keyOf(cell.difficulties)].join() === wanted ? [place] : [],
  );
}

/** The cells after a field was set to `count`; 0 takes it out. */
export function withCount(
  cells: readonly Cell[],
  group: Group,
  topics: readonly string[],
  difficulties: readonly Level[],
  count: number,
): Cell[] {
  const places = placesOf(cells, group, topics, difficulties);
  const [first] = places;
  const cell = {
    banks: [...group.banks],
    topics: [...topics],
    kinds: [...group.kinds],
    difficulties: [...difficulties],
    count,
  };
  if (first === undefined) return count > 0 ? [...cells, cell] : [...cells];
  return cells.flatMap((other, place) => {
    if (place === first) return count > 0 ? [{ ...other, count }] : [];
    return places.includes(place) ? [] : [other];
  });
}

/** The cells after a group got other banks or kinds. */
export function regrouped(cells: readonly Cell[], from: Group, to: Group): Cell[] {
  return cells.map((cell) =>
    groupKey(cell) === groupKey(from) ? { ...cell, banks: [...to.banks], kinds: [...to.kinds] } : cell,
  );
}

/** Questions that a field can draw from. */
export function available(
  counts: readonly BankCounts[],
  group: Group,
  topics: readonly string[],
  difficulties: readonly number[],
  approvedOnly: boolean,
): number {
  const fits = <Value>(list: readonly Value[], value: Value): boolean =>
    list.length === 0 || list.includes(value);
  const cells = counts.filter(({ bank }) => group.banks.includes(bank)).flatMap((bank) => bank.cells);
  return cells
    .filter(
      ({ topic, kind, difficulty }) =>
        fits(topics, topic) && fits(group.kinds, kind) && fits<number>(difficulties, difficulty),
    )
    .reduce((sum, cell) => sum + (approvedOnly ? cell.approved : cell.all), 0);
}

/** Topics of the group's banks, in the order of the alphabet. */
export function topicsOf(counts: readonly BankCounts[], group: Group): string[] {
  const own = counts.filter(({ bank }) => group.banks.includes(bank));
  const topics = new Set(own.flatMap(({ cells }) => cells.map(({ topic }) => topic)));
  return [...topics].sort((a, b) => a.localeCompare(b, 'vi'));
}

export function totalOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}
