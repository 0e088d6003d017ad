/** Tables of questions that ask for pairs: their columns, or a small table with the key below them. */

import { StyledText } from './styled-text.ts';
import { answersInGrid } from './word-answer-grid.ts';
import type { WordTable } from './word-model.ts';
import { columnsInTable, type PairColumns } from './word-pairs.ts';
import type { PaperQuestion } from './word-paper.ts';
import { gridOf, hasColumnHeads, rawOfTable, textOfParagraph } from './word-tables.ts';

/** The columns of a table; null: it is no table of pairs. */
export function pairColumns(table: WordTable, stem: StyledText, isAsked: boolean): PairColumns | null {
  const rows = table.rows.map((row) =>
    row.map(({ paragraphs }) => paragraphs.flatMap((paragraph) => textOfParagraph(paragraph).lines())),
  );
  return columnsInTable(rows, stem, isAsked);
}

/** Whether the open question took the table: as its columns while it has nothing but a stem, later as the key of them. */
export function takePairTable(table: WordTable, question: PaperQuestion, isStem: boolean): boolean {
  if (!question.asksPairs && !hasColumnHeads(table)) return false;
  if (isStem && question.tables.length === 0) {
    if (pairColumns(table, StyledText.plain(''), true) === null) return false;
    question.tables.push(table);
  } else {
    const { answers } = answersInGrid(gridOf(table), null);
    if (
      answers.length < 2 ||
      !answers.every(({ number, value }, i) => number === i + 1 && /^[a-zđ]$/iu.test(value))
    )
      return false;
    question.keys.push(StyledText.plain(answers.map(({ number, value }) => `${number}-${value}`).join('; ')));
  }
  question.raw.push(rawOfTable(table));
  return true;
}
