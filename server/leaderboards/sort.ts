/**
 * Sorting half a million people at start: a radix sort over their coarse keys, then a comparison of the few whose keys
 * are equal. It reads and writes along memory, where a comparison sort would jump between rows a dozen times a person.
 */

/** Slots with the keys that they are sorted by, place by place. */
export interface Keyed {
  readonly slots: Int32Array;
  readonly keys: Float64Array;
}

const DIGIT_BITS = 16;

/** Sorted by key (integers from 0 to 2^53 − 1), and by `compare` where keys are equal. The arrays given are reused. */
export function sortKeyed(given: Keyed, compare: (a: number, b: number) => number): Keyed {
  const sorted = radixSort(given);
  const { slots, keys } = sorted;
  let start = 0;
  for (let end = 1; end <= slots.length; end += 1) {
    if (end < slots.length && keys[end] === keys[start]) continue;
    if (end - start > 1) slots.subarray(start, end).sort(compare);
    start = end;
  }
  return sorted;
}

/** Put together by group, keeping the order within one, keys going along; slots of group −1 are left out. */
export function groupStable(
  { slots, keys }: Keyed,
  groups: number,
  groupOf: (slot: number) => number,
): Keyed {
  const starts = new Int32Array(groups + 1);
  for (let i = 0; i < slots.length; i += 1) {
    const group = groupOf(slots[i] ?? 0);
    if (group >= 0) starts[group + 1] = (starts[group + 1] ?? 0) + 1;
  }
  for (let group = 0; group < groups; group += 1) {
    starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  }
  const length = starts[groups] ?? 0;
  const grouped = { slots: new Int32Array(length), keys: new Float64Array(length) };
  for (let i = 0; i < slots.length; i += 1) {
    const slot = slots[i] ?? 0;
    const group = groupOf(slot);
    if (group < 0) continue;
    const place = starts[group] ?? 0;
    grouped.slots[place] = slot;
    grouped.keys[place] = keys[i] ?? 0;
    starts[group] = place + 1;
  }
  return grouped;
}

function radixSort(given: Keyed): Keyed {
  let from = given;
  let to: Keyed = { slots: new Int32Array(from.slots.length), keys: new Float64Array(from.keys.length) };
  const counts = new Int32Array(
    2 ** Math.min(DIGIT_BITS, Math.max(4, Math.ceil(Math.log2(from.slots.length + 1)))),
  );
  const most = from.keys.reduce((a, b) => Math.max(a, b), 0);
  for (let worth = 1; worth <= most; worth *= counts.length) {
    scatter(from, to, worth, counts);
    [from, to] = [to, from];
  }
  return from;
}

/** One stable counting pass over the digit that is worth `worth`. `& mask` takes low bits of numbers above 2^32 too. */
function scatter(from: Keyed, to: Keyed, worth: number, counts: Int32Array): void {
  const mask = counts.length - 1;
  const { slots, keys } = from;
  counts.fill(0);
  for (let i = 0; i < keys.length; i += 1) {
    const digit = ((keys[i] ?? 0) / worth) & mask;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  let start = 0;
  for (let digit = 0; digit < counts.length; digit += 1) {
    const count = counts[digit] ?? 0;
    counts[digit] = start;
    start += count;
  }
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? 0;
    const digit = (key / worth) & mask;
    const place = counts[digit] ?? 0;
    to.keys[place] = key;
    to.slots[place] = slots[i] ?? 0;
    counts[digit] = place + 1;
  }
}
