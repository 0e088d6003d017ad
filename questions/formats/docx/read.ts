/** Reads Word documents as Vietnamese teachers write them. */
import { isRecord } from '../../kinds/shapes.ts';
import type { ReadOptions } from '../format.ts';
import { MediaShelf } from '../media.ts';
import { openOffice } from '../office.ts';
import { type Reading, ReadingBuilder, Remarks } from '../reading.ts';
import type { AnswerGroup } from '../word-paper.ts';
import { answersOf, readWord } from '../word-reading.ts';
import { ZipError } from '../zip-error.ts';
import { DocumentReader } from './document.ts';

const START = { paragraph: 1 };

/**
 * The reading of one file. Settings: the mapping of its tables (see `table-mapping.ts`), and `answers`, the bytes of
 * another document with nothing but the answers.
 */
export function readDocx(bytes: Uint8Array, { progress, settings, take }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('docx', take);
  const shelf = new MediaShelf();
  const reader = openDocument(bytes, shelf, builder, (share) => progress?.(share * 0.6));
  if (reader !== null)
    readWord(reader.blocks, builder, {
      settings,
      sayings: reader.sayings,
      answers: otherAnswers(settings),
      progress: (share) => progress?.(0.6 + share * 0.4),
    });
  return builder.finish(shelf.all);
}

function openDocument(
  bytes: Uint8Array,
  shelf: MediaShelf,
  builder: ReadingBuilder,
  progress: (share: number) => void,
): DocumentReader | null {
  let reader: DocumentReader | null = null;
  try {
    reader = new DocumentReader(openOffice(bytes), shelf, builder.about);
    reader.read((paragraphs) => progress(1 - 1 / (1 + paragraphs / 20_000)));
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    builder.fail(error.saying, { paragraph: (reader?.paragraphs ?? 0) + 1 });
  }
  return reader;
}

/** Answers of a second file; one that cannot be read says so in its own reading. */
function otherAnswers(settings: unknown): readonly AnswerGroup[] {
  if (!isRecord(settings) || !(settings.answers instanceof Uint8Array)) return [];
  const about = new Remarks(START);
  const reader = new DocumentReader(openOffice(settings.answers), new MediaShelf(), about);
  reader.read(() => undefined);
  return answersOf(reader.blocks);
}
