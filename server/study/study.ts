/** Practice: the next question, and what an answer to it is worth. Nothing of it counts anywhere. */
import { randomBytes } from 'node:crypto';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { dueCards } from '../../questions/practice/boxes.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { AnswerStudy, GradedStudy, NextQuestion, StudyBank, StudyQuestion } from '../contracts/study.ts';
import { presentLink } from '../documents/presenter.ts';
import type { DocumentShelf } from '../documents/shelf.ts';
import { dayAt } from '../documents/validity-rules.ts';
import type { Identity } from '../platform/access.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { type OpenBank, type OpenKey, type OpenQuestion, OpenQuestions } from './open-questions.ts';
import { orderOf, pick, practisable } from './practice-rules.ts';
import { presentGraded, presentProgress, presentQuestion } from './presenter.ts';
import { ProgressStore } from './progress-store.ts';

export class Study {
  readonly questions: OpenQuestions;
  readonly progress: ProgressStore;
  readonly #context: Context;
  readonly #pools: BankPools;
  readonly #shelf: DocumentShelf;

  constructor(context: Context, pools: BankPools, shelf: DocumentShelf) {
    this.#context = context;
    this.#pools = pools;
    this.#shelf = shelf;
    this.questions = new OpenQuestions(context.database);
    this.progress = new ProgressStore(context);
  }

  /** How many questions of a bank can be practised. */
  async count({ uid }: OpenBank): Promise<number> {
    return practisable((await this.#pools.questions(uid)) ?? [], {}).length;
  }

  /** Throws `notFound`, also for a bank that is not open. */
  async demandBank(uid: string): Promise<OpenBank> {
    const bank = await this.questions.bank(uid);
    if (bank === null) throw new AppError('notFound');
    return bank;
  }

  async cells({ uid }: OpenBank): Promise<StudyBank['cells']> {
    const cells = new Map<string, StudyBank['cells'][number]>();
    for (const { topic, difficulty } of practisable((await this.#pools.questions(uid)) ?? [], {})) {
      const name = `${difficulty} ${topic}`;
      const cell = cells.get(name) ?? { topic, difficulty, questions: 0 };
      cell.questions += 1;
      cells.set(name, cell);
    }
    return [...cells.values()];
  }

  /** What was wrong and is due, then anything that fits. Null: nothing. */
  async next(bank: OpenBank, wish: NextQuestion, who: Identity | null): Promise<StudyQuestion | null> {
    const again = await this.#again(bank, wish, who);
    if (again !== null) return presentQuestion(again, newSeed(), true);
    if (wish.onlyDue === true) return null;
    const fitting = practisable((await this.#pools.questions(bank.uid)) ?? [], wish);
    const avoid = await this.questions.idsOf(wish.avoid);
    const chosen = pick(fitting, avoid, Math.random);
    if (chosen === null) return null;
    const [question] = await this.questions.byIds([chosen.questionId]);
    return question === undefined ? null : presentQuestion(question, newSeed(), false);
  }

  /** A guest names it; for somebody with an account their row does. What is open no longer is forgotten. */
  async #again(bank: OpenBank, wish: NextQuestion, who: Identity | null): Promise<OpenQuestion | null> {
    if (wish.wanted !== undefined) return this.#inBank(bank, wish.wanted);
    if (who === null) return null;
    const now = this.#context.clock.now();
    const due = dueCards(await this.progress.read(who.personId), bank.uid, now);
    for (const { question: uid } of due.slice(0, 20)) {
      if (wish.avoid.at(-1) === uid) continue;
      const question = await this.#inBank(bank, uid);
      if (question === null) await this.progress.forget(who.personId, uid, now);
      else if (fits(question, wish)) return question;
    }
    return null;
  }

  async #inBank(bank: OpenBank, uid: string): Promise<OpenQuestion | null> {
    const question = await this.questions.byUid(uid);
    return question?.bankUid === bank.uid ? question : null;
  }

  /** Throws `notFound` (also when it is open no longer), `conflict` when it was corrected meanwhile, `request.invalid`. */
  async answer(uid: string, given: AnswerStudy, who: Identity | null): Promise<GradedStudy> {
    const [question, key] = await Promise.all([this.questions.byUid(uid), this.questions.keyOf(uid)]);
    if (question === null || key === null) throw new AppError('notFound');
    if (question.version !== given.version) throw new AppError('conflict');
    const grading = gradingOf(question.kind);
    const answer = grading.normalise(question.prompt, given.answer);
    if (answer === undefined)
      throw invalidField(
        'answer',
        'Câu trả lời không hợp với câu hỏi.',
        'This is no answer to the question.',
      );
    const order = orderOf(question.kind, question.prompt, given.seed);
    const share =
      grading.isMarkedByHand === true || key.key === null
        ? null
        : grading.grade(question.prompt, key.key, answer, order);
    const graded = presentGraded(question, key, { seed: given.seed, answer, share }, await this.#link(key));
    return { ...graded, progress: await this.#keep(question, given.seed, share, who) };
  }

  async #link({ citation }: OpenKey) {
    if (citation === null) return null;
    const target = (await this.#shelf.read()).target(citation);
    return target === null ? null : presentLink(target, dayAt(this.#context.clock.now()));
  }

  async #keep({ uid, bankUid }: OpenQuestion, seed: string, share: number | null, who: Identity | null) {
    if (who === null) return null;
    const at = this.#context.clock.now();
    if (share === null) return presentProgress(await this.progress.read(who.personId), bankUid, at);
    const answered = { name: seed, question: uid, bank: bankUid, share, at };
    return presentProgress(await this.progress.answered(who.personId, answered), bankUid, at);
  }
}

function fits({ topic, difficulty }: OpenQuestion, wish: NextQuestion): boolean {
  return (
    (wish.topic === undefined || wish.topic === topic) &&
    (wish.difficulty === undefined || wish.difficulty === difficulty)
  );
}

function newSeed(): string {
  return randomBytes(8).toString('hex');
}
