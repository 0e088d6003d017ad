/** Files on their way in. Each is held whole until it was read, so beyond some of them whoever sends another is told to come again before a byte of it is taken. */
import type { FastifyReply } from 'fastify';
import { AppError } from '../../platform/errors.ts';

/** Files at once, those that are being read among them: four of the largest are 160 MB. */
export const ARRIVALS_MOST = 4;

export class Arrivals {
  #count = 0;

  /** Lets a file in until its reply is over, or nobody waits for that any more; `reading`: files that came before and are being read. Throws `busy`. */
  admit({ raw }: Pick<FastifyReply, 'raw'>, reading: number): void {
    if (this.#count + reading >= ARRIVALS_MOST) throw new AppError('busy');
    this.#count += 1;
    let isIn = true;
    const leave = (): void => {
      if (isIn) this.#count -= 1;
      isIn = false;
    };
    raw.once('finish', leave);
    raw.once('close', leave);
  }
}
