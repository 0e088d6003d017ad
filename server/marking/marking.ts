/** Marking essays: who may, which answer comes next, and what a look does to the answer and to its attempt's result. */

import { withFormulas } from '../../questions/formulas.ts';
import { isEssayKey } from '../../questions/kinds/essay/key.ts';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { sheetOf } from '../attempts/attempts.ts';
import { paperOf } from '../attempts/papers.ts';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Context } from '../context.ts';
import type { EssayToMark, MarkEssay, MarkedEssay, MarkingRound } from '../contracts/marking.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { GAP_DEFAULT, outcomeOf, totalOf } from './look-rules.ts';
import type { Markers } from './markers.ts';
import { type EssayRow, type LookRow, MarkingStore, stateOf } from './store.ts';

export interface MarkingContext extends Pick<Context, 'database' | 'clock' | 'secrets' | 'announcer'> {}

/** Who marks from where, for the log. */
interface Marker {
  readonly who: Identity;
  readonly address: string;
}

/** Others may write the same answer or result at the same moment: so often it is decided again. */
const TRIES = 8;

export class Marking {
  readonly store: MarkingStore;
  readonly #context: MarkingContext;
  readonly #attempts: Attempts;
  readonly #markers: Markers;

  constructor(context: MarkingContext, attempts: Attempts, markers: Markers) {
    this.#context = context;
    this.#attempts = attempts;
    this.#markers = markers;
    this.store = new MarkingStore(context);
  }

  /** Whether this person organises the contest, or marks in it. */
  async duty({ roles, personId }: Identity, contestId: number): Promise<'organiser' | 'marker' | null> {
    if (roles.has('admin') || (await this.#attempts.rounds.isOrganiser(contestId, personId)))
      return 'organiser';
    return (await this.#markers.isMarker(contestId, personId)) ? 'marker' : null;
  }

  /** Throws `notFound`, `auth.forbidden`. */
  async round(who: Identity, uid: string): Promise<{ round: RoundInForce; duty: 'organiser' | 'marker' }> {
    const round = this.#attempts.rounds.byUid(uid);
    if (round === null) throw new AppError('notFound');
    const duty = await this.duty(who, round.contestId);
    if (duty === null) throw new AppError('auth.forbidden');
    return { round, duty };
  }

  /** Rounds that somebody may mark in and that have essays. */
  async rounds(who: Identity) {
    const duties = new Map<number, boolean>();
    const mine: RoundInForce[] = [];
    for (const round of this.#attempts.rounds.all()) {
      const may = duties.get(round.contestId) ?? (await this.duty(who, round.contestId)) !== null;
      duties.set(round.contestId, may);
      if (may) mine.push(round);
    }
    const progress = await this.store.progress(
      mine.map(({ id }) => id),
      who.personId,
    );
    return mine
      .map((round) => presentRound(round, progress(round.id)))
      .filter(({ progress: { waiting, apart, done } }) => waiting + apart + done > 0)
      .toSorted((a, b) => b.closesAt - a.closesAt);
  }

  async overview(who: Identity, uid: string): Promise<MarkingRound> {
    const { round, duty } = await this.round(who, uid);
    const progress = await this.store.progress([round.id], who.personId);
    const markers = duty === 'organiser' ? await this.store.markers(round.id) : null;
    return { ...presentRound(round, progress(round.id)), gap: gapOf(round), markers };
  }

  async next(who: Identity, uid: string): Promise<EssayToMark | null> {
    const { round } = await this.round(who, uid);
    const essay = await this.store.take(round.id, who.personId, this.#context.clock.now());
    return essay === null ? null : this.#shown(essay, await this.#own(essay, who));
  }

  async essay(who: Identity, uid: string): Promise<EssayToMark> {
    const essay = await this.#find(who, uid);
    return this.#shown(essay, await this.#own(essay, who));
  }

  async #find(who: Identity, uid: string): Promise<EssayRow> {
    const essay = await this.store.essay(uid);
    const round = essay === null ? null : this.#attempts.rounds.byId(essay.roundId);
    if (essay === null || round === null) throw new AppError('notFound');
    if ((await this.duty(who, round.contestId)) === null) throw new AppError('auth.forbidden');
    return essay;
  }

  /** The look that somebody took. Throws `notFound` for who took none. */
  async #own(essay: EssayRow, { personId }: Identity): Promise<LookRow> {
    const own = (await this.store.looks(essay.id)).find(({ markerId }) => markerId === personId);
    if (own === undefined) throw new AppError('notFound');
    return own;
  }

  async #asked(essay: EssayRow) {
    const attempt = await this.#attempts.store.byId(essay.attemptId);
    if (attempt === null) throw new AppError('notFound');
    const paper = paperOf(attempt.paper);
    const versions = await this.#attempts.papers.versionsOf(paper);
    const keys = await this.#attempts.gradingKeys.keysOf(paper, essay.roundId);
    const version = versions[essay.place];
    if (version === undefined) throw new RangeError(`no question ${essay.place} on the paper`);
    const key = keys[essay.place]?.key ?? null;
    const answer = sheetOf(attempt, paper).answers[essay.place];
    return {
      version,
      order: paper.questions[essay.place]?.order ?? [],
      rubric: isEssayKey(key) ? key.rubric : [],
      text: typeof answer === 'string' ? answer : '',
    };
  }

  async #shown(essay: EssayRow, own: LookRow): Promise<EssayToMark> {
    const { version, order, rubric, text } = await this.#asked(essay);
    const others = own.seat === 3 ? await this.store.looks(essay.id) : [];
    const arranged = gradingOf(version.kind).arrange(version.prompt, order);
    return {
      id: essay.uid,
      number: essay.id,
      seat: own.seat === 3 ? 3 : own.seat === 2 ? 2 : 1,
      prompt: withFormulas(
        arranged,
        rubric.map((line) => line.text),
      ),
      points: version.points,
      rubric: rubric.map((line) => ({ text: line.text, points: line.points })),
      text,
      lines: own.lines === null ? null : [...own.lines],
      marks: own.marks,
      note: own.note,
      others: others.flatMap(({ seat, marks }) => (seat === 3 || marks === null ? [] : marks)),
    };
  }

  /** Writes a look; the answer's marks and the result's next version follow in the same commit. Throws `marking.done`. */
  async mark({ who, address }: Marker, uid: string, given: MarkEssay): Promise<MarkedEssay> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#markOnce({ who, address }, uid, given);
      } catch (error) {
        if (!(error instanceof ConflictError) || tried === TRIES) throw error;
      }
    }
  }

  async #markOnce({ who, address }: Marker, uid: string, given: MarkEssay): Promise<MarkedEssay> {
    const essay = await this.#find(who, uid);
    const own = await this.#own(essay, who);
    if (essay.state === 'done') throw new AppError('marking.done');
    const { version, rubric } = await this.#asked(essay);
    const marks = marksOf(given, rubric, version.points);
    const round = this.#attempts.rounds.byId(essay.roundId);
    const looks = (await this.store.looks(essay.id)).flatMap((look) => {
      if (look.seat === own.seat) return marks;
      return look.markedAt === null || look.marks === null ? [] : look.marks;
    });
    const outcome = outcomeOf(looks, version.points, round === null ? GAP_DEFAULT : gapOf(round));
    const at = this.#context.clock.now();
    const written = { seat: own.seat, markerId: own.markerId, markedAt: at, marks, lines: given.lines };
    const statements = this.store.marking(
      essay,
      { ...written, note: given.note.trim().normalize('NFC') },
      { ...outcome, looks: looks.length, at },
    );
    const result = outcome.marks === null ? null : await this.#resultAfter(essay, outcome.marks);
    const entry = {
      actor: who.uid,
      address,
      action: 'essay.marked',
      subject: `essay:${essay.uid}`,
      details: {
        round: round?.uid ?? null,
        look: own.seat,
        marks,
        state: outcome.state,
        counts: outcome.marks,
      },
    };
    await withAudit(this.#context, entry, result === null ? statements : [...statements, result]);
    if (result !== null) this.#context.announcer.announce(`results:${essay.roundId}`);
    return { state: outcome.state, marks };
  }

  /** The next version of the attempt's result, with what is about to be written. */
  async #resultAfter(essay: EssayRow, marks: number) {
    const known = await this.#attempts.handMarks.ofOne(essay.attemptId);
    return this.#attempts.versions.next(essay.attemptId, new Map([...known.marks, [essay.place, marks]]));
  }

  async marked(who: Identity, uid: string) {
    const { round } = await this.round(who, uid);
    const rows = await this.store.markedBy(round.id, who.personId);
    return rows.map(({ essay, marks, markedAt }) => ({
      id: essay.uid,
      number: essay.id,
      marks: marks ?? 0,
      markedAt: markedAt ?? 0,
      state: stateOf(essay.state),
      final: essay.marks,
    }));
  }
}

function marksOf({ lines, marks }: MarkEssay, rubric: Parameters<typeof totalOf>[1], points: number): number {
  const total = rubric.length === 0 || lines === null ? marks : totalOf(lines, rubric, points);
  const isRight = total !== null && total <= points && (rubric.length === 0 || lines !== null);
  if (isRight) return total;
  throw invalidField(
    rubric.length === 0 ? 'marks' : 'lines',
    'Điểm phải có cho từng ý và không quá điểm của ý đó.',
    'Every line needs marks, and no more than it is worth.',
  );
}

function gapOf({ settings }: RoundInForce): number {
  return settings.essayGap ?? GAP_DEFAULT;
}

function presentRound(round: RoundInForce, progress: MarkingRound['progress']) {
  return {
    round: round.uid,
    title: round.title,
    contest: { id: round.contest.uid, title: round.contest.title },
    closesAt: round.closesAt,
    progress,
  };
}
