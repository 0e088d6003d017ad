/** Doors of item statistics. Figures show keys, so those of a round are given once its window is over. */
import { eq } from 'drizzle-orm';
import { statisticsOf } from '../../questions/analysis/statistics.ts';
import type { Rounds } from '../attempts/rounds.ts';
import type { BankGate } from '../banks/gate.ts';
import type { Context } from '../context.ts';
import { LiveParams } from '../contracts/live.ts';
import { StatisticsBankParams, StatisticsReply, StatisticsRoundParams } from '../contracts/statistics.ts';
import type { LiveState } from '../live/machine/state.ts';
import { tallySession } from '../live/session-tally.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { RemedyStore } from '../remedies/store.ts';
import { presentTallied } from './tallied-questions.ts';
import { Tallies } from './tallies.ts';
import { QuestionUses } from './uses.ts';

const tags = ['statistics'];

/** Gives what counts where questions were asked, so that it can be started and stopped. */
export function registerStatistics(
  http: Http,
  context: Context,
  rounds: Rounds,
  gate: BankGate,
): QuestionUses {
  const { database, config, clock } = context;
  const tallies = new Tallies(database, config.databaseUrl);

  http.get(
    '/api/desk/rounds/:round/statistics',
    {
      config: { access: { roles: ['organiser'] } },
      schema: {
        tags,
        summary: 'What the answers of a round say about its questions',
        params: StatisticsRoundParams,
        response: { 200: StatisticsReply },
      },
    },
    async (request) => {
      const who = identityOf(request);
      const round = rounds.byUid(request.params.round);
      if (round === null) throw new AppError('notFound');
      const isTheirs = who.roles.has('admin') || (await rounds.isOrganiser(round.contestId, who.personId));
      if (!isTheirs) throw new AppError('auth.forbidden');
      if (clock.now() < round.closesAt) throw new AppError('round.notOver');
      const decided = (await new RemedyStore(database).rulingsIn([round.id])).get(round.id);
      return presentTallied(context, await tallies.of([round.id], null), decided);
    },
  );

  http.get(
    '/api/desk/banks/:bank/statistics',
    {
      config: { access: { roles: ['editor', 'reviewer'] } },
      schema: {
        tags,
        summary: 'What all answers so far say about the questions of a bank',
        params: StatisticsBankParams,
        response: { 200: StatisticsReply },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'read');
      const versions = await versionsOfBank(context, bank.id);
      const over = rounds.all().flatMap(({ id, closesAt }) => (closesAt <= clock.now() ? id : []));
      return presentTallied(context, await tallies.of(over, versions));
    },
  );
  return new QuestionUses(context, rounds, tallies);
}

/** `stateFor`: the session, for somebody who hosts it; throws `notFound`, `live.notOpen`. */
export function registerLiveStatistics(
  http: Http,
  context: Context,
  stateFor: (live: string, who: Identity) => Promise<LiveState>,
): void {
  http.get(
    '/api/desk/live/:live/statistics',
    {
      config: { access: { roles: ['organiser'] } },
      schema: {
        tags,
        summary: 'What the answers of a live session say about its questions',
        params: LiveParams,
        response: { 200: StatisticsReply },
      },
    },
    async (request) => {
      const state = await stateFor(request.params.live, identityOf(request));
      return presentTallied(context, statisticsOf(await tallySession(context.database, state)));
    },
  );
}

async function versionsOfBank({ database }: Context, bankId: number): Promise<readonly number[]> {
  const { questions: q, questionVersions: v } = database.tables;
  const rows = await database.query
    .select({ id: v.id })
    .from(v)
    .innerJoin(q, eq(q.id, v.questionId))
    .where(eq(q.bankId, bankId));
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}
