/** Which question comes next in practice, and how its options stand. Pure. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { SeededRandom } from '../attempts/seeded-random.ts';

/** A question as far as choosing goes. */
export interface Candidate {
  readonly questionId: number;
  readonly topic: string;
  readonly difficulty: number;
  readonly approved: boolean;
  /** Only to be read. */
  readonly isOnlyByName?: boolean;
}

export interface Wish {
  readonly topic?: string | undefined;
  readonly difficulty?: number | undefined;
}

/** Questions that can be practised. */
export function practisable<C extends Candidate>(
  questions: readonly C[],
  { topic, difficulty }: Wish,
): readonly C[] {
  return questions.filter(
    (question) =>
      question.approved &&
      question.isOnlyByName !== true &&
      (topic === undefined || question.topic === topic) &&
      (difficulty === undefined || question.difficulty === difficulty),
  );
}

/** One of them by chance; those in `avoid` only when there are no others. `random` gives 0 ≤ x < 1. Null: there is none. */
export function pick<C extends Candidate>(
  questions: readonly C[],
  avoid: ReadonlySet<number>,
  random: () => number,
): C | null {
  const fresh = questions.filter(({ questionId }) => !avoid.has(questionId));
  const from = fresh.length > 0 ? fresh : questions;
  return from[Math.floor(random() * from.length)] ?? null;
}

/** Shown position → original place of what the kind shuffles; empty: nothing is. The same for the same seed. */
export function orderOf(kind: string, prompt: Json, seed: string): readonly number[] {
  const count = gradingOf(kind).shuffleable(prompt);
  return count < 2 ? [] : new SeededRandom(seed).permutation(count);
}
