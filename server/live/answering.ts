/**
 * Answers to the current question of a room, as this node takes them. The way of an answer is short: a look at what the
 * player gave already, the window, the kind's reading of it, and the book. Nothing here grows with the number of players.
 */
import type { Json } from '../../questions/question.ts';
import type { ErrorCode } from '../contracts/errors.ts';
import type { AnswerReply, LiveMe } from '../contracts/live.ts';
import type { Database } from '../platform/database/door.ts';
import { codeOf } from '../platform/errors.ts';
import { Acknowledgements, type Reply } from './acknowledgements.ts';
import { AnswerBook, answerCount, answerOf } from './answer-book.ts';
import { currentAsking, type LiveState, openAsking, stageAt } from './machine/state.ts';
import { refusalAt } from './machine/timing.ts';
import { mayAnswer } from './machine/view.ts';
import { normalised } from './questions.ts';

/** What is known of a player's answer: the stamp once it is durable, else who waits for it. */
interface Given {
  readonly answer: Json;
  at: number | null;
  readonly waiting: Reply[];
}

export class Answering {
  readonly #database: Database;
  readonly #book: AnswerBook;
  readonly #acknowledgements = new Acknowledgements();
  readonly #state: () => LiveState;
  readonly #counted: () => void;
  #asking = 0;
  #given = new Map<number, Given>();
  #count = 0;

  /** `counted` is called when the count rose. */
  constructor(database: Database, state: () => LiveState, counted: () => void) {
    this.#database = database;
    this.#book = new AnswerBook(database);
    this.#state = state;
    this.#counted = counted;
    this.follow();
  }

  /** Durable answers to the current question, as far as this node knows. */
  get count(): number {
    return this.#count;
  }

  /** After the state changed: another question begins with nothing. */
  follow(): void {
    const asking = currentAsking(this.#state());
    if (asking === null || asking.id === this.#asking) return;
    this.#asking = asking.id;
    this.#given = new Map();
    this.#count = 0;
  }

  /** Resolves when everything that was received is durable or refused. */
  settled(): Promise<void> {
    return this.#book.settled();
  }

  /** An answer that was received at `at`. `reply` is called after the commit, or at once with the refusal. */
  take(player: number, asking: number, value: unknown, at: number, reply: Reply): void {
    const given = asking === this.#asking ? this.#given.get(player) : undefined;
    if (given !== undefined) {
      if (given.at === null) given.waiting.push(reply);
      else reply({ ok: true, at: given.at });
      return;
    }
    const read = this.#read(player, asking, value, at);
    if ('refused' in read) reply(read);
    else this.#write(player, asking, at, { answer: read.answer, at: null, waiting: [reply] });
  }

  #read(
    player: number,
    asking: number,
    value: unknown,
    at: number,
  ): { readonly answer: Json } | { readonly refused: ErrorCode } {
    const state = this.#state();
    const open = openAsking(state);
    if (open?.id !== asking) return { refused: 'live.closed' };
    if (!mayAnswer(state, player)) return { refused: 'live.out' };
    const refused = refusalAt(state, open, at);
    if (refused !== null) return { refused };
    const { planned } = stageAt(state, open.stage);
    const prompt = planned.items[open.item]?.prompt ?? null;
    const answer = normalised(planned.kind, open.kind, prompt, value);
    return answer === undefined ? { refused: 'request.invalid' } : { answer };
  }

  #write(player: number, asking: number, at: number, given: Given): void {
    this.#given.set(player, given);
    const tell = (told: AnswerReply): void => {
      for (const waiting of given.waiting.splice(0)) this.#acknowledgements.tell(waiting, told);
    };
    const forget = (): void => {
      if (this.#asking === asking) this.#given.delete(player);
    };
    this.#book.add(
      asking,
      player,
      at,
      given.answer,
      (taken) => {
        if (taken === null) {
          forget();
          return tell({ refused: 'live.closed' });
        }
        given.at = taken;
        tell({ ok: true, at: taken });
        // Another one came in earlier on another node or before a restart: it is counted there.
        if (taken === at && this.#asking === asking) this.#rose(this.#count + 1);
      },
      (error) => {
        forget();
        tell({ refused: codeOf(error) });
      },
    );
  }

  #rose(count: number): void {
    if (count <= this.#count) return;
    this.#count = count;
    this.#counted();
  }

  /** Looks into the rows: other nodes take answers too, and this one did before it was restarted. */
  async recount(): Promise<void> {
    const asking = this.#asking;
    if (asking === 0) return;
    const count = await answerCount(this.#database, asking);
    if (asking === this.#asking) this.#rose(count);
  }

  /** What stands for a player at the current question; read from its row when it is not known here. */
  async standing(player: number): Promise<LiveMe['answer']> {
    const asking = this.#asking;
    const known = this.known(player);
    if (known !== null || asking === 0) return known;
    const row = await answerOf(this.#database, asking, player);
    if (row === null || this.#asking !== asking) return null;
    if (!this.#given.has(player)) this.#given.set(player, { answer: row.answer, at: row.at, waiting: [] });
    return { asking, at: row.at, answer: row.answer };
  }

  /** The same, as far as this node knows it. */
  known(player: number): LiveMe['answer'] {
    const given = this.#given.get(player);
    if (given === undefined || given.at === null) return null;
    return { asking: this.#asking, at: given.at, answer: given.answer };
  }

  /** Answers that this node knows: for a chart that grows. */
  knownAnswers(): Json[] {
    const answers: Json[] = [];
    for (const { at, answer } of this.#given.values()) if (at !== null) answers.push(answer);
    return answers;
  }

  get asking(): number {
    return this.#asking;
  }
}
