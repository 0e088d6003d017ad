/** The thread of `writing-thread.ts`: formats and their libraries are loaded here alone; one order after another. */
import { parentPort } from 'node:worker_threads';
import type { Writing } from '../../../questions/formats/format.ts';
import { formats } from '../../../questions/formats/formats.ts';
import type { Media } from '../../../questions/formats/media.ts';
import { examples } from '../../../questions/formats/template-examples.ts';
import type { Question } from '../../../questions/question.ts';

/** `questions` null: the format's template. */
export interface WriteOrder {
  readonly format: string;
  readonly questions: readonly Question[] | null;
  readonly title: string;
  readonly media: ReadonlyMap<string, Media>;
}

export type WritingOrder = WriteOrder | 'list';

/** What people and addresses need to know of a format. */
export interface FormatAbout {
  readonly name: string;
  readonly vi: string;
  readonly en: string;
  readonly extensions: string[];
  readonly mediaType: string;
  readonly reads: boolean;
  readonly writes: boolean;
}

async function write({ format: name, questions, title, media }: WriteOrder): Promise<Writing | null> {
  const format = formats.get(name);
  if (format === undefined) return null;
  if (questions === null && format.template !== undefined)
    return { bytes: await format.template(), losses: [] };
  return (await format.write?.(questions ?? examples, { title, media })) ?? null;
}

function about(): FormatAbout[] {
  return [...formats.values()].map(({ name, vi, en, extensions, mediaType, read, write }) => ({
    ...{ name, vi, en, extensions: [...extensions], mediaType },
    reads: read !== undefined,
    writes: write !== undefined,
  }));
}

parentPort?.on('message', async (order: WritingOrder) => {
  // A rejection ends the thread, and with it the order: whoever asked is told.
  parentPort?.postMessage(order === 'list' ? about() : await write(order));
});
