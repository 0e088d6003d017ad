/** Marks of one sheet. Pure: values in, values out; the same for a submit, a sweep and a regrade. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import type { Paper } from './draw-rules.ts';
import type { QuestionKey } from './question-key.ts';
import type { QuestionVersion } from './question-version.ts';
import type { Sheet } from './sheet-rules.ts';

export interface Marking {
  /** Hundredths of a mark for each question, in the paper's order. */
  readonly marks: readonly number[];
  readonly total: number;
  /** Questions answered fully right; one that was declared void is among them for everybody. */
  readonly rightCount: number;
}

/** `byHand`: place of a question that people mark → hundredths that it was given. */
export function markSheet(
  paper: Paper,
  versions: readonly QuestionVersion[],
  keys: readonly QuestionKey[],
  sheet: Pick<Sheet, 'answers'>,
  byHand: ReadonlyMap<number, number> | null = null,
): Marking {
  const marks: number[] = [];
  let total = 0;
  let rightCount = 0;
  for (let i = 0; i < versions.length; i++) {
    const version = versions[i];
    if (version === undefined) continue;
    const key = keys[i];
    const all = key?.ruled?.all ?? null;
    const hand = byHand?.get(i);
    const worth = all === 'void' ? 0 : worthOf(version);
    if (hand !== undefined && all === null) {
      total += hand;
      marks.push(hand);
      if (hand >= worth && worth > 0) rightCount += 1;
      continue;
    }
    const share = shareOf(version, key, sheet.answers[i] ?? null, paper.questions[i]?.order ?? []);
    const given = Math.round(worth * share);
    if (share === 1) rightCount += 1;
    total += given;
    marks.push(given);
  }
  return { marks, total, rightCount };
}

/** Share of a question's points that an answer earns by its key and what was decided about it: 1 is fully right. */
export function shareOf(
  { kind, prompt }: Pick<QuestionVersion, 'kind' | 'prompt'>,
  key: Pick<QuestionKey, 'key' | 'ruled'> | undefined,
  answer: Json | null,
  order: readonly number[],
): number {
  const grading = gradingOf(kind);
  const ruled = key?.ruled;
  if (ruled === undefined) return grading.grade(prompt, key?.key ?? null, answer, order);
  if (ruled.all !== null && grading.isAnswered !== false) return 1;
  const shares = [key?.key ?? null, ...ruled.also].map((right) =>
    grading.grade(prompt, right, answer, order),
  );
  return Math.max(...shares);
}

/** Hundredths for a fully right answer; 0 for what is only read. */
export function worthOf({ kind, points }: Pick<QuestionVersion, 'kind' | 'points'>): number {
  return isAsked(kind) ? points : 0;
}

/** Whether a question of this kind wants an answer: the others are on the paper, but not among its questions. */
export function isAsked(kind: string): boolean {
  return gradingOf(kind).isAnswered !== false;
}

/** `isVoid`: versions that count for nothing in the round. */
export function maxMarks(
  versions: readonly QuestionVersion[],
  isVoid: (versionId: number) => boolean = () => false,
): number {
  return versions.reduce((sum, version) => sum + (isVoid(version.id) ? 0 : worthOf(version)), 0);
}
