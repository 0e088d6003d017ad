/**
 * An attempt in progress, as its screen shows it: the paper, the answers, what is saved, the time, the way to the end.
 * Saving and merging are the saver's and the sync core's; this puts them together with the browser.
 */
import { type Answer, type AttemptReply, attempts, type SubmitReply } from '../api/attempts.ts';
import { clock } from '../api/clock.ts';
import { connection } from '../api/connection.svelte.ts';
import { type ApiError, asApiError } from '../api/problem.ts';
import { AttemptTimer, type Warning } from './attempt-timer.svelte.ts';
import { Away } from './away.ts';
import { Drafts } from './drafts.svelte.ts';
import { forgetOld, type Kept, KeptRecord, localStore } from './kept.ts';
import { type Local, opened } from './opening.ts';
import { pauseUntilWorthwhile, wait } from './pauses.ts';
import { retryPauseMs, Saver, type Trouble, troubleOf } from './saver.ts';
import { leaveDeviceName, Seat, takeDeviceName } from './seat.ts';
import * as sync from './sync.ts';

/**
 * opening · failed: could not be loaded · elsewhere: it goes on in another tab or on another device · open · submitting · closed: it ended, and
 * `lost` says what came too late · done: submitted.
 */
export type Phase = 'opening' | 'failed' | 'elsewhere' | 'open' | 'submitting' | 'closed' | 'done';

interface AttemptDoors {
  /** Uid of the person; null: nobody is signed in. */
  person(): Promise<string | null>;
  signIn(): void;
  warn(minutes: Warning): void;
  changedElsewhere(questions: readonly number[]): void;
}

const noSheet = sync.openedSheet({ seq: 0, answers: {}, predicted: null });
/** Asked once more shortly before the end: extra time may have been given. */
const lookAgainMs = { from: 60_000, to: 100_000 };
/** Everybody's time ends at the window's end: submits spread over this. */
const spreadMs = 1_500;
const catchUpPauseMs = 3_000;
/** Out of sight for so long, another device may have gone on. */
const awayMs = 20_000;

export class Attempt {
  phase = $state<Phase>('opening');
  problem = $state.raw<ApiError | null>(null);
  paper = $state.raw<AttemptReply | null>(null);
  sheet = $state.raw<sync.LocalSheet>(noSheet);
  trouble = $state<Trouble | null>(null);
  flags = $state.raw<ReadonlySet<number>>(new Set());
  /** The question in sight, from 0; as many as there are questions: the prediction. */
  place = $state(0);
  /** Questions whose last change came too late to count. */
  lost = $state.raw<readonly number[]>([]);
  receipt = $state.raw<SubmitReply | null>(null);
  /** Where it goes on, while the phase is `elsewhere`. */
  elsewhere = $state<'tab' | 'device'>('tab');
  readonly drafts = new Drafts((question, answer) => this.#answer(question, answer));
  readonly timer: AttemptTimer;

  readonly #id: string;
  readonly #doors: AttemptDoors;
  readonly #device = takeDeviceName();
  readonly #store = localStore();
  readonly #seat: Seat;
  #record: KeptRecord | null = null;
  #person: string | null = null;
  /** As it was kept last: storage may be refused. */
  #kept: Kept | null = null;
  #saver: Saver | null = null;
  #token = '';
  readonly #away = new Away();
  #hiddenAt = 0;
  #closed = false;

  constructor(id: string, doors: AttemptDoors) {
    this.#id = id;
    this.#doors = doors;
    this.#seat = new Seat(this.#store, id, () => this.#giveWay());
    this.timer = new AttemptTimer({
      now: () => clock.now(),
      warn: (minutes) => doors.warn(minutes),
      end: () => void this.#timeIsUp(),
    });
  }

  /** Nothing waits for the server's word. */
  get isSaved(): boolean {
    return sync.isSaved(this.sheet) && this.drafts.isEmpty;
  }

  /** As it stands here, with what is being typed. */
  answerOf(question: number): Answer {
    return this.drafts.has(question) ? this.drafts.of(question) : (this.sheet.answers[question] ?? null);
  }

  /** Also what is only to be read: nothing is missing there. */
  isAnswered(question: number): boolean {
    if (this.paper?.questions[question]?.points === 0) return true;
    const answer = this.answerOf(question);
    return typeof answer === 'string' ? answer.trim() !== '' : answer !== null;
  }

  get unanswered(): readonly number[] {
    return (this.paper?.questions ?? []).flatMap((_, i) => (this.isAnswered(i) ? [] : [i]));
  }

  /** Loads the paper and goes on where it was; also after another tab had it. Never throws. */
  async open(): Promise<void> {
    this.phase = 'opening';
    this.problem = null;
    try {
      await this.#open();
    } catch (error) {
      this.problem = asApiError(error);
      if (this.problem.status === 401) this.#doors.signIn();
      else this.phase = 'failed';
    }
  }

  async #open(): Promise<void> {
    await this.#seat.take();
    forgetOld(this.#store, Date.now());
    const found = await opened(this.#store, this.#id, this.#doors);
    if (this.#closed) return;
    if (found === null) return this.#doors.signIn();
    if (!('isNew' in found)) return this.#beginWithout(found);
    const { person, paper, isNew } = found;
    this.#person = person;
    this.#record = new KeptRecord(this.#store, person, this.#id);
    this.#begin(paper, this.#record.read() ?? this.#kept, paper);
    if (!isNew) this.#takeOver(paper);
  }

  /** The server cannot be reached: it goes on with what is kept here, and catches up when it can. */
  #beginWithout({ person, record, paper, kept }: Local): void {
    this.#person = person;
    this.#record = record;
    if (kept.clockAheadMs !== null) clock.hint(Date.now() + kept.clockAheadMs);
    this.#begin(paper, kept, kept.shown ?? paper);
    if (kept.clockAheadMs !== null) this.timer.start(paper.deadline);
    void this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    while (!this.#closed && this.phase === 'open') {
      try {
        const person = await this.#doors.person();
        if (person === null) return this.#doors.signIn();
        return await (person === this.#person ? this.look() : this.open());
      } catch (error) {
        const { status } = asApiError(error);
        if (status >= 400 && status < 500 && status !== 429) return await this.open();
        await pauseUntilWorthwhile(catchUpPauseMs);
      }
    }
  }

  /** Another device had it: from now on it goes on here. */
  #takeOver({ holder }: AttemptReply): void {
    if (holder !== this.#device && this.phase === 'open') this.#saver?.takeOver();
  }

  #begin(paper: AttemptReply, kept: Kept | null, sheet: sync.ServerSheet): void {
    this.#saver?.stop();
    this.paper = paper;
    this.#token = paper.token;
    this.sheet = sync.openedSheet(sheet, kept);
    this.flags = new Set(kept?.flags ?? []);
    this.place = Math.min(kept?.place ?? 0, this.lastPlace);
    if (paper.state !== 'open') {
      this.#end(paper);
      return;
    }
    this.#saver = this.#saverOf(this.sheet);
    this.phase = 'open';
    this.#record?.writePaper(paper);
    this.#keep();
    void this.#saver.run();
    void this.#watchTime();
    if (kept?.submitting === true) void this.submit();
  }

  #saverOf(sheet: sync.LocalSheet): Saver {
    const saver: Saver = new Saver(sheet, this.#device, {
      send: (save) => attempts.save(this.#id, this.#token, save),
      keep: (changed) => {
        this.sheet = changed;
        this.#keep();
      },
      pause: pauseUntilWorthwhile,
      changedElsewhere: (questions) => this.#doors.changedElsewhere(questions.map(Number)),
      takenOver: () => this.#goesOnElsewhere(),
      trouble: (trouble) => {
        this.trouble = trouble;
      },
      renew: () => this.look(),
      closed: () => void this.submit(),
    });
    return saver;
  }

  get lastPlace(): number {
    const { questions = [], prediction = null } = this.paper ?? {};
    return Math.max(0, questions.length - (prediction === null ? 1 : 0));
  }

  /** `pace` typing: more is to come, so it waits a moment. */
  answer(question: number, answer: Answer, pace: 'now' | 'typing' = 'now'): void {
    if (this.phase !== 'open') return;
    if (pace === 'typing') this.drafts.hold(question, answer);
    else {
      this.drafts.drop(question);
      this.#answer(question, answer);
    }
  }

  #answer(question: number, answer: Answer): void {
    this.#saver?.change((sheet) => sync.answered(sheet, String(question), answer));
  }

  predict(value: number | null): void {
    if (this.phase === 'open') this.#saver?.change((sheet) => sync.predicted(sheet, value));
  }

  go(place: number): void {
    this.drafts.settle();
    this.place = Math.max(0, Math.min(place, this.lastPlace));
    this.#keep();
  }

  flag(question: number): void {
    const flags = new Set(this.flags);
    if (!flags.delete(question)) flags.add(question);
    this.flags = flags;
    this.#keep();
  }

  /** Asks how the attempt stands: extra time, another device, an end. Throws ApiError. */
  async look(): Promise<void> {
    const paper = await attempts.open(this.#id);
    if (this.#closed || this.phase !== 'open') return;
    this.#token = paper.token;
    if (paper.state !== 'open') return void (await this.submit());
    this.paper = paper;
    this.#record?.writePaper(paper);
    this.#saver?.merge(sync.resumed(this.#saver.sheet, paper));
    if (clock.known) this.timer.start(paper.deadline);
  }

  /** Submits with everything that is not acknowledged, and goes on trying until there is a receipt. */
  async submit(): Promise<void> {
    if (this.phase !== 'open' || this.#saver === null) return;
    this.drafts.settle();
    this.phase = 'submitting';
    this.timer.stop();
    const save = this.#saver.finish();
    this.#keep();
    for (let failures = 1; !this.#closed; failures++) {
      try {
        this.receipt = await attempts.submit(this.#id, this.#token, save ?? {});
        return await this.#submitted();
      } catch (error) {
        const problem = asApiError(error);
        const paper = problem.status === 401 || problem.status === 409 ? await this.#lookQuietly() : null;
        if (paper !== null && paper.state !== 'open') return this.#end(paper);
        this.trouble = troubleOf(problem);
        await pauseUntilWorthwhile(retryPauseMs(failures, problem.retryAfterMs));
      }
    }
  }

  /** How the server has it, with a token that is valid; null when it cannot be asked. */
  async #lookQuietly(): Promise<AttemptReply | null> {
    const paper = await attempts.open(this.#id).catch(() => null);
    if (paper !== null) this.#token = paper.token;
    return paper;
  }

  /** What went along with the submit counts unless it came too late: then the server says what was kept. */
  async #submitted(): Promise<void> {
    this.trouble = null;
    const paper = sync.unsavedQuestions(this.sheet).length === 0 ? null : await this.#lookQuietly();
    this.#end(paper);
  }

  /** It has ended: says what did not get there in time, as far as the server could be asked. */
  #end(paper: AttemptReply | null): void {
    this.lost = paper === null ? [] : sync.lostQuestions(this.sheet, paper).map(Number);
    this.paper = paper ?? this.paper;
    this.timer.stop();
    this.#record?.forget();
    this.#saver?.stop();
    this.phase = this.lost.length > 0 ? 'closed' : 'done';
  }

  /** Waits until the server's time is known, then lets the time run. */
  async #watchTime(): Promise<void> {
    for (;;) {
      await clock.sync();
      if (clock.known || this.#closed) break;
      await connection.pause(2_000);
    }
    if (this.phase !== 'open' || this.paper === null) return;
    const { deadline } = this.paper;
    this.timer.start(deadline);
    const until = deadline - clock.now();
    const lookIn = until - (lookAgainMs.from + Math.random() * (lookAgainMs.to - lookAgainMs.from));
    if (lookIn > 0) setTimeout(() => void this.look().catch(() => undefined), Math.min(lookIn, 2 ** 31 - 1));
  }

  async #timeIsUp(): Promise<void> {
    // Of a clock that is only remembered nothing ends; it is looked at again when the server has told the time.
    if (this.phase !== 'open' || !clock.known) return;
    this.drafts.settle();
    // What waits must get there within the grace; without it the submits of a whole country need not come at once.
    const withinMs = this.isSaved ? spreadMs : spreadMs / 5;
    await wait(Math.random() * withinMs);
    await this.submit();
  }

  #keep(): void {
    if (this.#record === null || !this.#seat.holds) return;
    const goesOnAtDevice = this.phase === 'elsewhere' && this.elsewhere === 'device';
    if (this.phase !== 'open' && this.phase !== 'submitting' && !goesOnAtDevice) return;
    const { base: seq, answers, predicted } = this.sheet;
    this.#kept = {
      ...sync.unsentOf(this.sheet),
      token: this.#token,
      submitting: this.phase === 'submitting',
      flags: [...this.flags],
      place: this.place,
      shown: { seq, answers, predicted },
      clockAheadMs: clock.known ? clock.now() - Date.now() : (this.#kept?.clockAheadMs ?? null),
      at: Date.now(),
    };
    this.#record.write(this.#kept);
  }

  /** Opened later on another device: what was chosen here still goes to the server, and nothing more is chosen here. */
  #goesOnElsewhere(): void {
    if (this.phase !== 'open') return;
    this.drafts.settle();
    this.timer.stop();
    this.elsewhere = 'device';
    this.phase = 'elsewhere';
  }

  /** Another tab takes over: what is typed here is kept for it. */
  #giveWay(): void {
    if (this.phase !== 'open' && this.phase !== 'submitting') return;
    this.drafts.settle();
    this.#saver?.stop();
    this.#keep();
    this.timer.stop();
    this.elsewhere = 'tab';
    this.phase = 'elsewhere';
  }

  /** The page goes out of sight, perhaps for good. */
  hide(): void {
    this.#hiddenAt = performance.now();
    this.#watch(true);
    this.drafts.settle();
    this.#saver?.flush();
  }

  /** Only where the contest has said that it looks. */
  #watch(hidden: boolean): void {
    if (this.paper?.watchesPages === true && this.phase === 'open')
      this.#away.turned(hidden, this.#id, this.#token);
  }

  /** It is in sight again. */
  show(): void {
    if (this.phase !== 'open') return;
    this.#watch(false);
    this.timer.tick();
    void clock.sync().then(() => this.timer.tick());
    void this.#saver?.run();
    if (performance.now() - this.#hiddenAt > awayMs) void this.look().catch(() => undefined);
  }

  /** The page is put away; a browser may bring it back as it was. */
  leave(): void {
    this.hide();
    this.#seat.leave();
    leaveDeviceName(this.#device);
  }

  /** Signed out, here or in another tab: what is typed still goes to the server, and nothing stays on this machine. */
  signedOut(): void {
    this.#record?.forget();
    this.#record = null;
    this.#kept = null;
  }

  /** The browser brings the page back as it was put away. */
  async comeBack(): Promise<void> {
    takeDeviceName();
    await this.open();
  }

  close(): void {
    this.leave();
    this.#closed = true;
    this.#saver?.stop();
    this.timer.stop();
    this.#seat.close();
  }
}
