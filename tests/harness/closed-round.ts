/** A contest whose round is over: people with names, units and marks, taken in through the doors; marks are written as regrades. */
import { eq } from 'drizzle-orm';
import { attemptKey } from '../../server/attempts/attempt-id.ts';
import type { TestServer } from './app.ts';
import { type Draft, openContest, type TestContest, withoutFields } from './contest.ts';
import { Visitor } from './visitor.ts';

export interface Player {
  readonly visitor: Visitor;
  /** At the doors, and in rows. */
  readonly attempt: string;
  readonly attemptId: number;
  readonly personId: number;
}

export interface ClosedRound extends TestContest {
  readonly players: readonly Player[];
}

export interface PlayerPlan {
  readonly name: string;
  /** Hundredths. */
  readonly marks: number;
  /** How long the attempt takes, ms. */
  readonly tookMs?: number;
  readonly consents?: readonly string[];
  readonly birthDate?: string;
  /** uid of a unit. */
  readonly unit?: string;
}

/** A contest that shows names, in which these people took part, with the round still open. */
export async function playedRound(
  server: TestServer,
  plans: readonly PlayerPlan[],
  change: (draft: Draft) => void = () => undefined,
): Promise<ClosedRound> {
  const contest = await openContest(server, (draft) => {
    draft.settings.names = 'full';
    draft.settings.consents = [];
    withoutFields(draft);
    for (const round of draft.rounds) {
      Object.assign(round.settings, { prediction: null, order: ['marks', 'time', 'submitted'] });
      Object.assign(round.settings.release, { result: 'submit' });
    }
    change(draft);
  });
  const players: Player[] = [];
  for (const plan of plans) players.push(await play(server, contest, plan));
  return { ...contest, players };
}

/** Somebody registers, enters and takes a round (the first unless said). */
export async function play(
  server: TestServer,
  contest: TestContest,
  plan: PlayerPlan,
  round = contest.round,
): Promise<Player> {
  const { name, consents = [], birthDate, unit } = plan;
  const visitor = await new Visitor(server).register({ name });
  const entered = await visitor.post(`/api/contests/${contest.slug}/entry`, {
    consents: consents.map((id) => ({ id, version: 1 })),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(unit === undefined ? {} : { unit }),
  });
  if (entered.status !== 200) throw new Error(`not entered: ${entered.text}`);
  return takeRound(server, round, visitor, plan);
}

/** Somebody who entered takes a round and is given these marks. */
export async function takeRound(
  server: TestServer,
  round: string,
  visitor: Visitor,
  { marks, tookMs = 60_000 }: Pick<PlayerPlan, 'marks' | 'tookMs'>,
): Promise<Player> {
  const started = await visitor.post(`/api/rounds/${round}/attempts`, { number: 1 });
  if (started.status !== 200) throw new Error(`not started: ${started.text}`);
  server.clock.advance(tookMs);
  const submitted = await server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${started.body.id}/submit`,
    payload: {},
    headers: { authorization: `Attempt ${started.body.token}` },
  });
  if (submitted.statusCode !== 200) throw new Error(`not submitted: ${submitted.body}`);
  const attemptId = attemptKey(server.context.secrets, started.body.id) ?? 0;
  const personId = await regrade(server, attemptId, { marks });
  return { visitor, attempt: started.body.id, attemptId, personId };
}

/** Adds a version of an attempt's result, as a regrade or an annulment does; gives whose it is. */
export async function regrade(
  { context }: TestServer,
  attemptId: number,
  change: { readonly marks?: number; readonly counts?: number },
): Promise<number> {
  const { results: t } = context.database.tables;
  const rows = await context.database.query
    .select()
    .from(t)
    .where(eq(t.attemptId, attemptId))
    .orderBy(t.version);
  const last = rows.at(-1);
  if (last === undefined) throw new Error('no result to regrade');
  const { seq: _seq, xid: _xid, version, ...rest } = last;
  await context.database.atomic([
    context.database.query.insert(t).values({ ...rest, version: version + 1, ...change }),
  ]);
  context.announcer.announce('results:');
  return last.personId;
}

/** Moves the clock past the end of all rounds, or of this one, and settles; boards are final afterwards. */
export async function settle(
  server: TestServer,
  contest: Pick<TestContest, 'id' | 'owner'>,
  round?: string,
): Promise<void> {
  const { body } = await contest.owner.get(`/api/desk/contests/${contest.id}`);
  const last = Math.max(
    ...body.rounds
      .filter(({ id }: { id: string }) => round === undefined || id === round)
      .map(({ closesAt }: { closesAt: number }) => closesAt),
  );
  server.clock.advance(Math.max(0, last - server.clock.now()) + 60_000);
  await server.app.attempts.sweeper.sweep();
  await server.app.boards.settling.settle();
  await server.app.boards.boards.refresh();
  await server.app.boards.boards.catchUp();
}
