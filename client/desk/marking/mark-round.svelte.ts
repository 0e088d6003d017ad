/** Marking in one round: the answer in hand, what is given for it, and how far everything is. */
import { deskMarking, type EssayToMark, type MarkedList, type MarkingRound } from '../../api/desk-marking.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { marking as t } from '../../messages/desk-marking.ts';

export class MarkRound {
  readonly round: Loading<MarkingRound>;
  readonly mine: Loading<MarkedList>;
  readonly sending = new Submission();
  readonly #id: string;
  essay = $state.raw<EssayToMark | null>(null);
  /** Somebody asked, and there was nothing. */
  isOut = $state(false);
  /** For each line, hundredths; null: not given yet. */
  lines = $state<(number | null)[]>([]);
  /** Where there is no rubric. */
  marks = $state<number | null>(null);
  note = $state('');

  /** In marks of the question; null while something is missing. */
  readonly total = $derived.by((): number | null => {
    const essay = this.essay;
    if (essay === null) return null;
    if (essay.rubric.length === 0) return this.marks;
    const given = this.lines.filter((line) => line !== null && !Number.isNaN(line));
    if (given.length < essay.rubric.length) return null;
    const most = essay.rubric.reduce((sum, { points }) => sum + points, 0);
    const sum = given.reduce<number>((all, line) => all + (line ?? 0), 0);
    return most === 0 ? 0 : Math.round((sum / most) * essay.points);
  });

  constructor(id: string) {
    this.#id = id;
    this.round = new Loading(() => deskMarking.round(id));
    this.mine = new Loading(() => deskMarking.mine(id));
  }

  async next(): Promise<void> {
    const done = await this.sending.run(() => deskMarking.next(this.#id));
    if (done === null) return;
    this.isOut = done.reply.essay === null;
    this.#take(done.reply.essay);
  }

  /** One that was marked before, to change it. */
  async reopen(essay: string): Promise<void> {
    const done = await this.sending.run(() => deskMarking.essay(essay));
    if (done !== null) this.#take(done.reply);
  }

  #take(essay: EssayToMark | null): void {
    this.essay = essay;
    this.lines = essay === null ? [] : essay.rubric.map((_, i) => essay.lines?.[i] ?? null);
    this.marks = essay?.marks ?? null;
    this.note = essay?.note ?? '';
  }

  /** Gives what came of it; null when something is missing or it could not be saved. */
  async save(): Promise<'waiting' | 'apart' | 'done' | null> {
    const essay = this.essay;
    if (essay === null) return null;
    const isMissing = this.total === null || Number.isNaN(this.total);
    const lines = this.lines.map((line) => line ?? 0);
    const body =
      essay.rubric.length === 0
        ? { lines: null, marks: this.marks ?? 0, note: this.note }
        : { lines, marks: null, note: this.note };
    const done = await this.sending.run(() => deskMarking.mark(essay.id, body), {
      lines: isMissing ? () => t.missing : undefined,
    });
    if (done === null) return null;
    this.essay = null;
    void this.round.load();
    void this.mine.load();
    return done.reply.state;
  }
}
