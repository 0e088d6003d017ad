/** What whoever holds a result's code may see: figures, place, prizes; the name shortened, since codes lie about. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { shortenName } from '../../questions/vietnamese.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { maxMarks } from '../attempts/marking-rules.ts';
import { paperOf } from '../attempts/papers.ts';
import { isReleased, releaseOf } from '../attempts/release-rules.ts';
import type { OwnResult } from '../contracts/prizes.ts';
import { AppError } from '../platform/errors.ts';
import type { ClosingContext } from './closing-context.ts';
import { CERTIFICATE, codeOf, idOf, RESULT } from './code-rules.ts';
import { ERASED, mayShowInFull } from './name-rules.ts';
import { declaredOf, showsAll, standingOf } from './standing-rules.ts';
import type { WinnerStore } from './winner-store.ts';

export class OwnResults {
  readonly #closing: ClosingContext;
  readonly #attempts: Attempts;
  readonly #store: WinnerStore;

  constructor(closing: ClosingContext, attempts: Attempts, store: WinnerStore) {
    this.#closing = closing;
    this.#attempts = attempts;
    this.#store = store;
  }

  /**
   * `reader`: key of who is signed in; null: nobody. Certificates carry the whole name: their codes go to the person alone,
   * or to everybody where the contest shows names. Throws `notFound` for a code that was not made here, and
   * `result.notReleased`.
   */
  async byCode(code: string, reader: number | null, now: number): Promise<OwnResult> {
    const { secrets } = this.#closing.context;
    const id = idOf(secrets, RESULT, code);
    const row = id === null ? null : await this.#attempts.store.byId(id);
    const round = row === null ? null : this.#attempts.rounds.byId(row.roundId);
    if (row === null || round === null) throw new AppError('notFound');
    const result = await this.#attempts.store.resultOf(row.id);
    const release = releaseOf(round.settings, row.closedAt, round.settledAt);
    if (result === null || !isReleased(release.result, now)) throw new AppError('result.notReleased');
    const versions = await this.#attempts.papers.versionsOf(paperOf(row.paper));
    const place = declaredOf(round.standing) === null ? null : await this.#place(round.uid, row);
    const person = await this.#person(round.contestId, row.personId);
    const isToldMore =
      reader === row.personId || (person !== null && mayShowInFull(person, person.settings, now));
    const wins = await this.#store.ofPerson(round.contestId, row.personId);
    return {
      contest: { slug: round.contest.slug, title: round.contest.title },
      round: round.title,
      standing: standingOf(round, now),
      name: person === null ? ERASED : shortenName(person.name),
      submittedAt: result.submittedAt,
      marks: result.marks,
      maxMarks: maxMarks(versions),
      elapsedMs: result.elapsedMs,
      annulled: result.counts === 0,
      rank: place?.rank ?? null,
      of: place?.of ?? null,
      prizes: wins.map(({ row: won, list }) => {
        const prize = list.plan.prizes.find((one) => one.id === won.prize);
        return prize?.title ?? '';
      }),
      certificates: isToldMore ? await this.#certificates(round.contestId, row.personId) : [],
    };
  }

  /** Null when another attempt of theirs is the one that counts, or nothing may be read off the board yet. */
  async #place(
    round: string,
    { id, personId }: { readonly id: number; readonly personId: number },
  ): Promise<{ readonly rank: number; readonly of: number } | null> {
    const held = this.#closing.boards.get(`round-${round}`);
    if (held === undefined || !showsAll(held.spec)) return null;
    const place = await held.open.rank(personId);
    return place === null || place.standing.sequence !== id ? null : { rank: place.rank, of: place.of };
  }

  /** Null: erased. */
  async #person(contestId: number, personId: number) {
    const { database } = this.#closing.context;
    const { people: p, entries: e, contests: c } = database.tables;
    const [person] = await database.query
      .select({ name: p.name, birthDate: p.birthDate, consents: e.consents, settings: c.settings })
      .from(p)
      .innerJoin(c, eq(c.id, contestId))
      .leftJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
      .where(and(eq(p.id, personId), isNull(p.erasedAt)));
    return person ?? null;
  }

  async #certificates(contestId: number, personId: number): Promise<string[]> {
    const { database, secrets } = this.#closing.context;
    const { certificates: t, certificateBatches: b } = database.tables;
    const batches = database.query.select({ id: b.id }).from(b).where(eq(b.contestId, contestId));
    const rows = await database.query
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.personId, personId), isNull(t.revokedAt), inArray(t.batchId, batches)));
    return rows.map(({ id }) => codeOf(secrets, CERTIFICATE, id));
  }
}
