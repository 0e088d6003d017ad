/** A version of a question as an attempt shows and grades it: the public part. */
import type { Json } from '../../questions/question.ts';

export interface QuestionVersion {
  readonly id: number;
  readonly questionId: number;
  readonly kind: string;
  readonly prompt: Json & { readonly stem: string };
  /** Hundredths of a mark. */
  readonly points: number;
}
