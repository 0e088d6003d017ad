/** Reads what the doors of an attempt answer with. */
import type {
  AttemptReply,
  MyAttemptsReply,
  MyRoundReply,
  ResultReply,
  SharedReply,
  SubmitReply,
} from '../contracts/attempts.ts';
import type { PageOf } from '../documents/section-pages.ts';
import { AppError } from '../platform/errors.ts';
import type { Secrets } from '../platform/secrets.ts';
import { attemptKey, shareKey, signedFor } from './attempt-id.ts';
import { type Attempts, sheetOf } from './attempts.ts';
import { maxMarks } from './marking-rules.ts';
import { AttemptState } from './open-attempt.ts';
import { holderOn } from './packed-sheet-rules.ts';
import { paperOf } from './papers.ts';
import { presentAttempt, presentMyAttempt, presentResult } from './presenter.ts';
import { quotaLeft } from './quota-rules.ts';
import { isReleased, releaseOf } from './release-rules.ts';
import type { RoundInForce } from './rounds.ts';
import { answeredCount } from './sheet-rules.ts';
import { ShownQuestions } from './shown-questions.ts';
import type { AttemptRow } from './store.ts';

interface ViewsContext {
  readonly secrets: Secrets;
  readonly config: { readonly graceMs: number };
}

/** Where citations lead, as documents stand at that moment. */
export type SectionPages = (now: number) => Promise<PageOf>;

export class AttemptViews {
  readonly #context: ViewsContext;
  readonly #attempts: Attempts;
  readonly #sectionPages: SectionPages;
  readonly #shown = new ShownQuestions();

  constructor(
    context: ViewsContext,
    attempts: Attempts,
    sectionPages: SectionPages = async () => () => null,
  ) {
    this.#context = context;
    this.#attempts = attempts;
    this.#sectionPages = sectionPages;
  }

  /** The person's own attempt; another's is "not found", like one that never was. */
  async own(uid: string, personId: number): Promise<AttemptRow> {
    const id = attemptKey(this.#context.secrets, uid);
    const row = id === null ? null : await this.#attempts.store.byId(id);
    if (row === null || row.personId !== personId) throw new AppError('notFound');
    return row;
  }

  #round(row: { readonly roundId: number }): RoundInForce {
    const round = this.#attempts.rounds.byId(row.roundId);
    if (round === null) throw new AppError('notFound');
    return round;
  }

  async attempt(row: AttemptRow): Promise<AttemptReply> {
    const paper = row.drawn ?? paperOf(row.paper);
    const open = row.state === AttemptState.open ? await this.#attempts.journal.find(row.id) : null;
    return presentAttempt(this.#attempts.tokens, this.#shown, {
      row,
      round: this.#round(row),
      paper,
      versions: await this.#attempts.papers.versionsOf(paper),
      sheet: sheetOf(open ?? row, paper),
      seq: open?.seq ?? 0,
      holder: open === null ? null : holderOn(open.sheet),
      deadline: this.#attempts.deadlineOf(open ?? row),
      epoch: await this.#attempts.epochs.of(row.personId),
      graceMs: this.#context.config.graceMs,
    });
  }

  /** What a submit answers, the same however often it is sent. */
  async receipt(token: string): Promise<SubmitReply> {
    const signed = signedFor(this.#context.secrets, token);
    if (signed !== null) await this.#attempts.journal.closed(signed.id);
    const row = signed === null ? null : await this.#attempts.store.byId(signed.id);
    if (row === null || row.closedAt === null) throw new AppError('attempt.notOpen');
    if ((await this.#attempts.epochs.of(row.personId)) !== signed?.epoch) throw new AppError('attempt.token');
    if (row.state === AttemptState.annulled) throw new AppError('attempt.notOpen');
    const paper = paperOf(row.paper);
    const result = await this.#attempts.store.resultOf(row.id);
    return {
      state: row.state === AttemptState.submitted ? 'submitted' : 'timedOut',
      submittedAt: row.closedAt,
      elapsedMs: result?.elapsedMs ?? 0,
      answered: answeredCount(sheetOf(row, paper)),
      questions: paper.questions.length,
    };
  }

  async result(row: AttemptRow, now: number): Promise<ResultReply> {
    if (row.state === AttemptState.open) throw new AppError('result.notReleased');
    const round = this.#round(row);
    const paper = paperOf(row.paper);
    const versions = await this.#attempts.papers.versionsOf(paper);
    const sheet = sheetOf(row, paper);
    const result = await this.#attempts.store.resultOf(row.id);
    const release = releaseOf(round.settings, row.closedAt, round.settledAt);
    const reads = isReleased(release.keys, now) || isReleased(release.explanations, now);
    const keys = reads ? await this.#attempts.gradingKeys.keysOf(paper, row.roundId) : null;
    const byHand = await this.#attempts.handMarks.ofOne(row.id);
    const marking = keys === null ? null : await this.#attempts.versions.markingOf(row, byHand.marks);
    return presentResult(this.#context.secrets, {
      row,
      round,
      paper,
      versions,
      sheet,
      result,
      release,
      keys,
      marking,
      pageOf: await this.#sectionPages(now),
      byHand: byHand.marks,
      awaitsMarkers: byHand.waits,
      isVoid: (id) => this.#attempts.rulings.isVoid(row.roundId, id),
      now,
    });
  }

  async #presentMine(rows: readonly AttemptRow[], now: number): Promise<MyAttemptsReply['attempts']> {
    const results = await this.#attempts.store.resultsOf(rows.map((row) => row.id));
    return Promise.all(
      rows.map(async (row) => {
        const versions = await this.#attempts.papers.versionsOf(paperOf(row.paper));
        const deadline = this.#attempts.deadlineOf(row);
        return presentMyAttempt(
          this.#context.secrets,
          row,
          this.#round(row),
          deadline,
          maxMarks(versions, (id) => this.#attempts.rulings.isVoid(row.roundId, id)),
          results.get(row.id) ?? null,
          now,
        );
      }),
    );
  }

  async mine(personId: number, now: number): Promise<MyAttemptsReply> {
    const rows = await this.#attempts.store.allOfPerson(
      personId,
      this.#attempts.rounds.all().map(({ id }) => id),
    );
    return { attempts: await this.#presentMine(rows, now) };
  }

  async mineInRound(round: RoundInForce, personId: number, now: number): Promise<MyRoundReply> {
    const rows = await this.#attempts.store.ofPerson(round.id, personId);
    const left = quotaLeft(round.settings, rows, now);
    const until = await this.#attempts.grants.openUntil(round, personId, rows, now);
    const why = await this.#whyNot(round, personId, left, until, now);
    const open = rows.find((row) => row.state === AttemptState.open);
    return {
      attempts: await this.#presentMine(rows, now),
      next: open?.number ?? (why === null ? rows.length + 1 : null),
      left,
      until,
      why,
    };
  }

  async #whyNot(
    round: RoundInForce,
    personId: number,
    left: number,
    until: number | null,
    now: number,
  ): Promise<string | null> {
    if (until === null) return 'round.notOpen';
    if (left < 1) return 'round.noAttemptsLeft';
    const { code } = round.settings.entry;
    try {
      await this.#attempts.rounds.admit(round, personId, now, code ?? undefined);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  }

  async shared(share: string, now: number): Promise<SharedReply> {
    const id = shareKey(this.#context.secrets, share);
    const row = id === null ? null : await this.#attempts.store.byId(id);
    if (row === null) throw new AppError('notFound');
    const round = this.#round(row);
    const result = await this.#attempts.store.resultOf(row.id);
    const release = releaseOf(round.settings, row.closedAt, round.settledAt);
    if (result === null || result.counts === 0 || !isReleased(release.result, now))
      throw new AppError('notFound');
    const versions = await this.#attempts.papers.versionsOf(paperOf(row.paper));
    return {
      contest: { slug: round.contest.slug, title: round.contest.title },
      round: round.title,
      marks: result.marks,
      maxMarks: maxMarks(versions, (id) => this.#attempts.rulings.isVoid(row.roundId, id)),
      elapsedMs: result.elapsedMs,
    };
  }
}
