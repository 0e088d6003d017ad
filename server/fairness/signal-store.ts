/** Looking at attempts that have ended, in the order in which their results came; what is odd waits in a list for people. */
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import { paperOf } from '../attempts/papers.ts';
import { emptySheet, unpackSheet } from '../attempts/sheet-rules.ts';
import type { FeedPosition } from '../leaderboards/counting.ts';
import { afterPosition, START } from '../leaderboards/results-feed.ts';
import { compile, type Database, expecting } from '../platform/database/door.ts';
import { type Signal, signalOf } from './signal-rules.ts';

const POSITION = 'signals.position';
/** Attempts looked at between two breaths: some milliseconds. */
const PIECE = 300;
/** Pieces a call; whoever asked calls again. */
const PIECES = 20;

export type SignalRow = Database['tables']['attemptSignals']['$inferSelect'];

/** How far attempts have been looked at. */
async function positionOf(database: Database): Promise<FeedPosition> {
  const { facts } = database.tables;
  const [row] = await database.query.select().from(facts).where(eq(facts.name, POSITION));
  const [transaction, number] = (row?.value ?? '').split('/').map(Number);
  return transaction === undefined || number === undefined || Number.isNaN(number)
    ? START
    : { transaction, number };
}

/** Goes on from where the last call came to. Two at the same time look twice and find the same. */
export async function scanSignals(
  database: Database,
  now: number,
): Promise<{ readonly looked: number; readonly more: boolean }> {
  let position = await positionOf(database);
  let looked = 0;
  for (let piece = 0; piece < PIECES; piece++) {
    const rows = await readPiece(database, position);
    const last = rows.at(-1);
    if (last === undefined) return { looked, more: false };
    position = { transaction: last.xid, number: last.seq };
    await writePiece(database, rows, position, now);
    looked += rows.length;
    if (rows.length < PIECE) return { looked, more: false };
  }
  return { looked, more: true };
}

/** First results alone: a regrade says nothing new about how somebody answered. */
async function readPiece(database: Database, position: FeedPosition) {
  const { results: r, attempts: a, attemptAways: w } = database.tables;
  return database.query
    .select({ seq: r.seq, xid: r.xid, rightCount: r.rightCount, elapsedMs: r.elapsedMs, attempt: a, away: w })
    .from(r)
    .innerJoin(a, eq(a.id, r.attemptId))
    .leftJoin(w, eq(w.attemptId, r.attemptId))
    .where(and(afterPosition(database, position), eq(r.version, 0)))
    .orderBy(...(database.dialect === 'sqlite' ? [asc(r.seq)] : [asc(r.xid), asc(r.seq)]))
    .limit(PIECE);
}

type Piece = Awaited<ReturnType<typeof readPiece>>;

function signalIn({ attempt, away, rightCount, elapsedMs }: Piece[number]): Signal | null {
  const sheet =
    attempt.sheet === null || attempt.sheet === ''
      ? emptySheet(paperOf(attempt.paper).questions.length)
      : unpackSheet(attempt.sheet);
  const { answers, changedAt } = sheet;
  const share = answers.length === 0 ? null : rightCount / answers.length;
  return signalOf({ answers, changedAt, elapsedMs, share, away });
}

async function writePiece(
  database: Database,
  rows: Piece,
  position: FeedPosition,
  now: number,
): Promise<void> {
  const { attemptSignals, facts } = database.tables;
  const found = rows.flatMap((row) => {
    const signal = signalIn(row);
    const { id, roundId, personId } = row.attempt;
    if (signal === null) return [];
    return [{ attemptId: id, roundId, personId, ...signal, state: 'open', foundAt: now }];
  });
  const value = `${position.transaction}/${position.number}`;
  const mark = database.query
    .insert(facts)
    .values({ name: POSITION, value })
    .onConflictDoUpdate({ target: facts.name, set: { value } });
  const insert =
    found.length === 0
      ? []
      : [compile(database.query.insert(attemptSignals).values(found).onConflictDoNothing())];
  await database.atomic([...insert, compile(mark)], 'low');
}

/** Flags of some rounds in one state, the heaviest first, and how many there are. */
export async function listSignals(
  database: Database,
  roundIds: readonly number[],
  state: string,
  offset: number,
  limit: number,
): Promise<{ readonly rows: readonly SignalRow[]; readonly total: number }> {
  const { attemptSignals: s } = database.tables;
  if (roundIds.length === 0) return { rows: [], total: 0 };
  const where = and(inArray(s.roundId, [...roundIds]), eq(s.state, state));
  const [rows, [counted]] = await Promise.all([
    database.query
      .select()
      .from(s)
      .where(where)
      .orderBy(desc(s.weight), asc(s.attemptId))
      .limit(limit)
      .offset(offset),
    database.query.select({ n: count() }).from(s).where(where),
  ]);
  return { rows, total: Number(counted?.n ?? 0) };
}

export async function signalOfAttempt(database: Database, attemptId: number): Promise<SignalRow | null> {
  const { attemptSignals: s } = database.tables;
  const [row] = await database.query.select().from(s).where(eq(s.attemptId, attemptId));
  return row ?? null;
}

/** What somebody thinks of it; it may be thought over. */
export function decideSignal(
  database: Database,
  attemptId: number,
  decision: {
    readonly state: 'fine' | 'noted';
    readonly note: string;
    readonly by: string;
    readonly at: number;
  },
) {
  const { attemptSignals: s } = database.tables;
  const { state, note, by, at } = decision;
  const update = database.query.update(s).set({ state, note, decidedBy: by, decidedAt: at });
  return expecting(1, update.where(eq(s.attemptId, attemptId)));
}
