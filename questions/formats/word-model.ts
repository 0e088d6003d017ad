/** A Word document as readers of questions need it: paragraphs with their looks and automatic numbers, and tables of them. */
import type { StyledText } from './styled-text.ts';

export interface WordParagraph {
  readonly is: 'paragraph';
  /** Its place among all paragraphs of the document, also those in tables, from 1. */
  readonly number: number;
  /** The number that Word shows before it ("Câu 1.", "A."), with its looks; empty: none. */
  readonly label: StyledText;
  readonly body: StyledText;
  /** It has the style of a heading. */
  readonly isHeading: boolean;
}

export interface WordTable {
  readonly is: 'table';
  /** Number of its first paragraph. */
  readonly number: number;
  readonly rows: readonly (readonly WordCell[])[];
}

/** A cell; one that spans columns is followed by empty ones. */
export interface WordCell {
  readonly paragraphs: readonly WordParagraph[];
}

export type WordBlock = WordParagraph | WordTable;
