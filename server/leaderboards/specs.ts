/** Which boards there are and how each is counted, from the rows of contests and rounds. */
import { asc, ne } from 'drizzle-orm';
import { type BoardStanding, boardStandingOf } from '../closing/standing-rules.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { Database, Tables } from '../platform/database/door.ts';
import type { CountingRules, Freeze } from './counting.ts';
import type { Criterion } from './order.ts';

type ContestRow = Tables['contests']['$inferSelect'];
type RoundRow = Tables['rounds']['$inferSelect'];

/**
 * `nothing`; `allRight`: how many have everything right, which the lines further down would show; `numbers`: how many take
 * part, which those lines, totals and the figures of units would show.
 */
export type Hidden = 'nothing' | 'allRight' | 'numbers';

/** One board: a round's, or a contest's with its rounds added up. */
export interface BoardSpec {
  /** `round-<uid>` or `contest-<uid>`. */
  readonly key: string;
  readonly title: string;
  readonly contestId: number;
  /** Ids of the rounds whose results are in it. */
  readonly rounds: readonly number[];
  readonly rules: Pick<CountingRules, 'order' | 'counting'>;
  /** What the public may know; null: everything. */
  readonly freeze: Freeze | null;
  /** Round → what its prediction asked for; absent while it is not known. */
  readonly truths: readonly (readonly [number, number])[];
  readonly names: ContestSettings['names'];
  readonly metric: ContestSettings['unitRanking'];
  /** Nothing changes any more. */
  readonly final: boolean;
  /** How binding that is. */
  readonly standing: BoardStanding;
  /** What the public may not read off the board yet, since people still predict it or wait for it. */
  readonly hidden: Hidden;
}

/** Boards of everything that was ever published. */
export async function readSpecs(database: Database): Promise<readonly BoardSpec[]> {
  const { contests, rounds } = database.tables;
  const published = await database.query
    .select()
    .from(contests)
    .where(ne(contests.state, 'draft'))
    .orderBy(asc(contests.id));
  const all = await database.query.select().from(rounds).orderBy(asc(rounds.contestId), asc(rounds.number));
  const byContest = Map.groupBy(all, (round) => round.contestId);
  return published.flatMap((contest) => specsOf(contest, byContest.get(contest.id) ?? []));
}

/** The boards of one contest. */
export function specsOf(contest: ContestRow, rounds: readonly RoundRow[]): readonly BoardSpec[] {
  const own = rounds.map((round) =>
    specOf(`round-${round.uid}`, `${contest.title} · ${round.title}`, contest, [round], rounds),
  );
  if (!contest.settings.overall || rounds.length < 2) return own;
  return [...own, specOf(`contest-${contest.uid}`, contest.title, contest, rounds, rounds)];
}

function specOf(
  key: string,
  title: string,
  contest: ContestRow,
  rounds: readonly RoundRow[],
  all: readonly RoundRow[],
): BoardSpec {
  const [first] = rounds;
  if (first === undefined) throw new RangeError('a board has at least one round');
  return {
    key,
    title,
    contestId: contest.id,
    rounds: rounds.map((round) => round.id),
    rules: { order: orderOf(rounds, first.settings.order), counting: first.settings.counting },
    freeze: freezeOf(rounds),
    truths: rounds.flatMap((round) =>
      round.predictionTruth === null ? [] : [[round.id, round.predictionTruth] as const],
    ),
    names: contest.settings.names,
    metric: contest.settings.unitRanking,
    hidden: hiddenOf(rounds, all),
    standing: boardStandingOf(rounds),
    final: rounds.every(
      (round) =>
        round.settledAt !== null && (round.settings.prediction === null || round.predictionTruth !== null),
    ),
  };
}

/** Predictions rank only when every target is known: until then nothing shows how far it has come. */
function orderOf(rounds: readonly RoundRow[], order: readonly Criterion[]): readonly Criterion[] {
  const asked = rounds.filter((round) => round.settings.prediction !== null);
  const known = asked.length > 0 && asked.every((round) => round.predictionTruth !== null);
  const kept = known ? order : order.filter((criterion) => criterion !== 'prediction');
  return kept.length > 0 ? kept : ['marks'];
}

/** A prediction about the whole contest concerns the boards of all its rounds. */
function hiddenOf(rounds: readonly RoundRow[], all: readonly RoundRow[]): Hidden {
  const targets = all.flatMap((round) => {
    const { prediction } = round.settings;
    if (prediction === null || round.predictionTruth !== null) return [];
    return rounds.includes(round) || prediction.scope === 'contest' ? [prediction.target] : [];
  });
  if (targets.some((target) => target !== 'allRight')) return 'numbers';
  return targets.length > 0 ? 'allRight' : 'nothing';
}

/** Of several frozen rounds the one frozen first decides about their sum. */
function freezeOf(rounds: readonly RoundRow[]): Freeze | null {
  const frozen = rounds.flatMap(({ frozenAt, frozenTransaction, frozenSeq }) =>
    frozenAt === null
      ? []
      : [{ moment: frozenAt, position: { transaction: frozenTransaction ?? 0, number: frozenSeq ?? 0 } }],
  );
  return frozen.sort((a, b) => a.moment - b.moment)[0] ?? null;
}

/** Equal signatures: the same board, nothing to build again. `unitsVersion` counts up with the tree of units. */
export function signatureOf(spec: BoardSpec, unitsVersion: number): string {
  const { rounds, rules, freeze, truths } = spec;
  return JSON.stringify([unitsVersion, rounds, rules, freeze, truths]);
}
