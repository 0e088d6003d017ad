/** A Word document → text with a paragraph a line, automatic numbers written out, for `recognise`. Server only (unpacks). */
import { DocumentReader } from '../formats/docx/document.ts';
import { MediaShelf } from '../formats/media.ts';
import type { Message } from '../formats/message.ts';
import { openOffice } from '../formats/office.ts';
import { Remarks } from '../formats/reading.ts';
import { THING } from '../formats/styled-text.ts';
import type { WordBlock, WordParagraph, WordTable } from '../formats/word-model.ts';
import { textOfParagraph, textOfWordCell } from '../formats/word-tables.ts';
import { ZipError } from '../formats/zip-error.ts';
import { cleanText } from '../vietnamese.ts';
import { signsOf } from './line-signs.ts';

export interface DocxText {
  readonly text: string;
  /** What was left out or changed. */
  readonly messages: readonly Message[];
  /** The file ends here for us. */
  readonly failure: Message | null;
}

/** Bytes of a .docx → its text. Never throws for a broken file: what came before the break is there. */
export function textOfDocx(bytes: Uint8Array): DocxText {
  const about = new Remarks({ paragraph: 1 });
  let reader: DocumentReader | null = null;
  let failure: Message | null = null;
  try {
    reader = new DocumentReader(openOffice(bytes), new MediaShelf(), about);
    reader.read(() => undefined);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const { code, vi, en } = error.saying;
    failure = { code, vi, en, severity: 'error', place: { paragraph: (reader?.paragraphs ?? 0) + 1 } };
  }
  const blocks = reader?.blocks ?? [];
  for (const [paragraph, said] of reader?.sayings ?? [])
    for (const saying of said) about.warn(saying, { paragraph });
  if (blocks.some(holdsThings)) about.warn(thingsLost, { paragraph: 1 });
  const table = blocks.find((block) => block.is === 'table' && block.rows.length > 1);
  if (table !== undefined) about.warn(tableFlat, { paragraph: table.number });
  return { text: linesOf(blocks).join('\n'), messages: about.messages, failure };
}

const thingsLost = {
  code: 'things-lost',
  vi: 'Hình ảnh và công thức trong tệp không được đưa vào văn bản.',
  en: 'Pictures and formulas of the file are left out of the text.',
};
const tableFlat = {
  code: 'table-flat',
  vi: 'Bảng trong tệp được đưa vào thành dòng chữ, các ô cách nhau bằng dấu |.',
  en: 'Tables of the file become lines of text, with | between the cells.',
};

function holdsThings(block: WordBlock): boolean {
  const paragraphs =
    block.is === 'paragraph' ? [block] : block.rows.flatMap((row) => row.flatMap((cell) => cell.paragraphs));
  return paragraphs.some(({ body }) => body.text.includes(THING));
}

/** Headings without a number are marked, once numbered ones have begun: before them stand emblem, number and title. */
function linesOf(blocks: readonly WordBlock[]): readonly string[] {
  const isNumbered = (block: WordBlock): boolean =>
    block.is === 'paragraph' && signsOf(cleanText(textOfParagraph(block).text)).length > 0;
  const hasNumbers = blocks.some(isNumbered);
  let hasBegun = !hasNumbers;
  return blocks.flatMap((block) => {
    if (block.is === 'table') return tableLines(block);
    if (isNumbered(block)) hasBegun = true;
    return paragraphLines(block, hasBegun);
  });
}

function paragraphLines(paragraph: WordParagraph, marksHeadings: boolean): readonly string[] {
  const lines = textOfParagraph(paragraph)
    .lines()
    .map(({ text }) => text.replaceAll(THING, ' ').trimEnd())
    .filter((line) => line.trim() !== '');
  const only = lines.length === 1 ? cleanText(lines[0] ?? '') : '';
  const isHeading = paragraph.isHeading && marksHeadings && only !== '' && signsOf(only).length === 0;
  return isHeading ? [`# ${only}`] : lines;
}

/** The head of official papers is a table of one row: its cells stand one below the other. */
function tableLines({ rows }: WordTable): readonly string[] {
  if (rows.length === 1)
    return (rows[0] ?? []).flatMap((cell) => cell.paragraphs.flatMap((one) => paragraphLines(one, false)));
  return rows.flatMap((row) => {
    const cells = row.map((cell) => cleanText(textOfWordCell(cell).text));
    return cells.some((cell) => cell !== '') ? [cells.join(' | ')] : [];
  });
}
