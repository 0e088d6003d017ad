/** The lines of a document, and what it shows about itself before it is taken apart: how its questions begin, which version it is. */
import type { StyledText } from './styled-text.ts';
import { answersInLine } from './word-answers.ts';
import { withDottedLabels } from './word-bare-labels.ts';
import { withLoneKeys } from './word-lone-letters.ts';
import type { WordBlock, WordTable } from './word-model.ts';
import type { WordLine } from './word-paper.ts';
import { ANY_FIRST_OPTION, FIRST_OPTION, numberedStart, questionStart } from './word-patterns.ts';
import { withoutSoftwareMarks } from './word-software.ts';
import { gridOf, paragraphsOfTable, textOfParagraph } from './word-tables.ts';

/** How questions of a document begin. */
export type Mode = 'word' | 'number' | 'bare';

/** Lines of paragraphs, marks of test software and bare letters turned into labels, letters alone called keys; blank ones are only remembered. */
export function linesOf(blocks: readonly WordBlock[]): readonly (WordLine | WordTable)[] {
  return withLoneKeys(withDottedLabels(withoutSoftwareMarks(plainLinesOf(blocks))));
}

/** The same of texts that stood in a table. */
export function linesOfTexts(texts: readonly StyledText[], number: number): readonly WordLine[] {
  return withDottedLabels(
    texts.map((text) => ({ number, text, isHeading: false, isAfterBlank: false })),
  ).filter(isLine);
}

function plainLinesOf(blocks: readonly WordBlock[]): readonly (WordLine | WordTable)[] {
  const lines: (WordLine | WordTable)[] = [];
  let isAfterBlank = true;
  for (const block of blocks) {
    if (block.is === 'table') {
      lines.push(block);
      isAfterBlank = true;
      continue;
    }
    const text = textOfParagraph(block);
    if (text.isBlank) isAfterBlank = true;
    for (const line of text.lines()) {
      if (line.isBlank) continue;
      lines.push({ number: block.number, text: line.trim(), isHeading: block.isHeading, isAfterBlank });
      isAfterBlank = false;
    }
  }
  return lines;
}

export function isLine(line: WordLine | WordTable): line is WordLine {
  return 'text' in line;
}

/** Whether it is a line with the first option of a question. */
export function isFirstOption(line: WordLine | WordTable | undefined): boolean {
  return line !== undefined && isLine(line) && FIRST_OPTION.test(line.text.text);
}

/** Lines behind a heading within which a paper's first question and its first option stand. */
const PAPER_WITHIN = 25;

/** The first question with options below a line; null: what stands there are answers, or no questions at all. */
export function firstQuestionBelow(lines: readonly (WordLine | WordTable)[], at: number): WordLine | null {
  const ahead = lines.slice(at + 1, at + 1 + PAPER_WITHIN).filter(isLine);
  const begins = ahead.findIndex(
    ({ text: { text: words } }) =>
      answersInLine(words).length === 0 && (questionStart(words) ?? numberedStart(words)) !== null,
  );
  const [first, ...rest] = ahead.slice(Math.max(0, begins));
  if (begins < 0 || first === undefined) return null;
  return rest.some(({ text: { text: words } }) => ANY_FIRST_OPTION.test(words)) ? first : null;
}

/** Which way most questions begin. */
export function modeOf(lines: readonly (WordLine | WordTable)[]): Mode {
  const texts = lines.flatMap((line) =>
    isLine(line)
      ? [line.text.text]
      : paragraphsOfTable(line).map((paragraph) => textOfParagraph(paragraph).text),
  );
  const words = texts.filter((text) => questionStart(text) !== null).length;
  const options = texts.filter((text) => /^\s*\(?A\s?[.)/:]/.test(text)).length;
  const numbers = texts.filter((text) => numberedStart(text) !== null).length;
  if (words >= 2 || (words === 1 && options <= 1)) return 'word';
  if (numbers > 0 && numbers >= options * 0.5) return 'number';
  return options > 0 ? 'bare' : 'number';
}

/** "Mã đề 101" at the head of a paper, else on its pages (`margins`), where all of them say the same. */
export function versionOf(
  lines: readonly (WordLine | WordTable)[],
  margins: readonly string[] = [],
): string | null {
  for (const line of lines.slice(0, 40)) {
    const text = isLine(line) ? line.text.text : gridOf(line).flat().join(' ');
    const version = versionIn(text);
    if (version !== null) return version;
    if (questionStart(text) !== null) break;
  }
  const onPages = new Set([
    ...margins.flatMap((line) => versionIn(line) ?? []),
    ...lines.flatMap((line) => (isLine(line) ? (pageVersion(line.text.text) ?? []) : [])),
  ]);
  return onPages.size === 1 ? ([...onPages][0] ?? null) : null;
}

/** "Mã đề: 102" → "102", "Mã đề A" → "A". */
export function versionIn(text: string): string | null {
  const found = /mã\s*đề(?:\s*thi)?\s*[:.]?\s*(\d{1,4}|[A-Z])(?![\p{L}\d])/iu.exec(text)?.[1];
  return found?.toUpperCase() ?? null;
}

/** "Trang 1/4 – Mã đề 102" at the foot of a page. */
function pageVersion(text: string): string | null {
  return /^\W*trang\s/iu.test(text) ? versionIn(text) : null;
}

/** Level, points, code: what people put in brackets behind the number. */
export function isNote(text: string): boolean {
  return /^(?:nb|th|vd|vdc|nhận biết|thông hiểu|vận dụng.*|biết|hiểu|dễ|khó|trung bình|tb|mức.*|m?\d|\d+([.,]\d+)?\s*(?:điểm|đ)|[A-Z0-9.]{3,20}(?:-\d+)?|id.*)$/iu.test(
    text,
  );
}

const ROMAN: Readonly<Record<string, number>> = { I: 0, II: 1, III: 2, IV: 3, V: 4 };

/** "II" or "2" → 1; null: no such number. */
export function ordinal(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) - 1;
  return ROMAN[text.toUpperCase()] ?? null;
}
