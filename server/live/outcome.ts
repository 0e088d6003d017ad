/** What an asking brought: answers graded with the key, points by the stage, the spread of the answers. Pure; server only. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { readingsOf } from '../../questions/kinds/numeric/readings.ts';
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import type { LiveOutcome } from './machine/events.ts';
import { standingOf } from './machine/seats.ts';
import { placeIn } from './machine/standings.ts';
import { type Asking, type LiveState, stageAt } from './machine/state.ts';
import { usedMs } from './machine/timing.ts';
import type { GradedAnswer } from './stages/stage.ts';
import { Tally } from './tally.ts';

/** An answer as its row holds it. */
export interface AnswerRow {
  readonly player: number;
  /** When it was received, ms since epoch. */
  readonly at: number;
  readonly answer: Json;
}

const ALL_RIGHT = 1 - 1e-9;

/** Takes answers in pieces, so that ten thousand of them do not hold up the loop; then says what they come to. */
export class OutcomeBuilder {
  readonly #state: LiveState;
  readonly #asking: Asking;
  readonly #key: Json | null;
  readonly #players: number;
  readonly #prompt: Json;
  readonly #standing: readonly number[] | null;
  readonly #may: ReadonlySet<number> | null;
  readonly #mayNot: ReadonlySet<number>;
  readonly #graded: GradedAnswer[] = [];
  readonly #tally: Tally;

  /** `players`: highest number of a player. A null key: nothing is right or wrong. */
  constructor(state: LiveState, asking: Asking, key: Json | null, players: number) {
    const { planned, stage } = stageAt(state, asking.stage);
    const item = planned.items[asking.item];
    this.#state = state;
    this.#asking = asking;
    this.#players = players;
    this.#prompt = item?.prompt ?? null;
    this.#key = item !== undefined && stage.rules(planned.settings, item).keyed ? key : null;
    this.#standing = asking.only === null ? standingOf(state) : [asking.only];
    this.#may = this.#standing === null ? null : new Set(this.#standing);
    this.#mayNot = new Set(state.removed);
    this.#tally = new Tally(asking.prompt);
  }

  /** Answers of who could not answer are left out. */
  add(rows: readonly AnswerRow[]): void {
    for (const row of rows) {
      if (this.#mayNot.has(row.player) || this.#may?.has(row.player) === false) continue;
      const graded = gradedOf(this.#asking, this.#prompt, this.#key, row);
      this.#graded.push(graded);
      this.#tally.add(row.answer, graded.share);
    }
  }

  build(): LiveOutcome {
    const graded = this.#graded.sort((a, b) => a.player - b.player);
    const { planned, stage } = stageAt(this.#state, this.#asking.stage);
    const streakOf = streaksBefore(this.#state, this.#asking);
    const { kind, points, totalMs, final } = this.#asking;
    const facts = { kind, points, totalMs, final, standing: this.#standing, streakOf };
    const keyed = this.#key !== null;
    const decided = keyed ? stage.decide(planned.settings, facts, graded) : { points: [], out: [] };
    return {
      players: graded.map(({ player }) => player),
      points: graded.map((_, i) => decided.points[i] ?? 0),
      shares: keyed ? graded.map(({ share }) => Math.round(share * 10_000) / 10_000) : null,
      streaks: graded.map(({ player, share }) => (keyed && share >= ALL_RIGHT ? streakOf(player) + 1 : 0)),
      ms: graded.map(({ ms }) => ms),
      out: decided.out,
      asked: this.#standing?.length ?? this.#players - this.#state.removed.length,
      right: keyed ? graded.filter(({ share }) => share >= ALL_RIGHT).length : 0,
      tally: this.#tally.result(),
      ...this.#lineShares(),
    };
  }

  #lineShares(): Pick<LiveOutcome, 'lineShares'> {
    const lineShares = this.#tally.lineShares();
    return this.#key === null || lineShares.length === 0 ? {} : { lineShares };
  }
}

/** `prompt` as it was written: answers name shown positions, and `order` says which ones they are. */
function gradedOf(
  asking: Asking,
  prompt: Json,
  key: Json | null,
  { player, at, answer }: AnswerRow,
): GradedAnswer {
  const ms = usedMs(asking, at);
  if (key === null) return { player, ms, share: 0, distance: null };
  const grading = gradingOf(asking.kind);
  const share = grading.grade(prompt, key, answer, asking.order);
  return { player, ms, share, distance: distanceOf(asking, key, answer) };
}

/** How far an estimate is from the truth: the nearest of what the text can mean. */
function distanceOf({ kind, prompt }: Asking, key: Json, answer: Json): number | null {
  if (kind !== 'estimate' || !isRecord(key) || typeof key.truth !== 'number' || typeof answer !== 'string')
    return null;
  const { truth } = key;
  const unit = isRecord(prompt) && typeof prompt.unit === 'string' ? prompt.unit : '';
  const distances = readingsOf(answer, unit).map((value) => Math.abs(value - truth));
  return distances.length === 0 ? null : Math.min(...distances);
}

/** Right answers in a row before this asking: those of the question before it that counts. */
function streaksBefore({ askings }: LiveState, asking: Asking): (player: number) => number {
  const before = askings
    .filter(({ id, voided, outcome }) => id < asking.id && voided === null && outcome?.shares != null)
    .at(-1)?.outcome;
  if (before == null) return () => 0;
  return (player) => {
    const place = placeIn(before.players, player);
    return place < 0 ? 0 : (before.streaks[place] ?? 0);
  };
}
