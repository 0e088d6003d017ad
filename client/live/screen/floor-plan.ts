/**
 * How seats lie on the wall. A row has as many as the organiser says; when that makes a tower of a crowd, the rows stand in
 * blocks beside each other with an aisle between, as in a hall, so that seats are as large as can be. Pure; lengths in px.
 */

export interface FloorPlan {
  /** Numbers of the seats, block by block from left to right, each row by row. */
  readonly blocks: readonly (readonly number[])[];
  /** Seats in a row of a block. */
  readonly columns: number;
  readonly seatWidth: number;
  readonly seatHeight: number;
  readonly gap: number;
  readonly aisle: number;
}

/** Seats are wider than high, by at least and at most so much. */
const narrowest = 1.25;
const widest = 2.4;
/** Of a seat's height. */
const gapShare = 0.14;
const aisleShare = 0.9;
/** Another block has to make seats so much higher. */
const worthIt = 1.2;

/** Where `seats` lie in a box; `highest`: no seat is higher. */
export function floorPlan(
  seats: number,
  seatsARow: number,
  box: { readonly width: number; readonly height: number },
  highest: number,
): FloorPlan {
  const columns = Math.max(1, Math.min(seatsARow, seats));
  const rows = Math.ceil(seats / columns);
  let blocks = 1;
  let seatHeight = heightIn(box, columns, rows, 1, highest);
  for (let more = 2; more <= rows; more++) {
    const height = heightIn(box, columns, rows, more, highest);
    if (height < seatHeight * worthIt) continue;
    blocks = more;
    seatHeight = height;
  }
  const gap = seatHeight * gapShare;
  const aisle = seatHeight * aisleShare;
  const free = box.width - aisle * (blocks - 1) - gap * (columns - 1) * blocks;
  const seatWidth = Math.min(seatHeight * widest, free / (columns * blocks));
  return { blocks: seatsOf(seats, columns, rows, blocks), columns, seatWidth, seatHeight, gap, aisle };
}

function heightIn(
  { width, height }: { readonly width: number; readonly height: number },
  columns: number,
  rows: number,
  blocks: number,
  highest: number,
): number {
  const deep = Math.ceil(rows / blocks);
  const inHeight = height / (deep + gapShare * (deep - 1));
  const wide = columns * blocks;
  const inWidth = width / (narrowest * wide + gapShare * (columns - 1) * blocks + aisleShare * (blocks - 1));
  return Math.max(1, Math.min(inHeight, inWidth, highest));
}

function seatsOf(seats: number, columns: number, rows: number, blocks: number): number[][] {
  const each = Math.ceil(rows / blocks) * columns;
  return Array.from({ length: Math.ceil(seats / each) }, (_, block) =>
    Array.from({ length: Math.min(each, seats - block * each) }, (_, i) => block * each + i + 1),
  );
}

/** Letters on a seat, px; null: too small to be read, and left out. */
export function numberSize(plan: FloorPlan, digits: number, least: number): number | null {
  const size = Math.min(plan.seatHeight * 0.62, plan.seatWidth / (digits * 0.68 + 0.5));
  return size < least ? null : size;
}

/**
 * A name for a small seat. Vietnamese are called by the last word of their name, so that is what stays when not all of it
 * has room.
 */
export function seatName(name: string, letters: number): string {
  const words = name.split(' ');
  while (words.length > 1 && [...words.join(' ')].length > letters) words.shift();
  return words.join(' ');
}
