/** What contests' pages tell of remedies, in memory: everybody who opens a page reads it, and it changes a few times in a contest. */
import { desc, isNotNull } from 'drizzle-orm';
import type { Rounds } from '../attempts/rounds.ts';
import { RULINGS_TOPIC } from '../attempts/rulings.ts';
import type { Context } from '../context.ts';
import type { NoticeList } from '../contracts/remedies.ts';

const POLL_MS = 15_000;
const EMPTY: NoticeList = { notices: [] };

export class Notices {
  readonly #context: Pick<Context, 'database' | 'announcer' | 'log'>;
  readonly #rounds: Pick<Rounds, 'byUid'>;
  readonly #stops: (() => void)[] = [];
  #byContest: ReadonlyMap<number, NoticeList> = new Map();

  constructor(context: Pick<Context, 'database' | 'announcer' | 'log'>, rounds: Pick<Rounds, 'byUid'>) {
    this.#context = context;
    this.#rounds = rounds;
  }

  /** Reads them, then follows. */
  async start(): Promise<void> {
    await this.load();
    const again = (): void =>
      void this.load().catch((error: unknown) =>
        this.#context.log.warn({ err: error }, 'notices not read again'),
      );
    this.#stops.push(this.#context.announcer.listen(RULINGS_TOPIC, again));
    const poll = setInterval(again, POLL_MS).unref();
    this.#stops.push(() => clearInterval(poll));
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  of(contestId: number): NoticeList {
    return this.#byContest.get(contestId) ?? EMPTY;
  }

  async load(): Promise<void> {
    const { remedies: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({
        contestId: t.contestId,
        at: t.at,
        notice: t.notice,
        details: t.details,
        reversedAt: t.reversedAt,
      })
      .from(t)
      .where(isNotNull(t.notice))
      .orderBy(desc(t.id));
    const byContest = new Map<number, { notices: NoticeList['notices'] }>();
    for (const { contestId, at, notice, details, reversedAt } of rows) {
      const list = byContest.get(contestId) ?? { notices: [] };
      byContest.set(contestId, list);
      const rounds = details.rounds.flatMap((uid) => this.#rounds.byUid(uid)?.title ?? []);
      list.notices.push({ at, text: notice ?? '', rounds, reversedAt });
    }
    this.#byContest = byContest;
  }
}
