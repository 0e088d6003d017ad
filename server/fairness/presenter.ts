/** What leaves about pairs and flags: to organisers of the contest alone. */
import type { ResultRow } from '../attempts/store.ts';
import type { Duplicate, DuplicateState, Signal, SignalState, WeighedPerson } from '../contracts/fairness.ts';
import type { DuplicateRow } from './duplicate-store.ts';
import type { SignalRow } from './signal-store.ts';

const STATES: readonly DuplicateState[] = ['open', 'merged', 'allowed', 'excluded'];
const SIGNS: readonly Duplicate['signs'][number][] = [
  'citizen',
  'birth',
  'near',
  'phone',
  'device',
  'home',
  'network',
];
const SIGNAL_STATES: readonly SignalState[] = ['open', 'fine', 'noted'];

/** Undefined: one of them is not there any more. */
export function presentDuplicate(
  row: DuplicateRow,
  people: ReadonlyMap<number, WeighedPerson>,
): Duplicate | undefined {
  const [a, b] = [people.get(row.personA), people.get(row.personB)];
  if (a === undefined || b === undefined) return undefined;
  const words = row.signs.split(' ');
  return {
    a,
    b,
    signs: SIGNS.filter((sign) => words.includes(sign)),
    weight: row.weight,
    state: STATES.find((state) => state === row.state) ?? 'open',
    decidedAt: row.decidedAt,
    reason: row.reason,
  };
}

export function presentSignal(
  row: SignalRow,
  about: {
    readonly uid: string;
    readonly round: string;
    readonly number: number;
    readonly person: WeighedPerson;
    readonly result: ResultRow | undefined;
  },
): Signal {
  const { result } = about;
  const { fast, row: inRow, away } = row.signs;
  return {
    attempt: about.uid,
    round: about.round,
    number: about.number,
    person: about.person,
    signs: {
      ...(fast === undefined ? {} : { fast }),
      ...(inRow === undefined ? {} : { row: inRow }),
      ...(away === undefined ? {} : { away }),
    },
    marks: result?.marks ?? null,
    elapsedMs: result?.elapsedMs ?? null,
    submittedAt: result?.submittedAt ?? null,
    state: SIGNAL_STATES.find((state) => state === row.state) ?? 'open',
    note: row.note,
  };
}
