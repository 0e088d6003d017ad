/**
 * The thread in which half a million people are compared or decided about: pages of snapshots come in as they are stored,
 * an order says what to do with them, one reply goes out, and it ends.
 */
import { parentPort } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import type { ExclusionCause } from '../contracts/prizes.ts';
import { Comparing, type Differences } from './comparison-rules.ts';
import type { LinesOf, UnitTree } from './lines.ts';
import { unpackColumns } from './number-packing.ts';
import { decideWinners, type PrizeWorld, type Winning } from './prize-rules.ts';
import { type CountedUnit, type PlacedPerson, peopleOfColumns, unitsOfColumns } from './snapshot-rows.ts';

export interface UnitInLine {
  readonly id: number;
  readonly uid: string;
  readonly parentId: number | null;
  readonly block: string | null;
  readonly label: string;
}

/** All that winners are decided from, beside the snapshot's pages. */
export interface DecideOrder
  extends Pick<LinesOf, 'order' | 'draw'>,
    Pick<PrizeWorld, 'plan' | 'scope' | 'won'> {
  readonly do: 'decide';
  readonly units: readonly UnitInLine[];
  readonly excluded: ReadonlyMap<number, ExclusionCause>;
}

export type ClosingOrder =
  | { readonly page: 'before' | 'people' | 'units'; readonly body: string }
  | { readonly do: 'compare'; readonly limit: number }
  | DecideOrder;

export type ClosingReply =
  | { readonly differences: Differences }
  | { readonly winning: Winning }
  | { readonly error: string };

const before = new Map<number, PlacedPerson>();
const people: PlacedPerson[] = [];
const units: CountedUnit[] = [];

function take(order: ClosingOrder): ClosingReply | null {
  if ('page' in order) {
    read(order.page, order.body);
    return null;
  }
  return order.do === 'compare' ? { differences: compare(order.limit) } : { winning: decide(order) };
}

function read(part: 'before' | 'people' | 'units', body: string): void {
  const columns = unpackColumns(inflateRawSync(Buffer.from(body, 'base64')));
  if (part === 'units') for (const unit of unitsOfColumns(columns)) units.push(unit);
  else if (part === 'people') for (const one of peopleOfColumns(columns)) people.push(one);
  else for (const one of peopleOfColumns(columns)) before.set(one.person, one);
}

function compare(limit: number): Differences {
  const comparing = new Comparing(before, limit);
  comparing.add(people);
  return comparing.end();
}

function decide({ units: known, ...order }: DecideOrder): Winning {
  return decideWinners({ ...order, people, units, tree: treeOf(known) });
}

function treeOf(known: readonly UnitInLine[]): UnitTree {
  const byId = new Map(known.map((unit) => [unit.id, unit]));
  const byUid = new Map(known.map((unit) => [unit.uid, unit.id]));
  return {
    isWithin(unit, above) {
      const seen = new Set<number>();
      for (let at: number | null = unit; at !== null && !seen.has(at); at = byId.get(at)?.parentId ?? null) {
        if (at === above) return true;
        seen.add(at);
      }
      return false;
    },
    parentOf: (unit) => byId.get(unit)?.parentId ?? null,
    blockOf: (unit) => byId.get(unit)?.block ?? null,
    labelOf: (unit) => byId.get(unit)?.label ?? String(unit),
    idOf: (uid) => byUid.get(uid) ?? null,
  };
}

parentPort?.on('message', (order: ClosingOrder) => {
  try {
    const reply = take(order);
    if (reply !== null) parentPort?.postMessage(reply);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ error: text } satisfies ClosingReply);
  }
});
