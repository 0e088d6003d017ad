/**
 * What a shipped bank holds beyond a `Bank`: the documents that its questions rest on, and what can be wrong with its file.
 */
import type { Bank } from '../question.ts';

/** A document as the head of a bank file names it; questions cite it by its short id. */
export interface BankDocument {
  /** Number as people cite it, e.g. "Nghị quyết 15-NQ/TW"; empty for an article or a speech. */
  readonly number: string;
  readonly name: string;
  readonly issuer: string;
  /** Day of issue, dd/mm/yyyy; empty when the source does not give it. */
  readonly issued: string;
  /** For which time it holds, in words. */
  readonly validity: string;
  /** The newer document in its place or beside it, in words; empty when none is known. */
  readonly superseded: string;
}

/** A bank that ships with the product, with its documents by short id. */
export interface ShippedBank extends Bank {
  readonly documents: Readonly<Record<string, BankDocument>>;
}

/** Something wrong in a bank file, for the person who edits it. */
export interface BankProblem {
  /** Line in the file, from 1. */
  readonly line: number;
  /** Code of the question concerned; empty for the head. */
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

/** A bank file that cannot be used; the message lists every problem in both languages. */
export class BankFileError extends Error {
  readonly problems: readonly BankProblem[];

  constructor(name: string, problems: readonly BankProblem[]) {
    super(problems.map((problem) => `${name}:${describeProblem(problem)}`).join('\n'));
    this.name = 'BankFileError';
    this.problems = problems;
  }
}

/** One line for a person: place, then the message in Vietnamese and English. */
export function describeProblem(problem: BankProblem): string {
  const code = problem.code === '' ? '' : ` ${problem.code}`;
  return `${problem.line}${code}: ${problem.vi} (${problem.en})`;
}

/** Number and day as people cite them; the name stands in where a document has no number. */
export function citeDocument(document: BankDocument): string {
  const called = document.number === '' ? `«${document.name}», ${document.issuer}` : document.number;
  if (document.issued === '') return called;
  return document.number === '' ? `${called}, ${document.issued}` : `${called} ngày ${document.issued}`;
}
