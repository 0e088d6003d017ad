/** Marks of one sheet. Pure: values in, values out; the same for a submit, a sweep and a regrade. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Paper } from './draw-rules.ts';
import type { QuestionKey } from './grading-keys.ts';
import type { QuestionVersion } from './question-version.ts';
import type { Sheet } from './sheet-rules.ts';

export interface Marking {
  /** Hundredths of a mark for each question, in the paper's order. */
  readonly marks: readonly number[];
  readonly total: number;
  /** Questions answered fully right. */
  readonly rightCount: number;
}

/** Place on the paper → hundredths that people gave for the answer there. */
export type HandMarks = ReadonlyMap<number, number>;

export const NO_HAND_MARKS: HandMarks = new Map();

/** `byHand` stands in place of what grading says; what people have not marked earns nothing yet. */
export function markSheet(
  paper: Paper,
  versions: readonly QuestionVersion[],
  keys: readonly QuestionKey[],
  sheet: Sheet,
  byHand: HandMarks = NO_HAND_MARKS,
): Marking {
  const marks: number[] = [];
  let total = 0;
  let rightCount = 0;
  for (let i = 0; i < versions.length; i++) {
    const version = versions[i];
    const answer = sheet.answers[i] ?? null;
    if (version === undefined) continue;
    const share = gradingOf(version.kind).grade(
      version.prompt,
      keys[i]?.key ?? null,
      answer,
      paper.questions[i]?.order ?? [],
    );
    const worth = worthOf(version);
    const given = byHand.get(i) ?? Math.round(worth * share);
    if (share === 1 || (byHand.has(i) && given >= worth)) rightCount += 1;
    total += given;
    marks.push(given);
  }
  return { marks, total, rightCount };
}

/** Hundredths for a fully right answer; 0 for what is only read. */
export function worthOf({ kind, points }: QuestionVersion): number {
  return isAsked(kind) ? points : 0;
}

/** Whether a question of this kind wants an answer: the others are on the paper, but not among its questions. */
export function isAsked(kind: string): boolean {
  return gradingOf(kind).isAnswered !== false;
}

export function maxMarks(versions: readonly QuestionVersion[]): number {
  return versions.reduce((sum, version) => sum + worthOf(version), 0);
}
