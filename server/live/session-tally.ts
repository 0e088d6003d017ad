/**
 * What the answers of a session say about its questions: one player is one attempt, a question is worth one mark. Speed and
 * streaks are the game's, so they do not count here. Who answered nothing is not counted; who missed one question of a
 * stage that all play left it blank; in a stage that puts players out, a missing answer says nothing.
 */
import { chosenOptions, type MarkedItem, Tally } from '../../questions/analysis/tally.ts';
import type { Json } from '../../questions/question.ts';
import type { Database } from '../platform/database/door.ts';
import { answersTo } from './answer-book.ts';
import { placeIn } from './machine/standings.ts';
import { type Asking, type LiveState, stageAt } from './machine/state.ts';

/** Hundredths. */
const ONE_MARK = 100;

/** Askings that can be looked at: revealed, not voided, with something to be right about, from a bank. */
function lookedAt(state: LiveState): Asking[] {
  return state.askings.filter(
    ({ voided, solution, outcome, versionId }) =>
      voided === null && solution !== null && outcome?.shares != null && versionId !== null,
  );
}

/** Adds up a session; answers are read outside the main thread, a piece at a time. */
export async function tallySession(database: Database, state: LiveState): Promise<Tally> {
  const byPlayer = new Map<number, MarkedItem[]>();
  const askings = lookedAt(state);
  for (const asking of askings) {
    for await (const rows of answersTo(database, asking.id))
      for (const { player, answer } of rows) {
        const item = markedOf(asking, player, answer);
        if (item !== null) byPlayer.set(player, [...(byPlayer.get(player) ?? []), item]);
      }
  }
  const tally = new Tally();
  for (const items of byPlayer.values()) tally.add([...items, ...blanks(state, askings, items)]);
  return tally;
}

/** Null: the answer did not count, e.g. of a player who was out. */
function markedOf(
  { versionId, kind, order, outcome }: Asking,
  player: number,
  answer: Json,
): MarkedItem | null {
  if (outcome?.shares == null || versionId === null) return null;
  const place = placeIn(outcome.players, player);
  if (place < 0) return null;
  return {
    item: versionId,
    maxMarks: ONE_MARK,
    marks: Math.round(ONE_MARK * (outcome.shares[place] ?? 0)),
    blank: false,
    chosen: chosenOptions(kind, order, answer),
  };
}

function blanks(state: LiveState, askings: readonly Asking[], given: readonly MarkedItem[]): MarkedItem[] {
  const answered = new Set(given.map(({ item }) => item));
  return askings.flatMap(({ versionId, kind, only, stage, order }) => {
    const forAll = only === null && !stageAt(state, stage).stage.eliminates;
    if (versionId === null || !forAll || answered.has(versionId)) return [];
    const chosen = chosenOptions(kind, order, null);
    return { item: versionId, maxMarks: ONE_MARK, marks: 0, blank: true, chosen };
  });
}
