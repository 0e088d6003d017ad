/**
 * Who wins what. Pure: a ranked list, figures of units, a plan, who may not win and what was won before go in; winners with
 * what put each above the next one come out, and who was passed over and why. The same input gives the same winners.
 */
import type { Decider, ExclusionCause, PassedCause, Prize, PrizePlan } from '../contracts/prizes.ts';
import { type Candidate, type Line, type LinesOf, lineKeyOf, lineOf } from './lines.ts';

/** What counts against caps already. */
export interface WonBefore {
  /** Prizes by person. */
  readonly people: ReadonlyMap<number, number>;
  /** Prizes that people of a unit won, by unit. */
  readonly units: ReadonlyMap<number, number>;
  /** Prizes that units won as units. */
  readonly asUnits: ReadonlyMap<number, number>;
}

export interface PrizeWorld extends LinesOf {
  readonly plan: Pick<PrizePlan, 'prizes' | 'caps'>;
  /** Prizes of rounds, or of the whole contest. */
  readonly scope: Prize['scope'];
  /** People who may not win. */
  readonly excluded: ReadonlyMap<number, ExclusionCause>;
  readonly won: WonBefore;
}

export interface Award {
  readonly prize: string;
  /** From 1 within the prize. */
  readonly place: number;
  readonly candidate: Candidate;
  readonly by: Decider;
  readonly mine: number | null;
  readonly theirs: number | null;
  /** The next in line; null when nobody is left. */
  readonly next: Candidate | null;
  /** How many were passed over just above. */
  readonly passed: number;
}

export interface Passed {
  readonly prize: string;
  readonly candidate: Candidate;
  readonly cause: PassedCause;
}

export interface Winning {
  readonly awards: readonly Award[];
  readonly passed: readonly Passed[];
  readonly unfilled: readonly { readonly prize: string; readonly missing: number }[];
  /** Prizes drawn by lots alone, with how many qualified. */
  readonly drawn: readonly { readonly prize: string; readonly candidates: number }[];
}

export function decideWinners(world: PrizeWorld): Winning {
  return new Deciding(world).run();
}

/** What is known of an award until the next in line is. */
interface Picked {
  readonly prize: string;
  readonly place: number;
  readonly candidate: Candidate;
  readonly passed: number;
  readonly line: Line;
}

class Deciding {
  readonly #world: PrizeWorld;
  readonly #lines = new Map<string, Line>();
  readonly #passed: Passed[] = [];
  readonly #people: Map<number, number>;
  readonly #units: Map<number, number>;
  readonly #asUnits: Map<number, number>;
  /** People and units that won here, people as they are and units negative. */
  readonly #here = new Set<number>();

  constructor(world: PrizeWorld) {
    this.#world = world;
    this.#people = new Map(world.won.people);
    this.#units = new Map(world.won.units);
    this.#asUnits = new Map(world.won.asUnits);
  }

  run(): Winning {
    const picked: Picked[] = [];
    const unfilled: { prize: string; missing: number }[] = [];
    const drawn: { prize: string; candidates: number }[] = [];
    for (const prize of this.#world.plan.prizes) {
      if (prize.scope !== this.#world.scope) continue;
      const line = this.#line(prize);
      if (line.size !== null) drawn.push({ prize: prize.id, candidates: line.size });
      const given = this.#give(prize, line);
      picked.push(...given);
      if (given.length < prize.count) unfilled.push({ prize: prize.id, missing: prize.count - given.length });
    }
    const passed = [...this.#passed];
    return { awards: this.#explained(picked), passed, unfilled, drawn };
  }

  #line(prize: Prize): Line {
    const key = lineKeyOf(prize);
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line = lineOf(prize, this.#world);
    this.#lines.set(key, line);
    return line;
  }

  #give(prize: Prize, line: Line): Picked[] {
    const given: Picked[] = [];
    while (given.length < prize.count) {
      const before = this.#passed.length;
      const candidate = this.#next(prize, line);
      if (candidate === null) break;
      this.#count(candidate);
      const passed = this.#passed.length - before;
      given.push({ prize: prize.id, place: given.length + 1, candidate, passed, line });
    }
    return given;
  }

  /** The next who may win; those before are passed over. */
  #next(prize: Pick<Prize, 'id'>, line: Line): Candidate | null {
    for (let next = line.candidates.next(); next.done !== true; next = line.candidates.next()) {
      const cause = this.#bar(next.value);
      if (cause === null) return next.value;
      this.#passed.push({ prize: prize.id, candidate: next.value, cause });
    }
    return null;
  }

  #bar({ id, person, unit }: Candidate): PassedCause | null {
    const { plan, excluded } = this.#world;
    const { onePerBoard, person: most, unit: mostOfUnit, unitWins } = plan.caps;
    if (person === null) {
      if (onePerBoard && this.#here.has(-id)) return 'onePerBoard';
      return reached(this.#asUnits, id, unitWins) ? 'capUnit' : null;
    }
    const cause = excluded.get(id);
    if (cause !== undefined) return cause;
    if (onePerBoard && this.#here.has(id)) return 'onePerBoard';
    if (reached(this.#people, id, most)) return 'capPerson';
    return unit !== null && reached(this.#units, unit, mostOfUnit) ? 'capUnit' : null;
  }

  #count({ id, person, unit }: Candidate): void {
    this.#here.add(person === null ? -id : id);
    countUp(person === null ? this.#asUnits : this.#people, id);
    if (unit !== null) countUp(this.#units, unit);
  }

  /** With the next in line of each; behind the last winner of a line that is who would have won. */
  #explained(picked: readonly Picked[]): Award[] {
    const nextOf = new Map<Picked, Candidate | null>();
    for (const line of new Set(picked.map((one) => one.line))) {
      const own = picked.filter((one) => one.line === line);
      const after = this.#next({ id: '' }, line);
      own.forEach((one, i) => {
        nextOf.set(one, own[i + 1]?.candidate ?? after);
      });
    }
    return picked.map((one) => {
      const { line, ...rest } = one;
      const next = nextOf.get(one) ?? null;
      const decision =
        next === null ? { by: 'last' as const, mine: null, theirs: null } : line.decide(one.candidate, next);
      return { ...rest, ...decision, next };
    });
  }
}

function reached(won: ReadonlyMap<number, number>, id: number, most: number | null): boolean {
  return most !== null && (won.get(id) ?? 0) >= most;
}

function countUp(won: Map<number, number>, id: number): void {
  won.set(id, (won.get(id) ?? 0) + 1);
}
