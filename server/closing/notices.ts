/** Notices of results as files: the newest list of winners of a board, with names as they may be published. */
import { contestSubject } from '../contests/store.ts';
import { appendAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import { type PrintFormat, print } from '../print/printing.ts';
import { type By, boardOf, type ClosingContext, ownContest } from './closing-context.ts';
import { noticeOf } from './notice.ts';
import type { WinnerViews } from './winner-views.ts';

export class Notices {
  readonly #closing: ClosingContext;
  readonly #views: WinnerViews;

  constructor(closing: ClosingContext, views: WinnerViews) {
    this.#closing = closing;
    this.#views = views;
  }

  /** Throws `closing.notYet` before anything was decided on the board. */
  async file(contest: string, key: string, format: PrintFormat, by: By): Promise<Uint8Array> {
    const { context } = this.#closing;
    const whole = await ownContest(this.#closing, contest, by.who);
    const board = boardOf(whole, key);
    const found = await this.#views.forNotice(whole, board, by.now);
    if (found === null) throw new AppError('closing.notYet');
    const { slug, title } = whole.contest;
    const document = noticeOf({
      contest: title,
      round: board.round === null ? null : board.title,
      ...found,
      now: by.now,
      address: `${context.config.publicUrl.origin}/cuoc-thi/${slug}/doat-giai`,
    });
    await appendAudit(context, {
      actor: by.who.uid,
      action: 'notice.printed',
      subject: contestSubject(whole.contest),
      details: { board: key, format },
      address: by.address,
    });
    return print(document, format);
  }
}
