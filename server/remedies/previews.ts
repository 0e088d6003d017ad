/** Dry runs: what a remedy, or taking one back, would change, counted outside the main thread. Nothing is written. */
import { eq, sql } from 'drizzle-orm';
import type { Attempts } from '../attempts/attempts.ts';
import { AttemptState } from '../attempts/open-attempt.ts';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Ruling } from '../attempts/ruling-rules.ts';
import type { Context } from '../context.ts';
import type { Mover, RemedyPreview, RoundPreview } from '../contracts/remedies.ts';
import { openIn } from './annul-work.ts';
import { GradingThread } from './grading-thread.ts';
import type { Plan } from './planning.ts';
import type { Change, Movement, PreviewOrder, RoundMovement } from './preview-rules.ts';
import type { RulingsByRound } from './regrade-rules.ts';
import { type RemedyRow, type RemedyStore, remedyKindOf } from './store.ts';

interface PreviewParts {
  readonly context: Pick<Context, 'database' | 'config' | 'clock'>;
  readonly attempts: Pick<Attempts, 'progress'>;
  readonly store: RemedyStore;
  /** uid and name of people, as staff see them. */
  people(
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly uid: string; readonly name: string }>>;
  /** What a settled round's prediction asked for; null: not known. */
  truthOf(round: RoundInForce): number | null;
}

const NOTHING_MOVES: RoundMovement = {
  attempts: 0,
  concerned: 0,
  up: 0,
  down: 0,
  ranked: 0,
  moved: 0,
  meanBefore: null,
  meanAfter: null,
  fullBefore: 0,
  fullAfter: 0,
  truthAfter: null,
  movers: [],
  top: [],
};

export class Previews {
  readonly #parts: PreviewParts;

  constructor(parts: PreviewParts) {
    this.#parts = parts;
  }

  async of(plan: Plan): Promise<RemedyPreview> {
    if (plan.kind === 'extend' || plan.kind === 'outage') return { rounds: [await this.#time(plan)] };
    const now = await this.#parts.store.rulingsIn(plan.rounds.map(({ id }) => id));
    const change: Change =
      plan.kind === 'annul'
        ? { annul: plan.scope }
        : {
            only: new Set([plan.asked.versionId]),
            rulings: withRuling(now, plan.rounds, plan.asked.versionId, { kind: plan.kind, key: plan.key }),
          };
    const { database } = this.#parts.context;
    return this.#run(plan.rounds, now, change, (round) =>
      plan.kind === 'annul' ? openIn(database, [round.id], plan.scope) : this.#open(round),
    );
  }

  /** What taking it back would change. */
  async ofReversal(remedy: RemedyRow, rounds: readonly RoundInForce[]): Promise<RemedyPreview> {
    const ids = rounds.map(({ id }) => id);
    const now = await this.#parts.store.rulingsIn(ids);
    if (remedyKindOf(remedy) === 'annul')
      return this.#run(rounds, now, { restore: await this.#annulled(remedy.id) }, async () => 0);
    const own = await this.#parts.store.rulingsOf(remedy.id);
    const rulings = await this.#parts.store.rulingsIn(ids, remedy.id);
    const only = new Set(own.map(({ versionId }) => versionId));
    return this.#run(rounds, now, { only, rulings }, (round) => this.#open(round));
  }

  async #run(
    rounds: readonly RoundInForce[],
    now: RulingsByRound,
    change: Change,
    open: (round: RoundInForce) => Promise<number>,
  ): Promise<RemedyPreview> {
    const { database, config } = this.#parts.context;
    const thread = new GradingThread(database, config.databaseUrl);
    try {
      const found: RoundPreview[] = [];
      for (const round of rounds) {
        const order = this.#order(round, now, change);
        const movement = await thread.preview(order);
        found.push(await this.#shown(round, movement, order.truth, await open(round)));
      }
      return { rounds: found };
    } finally {
      thread.end();
    }
  }

  #order(round: RoundInForce, now: RulingsByRound, change: Change): PreviewOrder {
    const { order, counting, prediction, blueprint } = round.settings;
    const truth = this.#parts.truthOf(round);
    // As boards do: a prediction ranks nobody before its target is known.
    const ranked = truth === null ? order.filter((criterion) => criterion !== 'prediction') : order;
    return {
      round: round.id,
      order: ranked.length > 0 ? ranked : ['marks'],
      counting,
      truth,
      target: prediction?.scope === 'round' ? prediction.target : null,
      questions: blueprint.cells.reduce((sum, { count }) => sum + count, 0),
      now,
      change,
    };
  }

  /** Attempts in progress, a moment ago. */
  async #open(round: RoundInForce): Promise<number> {
    const { attempts, context } = this.#parts;
    const { rounds } = await attempts.progress.of([round.id], context.clock.now());
    return rounds.get(round.id)?.open ?? 0;
  }

  /** What a reversal would give back: attempts that no other annulment covers. */
  async #annulled(remedyId: number): Promise<ReadonlySet<number>> {
    const { database } = this.#parts.context;
    const { annulments: t } = database.tables;
    const ids = new Set<number>();
    const query = database.query
      .select({ id: t.attemptId })
      .from(t)
      .where(
        sql`${eq(t.remedyId, remedyId)} and not ${t.restored} and not exists (select 1 from ${t} other where other.attempt_id = ${t.attemptId} and other.remedy_id <> ${remedyId} and not other.restored)`,
      );
    for await (const numbers of database.scanNumbers(query)) for (const id of numbers) ids.add(id);
    return ids;
  }

  /** Time moves nobody: how many get it. */
  async #time(plan: Extract<Plan, { readonly kind: 'extend' | 'outage' }>): Promise<RoundPreview> {
    const { database } = this.#parts.context;
    const { attempts: a } = database.tables;
    const { round } = plan;
    const gets =
      plan.kind === 'extend'
        ? sql<number>`sum(case when ${a.deadline} = ${round.closesAt} then 1 else 0 end)`
        : sql<number>`sum(case when ${a.startedAt} < ${plan.toAt} then 1 else 0 end)`;
    const query = database.query
      .select({ open: sql<number>`count(*)`, gets })
      .from(a)
      .where(sql`${a.state} = ${AttemptState.open} and ${a.roundId} = ${round.id}`);
    let [open, concerned] = [0, 0];
    for await (const [count = 0, sum = 0] of database.scanNumbers(query))
      [open, concerned] = [count, Number.isNaN(sum) ? 0 : sum];
    const shown = await this.#shown(round, NOTHING_MOVES, null, open);
    return { ...shown, concerned };
  }

  async #shown(
    round: RoundInForce,
    movement: RoundMovement,
    truthBefore: number | null,
    open: number,
  ): Promise<RoundPreview> {
    const { movers, top, ...figures } = movement;
    const people = await this.#parts.people([...movers, ...top].map(({ person }) => person));
    const named = (list: readonly Movement[]): Mover[] =>
      list.flatMap(({ person, ...places }) => {
        const who = people.get(person);
        return who === undefined ? [] : [{ person: who.uid, name: who.name, ...places }];
      });
    const { uid, title } = round;
    return { round: uid, title, ...figures, open, truthBefore, movers: named(movers), top: named(top) };
  }
}

/** Rulings as they would be with one more in each of the rounds. */
function withRuling(
  now: RulingsByRound,
  rounds: readonly RoundInForce[],
  versionId: number,
  ruling: Ruling,
): RulingsByRound {
  const then = new Map(now);
  for (const { id } of rounds) {
    const ofRound = new Map(now.get(id));
    ofRound.set(versionId, [...(ofRound.get(versionId) ?? []), ruling]);
    then.set(id, ofRound);
  }
  return then;
}
