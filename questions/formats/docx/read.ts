/** Reads Word documents as Vietnamese teachers write them. */
import type { ReadOptions } from '../format.ts';
import { MediaShelf } from '../media.ts';
import { openOffice } from '../office.ts';
import { type Reading, ReadingBuilder, Remarks } from '../reading.ts';
import type { AnswerGroup } from '../word-paper.ts';
import { answersOf, readWord } from '../word-reading.ts';
import { ZipError } from '../zip-error.ts';
import { DocumentReader } from './document.ts';
import { docxSayings } from './messages.ts';

const START = { paragraph: 1 };

/** The reading of one file. Settings: the mapping of its tables (see `table-mapping.ts`). `answers`: another document. */
export function readDocx(
  bytes: Uint8Array,
  { progress, settings, take, answers }: ReadOptions = {},
): Reading {
  const builder = new ReadingBuilder('docx', take);
  const shelf = new MediaShelf();
  const reader = openDocument(bytes, shelf, builder, (share) => progress?.(share * 0.6));
  if (reader !== null)
    readWord(reader.blocks, builder, {
      settings,
      sayings: reader.sayings,
      margins: reader.margins,
      answers: answers === undefined ? [] : otherAnswers(answers, builder.about),
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

/** Answers of a second file; where it holds none, that is said. */
function otherAnswers(bytes: Uint8Array, about: Remarks): readonly AnswerGroup[] {
  const reader = openAnswers(bytes, about);
  const groups = reader === null ? [] : answersOf(reader.blocks);
  if (reader !== null && groups.length === 0) about.warn(docxSayings.noAnswers, START);
  return groups;
}

function openAnswers(bytes: Uint8Array, about: Remarks): DocumentReader | null {
  try {
    const reader = new DocumentReader(openOffice(bytes), new MediaShelf(), new Remarks(START));
    reader.read(() => undefined);
    return reader;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    about.warn(docxSayings.answersUnreadable(error.saying), START);
    return null;
  }
}
