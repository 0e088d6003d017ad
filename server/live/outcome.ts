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
import { tallyOf } from './tally.ts';

/** An answer as its row holds it. */
export interface AnswerRow {
  readonly player: number;
  /** When it was received, ms since epoch. */
  readonly at: number;
  readonly answer: Json;
}

const ALL_RIGHT = 1 - 1e-9;

/** `players`: highest number of a player. Answers of who could not answer are left out. */
export function outcomeOf(
  state: LiveState,
  asking: Asking,
  rows: readonly AnswerRow[],
  key: Json | null,
  players: number,
): LiveOutcome {
  const { planned, stage } = stageAt(state, asking.stage);
  const item = planned.items[asking.item];
  const keyed = item !== undefined && key !== null && stage.rules(planned.settings, item).keyed;
  const standing = asking.only === null ? standingOf(state) : [asking.only];
  const counted = countedRows(state, rows, standing);
  const graded = counted.map((row) => gradedOf(asking, item?.prompt ?? null, keyed ? key : null, row));
  const streakOf = streaksBefore(state, asking);
  const facts = {
    kind: asking.kind,
    points: asking.points,
    totalMs: asking.totalMs,
    final: asking.final,
    standing,
    streakOf,
  };
  const decided = keyed ? stage.decide(planned.settings, facts, graded) : { points: [], out: [] };
  const right = keyed ? graded.filter(({ share }) => share >= ALL_RIGHT).length : 0;
  return {
    players: graded.map(({ player }) => player),
    points: graded.map((_, i) => decided.points[i] ?? 0),
    shares: keyed ? graded.map(({ share }) => Math.round(share * 10_000) / 10_000) : null,
    streaks: graded.map(({ player, share }) => (keyed && share >= ALL_RIGHT ? streakOf(player) + 1 : 0)),
    ms: graded.map(({ ms }) => ms),
    out: decided.out,
    asked: standing?.length ?? players - state.removed.length,
    right,
    tally: tallyOf(
      asking.prompt,
      counted.map(({ answer }) => answer),
    ),
  };
}

/** By number; who was taken out or was out does not count. */
function countedRows(
  { removed }: LiveState,
  rows: readonly AnswerRow[],
  standing: readonly number[] | null,
): AnswerRow[] {
  const mayNot = new Set(removed);
  const may = standing === null ? null : new Set(standing);
  return rows
    .filter(({ player }) => !mayNot.has(player) && (may === null || may.has(player)))
    .sort((a, b) => a.player - b.player);
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
