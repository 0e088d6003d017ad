/**
 * What a live round leaves in its contest: for everybody with an account one attempt (what was asked, in the order in which
 * it was shown, and what was answered) and one result, written with the event that ends the session. Points are marks;
 * who has no account, rehearsals, and sessions without a round leave nothing.
 */
import { and, eq, inArray, max } from 'drizzle-orm';
import type { Json } from '../../questions/question.ts';
import { packPaper } from '../attempts/draw-rules.ts';
import { paperText } from '../attempts/papers.ts';
import { type Change, emptySheet, mergeChanges, packFinalSheet } from '../attempts/sheet-rules.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import { answersTo } from './answer-book.ts';
import { placeIn, standingsOf } from './machine/standings.ts';
import type { Asking, LiveState } from './machine/state.ts';
import type { People, PlayerRow } from './people.ts';
import type { RoomContext } from './room-context.ts';

const ROWS = 200;
/** State of an attempt that was handed in. */
const SUBMITTED = 2;

interface Ending {
  readonly state: LiveState;
  readonly people: People;
  readonly roundId: number;
  readonly endedAt: number;
}

type Given = ReadonlyMap<
  number,
  readonly { readonly question: number; readonly at: number; readonly answer: Json }[]
>;

/** Statements for the commit that ends the session; none when there is nothing to enter. */
export async function roundResults(context: RoomContext, ending: Ending): Promise<Statement[]> {
  const { state, people, endedAt } = ending;
  const counted = state.askings.filter(
    ({ voided, solution, versionId }) => voided === null && solution !== null && versionId !== null,
  );
  const removed = new Set(state.removed);
  const players = people.rows().filter(({ number, personId }) => personId !== null && !removed.has(number));
  if (state.rehearsal || counted.length === 0 || players.length === 0) return [];
  const given = await answersOf(context, counted);
  const numbers = await numbersOf(context, ending.roundId, players);
  const paper = paperTextOf(counted);
  const startedAt = counted[0]?.opensAt ?? endedAt;
  const { totals } = standingsOf(state, people.count).now;
  const attempts: AttemptRow[] = [];
  const results: ResultRow[] = [];
  for (const player of players) {
    const answers = given.get(player.number) ?? [];
    if (answers.length === 0 || player.personId === null) continue;
    const id = await context.keys.next('attempts');
    const who = { roundId: ending.roundId, personId: player.personId, unitId: player.unitId };
    const times = { startedAt, deadline: endedAt, closedAt: endedAt, extraMs: 0 };
    const number = (numbers.get(player.personId) ?? 0) + 1;
    const sheet = sheetTextOf(counted.length, answers, startedAt);
    attempts.push({ id, ...who, number, state: SUBMITTED, ...times, paper, sheet });
    const { ms, right } = sumOf(counted, player.number);
    const marks = Math.max(0, Math.round((totals[player.number] ?? 0) * 100));
    const measured = { marks, rightCount: right, elapsedMs: ms, submittedAt: endedAt, prediction: null };
    results.push({ attemptId: id, ...who, version: 0, counts: 1, ...measured });
  }
  return inserts(context, attempts, results);
}

type AttemptRow = RoomContext['database']['tables']['attempts']['$inferInsert'];
type ResultRow = RoomContext['database']['tables']['results']['$inferInsert'];

function inserts(
  { database }: RoomContext,
  attempts: readonly AttemptRow[],
  results: readonly ResultRow[],
): Statement[] {
  const statements: Statement[] = [];
  const { tables, query } = database;
  for (let from = 0; from < attempts.length; from += ROWS) {
    statements.push(compile(query.insert(tables.attempts).values(attempts.slice(from, from + ROWS))));
    statements.push(compile(query.insert(tables.results).values(results.slice(from, from + ROWS))));
  }
  return statements;
}

async function answersOf(context: RoomContext, counted: readonly Asking[]): Promise<Given> {
  const given = new Map<number, { question: number; at: number; answer: Json }[]>();
  for (const [question, { id }] of counted.entries())
    for await (const rows of answersTo(context.database, id))
      for (const { player, at, answer } of rows) {
        const answers = given.get(player) ?? [];
        given.set(player, answers);
        answers.push({ question, at, answer });
      }
  return given;
}

/** Newest number of an attempt that these people have in the round. */
async function numbersOf(
  { database }: RoomContext,
  roundId: number,
  players: readonly PlayerRow[],
): Promise<ReadonlyMap<number, number>> {
  const { attempts } = database.tables;
  const people = players.flatMap(({ personId }) => personId ?? []);
  const known = new Map<number, number>();
  for (let from = 0; from < people.length; from += ROWS) {
    const rows = await database.query
      .select({ personId: attempts.personId, newest: max(attempts.number) })
      .from(attempts)
      .where(and(eq(attempts.roundId, roundId), inArray(attempts.personId, people.slice(from, from + ROWS))))
      .groupBy(attempts.personId);
    for (const { personId, newest } of rows) known.set(personId, newest ?? 0);
  }
  return known;
}

function paperTextOf(counted: readonly Asking[]): string {
  const questions = counted.map(({ versionId, order }) => ({ versionId: versionId ?? 0, order }));
  return paperText(packPaper({ questions }));
}

function sheetTextOf(
  questions: number,
  answers: readonly (Change & { readonly at: number })[],
  startedAt: number,
): string {
  const sheet = answers.reduce(
    (before, { at, ...change }) => mergeChanges(before, [change], at - startedAt),
    emptySheet(questions),
  );
  return packFinalSheet(sheet);
}

/** Time used over all questions, and how many were all right. */
function sumOf(counted: readonly Asking[], player: number): { readonly ms: number; readonly right: number } {
  let ms = 0;
  let right = 0;
  for (const { outcome } of counted) {
    const place = outcome === null ? -1 : placeIn(outcome.players, player);
    if (outcome === null || place < 0) continue;
    ms += outcome.ms[place] ?? 0;
    if ((outcome.shares?.[place] ?? 0) >= 1) right += 1;
  }
  return { ms, right };
}
