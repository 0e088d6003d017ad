/**
 * Which entrants of a contest may be one person. Nothing follows by itself: a pair is shown to people, with what it shares and
 * how much that weighs. What many share (a school's network, a family's phone) weighs little or nothing. Pure.
 */
import { foldedName, likenessOf } from './name-rules.ts';

/** What is compared of an entrant. Hashes are keyed; null: not known. */
export interface Entrant {
  readonly id: number;
  readonly name: string;
  readonly birthDate: string | null;
  readonly phoneHash: string | null;
  readonly citizenHash: string | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly network: string | null;
  /** The same for people who said that they share a phone. */
  readonly household: number;
}

/** What two people share. `near`: the date of birth, and nearly the name. */
export type Sign = 'citizen' | 'birth' | 'near' | 'phone' | 'device' | 'home' | 'network';

export interface Pair {
  /** The smaller id. */
  readonly a: number;
  readonly b: number;
  readonly signs: readonly Sign[];
  readonly weight: number;
}

const WEIGHTS: Readonly<Record<Sign, number>> = {
  citizen: 6,
  birth: 4,
  near: 3,
  phone: 3,
  device: 2,
  home: 1,
  network: 1,
};
const SIGNS: readonly Sign[] = ['citizen', 'birth', 'near', 'phone', 'device', 'home', 'network'];
/** Below it a pair is not shown: a street, or the same mobile network, is no reason. */
const SHOWN_FROM = 2;
/** What more people than that share says something about a place, not about a person. */
export const MOST_SHARING = { person: 40, device: 6 } as const;

/** What makes somebody worth comparing with others: everybody with the same value of one of these, none too many. */
const KEYS: readonly { readonly of: (entrant: Entrant) => string | null; readonly most: number }[] = [
  { of: ({ citizenHash }) => citizenHash, most: MOST_SHARING.person },
  { of: ({ phoneHash }) => phoneHash, most: MOST_SHARING.person },
  { of: ({ device }) => device, most: MOST_SHARING.device },
  {
    of: ({ birthDate, name }) => (birthDate === null ? null : `${birthDate}/${foldedName(name)}`),
    most: MOST_SHARING.person,
  },
];

/** Null: not worth a look. The same whoever comes first. */
export function pairOf(one: Entrant, two: Entrant): Pair | null {
  const [a, b] = one.id < two.id ? [one, two] : [two, one];
  const signs = SIGNS.filter((sign) => shares(sign, a, b));
  const weight = signs.reduce((sum, sign) => sum + WEIGHTS[sign], 0);
  return weight < SHOWN_FROM || a.id === b.id ? null : { a: a.id, b: b.id, signs, weight };
}

function shares(sign: Sign, a: Entrant, b: Entrant): boolean {
  const isFamily = a.household === b.household;
  switch (sign) {
    case 'citizen':
      return same(a.citizenHash, b.citizenHash);
    case 'phone':
      return !isFamily && same(a.phoneHash, b.phoneHash);
    case 'device':
      return !isFamily && same(a.device, b.device);
    case 'birth':
      return (
        same(a.birthDate, b.birthDate) &&
        foldedName(a.name) === foldedName(b.name) &&
        foldedName(a.name) !== ''
      );
    case 'near':
      return same(a.birthDate, b.birthDate) && likenessOf(a.name, b.name) === 'near';
    case 'home':
      return !isFamily && same(homeOf(a), homeOf(b));
    case 'network':
      return !isFamily && same(a.network, b.network);
  }
}

const same = (a: string | null, b: string | null): boolean => a !== null && a === b;

/** "Hà Nội" is no home. */
function homeOf({ address }: Entrant): string | null {
  const home = foldedName(address ?? '');
  return home.length >= 12 ? home : null;
}

/** Every pair worth a look among `entrants`, each once, the heaviest first. */
export function pairsOf(entrants: readonly Entrant[]): readonly Pair[] {
  const steps = findingPairs(entrants);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same with a step for each look at somebody: whoever has little time stops between. */
export function* findingPairs(entrants: readonly Entrant[]): Generator<undefined, readonly Pair[]> {
  const found = new Map<string, Pair>();
  for (const { of, most } of KEYS) {
    const groups = yield* grouping(entrants, of);
    for (const group of groups) {
      if (group.length < 2 || group.length > most) continue;
      for (const pair of pairsWithin(group)) found.set(`${pair.a}/${pair.b}`, pair);
      yield;
    }
  }
  return [...found.values()].sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
}

/** Steps of the above, at most: each looks at somebody, or at a group of two or more. */
export function lookedAt(entrants: number): number {
  return 1.5 * KEYS.length * entrants;
}

/** Those with the same value; who has none is in no group. */
function* grouping(
  entrants: readonly Entrant[],
  of: (entrant: Entrant) => string | null,
): Generator<undefined, readonly Entrant[][]> {
  const groups = new Map<string, Entrant[]>();
  for (const entrant of entrants) {
    yield;
    const value = of(entrant);
    if (value === null) continue;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [entrant]);
    else group.push(entrant);
  }
  return [...groups.values()];
}

function pairsWithin(group: readonly Entrant[]): Pair[] {
  return group.flatMap((one, i) => group.slice(i + 1).flatMap((two) => pairOf(one, two) ?? []));
}
