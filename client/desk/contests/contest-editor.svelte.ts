/**
 * One contest on the desk: what is saved, what is written, what the server says of it. A save names the version that it
 * started from; when somebody else was quicker both sides' changes are put together and nothing is lost.
 */
import {
  type CheckReply,
  type ContestDraft,
  type DeskContest,
  deskContests,
  type FieldError,
  type Warning,
} from '../../api/desk-contests.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { type ApiError, asApiError } from '../../api/problem.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { inLocale } from '../../messages/messages.ts';
import { BankShelf } from './bank-shelf.svelte.ts';
import { copied, differences, draftOf, emptyDraft, gaps, same } from './draft.ts';
import { Locks } from './locks.ts';
import { type Merged, mergedDrafts } from './merge.ts';

/** Somebody saved meanwhile. */
export interface Conflict extends Merged {
  readonly theirs: DeskContest;
  /** Paths that they changed. */
  readonly changed: readonly string[];
}

const checkPauseMs = 500;
const nothingWrong: CheckReply = { problems: [], warnings: [], rounds: [] };

export class ContestEditor {
  readonly id: string;
  readonly fetched: Loading<DeskContest>;
  readonly saving = new Submission();
  readonly shelf = new BankShelf();
  /** As saved. */
  base = $state.raw<DeskContest | null>(null);
  /** As written; bound to the fields. */
  draft = $state<ContestDraft>(emptyDraft);
  check = $state.raw<CheckReply>(nothingWrong);
  checking = $state(false);
  checkError = $state.raw<ApiError | null>(null);
  conflict = $state.raw<Conflict | null>(null);
  /** What was saved waits for somebody to say that they understand: anybody can read the keys of these banks, new in it. */
  keysAsked = $state.raw<{ readonly reason: string | undefined; readonly banks: string } | null>(null);
  #refused = $state.raw<{ readonly error: ApiError; readonly written: string } | null>(null);

  readonly written = $derived(JSON.stringify(this.draft));
  readonly dirty = $derived(this.base !== null && !same(this.draft, draftOf(this.base)));
  readonly locks = $derived(new Locks(this.base));
  /** Boxes that hold no number or moment. */
  readonly gaps = $derived(gaps(this.draft));
  /** Why the last save was refused, until something is written again. */
  readonly refusal = $derived(this.#refused?.written === this.written ? this.#refused.error : null);

  constructor(id: string) {
    this.id = id;
    this.fetched = new Loading(() => deskContests.read(id));
  }

  async load(): Promise<void> {
    await this.fetched.load();
    const contest = this.fetched.value;
    if (contest === null) return;
    if (this.base === null || !this.dirty) this.#start(contest);
    else this.adopt(contest);
  }

  /** Takes over what another door answered (extend, publish …), keeping what is written and not saved. */
  adopt = (contest: DeskContest): void => {
    const base = this.base;
    if (base === null || !this.dirty) {
      this.#start(contest);
      return;
    }
    const met = this.#metBy(base, contest);
    if (met.clashes.length > 0) {
      this.conflict = met;
      return;
    }
    this.draft = met.draft;
    this.base = contest;
  };

  /** Forgets what was written. */
  revert(): void {
    if (this.base !== null) this.#start(this.base);
  }

  /** Saves the whole draft. True when it is saved; else `refusal`, `conflict` or `keysAsked` says why not. */
  async save(reason?: string, understandsPublicKeys?: boolean): Promise<boolean> {
    const base = this.base;
    if (base === null || this.gaps.length > 0) return false;
    const sent = this.#snapshot();
    const body = {
      expectedVersion: base.version,
      ...(reason === undefined ? {} : { reason }),
      ...(understandsPublicKeys === undefined ? {} : { understandsPublicKeys }),
      ...sent,
    };
    const done = await this.saving.run(() => deskContests.save(this.id, body));
    if (done !== null) {
      this.#saved(sent, done.reply);
      return true;
    }
    const error = this.saving.problem;
    if (error?.code === 'conflict') await this.#meet();
    else if (error?.code === 'contest.publicKeys')
      this.keysAsked = { reason, banks: String(error.facts.banks ?? '') };
    else if (error !== null) this.#refused = { error, written: this.written };
    return false;
  }

  /** Goes on from their version with my changes on top; nothing is saved yet. */
  keepBoth(): void {
    if (this.conflict === null) return;
    this.base = this.conflict.theirs;
    this.draft = this.conflict.draft;
    this.conflict = null;
  }

  /** Goes on from their version alone. */
  takeTheirs(): void {
    if (this.conflict === null) return;
    this.#start(this.conflict.theirs);
    this.conflict = null;
  }

  /** Asks the server about the draft, a moment after the last change. Returns how to call it off. */
  scheduleCheck(): () => void {
    const own = new AbortController();
    const timer = setTimeout(() => void this.#check(own.signal), checkPauseMs);
    return () => {
      clearTimeout(timer);
      own.abort();
      this.checking = false;
    };
  }

  /** Nothing differs from what is saved, so what the server said of that holds again. */
  forgetCheck(): void {
    if (this.base !== null) this.check = this.base.check;
    this.checkError = null;
  }

  /** What is wrong at one place, in the reader's language. */
  problem(path: string): string | undefined {
    const refused = this.refusal?.field(path);
    if (refused !== undefined) return refused;
    const found = this.problems.find((problem) => problem.path === path);
    return found === undefined ? undefined : inLocale(found);
  }

  /** Everything wrong at a place and below it. */
  problemsUnder(path: string): readonly FieldError[] {
    return this.problems.filter((problem) => isAtOrUnder(problem.path, path));
  }

  /** All that must be put right. Rounds that people already take are no longer judged. */
  readonly problems = $derived.by((): readonly FieldError[] => {
    const opened = this.draft.rounds.flatMap(({ id }, index) =>
      this.locks.opened(id) === null ? [] : [`rounds.${index}`],
    );
    return this.check.problems.filter(({ path }) => !opened.some((round) => isAtOrUnder(path, round)));
  });

  warningsUnder(path: string): readonly Warning[] {
    return this.check.warnings.filter((warning) => isAtOrUnder(warning.path, path));
  }

  #snapshot(): ContestDraft {
    return copied(this.draft);
  }

  #start(contest: DeskContest): void {
    this.base = contest;
    this.draft = draftOf(contest);
    this.check = contest.check;
    this.#refused = null;
  }

  /** What was typed while the save was on its way stays; new rounds have their ids now. */
  #saved(sent: ContestDraft, contest: DeskContest): void {
    this.#refused = null;
    if (same(this.#snapshot(), sent)) {
      this.#start(contest);
      return;
    }
    for (const [index, round] of this.draft.rounds.entries()) round.id ??= contest.rounds[index]?.id ?? null;
    this.base = contest;
  }

  #metBy(base: DeskContest, theirs: DeskContest): Conflict {
    const before = draftOf(base);
    const merged = mergedDrafts(before, this.#snapshot(), draftOf(theirs));
    return { ...merged, theirs, changed: differences(before, draftOf(theirs)) };
  }

  async #meet(): Promise<void> {
    const base = this.base;
    if (base === null) return;
    try {
      this.conflict = this.#metBy(base, await deskContests.read(this.id));
    } catch (error) {
      this.#refused = { error: asApiError(error), written: this.written };
    }
  }

  async #check(signal: AbortSignal): Promise<void> {
    if (this.gaps.length > 0 || this.draft.title.trim() === '') return;
    this.checking = true;
    try {
      const check = await deskContests.check(this.#snapshot(), signal);
      if (signal.aborted) return;
      this.check = check;
      this.checkError = null;
    } catch (error) {
      if (signal.aborted) return;
      const failure = asApiError(error);
      this.checkError = failure;
      if (failure.fields.length > 0) this.check = { ...this.check, problems: [...failure.fields] };
    } finally {
      if (!signal.aborted) this.checking = false;
    }
  }
}

function isAtOrUnder(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`);
}
