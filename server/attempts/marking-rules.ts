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

export function markSheet(
  paper: Paper,
  versions: readonly QuestionVersion[],
  keys: readonly QuestionKey[],
  sheet: Sheet,
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
    const given = Math.round(version.points * share);
    if (share === 1) rightCount += 1;
    total += given;
    marks.push(given);
  }
  return { marks, total, rightCount };
}

export function maxMarks(versions: readonly QuestionVersion[]): number {
  return versions.reduce((sum, version) => sum + version.points, 0);
}
