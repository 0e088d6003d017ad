/** Why a container or a part of it cannot be read. Readers turn it into the failure of the file. */
import type { Saying } from './message.ts';

export class ZipError extends Error {
  readonly saying: Saying;

  constructor(saying: Saying) {
    super(saying.en);
    this.name = 'ZipError';
    this.saying = saying;
  }
}
