/** Doors of item statistics. Figures show keys, so those of a round are given once its window is over. */
import { eq, inArray } from 'drizzle-orm';
import type { Statistics } from '../../questions/analysis/statistics.ts';
import type { Rounds } from '../attempts/rounds.ts';
import type { Ruling } from '../attempts/ruling-rules.ts';
import type { BankGate } from '../banks/gate.ts';
import type { Context } from '../context.ts';
import { StatisticsBankParams, StatisticsReply, StatisticsRoundParams } from '../contracts/statistics.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { RemedyStore } from '../remedies/store.ts';
import { keyInForce, presentStatistics, type TalliedQuestion } from './presenter.ts';
import { Tallies } from './tallies.ts';

const tags = ['statistics'];
/** SQLite takes so many values in one statement, and more than enough. */
const VERSIONS_A_READ = 1000;

export function registerStatistics(http: Http, context: Context, rounds: Rounds, gate: BankGate): void {
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
      return present(context, await tallies.of([round.id], null), decided);
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
      return present(context, await tallies.of(over, versions));
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

/** `decided`: what was ruled over versions in the one round that this is about. */
async function present(
  { database }: Context,
  statistics: Statistics,
  decided?: ReadonlyMap<number, readonly Ruling[]>,
): Promise<StatisticsReply> {
  const { questions: q, questionVersions: v, questionKeys: k } = database.tables;
  const ids = statistics.items.map(({ item }) => item);
  const found = new Map<number, TalliedQuestion>();
  for (let at = 0; at < ids.length; at += VERSIONS_A_READ) {
    const rows = await database.query
      .select({
        versionId: v.id,
        questionUid: q.uid,
        version: v.version,
        kind: v.kind,
        prompt: v.prompt,
        topic: v.topic,
        key: k.key,
      })
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .innerJoin(k, eq(k.versionId, v.id))
      .where(inArray(v.id, ids.slice(at, at + VERSIONS_A_READ)));
    for (const row of rows)
      found.set(row.versionId, { ...row, key: keyInForce(row.key, decided?.get(row.versionId) ?? []) });
  }
  return presentStatistics(statistics, found);
}
