/** Builds the dossier of an attempt from rows: what was asked and answered when, what came between, what it was worth, where it stands. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { attemptKey, attemptUid } from '../attempts/attempt-id.ts';
import { type Attempts, sheetOf } from '../attempts/attempts.ts';
import { maxMarks, worthOf } from '../attempts/marking-rules.ts';
import { paperOf } from '../attempts/papers.ts';
import { stateOf } from '../attempts/presenter.ts';
import type { QuestionKey } from '../attempts/question-key.ts';
import { isReleased, releaseOf } from '../attempts/release-rules.ts';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Sheet } from '../attempts/sheet-rules.ts';
import type { AttemptRow } from '../attempts/store.ts';
import type { Dossier, DossierQuestion } from '../contracts/dossier.ts';
import type { Bilingual } from '../contracts/errors.ts';
import { AppError } from '../platform/errors.ts';
import { answerInWords, optionsInWords } from './answer-words.ts';
import type { ClosingContext } from './closing-context.ts';
import { codeOf, RESULT } from './code-rules.ts';
import { interruptionsOf, placeOf, rulingWords } from './dossier-rules.ts';
import { ERASED } from './name-rules.ts';
import { showsAll, standingOf } from './standing-rules.ts';

/** What may be in it besides the answers. */
interface Shown {
  readonly keys: boolean;
  /** Whose board says where it stands: the person's own dossier tells no more than the open one. */
  readonly board: 'open' | 'staff';
}

export class Dossiers {
  readonly #closing: ClosingContext;
  readonly #attempts: Attempts;

  constructor(closing: ClosingContext, attempts: Attempts) {
    this.#closing = closing;
    this.#attempts = attempts;
  }

  /** The attempt behind an id; throws `notFound`. */
  async attempt(uid: string): Promise<{ readonly row: AttemptRow; readonly round: RoundInForce }> {
    const id = attemptKey(this.#closing.context.secrets, uid);
    const row = id === null ? null : await this.#attempts.store.byId(id);
    const round = row === null ? null : this.#attempts.rounds.byId(row.roundId);
    if (row === null || round === null) throw new AppError('notFound');
    return { row, round };
  }

  /** For organisers: everything, keys once nobody can still use them. Throws `result.notReleased` while it is open. */
  async forStaff(row: AttemptRow, round: RoundInForce, now: number): Promise<Dossier> {
    if (row.closedAt === null) throw new AppError('result.notReleased');
    return this.#build(row, round, { keys: round.settledAt !== null, board: 'staff' }, now);
  }

  /** For the person themself: what is released. Throws `result.notReleased`. */
  async forPerson(row: AttemptRow, round: RoundInForce, now: number): Promise<Dossier> {
    const release = releaseOf(round.settings, row.closedAt, round.settledAt);
    if (!isReleased(release.result, now)) throw new AppError('result.notReleased');
    return this.#build(row, round, { keys: isReleased(release.keys, now), board: 'open' }, now);
  }

  async #build(row: AttemptRow, round: RoundInForce, shown: Shown, now: number): Promise<Dossier> {
    const { secrets } = this.#closing.context;
    const paper = paperOf(row.paper);
    const versions = await this.#attempts.papers.versionsOf(paper);
    const sheet = sheetOf(row, paper);
    const [result, person, history, questions, interruptions, place] = await Promise.all([
      this.#attempts.store.resultOf(row.id),
      this.#person(round.contestId, row.personId),
      this.#history(row.id),
      this.#questions(row, round, sheet, shown),
      this.#interruptions(row, sheet),
      this.#place(row, round, shown.board),
    ]);
    return {
      id: attemptUid(secrets, row.id),
      contest: { slug: round.contest.slug, title: round.contest.title },
      round: { title: round.title, standing: standingOf(round, now) },
      ...person,
      unit: row.unitId === null ? null : (this.#closing.units.index.byId(row.unitId)?.name ?? null),
      attempt: row.number,
      state: stateOf(row.state),
      startedAt: row.startedAt,
      deadline: this.#attempts.deadlineOf(row),
      closedAt: row.closedAt,
      elapsedMs: result?.elapsedMs ?? null,
      prediction: sheet.prediction,
      predictionTruth: this.#closing.open.roundById(round.id)?.predictionTruth ?? null,
      marks: result?.marks ?? null,
      maxMarks: maxMarks(versions),
      rightCount: result?.rightCount ?? null,
      interruptions,
      questions,
      versions: history,
      place,
      code: codeOf(secrets, RESULT, row.id),
    };
  }

  async #person(
    contestId: number,
    personId: number,
  ): Promise<{ readonly name: string; readonly number: number | null }> {
    const { database } = this.#closing.context;
    const { people: p, entries: e } = database.tables;
    const [found] = await database.query
      .select({ name: p.name, erasedAt: p.erasedAt, number: e.number })
      .from(p)
      .leftJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
      .where(eq(p.id, personId));
    if (found === undefined) return { name: ERASED, number: null };
    return { name: found.erasedAt === null ? found.name : ERASED, number: found.number };
  }

  async #history(attemptId: number): Promise<Dossier['versions']> {
    const { database } = this.#closing.context;
    const { results: t } = database.tables;
    const rows = await database.query
      .select({ version: t.version, marks: t.marks, counts: t.counts })
      .from(t)
      .where(eq(t.attemptId, attemptId))
      .orderBy(asc(t.version));
    return rows.map(({ counts, ...row }) => ({ ...row, counts: counts === 1 }));
  }

  async #questions(
    row: AttemptRow,
    round: RoundInForce,
    sheet: Sheet,
    shown: Shown,
  ): Promise<DossierQuestion[]> {
    const paper = paperOf(row.paper);
    const versions = await this.#attempts.papers.versionsOf(paper);
    const keys = shown.keys ? await this.#attempts.gradingKeys.keysOf(paper, round.id) : null;
    const marking = keys === null ? null : await this.#attempts.versions.markingOf(row);
    const rulings = shown.keys
      ? await this.#rulings(
          round.id,
          versions.map(({ id }) => id),
        )
      : new Map();
    return versions.map((version, i) => {
      const order = paper.questions[i]?.order ?? [];
      const prompt = gradingOf(version.kind).arrange(version.prompt, order);
      const at = sheet.changedAt[i] ?? -1;
      const key: QuestionKey | undefined = keys?.[i];
      const right = key === undefined ? null : gradingOf(version.kind).reveal(version.prompt, key.key, order);
      return {
        number: i + 1,
        stem: version.prompt.stem,
        options: optionsInWords(version.kind, prompt),
        answer: answerInWords(version.kind, prompt, sheet.answers[i] ?? null),
        key: key === undefined ? null : right === null ? NO_KEY : answerInWords(version.kind, prompt, right),
        marks: marking?.marks[i] ?? null,
        points: worthOf(version),
        changedAt: at < 0 ? null : row.startedAt + at * 100,
        changes: sheet.changes[i] ?? 0,
        rulings: rulings.get(version.id) ?? [],
      };
    });
  }

  /** Decisions about the questions in this round, reversed ones too, in their order. */
  async #rulings(roundId: number, versions: readonly number[]): Promise<ReadonlyMap<number, Bilingual[]>> {
    const { database } = this.#closing.context;
    const { rulings: r, remedies: m } = database.tables;
    const rows = await database.query
      .select({ version: r.versionId, kind: r.kind, at: m.at, reason: m.reason, reversedAt: m.reversedAt })
      .from(r)
      .innerJoin(m, eq(m.id, r.remedyId))
      .where(and(eq(r.roundId, roundId), inArray(r.versionId, [...versions])))
      .orderBy(asc(m.at));
    return new Map(
      [...Map.groupBy(rows, ({ version }) => version)].map(([version, list]) => [
        version,
        list.map(rulingWords),
      ]),
    );
  }

  async #interruptions(row: AttemptRow, sheet: Sheet): Promise<Bilingual[]> {
    const { database } = this.#closing.context;
    const { outages: o, attemptAways: a } = database.tables;
    const [outages, [away]] = await Promise.all([
      database.query.select().from(o).orderBy(desc(o.fromAt)).limit(500),
      database.query.select().from(a).where(eq(a.attemptId, row.id)),
    ]);
    return interruptionsOf(row, {
      outages: outages.filter(({ roundId }) => roundId === null || roundId === row.roundId),
      away: away ?? null,
      devices: sheet.devices.size,
    });
  }

  /** The attempt with who stands just above and just below. While the open board is frozen or hides its numbers, only for staff. */
  async #place(
    { id, personId }: AttemptRow,
    { uid }: RoundInForce,
    audience: Shown['board'],
  ): Promise<Dossier['place']> {
    const held = this.#closing.boards.get(`round-${uid}`);
    if (held === undefined || (audience === 'open' && !showsAll(held.spec))) return null;
    const board = held[audience];
    const mine = await board.rank(personId);
    if (mine === null || mine.standing.sequence !== id) return null;
    return placeOf(held.spec.rules.order, await board.around(personId, 1, 1), mine);
  }
}

const NO_KEY: Bilingual = { vi: '(chưa có đáp án)', en: '(no key)' };
