/** Questions as live play needs them: how they are shown, how an answer is read. Keys are in `grading.ts` alone. */
import { withFormulas } from '../../questions/formulas.ts';
import { cutAtGaps, isClozePrompt } from '../../questions/kinds/cloze/prompt.ts';
import { gradingOf, gradings } from '../../questions/kinds/gradings.ts';
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import { stageOf } from './stages/stage-registry.ts';

/** Kinds whose parts always stand in an order of chance. */
const ALWAYS_SHUFFLED = new Set(['ordering', 'matching']);

/** Shown position → original index for one showing; empty: as it was written. */
export function orderOf(
  kind: string,
  prompt: Json,
  shuffle: boolean,
  permutation: (count: number) => readonly number[],
): readonly number[] {
  const grading = gradings.get(kind);
  if (grading === undefined || (!shuffle && !ALWAYS_SHUFFLED.has(kind))) return [];
  const count = grading.shuffleable(prompt);
  return count > 1 ? permutation(count) : [];
}

/** The prompt as it is shown in this order. */
export function arranged(kind: string, prompt: Json, order: readonly number[]): Json {
  return order.length === 0 ? prompt : gradingOf(kind).arrange(prompt, order);
}

const shown = new WeakMap<object, { readonly with: string; readonly prompt: Json }>();

/** With the MathML of its formulas, and of an explanation that is shown with it. Made once: every frame of a question shows the same. */
export function withMath(prompt: Json, explanation = ''): Json {
  if (typeof prompt !== 'object' || prompt === null) return prompt;
  const before = shown.get(prompt);
  if (before?.with === explanation) return before.prompt;
  const made = withFormulas(prompt, [explanation]);
  shown.set(prompt, { with: explanation, prompt: made });
  return made;
}

/** The text of a question where there is no room for its parts; gaps are lines. */
export function stemText(prompt: unknown): string {
  const stem = isRecord(prompt) && typeof prompt.stem === 'string' ? prompt.stem : '';
  return isClozePrompt(prompt)
    ? cutAtGaps(stem)
        .map((piece) => (typeof piece === 'string' ? piece : '____'))
        .join('')
    : stem;
}

/** An answer as it came, normalised; undefined when it is none to this prompt. A blank is none. */
export function normalised(stage: string, kind: string, prompt: Json, value: unknown): Json | undefined {
  const { own } = stageOf(stage);
  if (own !== null) return own(prompt, value);
  return gradingOf(kind).normalise(prompt, value) ?? undefined;
}
